"""The timetable: each occasion once, whoever ticks, however late, whatever the clock does."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Event

import pytest
from sqlalchemy import select

from bot.delivery.sending import drain
from bot.ticker import Ticker
from bot.timetable import begin, tick, tick_through
from bot.worker import run_worker, work
from digests import weekly
from models.database import Database
from models.delivery.outbox import Delivery, Occurrence
from models.groups import Group, GroupKind
from models.measures.measure import Measure
from models.people.organisations import Person
from models.surveys.survey import Invitation, Question, Scale, Sensitivity, Survey
from tests.bot.sender import FakeSender
from tests.digests.village import NOW, farsta_in_week_24
from tests.presses import published
from tests.stores import Store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture
def farsta(store: Store) -> Database:
    """The village in a database of its own, with its timetable begun on Sunday."""
    return store.fresh("farsta", _begun_on_sunday)


def _begun_on_sunday(database: Database) -> None:
    database.create_all()
    with database.write() as session:
        farsta_in_week_24(session)
    begin(database, NOW - DAY)


def occurrences(database: Database, schedule: str) -> list[tuple[date, str]]:
    with database.read() as session:
        query = select(Occurrence.local_date, Occurrence.outcome).where(
            Occurrence.schedule.like(schedule)
        )
        return [(day, outcome) for day, outcome in session.execute(query.order_by(Occurrence.id))]


def deliveries(database: Database, purpose: str) -> list[Delivery]:
    with database.read() as session:
        query = select(Delivery).where(Delivery.purpose == purpose).order_by(Delivery.due_at)
        return list(session.scalars(query))


def test_monday_at_eight_posts_the_digest_in_the_groups_channel_once(farsta: Database) -> None:
    tick(farsta, NOW - timedelta(seconds=1))
    assert deliveries(farsta, "digest") == []
    tick(farsta, NOW)
    tick(farsta, NOW + timedelta(seconds=20))
    [digest] = deliveries(farsta, "digest")
    assert (digest.channel, digest.due_at) == ("FAR-BER", NOW)
    assert occurrences(farsta, "week:%") == [(date(2024, 6, 10), "queued 1")]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_day_late_is_skipped_and_says_so(farsta: Database) -> None:
    tick(farsta, NOW - HOUR)
    tick(farsta, NOW)
    tick(farsta, NOW + 2 * WEEK + 25 * HOUR)
    assert occurrences(farsta, "week:%") == [
        (date(2024, 6, 10), "queued 1"),
        (date(2024, 6, 17), "skipped"),
        (date(2024, 6, 24), "skipped"),
    ]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("back_at", "told"),
    [
        (datetime(2024, 6, 16, 18, tzinfo=UTC), [(date(2024, 6, 17), "queued 2")]),
        (datetime(2024, 6, 18, 9, tzinfo=UTC), [(date(2024, 6, 18), "queued 2")]),
        (datetime(2024, 6, 18, 12, tzinfo=UTC), []),
    ],
    ids=["on Sunday", "two hours before", "too late"],
)
def test_what_awaits_a_meeting_is_told_after_a_standstill_as_long_as_it_lies_ahead(
    farsta: Database, back_at: datetime, told: list[tuple[date, str]]
) -> None:
    tick(farsta, datetime(2024, 6, 13, 6, tzinfo=UTC))
    for hours in (0, 1, 20, 24):
        tick(farsta, back_at + hours * HOUR)
    assert occurrences(farsta, "meeting:%:before") == [(date(2024, 6, 14), "skipped"), *told]


def test_the_first_start_does_not_fire_the_past(database: Database) -> None:
    with database.write() as session:
        farsta_in_week_24(session)
    assert tick(database, NOW + HOUR) == 0
    assert tick(database, NOW + 2 * HOUR) == 0
    assert tick(database, NOW + WEEK) > 0


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_clock_that_goes_back_fires_nothing_twice(farsta: Database) -> None:
    for at in (NOW, NOW - 2 * HOUR, NOW, NOW + HOUR):
        tick(farsta, at)
    assert len(deliveries(farsta, "digest")) == 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("sunday_noon", "monday_eight"),
    [
        (datetime(2026, 3, 29, 10, tzinfo=UTC), datetime(2026, 3, 30, 6, tzinfo=UTC)),
        (datetime(2026, 10, 25, 11, tzinfo=UTC), datetime(2026, 10, 26, 7, tzinfo=UTC)),
    ],
)
def test_after_a_night_with_a_changed_clock_it_is_still_eight_local_time(
    farsta: Database, sunday_noon: datetime, monday_eight: datetime
) -> None:
    tick(farsta, sunday_noon)
    before = len(occurrences(farsta, "week:%"))
    tick(farsta, monday_eight - HOUR)
    assert len(occurrences(farsta, "week:%")) == before
    tick(farsta, monday_eight)
    assert len(occurrences(farsta, "week:%")) == before + 1


def test_two_processes_that_tick_at_once_post_one_digest(farsta: Database) -> None:
    both = Barrier(2)

    def run() -> int:
        both.wait()
        return tick(farsta, NOW)

    with ThreadPoolExecutor(2) as pool:
        fired = [future.result() for future in [pool.submit(run), pool.submit(run)]]
    assert sum(fired) == len(occurrences(farsta, "%"))
    assert len(deliveries(farsta, "digest")) == 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_one_groups_broken_digest_does_not_silence_the_others(
    farsta: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with farsta.write() as session:
        village = session.scalars(select(Group)).one()
        session.add(
            Group(
                code="FAR-STYR",
                name="Farsta lokala styrgrupp",
                kind=GroupKind.STEERING,
                level=village.level,
                valid_from=village.valid_from,
            )
        )
    post = weekly.message
    monkeypatch.setattr(
        weekly,
        "message",
        lambda facts, *words: 1 / 0 if facts.code == "FAR-STYR" else post(facts, *words),
    )
    tick(farsta, NOW)
    assert len(deliveries(farsta, "digest")) == 1
    assert occurrences(farsta, "week:FAR-STYR") == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_paused_member_is_told_and_asked_nothing(farsta: Database) -> None:
    with farsta.write() as session:
        for person in session.scalars(select(Person)):
            person.paused_until = date(9999, 1, 1)
    for day in range(8):
        tick(farsta, NOW + day * DAY)
    assert deliveries(farsta, "meeting") == deliveries(farsta, "asking") == []


THURSDAY = NOW + 3 * DAY
"""The working day before the digest of the meeting of Tuesday 18 June."""


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_thursday_before_the_meeting_asks_the_owner_of_what_is_late(farsta: Database) -> None:
    tick_through(farsta, NOW - HOUR, THURSDAY - HOUR)
    assert deliveries(farsta, "asking") == []
    tick(farsta, THURSDAY)
    [asking] = deliveries(farsta, "asking")
    assert asking.message["summary"] == "Väntar på dig: 1 åtgärd."
    with farsta.read() as session:
        asked = session.scalars(select(Measure).where(Measure.last_asked_at.is_not(None))).all()
        assert [measure.code for measure in asked] == ["FAR-011"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_nobody_is_asked_twice_in_a_week_or_in_july(farsta: Database) -> None:
    for day in range(8 * 7 + 1):
        tick(farsta, NOW + day * DAY)
    days = [delivery.due_at.date() for delivery in deliveries(farsta, "asking")]
    weeks = [
        (day.isocalendar().week, delivery.person_id)
        for day, delivery in zip(days, deliveries(farsta, "asking"), strict=True)
    ]
    assert len(weeks) == len(set(weeks))
    assert {day.month for day in days} == {6, 8}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_red_monday_moves_the_asking_to_tuesday(farsta: Database) -> None:
    easter_monday = datetime(2025, 4, 21, 6, tzinfo=UTC)
    tick_through(farsta, easter_monday - HOUR, easter_monday + 2 * DAY)
    days = [delivery.due_at.date() for delivery in deliveries(farsta, "asking")]
    assert set(days) == {date(2025, 4, 22)}


def add_survey(database: Database, opens_at: datetime, open_for: timedelta = 10 * DAY) -> None:
    with database.write() as session:
        group = session.scalars(select(Group)).one()
        survey = Survey(
            code="FAR-E1",
            title_sv="Läget i Farsta",
            group_id=group.id,
            sensitivity=Sensitivity.INTERNAL,
            opens_at=opens_at,
            closes_at=opens_at + open_for,
        )
        survey.questions.append(Question(position=1, wording_sv="Hur går det?", scale=Scale.LIKERT))
        session.add(survey)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_survey_and_a_check_in_are_one_message(farsta: Database) -> None:
    add_survey(farsta, NOW)
    tick_through(farsta, NOW - HOUR, THURSDAY)
    told = [(each.due_at, each.message["summary"]) for each in deliveries(farsta, "asking")]
    assert told == [
        (NOW, "Väntar på dig: enkäten Läget i Farsta."),
        (THURSDAY, "Väntar på dig: 1 åtgärd och enkäten Läget i Farsta."),
    ]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_survey_that_closes_before_the_check_in_takes_it_with_it(farsta: Database) -> None:
    add_survey(farsta, NOW - 7 * DAY)
    tick(farsta, NOW)
    summaries = {each.message["summary"] for each in deliveries(farsta, "asking")}
    assert "Väntar på dig: 1 åtgärd och enkäten Läget i Farsta." in summaries
    tick_through(farsta, NOW, NOW + 6 * DAY)
    assert len(deliveries(farsta, "asking")) == 2


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_survey_that_opens_at_noon_asks_at_once_those_who_were_not_asked_yet(
    farsta: Database,
) -> None:
    tick(farsta, NOW)
    add_survey(farsta, NOW + 4 * HOUR)
    tick(farsta, NOW + 4 * HOUR)
    asked = [delivery.due_at for delivery in deliveries(farsta, "asking")]
    assert asked == [NOW + 4 * HOUR]
    tick_through(farsta, NOW + 4 * HOUR, NOW + WEEK - HOUR)
    asked = [delivery.due_at for delivery in deliveries(farsta, "asking")]
    assert asked == [NOW + 4 * HOUR, THURSDAY]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_survey_that_opens_in_the_evening_asks_in_the_morning(farsta: Database) -> None:
    tick(farsta, NOW)
    add_survey(farsta, NOW + 12 * HOUR)
    tick_through(farsta, NOW + 11 * HOUR, NOW + 2 * DAY)
    assert [delivery.due_at for delivery in deliveries(farsta, "asking")] == [NOW + DAY]
    assert occurrences(farsta, "survey:%open") == [(date(2024, 6, 10), "waits for the morning")]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_has_answered_is_not_reminded(farsta: Database) -> None:
    add_survey(farsta, NOW)
    tick(farsta, NOW)
    with farsta.write() as session:
        for invitation in session.scalars(select(Invitation)):
            invitation.answered = True
    tick_through(farsta, NOW, NOW + WEEK)
    reminders = deliveries(farsta, "asking")[2:]
    assert all("enkäten" not in delivery.message["summary"] for delivery in reminders)


def test_who_does_not_answer_is_reminded_twice_and_then_left_alone(farsta: Database) -> None:
    add_survey(farsta, NOW, DAY * 40)
    for week in range(6):
        tick_through(farsta, NOW + week * WEEK - HOUR, NOW + week * WEEK + 4 * DAY)
    texts = [str(each.message) for each in deliveries(farsta, "asking")]
    told = [text for text in texts if "Läget i Farsta" in text]
    with farsta.read() as session:
        times = session.scalars(select(Invitation.times_asked)).all()
    assert max(times) == 3
    assert len(told) == sum(times)
    assert sum("Den sista påminnelsen" in text for text in told) == times.count(3)


def test_a_closed_survey_shows_its_result_in_the_groups_channel(farsta: Database) -> None:
    add_survey(farsta, NOW)
    for day in range(11):
        tick(farsta, NOW + day * DAY)
    assert deliveries(farsta, "survey_result") == []
    assert published(farsta, NOW + 10 * DAY) == 1
    [shown] = deliveries(farsta, "survey_result")
    assert shown.channel == "FAR-BER"
    assert shown.message["summary"] == "Läget i Farsta: 0 av 2 svarade."


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_survey_that_closed_long_ago_is_closed_without_a_post(farsta: Database) -> None:
    add_survey(farsta, NOW - 30 * DAY)
    tick(farsta, NOW)
    assert published(farsta, NOW) == 1
    assert deliveries(farsta, "survey_result") == []
    assert occurrences(farsta, "survey:%") == [(date(2024, 5, 21), "closed")]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_jump_of_weeks_skips_nothing_and_delivers_each_at_its_hour(farsta: Database) -> None:
    sender = FakeSender("workspace")
    senders = {"workspace": sender}
    tick_through(farsta, NOW - HOUR, NOW + 2 * WEEK, lambda at: drain(farsta, senders, at))
    assert "skipped" not in {outcome for _, outcome in occurrences(farsta, "%")}
    posts = [outgoing for outgoing in sender.sent if outgoing.channel == "FAR-BER"]
    assert [post.started_at for post in posts] == [NOW, NOW + WEEK]


def test_the_ticker_ticks_at_once_and_wakes_the_senders(farsta: Database) -> None:
    woken = Event()
    ticker = Ticker(farsta, lambda: NOW, woken.set)
    ticker.start()
    try:
        assert woken.wait(10)
    finally:
        ticker.stop()
        ticker.stop()
    assert len(deliveries(farsta, "digest")) == 1


class Rooms:
    """What a worker runs, as a record."""

    def __init__(self) -> None:
        self.did: list[str] = []

    def start_background(self) -> None:
        self.did.append("started")

    def stop_background(self) -> None:
        self.did.append("stopped")


def test_a_worker_stops_what_it_started() -> None:
    rooms, told = Rooms(), Event()
    told.set()
    work(rooms, told)
    assert rooms.did == ["started", "stopped"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_when_its_process_is_asked_to(number: signal.Signals) -> None:
    class Told(Rooms):
        def start_background(self) -> None:
            super().start_background()
            signal.raise_signal(number)

    rooms, before = Told(), [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)]
    try:
        run_worker(rooms)
    finally:
        for each, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(each, handler)
    assert rooms.did == ["started", "stopped"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_has_no_account_is_not_marked_as_asked(farsta: Database) -> None:
    with farsta.write() as session:
        session.connection().exec_driver_sql("DELETE FROM account")
    tick(farsta, THURSDAY)
    with farsta.read() as session:
        assert session.scalars(select(Measure.last_asked_at)).unique().all() == [None]
