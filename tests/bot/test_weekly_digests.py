"""The weekly digests: to each channel as it wants them, and to whom where there is no channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.occasions.occasion import Occasion, claimed_of
from bot.occasions.weeks import post_week, post_weeks
from bot.timetable import _fire_all, begin, tick, tick_through
from digests import as_posted
from digests.recorded import weeks_that_day
from handlers.texts import language
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState, Occurrence
from models.delivery.trouble import Trouble
from models.digest_settings import Section, Setting, Wanted, set_wanted
from models.groups import Group
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.message import Message
from models.people.accounts import Channel
from models.people.organisations import Person
from tests.digests.village import NOW, farsta_in_week_24
from tests.stores import Store

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def farsta(store: Store) -> Database:
    """The village, its timetable begun on Sunday."""
    return store.fresh("farsta", _begun_on_sunday)


def _begun_on_sunday(database: Database) -> None:
    database.create_all()
    with database.write() as session:
        farsta_in_week_24(session)
    begin(database, NOW - DAY)


def outcomes(database: Database, schedule: str) -> list[tuple[date, str]]:
    with database.read() as session:
        query = select(Occurrence).where(Occurrence.schedule.like(schedule))
        rows = session.scalars(query.order_by(Occurrence.id))
        return [(row.local_date, row.outcome) for row in rows]


def deliveries(database: Database, purpose: str) -> list[Delivery]:
    with database.read() as session:
        query = select(Delivery).where(Delivery.purpose == purpose).order_by(Delivery.due_at)
        return list(session.scalars(query))


def want(
    database: Database, wanted: Wanted, at: datetime = NOW - DAY, *, own: bool = False
) -> None:
    """Maja sets her own digest, or that of the channel."""
    with database.write() as session:
        maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
        channel = session.scalars(select(Channel)).one()
        set_wanted(session, maja if own else channel, Setting(wanted, maja, at))


def test_a_channel_gets_it_on_its_day_at_its_hour_in_its_language(farsta: Database) -> None:
    want(farsta, Wanted(weekday=3, hour=14, language="en"))
    tick_through(farsta, NOW - HOUR, NOW + 6 * DAY)
    [digest] = deliveries(farsta, "digest")
    assert digest.due_at == datetime(2024, 6, 13, 12, tzinfo=UTC)
    assert digest.message["summary"].startswith("Week 24 · Farsta lokala beredningsgrupp.")


def test_an_old_digest_is_reproduced_as_its_channel_wanted_it_then(farsta: Database) -> None:
    tick(farsta, NOW)
    tuesday = Wanted(weekday=1, language="en", sections=frozenset({Section.MEASURES}))
    want(farsta, tuesday, at=NOW + HOUR)
    tick(farsta, NOW + DAY)
    want(farsta, replace(tuesday, is_on=False), at=NOW + DAY + HOUR)
    with farsta.write() as session:
        session.scalars(select(Channel)).one().gone_at = NOW + 2 * DAY
    posted = [Message.model_validate(row.message) for row in deliveries(farsta, "digest")]
    with farsta.read() as session:
        group = session.scalars(select(Group)).one()
        for at, day in enumerate((NOW.date(), (NOW + DAY).date())):
            [then] = weeks_that_day(session, group, day)
            assert (then.wanted, then.outcome) == ((Wanted(), tuesday)[at], "queued 1")
            spoken = language(then.wanted.language or "sv")
            again = as_posted(session, group, day, then, spoken)
            assert again is not None
            assert again.parts == posted[at].parts
        [without] = weeks_that_day(session, group, (NOW + 7 * DAY).date())
        assert not without.has_channel


def test_the_first_digest_after_a_standstill_tells_also_of_what_was_skipped(
    farsta: Database,
) -> None:
    tick(farsta, NOW)
    said = {"status": MeasureStatus.DELAYED, "at": NOW + 3 * DAY}
    with farsta.write() as session:
        known = session.scalars(select(Measure).where(Measure.code == "FAR-009")).one()
        session.add(ProgressReport(measure_id=known.id, comment="Ställd till hösten", **said))
    tick(farsta, NOW + 9 * DAY)
    tick(farsta, NOW + 14 * DAY)
    assert [outcome for _, outcome in outcomes(farsta, "week:%")] == [
        "queued 1",
        "skipped",
        "queued 1",
    ]
    assert "Ställd till hösten" in str(deliveries(farsta, "digest")[-1].message)
    with farsta.read() as session:
        group = session.scalars(select(Group)).one()
        [then] = weeks_that_day(session, group, (NOW + 14 * DAY).date())
        assert then.period.since == NOW


def test_what_is_set_after_the_hour_does_not_post_for_the_past(farsta: Database) -> None:
    tick(farsta, NOW)
    want(farsta, Wanted(hour=9), NOW + 2 * HOUR)
    tick(farsta, NOW + 3 * HOUR)
    assert len(deliveries(farsta, "digest")) == 1


@pytest.mark.parametrize(
    ("wanted", "is_posted"),
    [
        (Wanted(least=2), True),
        (Wanted(least=3), False),
        (Wanted(is_on=False), False),
        (Wanted(sections=frozenset({Section.SEATS, Section.NEWS})), False),
    ],
)
def test_too_few_changes_of_what_is_asked_for_make_no_post(
    farsta: Database, wanted: Wanted, is_posted: bool
) -> None:
    want(farsta, wanted)
    tick(farsta, NOW)
    assert bool(deliveries(farsta, "digest")) is is_posted


def test_a_red_monday_moves_it_to_tuesday_and_july_rests(farsta: Database) -> None:
    easter = datetime(2025, 4, 20, 6, tzinfo=UTC)
    tick_through(farsta, easter, easter + 3 * DAY)
    assert outcomes(farsta, "week:%") == [(date(2025, 4, 22), "nothing to say")]
    july = datetime(2025, 7, 6, 6, tzinfo=UTC)
    tick_through(farsta, july, july + 2 * DAY)
    assert outcomes(farsta, "week:%")[-1] == (date(2025, 7, 7), "quiet")


def test_a_members_own_digest_tells_of_all_their_groups(farsta: Database) -> None:
    want(farsta, Wanted(hour=9), own=True)
    tick(farsta, NOW + HOUR)
    with farsta.read() as session:
        maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
        [own] = [each for each in deliveries(farsta, "digest") if each.person_id == maja.id]
    assert own.message["summary"] == "Din vecka 24. Farsta lokala beredningsgrupp."
    assert outcomes(farsta, "own_week:%") == [(date(2024, 6, 10), "queued 1")]


def test_a_group_whose_only_channel_wants_none_tells_nobody(farsta: Database) -> None:
    want(farsta, replace(Wanted(), is_on=False))
    tick(farsta, NOW)
    assert outcomes(farsta, "week:%") == []
    with farsta.read() as session:
        assert session.scalars(select(Group)).one().code == "FAR-BER"


def test_the_digest_of_a_group_without_a_channel_comes_to_its_secretary(farsta: Database) -> None:
    with farsta.write() as session:
        session.connection().exec_driver_sql("DELETE FROM channel")
    tick(farsta, NOW)
    assert outcomes(farsta, "week:%") == [(date(2024, 6, 10), "queued 1")]
    [told] = [each for each in deliveries(farsta, "meeting") if each.due_at == NOW]
    with farsta.read() as session:
        assert session.get_one(Person, told.person_id).name == "Maja Ekvall"
    assert "har ingen kanal som jag kan skriva i" in str(told.message)


def test_a_digest_whose_channel_is_gone_comes_to_the_secretary_once(farsta: Database) -> None:
    tick(farsta, NOW)
    with farsta.write() as session:
        [lost] = session.scalars(select(Delivery).where(Delivery.purpose == "digest"))
        lost.state, lost.trouble = DeliveryState.FAILED, Trouble.CHANNEL_GONE
    tick(farsta, NOW + HOUR)
    tick(farsta, NOW + 2 * HOUR)
    [told] = deliveries(farsta, "meeting")
    texts = [part["text"] for part in told.message["parts"] if "text" in part]
    assert any(text.startswith("Vecka 24") for text in texts)
    assert any("Kanalen finns inte längre" in text for text in texts)


def test_a_late_tick_posts_the_same_digest(farsta: Database) -> None:
    tick(farsta, NOW + 23 * HOUR)
    [late] = deliveries(farsta, "digest")
    assert late.message["summary"].startswith("Vecka 24 ·")
    assert late.due_at == NOW


def test_what_another_process_did_first_is_left_to_it_in_silence(farsta: Database) -> None:
    portion = [Occasion(f"week:{code}", NOW.date(), NOW, post_week, 1, post_weeks) for code in "AB"]
    with farsta.write() as session:
        claimed_of(session, portion, NOW)
    with capture_logs() as logged:
        assert _fire_all(farsta, portion, NOW) == 0
    assert logged == []
