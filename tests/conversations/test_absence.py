"""Being away: said in a line, in the form or by the secretary; then nothing is asked or counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.timetable import tick_through
from handlers.desk import Desk
from models.database import Database
from models.delivery.outbox import Delivery
from models.measures.measure import Measure
from models.people.organisations import Absence, Person
from tests.conversations.talk import JONAS, KARIM, MAJA, MONDAY_MORNING, STINA, Member, Talk


@pytest.fixture
def talk(stockholm: Database, desk: Desk) -> Talk:
    """Stockholm's cooperation."""
    return Talk(stockholm, knowing=desk)


def known(talk: Talk, email: str) -> Member:
    """A member whose first contact is over."""
    member = talk.member(email)
    member.says("hjälp")
    return member


def noted(talk: Talk, email: str = MAJA) -> list[tuple[date, date | None]]:
    """The absences of a member that hold, as half-open days."""
    with talk.database.read() as session:
        query = select(Absence).join(Person, Person.id == Absence.person_id)
        rows = session.scalars(
            query.where(Person.email == email, Absence.withdrawn_at.is_(None)).order_by(
                Absence.valid_from
            )
        )
        return [(row.valid_from, row.valid_until) for row in rows]


def told(talk: Talk, email: str) -> list[str]:
    """What a member was told of absences in direct messages."""
    with talk.database.read() as session:
        query = select(Delivery).join(Person, Person.id == Delivery.person_id)
        rows = session.scalars(
            query.where(Person.email == email, Delivery.key.like("absence%")).order_by(
                Delivery.due_at, Delivery.key
            )
        )
        return [row.message["summary"] for row in rows]


@pytest.mark.parametrize(
    ("line", "first", "until"),
    [
        ("frånvaro 1–14 juli", date(2024, 7, 1), date(2024, 7, 15)),
        ("borta till 20 juni", date(2024, 6, 10), date(2024, 6, 21)),
        ("borta 17 juni", date(2024, 6, 17), date(2024, 6, 18)),
        ("borta v 28-30", date(2024, 7, 8), date(2024, 7, 29)),
        ("borta 20 december till 7 januari", date(2024, 12, 20), date(2025, 1, 8)),
        ("away until 20 June", date(2024, 6, 10), date(2024, 6, 21)),
    ],
)
def test_a_line_says_from_when_until_when(talk: Talk, line: str, first: date, until: date) -> None:
    maja = known(talk, MAJA)
    assert "Då frågar jag dig inget." in maja.says(line)
    assert noted(talk) == [(first, until)]
    assert "Frånvaro: " in maja.says("inställningar")
    assert maja.says("frånvaro av").startswith("Du är inte borta längre.")
    assert all(later <= date(2024, 6, 10) for _, later in noted(talk) if later)


def test_what_is_said_again_gives_way_and_the_form_shows_faults_at_the_field(talk: Talk) -> None:
    maja = known(talk, MAJA)
    maja.says("borta 1–14 juli")
    maja.says("borta 8–20 juli")
    assert noted(talk) == [
        (date(2024, 7, 1), date(2024, 7, 8)),
        (date(2024, 7, 8), date(2024, 7, 21)),
    ]
    assert "Den sista dagen" not in maja.says("frånvaro")
    for first, last, fault in (
        ("2024-07-05", "2024-07-01", "före den första"),
        ("2024-05-01", "2024-05-03", "redan slut"),
        ("2024-07-01", "2026-07-01", "högst ett år"),
        ("2024-07-01", "", "Välj en dag."),
    ):
        maja.fills(first=first, last=last)
        assert fault in maja.errors()["last"]
    assert "17 juni t.o.m. 20 juni" in maja.fills(first="2024-06-17", last="2024-06-20")
    assert "Första dagen" in maja.says("borta 14 juli - 1 juli")


def test_the_secretary_says_it_for_a_member_who_is_told_and_takes_it_back(talk: Talk) -> None:
    maja, jonas = known(talk, MAJA), known(talk, JONAS)
    assert "Jonas Lindmark är borta" in maja.says("frånvaro Jonas Lindmark 17–20 juni")
    [notice] = told(talk, JONAS)
    assert notice.startswith("Du står som frånvarande 17 juni t.o.m. 20 juni")
    assert "Maja Ekvall" in notice
    with talk.database.read() as session:
        person = session.scalars(select(Person).where(Person.email == JONAS)).one()
    jonas.sends_button("absence.off", str(person.id))
    assert noted(talk, JONAS) == []
    assert "Du kan anteckna din egen" in known(talk, KARIM).says(
        "frånvaro Stina Hallgren 17–20 juni"
    )
    assert noted(talk, STINA) == []


@pytest.mark.usefixtures("only_asking")
def test_while_away_nobody_is_asked_and_the_list_says_until_when(talk: Talk) -> None:
    maja, stina = known(talk, MAJA), known(talk, STINA)
    with talk.database.write() as session:
        session.scalars(select(Measure).where(Measure.code == "FAR-011")).one().cadence_days = 1
        session.scalars(select(Measure).where(Measure.code == "FAR-011")).one().due_on = None
    maja.says("rapportera FAR-011 pågår")
    maja.says("borta till 28 juni")
    weeks = timedelta(days=18)
    tick_through(talk.database, MONDAY_MORNING - timedelta(hours=1), MONDAY_MORNING + weeks)
    talk.later(days=10)
    assert "Frånvarande t.o.m. 28 juni" in stina.says("åtgärd FAR-011")
    talk.later(days=9)
    assert "Ingen rapport på 19 dagar" in stina.says("åtgärd FAR-011")
    with talk.database.read() as session:
        person = session.scalars(select(Person).where(Person.email == MAJA)).one()
        asked = session.scalars(
            select(Delivery).where(Delivery.person_id == person.id, Delivery.purpose == "asking")
        )
        assert asked.all() == []


@pytest.mark.usefixtures("only_asking")
def test_a_member_chooses_the_hour_and_is_asked_then(talk: Talk) -> None:
    maja = known(talk, MAJA)
    assert "Frågor kommer:     kl. 8.00" in maja.says("inställningar")
    maja.presses("Ändra klockslag")
    maja.fills(hour="17")
    assert "8 till 16" in maja.errors()["hour"]
    assert "Frågor kommer:     kl. 15.00" in maja.fills(hour="15")
    start = MONDAY_MORNING - timedelta(hours=1)
    tick_through(talk.database, start, MONDAY_MORNING + timedelta(days=8))
    with talk.database.read() as session:
        person = session.scalars(select(Person).where(Person.email == MAJA)).one()
        query = select(Delivery.due_at).where(
            Delivery.person_id == person.id, Delivery.purpose == "asking"
        )
        assert {at.hour for at in session.scalars(query)} == {13}
