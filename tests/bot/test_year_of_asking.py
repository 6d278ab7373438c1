"""A year under a moved clock: who is asked when, how often, and when it is left at that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import timetable
from bot.occasions import asking
from bot.timetable import begin, tick, tick_through
from models.database import Database
from models.delivery.outbox import Delivery, Occurrence
from models.groups import GroupKind
from models.measures.measure import Measure, MeasureChange, MeasureEvent, Prompt, PromptState
from models.people.absences import set_absence
from models.people.organisations import Person
from models.schedule import ZONE, is_quiet, is_working_day, local_day, local_hour, week_code
from tests.digests.village import NOW, Village
from tests.stores import Store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIVE = ("FAR-BER", "FAR-A1", "FAR-A2", "FAR-A3", "FAR-A4")
AWAY = (date(2024, 9, 30), date(2024, 10, 11))


@pytest.fixture
def farsta(store: Store, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Five groups with their meetings; Maja owns a measure in each, and Jonas one in one.

    Only the asking falls due: the digests of a year would take longer than all that is asked.
    """
    monkeypatch.setattr(timetable, "SOURCES", (asking.due,))
    return store.fresh("five groups", _five_groups)


def _five_groups(database: Database) -> None:
    database.create_all()
    with database.write() as session:
        village = Village(session)
        groups = [village.group]
        groups += [village.add_group(code, GroupKind.WORKING) for code in FIVE[1:]]
        for number, group in enumerate(groups):
            village.measure(f"FAR-{number:03}", village.maja, group=group).cadence_days = 7
            for month in range(13):
                village.meeting(NOW + timedelta(days=29 * month + 3 * number, hours=5), group)
        village.measure("FAR-020", village.jonas)
        for person in (village.maja, village.jonas):
            person.noticed_at = NOW
        village.maja.asked_hour = 15
        set_absence(session, village.maja, AWAY, village.maja, NOW)
    begin(database, NOW - DAY)


@dataclass(frozen=True)
class Asked:
    """One message that asked somebody."""

    name: str
    at: datetime
    summary: str

    @property
    def day(self) -> date:
        """The local day on which it was sent."""
        return local_day(self.at)


def asked(database: Database, name: str = "") -> list[Asked]:
    """All messages that asked, or a member's."""
    with database.read() as session:
        query = (
            select(Person.name, Delivery.due_at, Delivery.message)
            .join(Delivery, Delivery.person_id == Person.id)
            .where(Delivery.purpose == "asking")
            .order_by(Delivery.due_at)
        )
        rows = [Asked(who, at, message["summary"]) for who, at, message in session.execute(query)]
    return [row for row in rows if name in ("", row.name)]


def prompts(database: Database, code: str) -> list[Prompt]:
    """The askings about a measure."""
    with database.read() as session:
        query = select(Prompt).join(Measure).where(Measure.code == code).order_by(Prompt.id)
        return list(session.scalars(query))


class Answering:
    """Maja answers about four of her measures on the day after she is asked; Jonas never does."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __call__(self, at: datetime) -> None:
        with self.database.write() as session:
            query = select(Prompt).join(Measure).join(Person, Person.id == Prompt.person_id)
            waiting = query.where(Prompt.state == PromptState.OPEN, Person.name == "Maja Ekvall")
            for prompt in session.scalars(waiting):
                if prompt.measure.code != "FAR-000" and at - prompt.asked_at >= DAY:
                    village = Village.__new__(Village)
                    village.session = session
                    village.report(prompt.measure, "ongoing", NOW - at)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_year_asks_at_most_once_a_week_and_never_at_a_wrong_time(farsta: Database) -> None:
    tick_through(farsta, NOW - HOUR, NOW + 366 * DAY, Answering(farsta))
    every = asked(farsta)
    weeks = Counter((row.name, week_code(row.day)) for row in every)
    assert max(weeks.values()) == 1
    assert len(asked(farsta, "Maja Ekvall")) > 25
    assert [row for row in every if not is_working_day(row.day) or is_quiet(row.day)] == []
    hours = {(row.name, local_hour(row.at, ZONE)) for row in every}
    assert hours == {("Maja Ekvall", 15), ("Jonas Lindmark", 8)}
    both_sides_of_both_nights = {row.at.hour for row in asked(farsta, "Maja Ekvall")}
    assert both_sides_of_both_nights == {13, 14}
    away = [row for row in asked(farsta, "Maja Ekvall") if AWAY[0] <= row.day <= AWAY[1]]
    assert away == []

    # What nobody answers is asked about once, reminded of once, and told once.
    for code, reader in (("FAR-000", "Jonas Lindmark"), ("FAR-020", "Maja Ekvall")):
        [silent] = prompts(farsta, code)
        assert silent.state is PromptState.SILENT
        assert silent.reminded_at is not None
        told = [row for row in asked(farsta, reader) if "utan svar" in row.summary]
        assert len(told) == (1 if reader == "Maja Ekvall" else 0), reader
    answered = [row.state for code in FIVE[1:] for row in prompts(farsta, "FAR-00" + code[-1])]
    assert set(answered) <= {PromptState.ANSWERED, PromptState.OPEN}


def run_until(database: Database, until: datetime) -> None:
    tick_through(database, NOW - HOUR, until)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_silence_ends_with_a_report_another_owner_or_another_date(farsta: Database) -> None:
    run_until(farsta, NOW + 60 * DAY)
    assert [row.state for row in prompts(farsta, "FAR-020")] == [PromptState.SILENT]
    with farsta.write() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-020")).one()
        measure.due_on = date(2024, 12, 1)
        change = MeasureChange(
            measure_id=measure.id,
            at=NOW + 61 * DAY,
            event=MeasureEvent.CHANGED,
            fields={"due_on": [None, "2024-12-01"]},
        )
        session.add(change)
    tick_through(farsta, NOW + 61 * DAY, NOW + 75 * DAY)
    states = [row.state for row in prompts(farsta, "FAR-020")]
    assert states[1:] == [PromptState.OPEN]
    with farsta.read() as session:
        told = session.scalars(
            select(Occurrence.outcome).where(Occurrence.schedule.like("silent:%"))
        )
        assert set(told) == {"queued 1"}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_evening_asks_nothing_and_the_next_working_day_makes_up_for_it(
    farsta: Database,
) -> None:
    thursday = datetime(2024, 6, 13, 17, 30, tzinfo=UTC)
    tick(farsta, NOW - HOUR)
    tick(farsta, thursday)
    assert asked(farsta) == []
    tick(farsta, thursday + 13 * HOUR)
    friday = date(2024, 6, 14)
    assert [(row.name, row.day) for row in asked(farsta)] == [("Jonas Lindmark", friday)]
    tick(farsta, thursday + 20 * HOUR)
    assert [(row.name, row.day) for row in asked(farsta, "Maja Ekvall")] == [
        ("Maja Ekvall", friday)
    ]
