"""A look-up asks the database as often for a hundred times as many seats as for a few."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event, select

from models.database import Database
from models.groups import Group, Seat, SeatRole
from models.people.organisations import Organisation, Person
from models.places.place import District
from tests.conversations.talk import MONDAY_MORNING, Member, Talk


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    engines = {database.engine, database.reader}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def queries(member: Member, line: str) -> int:
    """How many statements one answer takes, once the names are at hand."""
    member.says(line)
    with counted(member.talk.database) as sent:
        member.says(line)
    return len(sent)


def grow(talk: Talk, times: int) -> None:
    """So many more seats in Farsta's steering group, each with a holder and a deputy."""
    with talk.database.write() as session:
        group = session.scalars(select(Group).where(Group.code == "FAR-STYR")).one()
        organisations = session.scalars(select(Organisation)).all()
        districts = list(session.scalars(select(District)))
        for at in range(times):
            of = organisations[at % len(organisations)]
            person = Person(email=f"p{at}@x.example", name=f"Person {at}", organisation_id=of.id)
            seat = _seat(f"G-{at}", group, of, SeatRole.MEMBER)
            seat.person, seat.represents = person, districts[: at % 4]
            deputy = _seat(f"D-{at}", group, of, SeatRole.DEPUTY)
            deputy.deputy_for = seat
            session.add_all([seat, deputy])


def _seat(code: str, group: Group, organisation: Organisation, role: SeatRole) -> Seat:
    return Seat(
        code=code,
        group_id=group.id,
        organisation_id=organisation.id,
        role=role,
        valid_from=date(2021, 1, 1),
        recorded_at=MONDAY_MORNING,
    )


def test_a_look_up_takes_as_many_queries_for_a_hundred_times_the_seats(
    talk: Talk, maja: Member
) -> None:
    lines = [
        "vem Farsta styrgrupp",
        "vem polisen",
        "vakanser Farsta",
        "representation",
        "vem Rågsved",
    ]
    few = {line: queries(maja, line) for line in lines}
    grow(talk, 450)
    assert {line: queries(maja, line) for line in lines} == few
    assert max(few.values()) <= 13


@pytest.mark.parametrize("line", ["åtgärder Farsta", "försenade", "mina", "möten"])
def test_other_questions_stay_within_a_few_queries(reader: Member, line: str) -> None:
    assert queries(reader, line) <= 14


def test_a_week_asks_one_more_for_the_results_of_surveys(reader: Member) -> None:
    assert queries(reader, "veckan Farsta") <= 15


def test_the_home_stays_within_a_few_queries(reader: Member) -> None:
    reader.opens_home()
    with counted(reader.talk.database) as sent:
        reader.opens_home()
    assert len(sent) <= 16
