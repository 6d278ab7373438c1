"""What was known on an earlier day: for registrars, coordinators and those who lead a group."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.groups import Group, Seat
from models.people.organisations import Person
from models.seats.changes import ChangeKind, Ledger
from tests.conversations.talk import EVA, JONAS, MAJA, MONDAY_MORNING, ROLF, Member, Talk
from tests.handlers.conftest import Asking

LATE = "vem Farsta styrgrupp 2022-04-05"
"""The chief of the police took over on 1 April 2022, which became known on the 11th."""


@pytest.mark.parametrize("words", ["känt", "som vi visste", "såsom känt", "known"])
def test_the_card_says_both_days_and_what_has_become_known_since(ask: Asking, words: str) -> None:
    told = ask(f"{LATE} {words} 2022-04-10", by=ROLF)
    assert "Gäller den 5 april 2022, så som det var känt den 10 april 2022." in told
    assert "ordförande för LPO Farsta: då ingen plats, nu Chef LPO Farsta." in told
    assert "⚠ Farsta lokala styrgrupp har ingen från lokalpolisområdet." in told
    assert "Ordförande sedan 1 april 2022" not in told


def test_what_has_not_changed_is_said_to_agree(ask: Asking) -> None:
    told = ask(f"{LATE} känt 2022-04-11", by=EVA)
    assert "Det stämmer med det som är känt i dag." in told
    assert "Ordförande sedan 1 april 2022" in told


def test_what_is_known_on_a_day_to_come_is_what_is_known_now(ask: Asking) -> None:
    told = ask("vem Farsta styrgrupp känt 2030-01-01")
    ahead = "1 januari 2030 har inte kommit än. Svaret visar vad som är känt i dag."
    assert told.replace(f"\n\n({ahead})", "") == ask("vem Farsta styrgrupp")
    assert ahead in told
    assert ahead in ask("representation känt 2030-01-01")
    assert "inte kommit" not in ask("vem Farsta styrgrupp känt 2024-06-10")


@pytest.mark.parametrize(
    ("by", "line", "allowed"),
    [
        (JONAS, "vem Farsta styrgrupp känt 2022-04-10", False),
        (JONAS, "vem Maja Ekvall känt 2022-04-10", False),
        (MAJA, "vem Farsta styrgrupp känt 2022-04-10", True),
        (MAJA, "vem Bromma styrgrupp känt 2022-04-10", False),
        (ROLF, "vem Bromma styrgrupp känt 2022-04-10", True),
        (ROLF, "vem Maja Ekvall känt 2022-04-10", True),
    ],
)
def test_history_is_for_those_who_keep_the_register(
    ask: Asking, by: str, line: str, allowed: bool
) -> None:
    refused = "Vad som var känt en tidigare dag visas för registratorn" in ask(line, by=by)
    assert refused is not allowed


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("vem LPO Farsta 2022-04-05 känt 2022-04-05", "bara nu Chef LPO Farsta, ordförande i"),
        ("vem Trafikkontoret 2024-03-05 känt 2024-02-01", "bara nu vakant, ledamot i Farsta"),
        ("vem Jonas Lindmark 2021-01-01 känt 2021-01-01", "Det stämmer med det som är känt"),
    ],
)
def test_people_organisations_and_police_areas_are_told_as_known_too(
    ask: Asking, line: str, told: str
) -> None:
    assert told in ask(line, by=ROLF)


def test_a_correction_in_june_does_not_change_what_april_knew(talk: Talk) -> None:
    rolf = talk.member(ROLF, passing=True)
    before = rolf.says("vem Farsta styrgrupp 2024-04-07 känt 2024-05-01")
    _correct(talk, "FAR-STYR-04", holder="Tomas Rydefalk")
    talk.later(days=1)
    then = rolf.says("vem Farsta styrgrupp 2024-04-07 känt 2024-05-01")
    assert "Birgitta Olander Frisk" in then
    assert "då Birgitta Olander Frisk, nu Tomas Rydefalk" in then
    assert _table(then) == _table(before)
    assert "Tomas Rydefalk" in rolf.presses("Som känt i dag")


def _correct(talk: Talk, code: str, holder: str) -> None:
    """The coordinator says that somebody else has held a seat all the time."""
    with talk.database.write() as session:
        seat = session.scalars(select(Seat).where(Seat.code == code)).one()
        group = session.get_one(Group, seat.group_id)
        person = session.scalars(select(Person).where(Person.name == holder)).one()
        ledger = Ledger.open(session, ChangeKind.REPLACED, group, None, MONDAY_MORNING)
        ledger.revise(seat, person_id=person.id)


def _table(told: str) -> list[str]:
    return [line for line in told.splitlines() if " sedan " in line and "Skiljer" not in line]


def test_each_way_a_seat_is_filled_is_told_on_the_card(talk: Talk, maja: Member) -> None:
    with talk.database.write() as session:
        seats = {
            seat.code: seat
            for seat in session.scalars(select(Seat).where(Seat.code.startswith("FAR-STYR")))
        }
        seats["FAR-STYR-07"].stands_in = True
        seats["FAR-STYR-07"].valid_until = date(2024, 7, 1)
        seats["FAR-STYR-05"].valid_until = date(2024, 5, 1)
        tomas = session.scalars(select(Person).where(Person.name == "Tomas Rydefalk")).one()
        after_a_gap = _again(seats["FAR-STYR-05"], "FAR-STYR-05B", date(2024, 9, 1))
        beside = _again(seats["FAR-STYR-04"], "FAR-STYR-04B", date(2024, 6, 1))
        beside.person_id = tomas.id
        session.add_all([after_a_gap, beside])
    told = maja.says("vem Farsta styrgrupp")
    assert "Cornelia Skarpås, biträdande chef LPO Farsta · ◐ Ersättare" in told
    assert "ersätter Chef LPO Farsta t.o.m. 30 juni 2024" in told
    assert "Ledamot · vakant sedan 1 maj 2024" in told
    assert "‼ Dubbel" in told
    assert "två uppdrag samtidigt, sedan 16 mars 2020 och 1 juni 2024" in told
    assert "○ Vid behov" in told


def _again(seat: Seat, code: str, start: date) -> Seat:
    """One more mandate of the same seat."""
    return Seat(
        code=code,
        position=seat.position,
        group_id=seat.group_id,
        role=seat.role,
        organisation_id=seat.organisation_id,
        person_id=seat.person_id,
        valid_from=start,
        recorded_at=MONDAY_MORNING - timedelta(days=1),
    )
