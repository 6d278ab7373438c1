"""Each district has exactly one of own voice, somebody else's, none, or no concern in a group."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo import seed
from models.agreements import Agreement, Level
from models.base import held_on
from models.drawings import Mark
from models.groups import Group, GroupKind, Seat, SeatBasis, SeatRole
from models.people.organisations import Organisation, OrganisationKind, Person
from models.places.place import District
from models.representation.coverage import (
    Breach,
    Representation,
    SeatOnDay,
    Share,
    breaches,
    coverage,
    load,
    seats_from,
    voice,
    with_agreements,
)
from models.representation.forums import forums, voices_in
from models.representation.involvement import Degree, Involvement
from models.seats.vacancies import since

START = date(2024, 1, 1)
NOW = datetime(2024, 1, 1, 8, tzinfo=UTC)
DAYS = [date(2019, 6, 4) + timedelta(days=97 * number) for number in range(24)]
MERGERS = [date(2020, 6, 30), date(2020, 7, 1), date(2023, 6, 30), date(2023, 7, 1)]


def facts(session: Session, on: date, code: str | None = None) -> Representation:
    """How the groups of a day represent the districts, or how one does."""
    query = select(Group).where(held_on(Group, on)).order_by(Group.code)
    if code:
        query = query.where(Group.code == code)
    return load(session, session.scalars(query.options(*with_agreements())).all(), on)


def test_own_via_missing_and_outside_are_all_districts_in_every_group_and_forum(
    stockholm_session: Session,
) -> None:
    for on in [*DAYS, *MERGERS]:
        of_day = facts(stockholm_session, on)
        rows = [of_day.voices(group) for group in of_day.groups]
        rows += [voices_in(of_day, forum) for forum in forums(of_day)]
        for voices in rows:
            found = coverage(voices)
            names = [each.name for each in (*found.own, *found.via, *found.missing)]
            names += [each.name for each in found.outside]
            assert sorted(names) == sorted(each.name for each in of_day.districts)
        for group in of_day.groups:
            concerned = len(of_day.districts) if group.level is Level.CENTRAL else 1
            assert coverage(of_day.voices(group)).total == concerned
        in_forums = [group.code for forum in forums(of_day) for group in forum.groups]
        assert sorted(in_forums) == [group.code for group in of_day.groups]


def read(name: str) -> list[dict[str, str]]:
    """A file of the demo as it was written."""
    text = (Path(seed.FOLDER) / f"{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def valid(rows: list[dict[str, str]], on: date) -> Iterator[dict[str, str]]:
    """The rows of a day; their last day is inclusive."""
    for row in rows:
        if row["valid_from"] <= on.isoformat() <= (row["valid_to"] or "9999"):
            yield row


def counted_by_hand(group: str, on: date) -> tuple[int, int, int]:
    """Own, via and missing, counted in the files and by no code of ours."""
    districts = {row["code"] for row in valid(read("districts"), on)}
    home = {
        row["code"]: row["district"]
        for row in read("organisations")
        if row["kind"] in ("district_board", "district_administration")
    }
    seats = [
        row
        for row in valid(read("seats"), on)
        if row["group"] == group and row["person"] and row["role"] != "deputy"
    ]
    own = {home.get(row["organisation"]) for row in seats} & districts
    spoken = {
        code
        for row in seats
        for code in (districts if row["represents"] == "all" else row["represents"].split("; "))
    }
    return len(own), len(spoken & districts - own), len(districts - own - spoken)


@pytest.mark.parametrize(
    ("on", "districts", "steering", "preparing"),
    [
        (date(2019, 6, 4), 14, None, None),
        (date(2021, 1, 1), 13, (1, 12, 0), (1, 0, 12)),
        (date(2024, 6, 10), 11, (1, 10, 0), (3, 0, 8)),
    ],
)
def test_the_figures_of_the_central_groups_are_those_of_the_files(
    stockholm_session: Session,
    on: date,
    districts: int,
    steering: tuple[int, int, int] | None,
    preparing: tuple[int, int, int] | None,
) -> None:
    of_day = facts(stockholm_session, on)
    assert len(of_day.districts) == districts
    figures = {group.code: coverage(of_day.voices(group)) for group in of_day.groups}
    for code, expected in (("CEN-STYR", steering), ("CEN-BER", preparing)):
        if expected is None:
            assert code not in figures
            continue
        found = figures[code]
        assert (len(found.own), len(found.via), len(found.missing)) == expected
        assert counted_by_hand(code, on) == expected


def test_a_seat_that_speaks_for_a_merged_district_speaks_for_what_it_became(
    stockholm_session: Session,
) -> None:
    seat = stockholm_session.scalars(select(Seat).where(Seat.code == "CEN-BER-06")).one()
    old = stockholm_session.scalars(select(District).where(District.code == "OST")).one()
    seat.represents = [old]
    stockholm_session.flush()
    of_day = facts(stockholm_session, date(2024, 6, 10), "CEN-BER")
    heard = {each.code: found.share for each, found in of_day.voices(of_day.groups[0])}
    assert heard["NIN"] is Share.VIA


def test_a_district_that_is_not_concerned_by_an_area_lacks_nothing_there(
    stockholm_session: Session,
) -> None:
    farsta = stockholm_session.scalars(select(District).where(District.code == "FAR")).one()
    stockholm_session.add(
        Involvement(
            code="FAR-T",
            district=farsta,
            area="destructive_youth",
            degree=Degree.NOT_CONCERNED,
            valid_from=date(2024, 6, 1),
        )
    )
    stockholm_session.flush()
    of_day = facts(stockholm_session, date(2024, 6, 10))
    forum = next(each for each in forums(of_day) if each.area == "destructive_youth")
    found = {each.code: heard.share for each, heard in voices_in(of_day, forum)}
    assert (found["FAR"], found["BRO"], found["SOD"]) == (
        Share.OUTSIDE,
        Share.OWN,
        Share.MISSING,
    )


BOARD = Organisation(id=1, code="B", name="Board", kind=OrganisationKind.DISTRICT_BOARD)
OFFICE = Organisation(id=2, code="O", name="Office", kind=OrganisationKind.DISTRICT_ADMINISTRATION)
POLICE = Organisation(id=3, code="P", name="LPO", kind=OrganisationKind.LOCAL_POLICE_AREA)
PEOPLE = [Person(id=number, name=f"Person {number}") for number in (1, 2)]


def row(position: str, person: Person | None, of: Organisation = OFFICE, **more: object) -> Seat:
    """A mandate from the first day of 2024, in no database."""
    told: dict[str, object] = {
        "role": SeatRole.MEMBER,
        "basis": SeatBasis.ORDINARY,
        "valid_from": START,
        "stands_in": False,
    }
    told |= {"recorded_at": NOW, "organisation": of, "person": person} | more
    return Seat(code=f"{position}-{told['valid_from']}", position=position, **told)


def seats(*rows: Seat, on: date = START) -> tuple[SeatOnDay, ...]:
    """What the rows make on a day."""
    return seats_from(rows, on)


HELD = row("H", PEOPLE[0])
EMPTY = row("E", None)
NEEDED = row("N", PEOPLE[0], basis=SeatBasis.ON_DEMAND)
TWO = [row("C", PEOPLE[0]), row("C", PEOPLE[1])]
DEPUTISED = [EMPTY, row("D", PEOPLE[1], role=SeatRole.DEPUTY, deputy_for=EMPTY)]


@pytest.mark.parametrize(
    ("own", "via", "mark", "share"),
    [
        ([], [], Mark.NONE, Share.MISSING),
        ([], [HELD], Mark.VIA, Share.VIA),
        ([], [EMPTY], Mark.NONE, Share.MISSING),
        ([EMPTY], [], Mark.VACANT, Share.MISSING),
        ([EMPTY], [HELD], Mark.VACANT, Share.VIA),
        ([EMPTY, HELD], [], Mark.HELD, Share.OWN),
        (DEPUTISED, [], Mark.DEPUTISED, Share.OWN),
        ([NEEDED], [HELD], Mark.ON_DEMAND, Share.OWN),
        (TWO, [], Mark.IN_CONFLICT, Share.MISSING),
        (TWO, [HELD], Mark.IN_CONFLICT, Share.VIA),
    ],
)
def test_a_mark_says_whose_voice_it_is(
    own: list[Seat], via: list[Seat], mark: Mark, share: Share
) -> None:
    mine = [seat for seat in seats(*own) if not seat.is_deputys]
    found = voice(mine, seats(*via))
    assert (found.mark, found.share) == (mark, share)


@given(st.lists(st.sampled_from([HELD, EMPTY, NEEDED])), st.lists(st.sampled_from([HELD, EMPTY])))
def test_a_voice_is_its_own_exactly_when_somebody_sits_there(
    own: list[Seat], via: list[Seat]
) -> None:
    mine = [seats(each)[0] for each in own]
    found = voice(mine, [seats(each)[0] for each in via])
    is_own = any(seat.is_occupied for seat in mine)
    assert (found.share is Share.OWN) == is_own
    assert (found.share is Share.MISSING) == (not is_own and HELD not in via)


CENTRAL, LOCAL = Agreement(level=Level.CENTRAL), Agreement(level=Level.LOCAL)


@pytest.mark.parametrize(
    ("level", "agreement", "rows", "lacks"),
    [
        (Level.LOCAL, LOCAL, [HELD, row("P", PEOPLE[1], POLICE)], []),
        (Level.LOCAL, LOCAL, [HELD], [Breach.NO_POLICE]),
        (Level.LOCAL, LOCAL, [HELD, row("P", None, POLICE)], [Breach.NO_POLICE]),
        (
            Level.LOCAL,
            LOCAL,
            [row("B", PEOPLE[0], BOARD), row("P", PEOPLE[1], POLICE)],
            [Breach.NO_ADMINISTRATION],
        ),
        (
            Level.LOCAL,
            CENTRAL,
            [HELD, row("P", PEOPLE[1], POLICE, role=SeatRole.DEPUTY)],
            [Breach.NO_AGREEMENT, Breach.NO_POLICE],
        ),
        (Level.CENTRAL, None, [], [Breach.NO_AGREEMENT]),
        (Level.CENTRAL, CENTRAL, [], []),
    ],
)
def test_a_group_is_told_what_it_lacks_by_the_rules(
    level: Level, agreement: Agreement | None, rows: list[Seat], lacks: list[Breach]
) -> None:
    group = Group(level=level, kind=GroupKind.STEERING, agreement=agreement)
    assert list(breaches(group, seats(*rows))) == lacks


def test_a_vacancy_begins_where_nobody_acts_any_more() -> None:
    gone = Person(id=9, name="Gone", left_on=date(2024, 3, 1))
    empty = row("A", None, valid_from=date(2024, 4, 1))
    rows = [row("A", gone, valid_until=date(2024, 4, 1)), empty]
    assert since("A", rows, date(2024, 5, 1)) == date(2024, 3, 1)
    deputy = row("D", PEOPLE[0], role=SeatRole.DEPUTY, deputy_for=empty)
    deputy.valid_until = date(2024, 4, 15)
    assert since("A", [*rows, deputy], date(2024, 5, 1)) == date(2024, 4, 15)


def test_a_gap_between_two_mandates_is_a_vacancy_of_the_seat_that_was() -> None:
    rows = [
        row("A", PEOPLE[0], valid_until=date(2024, 2, 1)),
        row("A", PEOPLE[1], valid_from=date(2024, 3, 1)),
    ]
    (seat,) = seats(*rows, on=date(2024, 2, 10))
    assert (seat.is_occupied, seat.row) == (False, rows[0])
    assert since("A", rows, date(2024, 2, 10)) == date(2024, 2, 1)
