"""What makes a request for a seat on demand a seat, and who may say so on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.chain.party_voices import PartyVoice, voices_of
from models.groups import Group, Seat, SeatRole
from models.people.organisations import Organisation, Party, Person
from models.seats.requests import (
    Answer,
    Hindrance,
    RequestState,
    SeatRequest,
    SeatVerdict,
    Wanted,
    ask,
    give_verdict,
    hindrance,
    lapse_due,
    outcome,
    seat_meanwhile,
    state_on,
    unanswered,
    waiting_for,
)

ON = date(2024, 6, 10)
AT = datetime(2024, 6, 10, 6, tzinfo=UTC)
LATER = date(2024, 9, 1)
CHAIR, OTHER = Person(id=1, name="Chair"), Person(id=2, name="Other")
VOICES = {Party.CITY: PartyVoice((CHAIR,)), Party.POLICE: PartyVoice((OTHER,))}
CITY, POLICE = Party.CITY, Party.POLICE


def request(
    *verdicts: tuple[Party, bool], state: RequestState = RequestState.WAITING
) -> SeatRequest:
    """A request until September, in no database, with the answers that it has."""
    said = [SeatVerdict(party=party, approves=approves) for party, approves in verdicts]
    return SeatRequest(valid_from=ON, valid_until=LATER, state=state, verdicts=said)


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        ([], RequestState.WAITING),
        ([(CITY, True)], RequestState.WAITING),
        ([(CITY, True), (POLICE, True)], RequestState.APPROVED),
        ([(POLICE, False)], RequestState.DECLINED),
        ([(CITY, True), (POLICE, False)], RequestState.DECLINED),
    ],
)
def test_both_must_say_yes_and_one_no_is_enough(
    verdicts: list[tuple[Party, bool]], state: RequestState
) -> None:
    assert outcome(request(*verdicts).verdicts) is state


@pytest.mark.parametrize(
    ("asked", "party", "person", "on", "why"),
    [
        (request(), CITY, CHAIR, ON, None),
        (request(), CITY, OTHER, ON, Hindrance.NOT_A_CHAIR),
        (request((CITY, True)), CITY, CHAIR, ON, Hindrance.ANSWERED),
        (request((CITY, True)), POLICE, OTHER, ON, None),
        (request(state=RequestState.WITHDRAWN), CITY, CHAIR, ON, Hindrance.NOT_WAITING),
        (request(), CITY, CHAIR, LATER, Hindrance.NOT_WAITING),
    ],
)
def test_an_answer_counts_from_a_chair_while_the_request_waits(
    asked: SeatRequest, party: Party, person: Person, on: date, why: Hindrance | None
) -> None:
    assert hindrance(asked, Answer(party, person, approves=True), VOICES, on) is why


def test_a_request_has_lapsed_on_the_day_after_its_last() -> None:
    assert state_on(request(), date(2024, 8, 31)) is RequestState.WAITING
    assert state_on(request(), LATER) is RequestState.LAPSED
    assert state_on(request(state=RequestState.APPROVED), LATER) is RequestState.APPROVED


def found(session: Session, name: str) -> Person:
    """A person by name."""
    return session.scalars(select(Person).where(Person.name == name)).one()


def names(session: Session, code: str, party: Party, on: date = ON) -> list[str]:
    """Who may answer for a party in a group on a day; a star marks who is no chair."""
    group = session.scalars(select(Group).where(Group.code == code)).one()
    voice = voices_of(session, group, on)[party]
    return [f"{'*' if voice.chair_is_missing else ''}{person.name}" for person in voice.people]


@pytest.mark.parametrize(
    ("code", "party", "expected"),
    [
        ("SKH-STYR", CITY, ["Johan Bergendalh"]),
        ("SKH-STYR", POLICE, ["Robert Hedqvister"]),
        ("KUN-STYR", POLICE, ["*Eva Nordin"]),
        ("FAR-ARB", POLICE, ["*Eva Nordin"]),
    ],
)
def test_a_partys_chair_speaks_for_it_and_the_coordinator_where_there_is_none(
    stockholm_session: Session, code: str, party: Party, expected: list[str]
) -> None:
    assert names(stockholm_session, code, party) == expected


def test_who_stands_in_for_a_chair_may_answer_as_long_as_that_lasts(
    stockholm_session: Session,
) -> None:
    chair = stockholm_session.scalars(select(Seat).where(Seat.code == "SKH-STYR-01")).one()
    stand_in = Seat(
        code="SKH-STYR-99",
        group_id=chair.group_id,
        role=SeatRole.DEPUTY,
        organisation_id=chair.organisation_id,
        person_id=found(stockholm_session, "Ingela Forsvik").id,
        deputy_for_id=chair.id,
        stands_in=True,
        valid_from=ON,
        valid_until=date(2024, 7, 1),
        recorded_at=AT,
    )
    stockholm_session.add(stand_in)
    stockholm_session.flush()
    assert set(names(stockholm_session, "SKH-STYR", CITY)) == {"Johan Bergendalh", "Ingela Forsvik"}
    assert names(stockholm_session, "SKH-STYR", CITY, date(2024, 7, 1)) == ["Johan Bergendalh"]


@pytest.fixture
def wanted(stockholm_session: Session) -> Wanted:
    """The social services in Skärholmen's steering group until the end of June."""
    group = stockholm_session.scalars(select(Group).where(Group.code == "SKH-STYR")).one()
    organisation = stockholm_session.scalars(
        select(Organisation).where(Organisation.code == "SOC")
    ).one()
    return Wanted(group, organisation, None, "Behövs", ON, date(2024, 7, 1))


def test_a_request_waits_for_both_chairs_is_unanswered_after_five_working_days_and_lapses(
    stockholm_session: Session, wanted: Wanted
) -> None:
    session = stockholm_session
    asked = ask(session, wanted, found(session, "Hamid Rezvanian"), AT)
    for name, party in (("Johan Bergendalh", CITY), ("Robert Hedqvister", POLICE)):
        assert waiting_for(session, found(session, name), ON) == [(asked, party)]
    assert waiting_for(session, found(session, "Hamid Rezvanian"), ON) == []
    assert unanswered(session, date(2024, 6, 14)) == []
    assert unanswered(session, date(2024, 6, 17)) == [asked]
    assert lapse_due(session, date(2024, 6, 30), AT) == []
    assert lapse_due(session, date(2024, 7, 1), AT) == [asked]
    assert lapse_due(session, date(2024, 7, 2), AT) == []
    assert asked.state is RequestState.LAPSED


def test_a_seat_that_there_is_on_any_of_the_days_is_found(
    stockholm_session: Session, wanted: Wanted
) -> None:
    assert seat_meanwhile(stockholm_session, wanted) is None
    seat = Seat(
        code="SKH-STYR-98",
        group_id=wanted.group.id,
        role=SeatRole.MEMBER,
        organisation_id=wanted.organisation.id,
        valid_from=date(2024, 6, 30),
        recorded_at=AT,
    )
    stockholm_session.add(seat)
    stockholm_session.flush()
    assert seat_meanwhile(stockholm_session, wanted) is seat
    seat.valid_from = wanted.until
    stockholm_session.flush()
    assert seat_meanwhile(stockholm_session, wanted) is None


def answered(session: Session, asked: SeatRequest, name: str, party: Party) -> Hindrance | None:
    """Says a party's yes on the day of the request."""
    return give_verdict(session, asked, Answer(party, found(session, name), approves=True), AT, ON)


def test_a_seat_that_came_meanwhile_or_a_group_that_ends_hinders_the_yes(
    stockholm_session: Session, wanted: Wanted
) -> None:
    session = stockholm_session
    asked = ask(session, replace(wanted, first=date(2024, 6, 20)), found(session, "Eva Nordin"), AT)
    seat = Seat(
        code="SKH-STYR-97",
        group_id=wanted.group.id,
        role=SeatRole.MEMBER,
        organisation_id=wanted.organisation.id,
        valid_from=ON,
        recorded_at=AT,
    )
    session.add(seat)
    assert answered(session, asked, "Johan Bergendalh", CITY) is Hindrance.SEATED
    seat.superseded_at = AT
    wanted.group.valid_until = date(2024, 6, 20)
    assert answered(session, asked, "Johan Bergendalh", CITY) is Hindrance.NO_GROUP
    wanted.group.valid_until = date(2024, 6, 25)
    assert answered(session, asked, "Johan Bergendalh", CITY) is None
    assert answered(session, asked, "Robert Hedqvister", POLICE) is None
    assert asked.seat is not None
    assert (asked.seat.valid_from, asked.seat.valid_until) == (
        date(2024, 6, 20),
        date(2024, 6, 25),
    )
