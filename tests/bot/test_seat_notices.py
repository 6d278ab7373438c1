"""Notices about seats do not cry wolf: each once, in time, and never about the past."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import timetable
from bot.console import as_text
from bot.occasions import handovers, meetings, seats
from bot.timetable import begin, tick, tick_through
from models.database import Database
from models.delivery.outbox import Delivery, Occurrence
from models.groups import Group, GroupKind, Seat, SeatRole
from models.measures.measure import Measure
from models.message import Actions, Button, Message
from models.people.organisations import DisplayPolicy, Person, Standing
from models.representation.involvement import Degree, Involvement
from models.schedule import MORNING, ZONE, instant, is_quiet, is_working_day, local_day
from models.seats.changes import ChangeKind, Ledger, undo
from tests.digests.village import NOW, farsta_in_week_24

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = timedelta(days=7)
TODAY = date(2024, 6, 10)
LONG_AGO = date(2021, 1, 1)


@dataclass
class Farsta:
    """The village with a timetable, whose seats are changed as the clock goes on."""

    database: Database
    now: datetime = NOW - DAY

    def move_to(self, day: date, hour: int = 9) -> None:
        """Lets everything up to an hour of a day happen."""
        at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        tick_through(self.database, self.now, at)
        self.now = at

    def look(self, *days: date) -> None:
        """Lets nothing but these mornings happen."""
        for day in days:
            tick(self.database, instant(day, MORNING, ZONE))

    def seat(
        self, position: str, person: str | None, start: date, until: date | None, **said: object
    ) -> None:
        """Adds a row, as the form or an import does at this time."""
        with self.database.write() as session:
            values = {"group_id": self.group(session).id, "role": SeatRole.MEMBER, **said}
            session.add(
                Seat(
                    code=f"{position}-{start}",
                    position=position,
                    organisation_id=session.scalars(select(Person.organisation_id)).first(),
                    person=named(session, person) if person else None,
                    valid_from=start,
                    valid_until=until,
                    recorded_at=self.now,
                    **values,
                )
            )

    def change(self, act: Callable[[Session], None]) -> None:
        """Changes what is stored."""
        with self.database.write() as session:
            act(session)

    def replace(self, former: str, heir: str, on: date) -> None:
        """The heir takes the former's seat from a day on, as the form in the chat does it."""
        with self.database.write() as session:
            query = select(Seat).join(Seat.person).where(Person.name == former)
            seat = session.scalars(query).one()
            ledger = Ledger.open(session, ChangeKind.REPLACED, seat.group, None, self.now)
            ledger.revise(seat, valid_until=on)
            said = {name: getattr(seat, name) for name in ("position", "group_id", "role")}
            ledger.add(
                Seat(
                    code="",
                    organisation_id=seat.organisation_id,
                    person=named(session, heir),
                    valid_from=on,
                    **said,
                )
            )

    def owner(self, code: str) -> str:
        """Who answers for a measure."""
        query = select(Person.name).join(Measure, Measure.owner_id == Person.id)
        with self.database.read() as session:
            return session.scalars(query.where(Measure.code == code)).one()

    def group(self, session: Session) -> Group:
        return session.scalars(select(Group).where(Group.code == "FAR-BER")).one()

    def told(self, kind: str = "") -> list[tuple[date, str, str]]:
        """The day, the reader and the notification of each message about seats."""
        query = (
            select(Delivery, Person.name)
            .join(Person, Person.id == Delivery.person_id)
            .where(Delivery.purpose == "seat", Delivery.key.contains(kind))
        )
        with self.database.read() as session:
            order = (Delivery.due_at, Person.name, Delivery.key)
            rows = session.execute(query.order_by(*order)).all()
        return [(local_day(row.due_at), name, row.message["summary"]) for row, name in rows]

    def messages(self, kind: str) -> list[Message]:
        """The messages whose key says so."""
        query = select(Delivery).where(Delivery.key.contains(kind)).order_by(Delivery.due_at)
        with self.database.read() as session:
            return [Message.model_validate(row.message) for row in session.scalars(query)]


def named(session: Session, name: str) -> Person:
    return session.scalars(select(Person).where(Person.name == name)).one()


@pytest.fixture
def farsta(database: Database, monkeypatch: pytest.MonkeyPatch) -> Farsta:
    """Maja is the secretary, Jonas a member; Stina and Ali have no seat yet.

    Only what is told about seats and meetings falls due here: a year has many mornings.
    """
    sources = (handovers.due, meetings.due, seats.due)
    monkeypatch.setattr(timetable, "SOURCES", sources)
    with database.write() as session:
        village = farsta_in_week_24(session)
        for name in ("Stina Hallgren", "Ali Nazari"):
            village.person(name, village.city)
    begin(database, NOW - DAY)
    return Farsta(database)


def test_a_year_of_mandates_tells_each_thing_once_and_nothing_about_the_past(
    farsta: Farsta,
) -> None:
    # Long over, vacant for years, or ended before the timetable began: none of it is news.
    farsta.seat("FAR-BER-A", "Ali Nazari", LONG_AGO, date(2024, 5, 1))
    farsta.seat("FAR-BER-B", None, LONG_AGO, None)
    # Two mandates end with the same summer day; the seat of one of them has a successor.
    farsta.seat("FAR-BER-C", "Ali Nazari", LONG_AGO, date(2024, 8, 15))
    farsta.seat("FAR-BER-D", "Ali Nazari", LONG_AGO, date(2024, 8, 15))
    farsta.seat("FAR-BER-D", "Stina Hallgren", date(2024, 8, 15), None)
    # One becomes vacant in July, one on midsummer's eve, and one is filled before anybody is told.
    farsta.seat("FAR-BER-E", "Ali Nazari", LONG_AGO, date(2024, 7, 9))
    farsta.seat("FAR-BER-E", None, date(2024, 7, 9), None)
    farsta.seat("FAR-BER-F", "Ali Nazari", LONG_AGO, date(2024, 6, 21))
    farsta.seat("FAR-BER-F", "Stina Hallgren", date(2024, 9, 2), None)
    farsta.seat("FAR-BER-G", "Ali Nazari", LONG_AGO, date(2024, 7, 20))
    farsta.seat("FAR-BER-G", "Stina Hallgren", date(2024, 7, 25), None)
    farsta.move_to(date(2024, 9, 4))
    farsta.look(date(2025, 6, 10))
    assert [(day, name, text.partition(" · ")[0]) for day, name, text in farsta.told("seats:")] == [
        (date(2024, 6, 10), "Maja Ekvall", "Ett uppdrag slutar snart"),
        (date(2024, 6, 24), "Maja Ekvall", "En plats är vakant"),
        (date(2024, 8, 1), "Maja Ekvall", "En plats är vakant"),
        (date(2024, 8, 1), "Maja Ekvall", "Ett uppdrag slutar snart"),
    ]
    with farsta.database.read() as session:
        outcomes = dict(
            session.execute(
                select(Occurrence.schedule, Occurrence.outcome).where(
                    Occurrence.schedule.like("vacancy:%")
                )
            ).all()
        )
    assert outcomes == {
        "vacancy:FAR-BER-C": "nothing to say",
        "vacancy:FAR-BER-E": "queued 1",
        "vacancy:FAR-BER-F": "queued 1",
        "vacancy:FAR-BER-G": "filled before it was told",
    }


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_ends_together_comes_in_one_message_with_the_way_to_renew(farsta: Farsta) -> None:
    for number in range(3):
        farsta.seat(f"FAR-BER-{number}A", "Ali Nazari", LONG_AGO, date(2024, 7, 1))
    farsta.change(lambda s: setattr(named(s, "Maja Ekvall"), "language", "en"))
    farsta.move_to(TODAY)
    [message] = farsta.messages("endings")
    text = as_text(message)
    assert "3 mandates end, and nobody is to follow." in text
    assert text.count("[Prolong: Ali Nazari]") == 3
    [actions] = [part for part in message.parts if isinstance(part, Actions)]
    buttons = [each for each in actions.buttons if isinstance(each, Button)]
    assert (buttons[0].action, buttons[0].value) == ("seats.open", "renew|FAR-BER|FAR-BER-0A")
    assert (buttons[-1].action, buttons[-1].value) == ("seats.menu", "FAR-BER")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_mandate_that_is_prolonged_is_told_again_before_its_new_end_only(farsta: Farsta) -> None:
    farsta.seat("FAR-BER-A", "Ali Nazari", LONG_AGO, date(2024, 7, 1))
    farsta.move_to(TODAY)

    def prolong(session: Session) -> None:
        row = session.scalars(select(Seat).where(Seat.position == "FAR-BER-A")).one()
        row.valid_until = date(2024, 11, 1)

    farsta.change(prolong)
    farsta.change(lambda s: setattr(farsta.group(s), "notice_weeks", 4))
    farsta.look(date(2024, 10, 3), date(2024, 10, 4), date(2024, 10, 7), date(2024, 10, 30))
    assert [day for day, _, _ in farsta.told("endings")] == [TODAY, date(2024, 10, 4)]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_without_a_secretary_the_chairs_are_told_and_else_the_coordinator(farsta: Farsta) -> None:
    def away(session: Session) -> None:
        named(session, "Maja Ekvall").paused_until = date(2030, 1, 1)
        named(session, "Ali Nazari").standing = Standing.COORDINATOR

    farsta.change(away)
    farsta.seat("FAR-BER-A", "Jonas Lindmark", LONG_AGO, date(2024, 7, 1))
    farsta.move_to(TODAY)
    farsta.seat("FAR-BER-K", "Jonas Lindmark", LONG_AGO, None, role=SeatRole.CHAIR)
    farsta.seat("FAR-BER-B", "Stina Hallgren", LONG_AGO, date(2024, 7, 15))
    farsta.move_to(TODAY + DAY)
    assert [name for _, name, _ in farsta.told("endings")] == ["Ali Nazari", "Jonas Lindmark"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_leaving_holder_is_told_with_the_measures_left_and_the_party_lost(
    farsta: Farsta,
) -> None:
    def into_a_steering_group(session: Session) -> None:
        farsta.group(session).kind = GroupKind.STEERING
        jonas = named(session, "Jonas Lindmark")
        jonas.left_on, jonas.display_policy = TODAY + 2 * DAY, DisplayPolicy.PROTECTED

    farsta.change(into_a_steering_group)
    farsta.move_to(TODAY + 2 * DAY)
    [message] = farsta.messages("empty")
    text = as_text(message)
    assert "Ingen sitter längre för lokalpolisområdet." in text
    assert "1 öppen åtgärd har ingen ansvarig längre." in text
    assert "Jonas" not in message.model_dump_json()
    buttons = [b for part in message.parts if isinstance(part, Actions) for b in part.buttons]
    assert [b.action for b in buttons if isinstance(b, Button)] == ["seats.menu", "measures.page"]
    farsta.look(TODAY + 3 * DAY, TODAY + 4 * DAY)
    assert len(farsta.messages("empty")) == 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_unrelated_change_an_undo_and_a_late_record_tell_nothing(farsta: Farsta) -> None:
    farsta.seat("FAR-BER-A", "Ali Nazari", LONG_AGO, None)
    farsta.move_to(TODAY + DAY)

    def end_and_undo(session: Session) -> None:
        seat = session.scalars(select(Seat).where(Seat.position == "FAR-BER-A")).one()
        group = farsta.group(session)
        ledger = Ledger.open(session, ChangeKind.ENDED, group, None, farsta.now)
        ledger.revise(seat, person_id=None, person=None)
        undo(session, ledger.change, None, farsta.now + HOUR)

    farsta.change(end_and_undo)
    # What somebody writes down today of last week is history.
    farsta.seat("FAR-BER-B", "Ali Nazari", LONG_AGO, TODAY - WEEK)
    farsta.seat("FAR-BER-B", None, TODAY - WEEK, None)
    farsta.look(TODAY + 2 * DAY, TODAY + 3 * DAY)
    assert farsta.told("seats:") == []


def test_of_two_processes_one_tells_the_vacancy_and_hands_over(farsta: Farsta) -> None:
    farsta.replace("Jonas Lindmark", "Stina Hallgren", TODAY)
    farsta.seat("FAR-BER-A", "Ali Nazari", LONG_AGO, TODAY)
    farsta.seat("FAR-BER-A", None, TODAY, None)
    both = Barrier(2)

    def run() -> int:
        both.wait()
        return tick(farsta.database, NOW)

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(run), pool.submit(run)]:
            future.result()
    # After a restart another process goes on where this one stopped.
    tick(farsta.database, NOW + timedelta(seconds=20))
    assert len(farsta.messages("empty")) == 1
    assert sorted(name for _, name, _ in farsta.told("handover")) == [
        "Jonas Lindmark",
        "Stina Hallgren",
    ]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("late", "day"), [(8, TODAY), (11, TODAY + DAY)])
def test_a_late_morning_tells_the_same_and_an_evening_waits(
    farsta: Farsta, late: int, day: date
) -> None:
    farsta.seat("FAR-BER-A", "Ali Nazari", LONG_AGO, TODAY)
    farsta.seat("FAR-BER-A", None, TODAY, None)
    tick(farsta.database, NOW + late * HOUR)
    assert len(farsta.messages("empty")) == (day == TODAY)
    tick(farsta.database, NOW + DAY)
    [(told_on, _, summary)] = farsta.told("empty")
    assert told_on == day
    assert summary.endswith("Ledamot, Farsta stadsdelsförvaltning.")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_three_days_without_any_process_lose_no_vacancy(farsta: Farsta) -> None:
    farsta.move_to(TODAY)
    farsta.seat("FAR-BER-A", "Ali Nazari", LONG_AGO, TODAY + 2 * DAY)
    farsta.seat("FAR-BER-A", None, TODAY + 2 * DAY, None)
    tick(farsta.database, NOW + 4 * DAY + HOUR)
    assert [day for day, _, _ in farsta.told("empty")] == [TODAY + 4 * DAY]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_nobody_is_told_of_seats_in_july_or_on_red_days(farsta: Farsta) -> None:
    for number in range(12):
        start = date(2024, 6, 16) + number * 6 * DAY
        farsta.seat(f"FAR-BER-{number:02}X", "Ali Nazari", LONG_AGO, start)
        farsta.seat(f"FAR-BER-{number:02}X", None, start, None)
    farsta.move_to(date(2024, 8, 26))
    days = [day for day, _, _ in farsta.told("seats:")]
    assert days
    assert all(is_working_day(day) and not is_quiet(day) for day in days)
    vacant = "".join(as_text(message) for message in farsta.messages("empty"))
    assert vacant.count("⚠ Vakant") == 12


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_successor_takes_over_on_the_day_once_and_both_are_told(farsta: Farsta) -> None:
    farsta.move_to(TODAY)
    farsta.replace("Maja Ekvall", "Stina Hallgren", TODAY + 2 * DAY)
    farsta.move_to(TODAY + DAY)
    assert farsta.told("handover") == []
    farsta.move_to(TODAY + 5 * DAY)
    farsta.look(date(2024, 8, 1))
    receipt, handover = farsta.told("handover")
    assert receipt[:2] == (TODAY + 2 * DAY, "Maja Ekvall")
    assert receipt[2] == (
        "Stina Hallgren tar över efter dig som sekreterare i Farsta lokala beredningsgrupp.\n"
        "1 öppen åtgärd följer med platsen: FAR-011."
    )
    assert handover[:2] == (TODAY + 2 * DAY, "Stina Hallgren")
    assert handover[2] == (
        "Du tar över som sekreterare i Farsta lokala beredningsgrupp efter Maja Ekvall. "
        "Här är öppna åtgärder (1) och kommande möten (1)."
    )
    [_, message] = sorted(farsta.messages("handover"), key=lambda each: len(each.parts))
    buttons = [b for part in message.parts if isinstance(part, Actions) for b in part.buttons]
    assert [(b.action, b.value) for b in buttons if isinstance(b, Button)] == [
        ("report.open", "FAR-011")
    ]
    assert farsta.owner("FAR-011") == "Stina Hallgren"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_handover_by_night_happens_at_once_and_is_told_in_the_morning(farsta: Farsta) -> None:
    farsta.replace("Jonas Lindmark", "Stina Hallgren", TODAY)
    tick(farsta.database, NOW - 7 * HOUR)
    assert farsta.owner("FAR-009") == "Stina Hallgren"
    with farsta.database.read() as session:
        due = session.scalars(select(Delivery.due_at).where(Delivery.key.contains("handover")))
        assert set(due) == {NOW}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_handover_on_midsummers_eve_is_told_on_the_next_working_day(farsta: Farsta) -> None:
    farsta.replace("Jonas Lindmark", "Stina Hallgren", date(2024, 6, 21))
    farsta.move_to(date(2024, 6, 22))
    assert farsta.owner("FAR-009") == "Stina Hallgren"
    assert {day for day, _, _ in farsta.told("handover")} == {date(2024, 6, 24)}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_meeting_is_told_to_those_whose_district_the_area_concerns(farsta: Farsta) -> None:
    def informed(session: Session) -> None:
        group = farsta.group(session)
        group.area = "youth"
        maja = named(session, "Maja Ekvall")
        maja.organisation.district_id = group.district_id
        assert group.district_id is not None
        session.add(
            Involvement(
                code="I-1",
                district_id=group.district_id,
                area="youth",
                degree=Degree.NOT_CONCERNED,
                valid_from=LONG_AGO,
            )
        )

    farsta.change(informed)
    farsta.move_to(TODAY + 5 * DAY)
    with farsta.database.read() as session:
        told = session.scalars(select(Delivery.person_id).where(Delivery.purpose == "meeting"))
        assert set(told) == {named(session, "Jonas Lindmark").id}
