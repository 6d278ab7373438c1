"""When somebody takes over a seat: the measures go along, are given back, or wait for an owner."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import or_, select

from bot.console import as_text
from bot.timetable import begin, tick
from models.database import Database
from models.delivery.outbox import Delivery
from models.measures.measure import Measure
from models.message import Form, Message
from models.people.organisations import Person
from tests.conversations.talk import EVA, MAJA, STINA, Member, Talk, as_queued
from tests.handlers.conftest import met
from tests.stores import BOTH_STORES

MONDAY = date(2024, 6, 10)
HOURS = timedelta(hours=1)
MINE = {"FAR-003", "FAR-010", "FAR-011"}


@pytest.fixture
def talk(stockholm: Database) -> Talk:
    """Monday morning at nine; the timetable has run since eight."""
    talk = Talk(stockholm)
    begin(stockholm, talk.at - HOURS)
    tick(stockholm, talk.at)
    talk.later(hours=1)
    return talk


@pytest.fixture
def eva(talk: Talk) -> Member:
    """The coordinator, who may change all seats."""
    return met(talk, EVA)


def a_minute_passes(talk: Talk) -> None:
    """The timetable ticks every twenty seconds."""
    talk.at += timedelta(minutes=1)
    tick(talk.database, talk.at)


def waiting(talk: Talk, email: str) -> list[Message]:
    """What is queued for somebody about a handover or empty seats, the oldest first."""
    query = (
        select(Delivery)
        .join(Person, Person.id == Delivery.person_id)
        .where(Person.email == email)
        .where(or_(Delivery.key.startswith("handover:"), Delivery.key.contains(":empty:")))
    )
    with talk.database.read() as session:
        query = query.order_by(Delivery.due_at, as_queued(session))
        return [Message.model_validate(row.message) for row in session.scalars(query)]


def owned(talk: Talk, email: str) -> set[str]:
    query = select(Measure.code).join(Measure.owner).where(Person.email == email)
    with talk.database.read() as session:
        return set(session.scalars(query))


@BOTH_STORES
def test_the_successor_takes_over_within_a_minute_and_an_undo_gives_back(
    talk: Talk, eva: Member
) -> None:
    stina, maja = met(talk, STINA), met(talk, MAJA)
    eva.sends_button("seats.open", "replace|FAR-BER|FAR-BER-03")
    saved = eva.fills(person=STINA, first=str(MONDAY))
    assert "Sparat" in saved, saved
    undo = next(button for button in eva.buttons() if button.action == "seats.undo")
    assert owned(talk, MAJA) >= MINE
    a_minute_passes(talk)

    [message] = waiting(talk, STINA)
    assert message.summary == (
        "Du tar över som sekreterare i Farsta lokala beredningsgrupp efter Maja Ekvall. "
        "Här är öppna åtgärder (3), öppna åtgärdspunkter (1) och kommande möten (6)."
    )
    assert owned(talk, STINA) >= MINE
    assert "FAR-011" not in maja.says("mina")
    assert "FAR-011" in stina.says("mina")
    stina.sends_button("report.open", "FAR-011")
    assert isinstance(stina.reply(), Form)
    assert "FAR-003, FAR-010 och FAR-011" in as_text(waiting(talk, MAJA)[-1])

    a_minute_passes(talk)
    assert len(waiting(talk, STINA)) == 1
    undone = eva.sends_button(undo.action, undo.value)
    assert "är ångrad" in undone
    assert "Åter hos Maja Ekvall: FAR-003, FAR-010 och FAR-011." in undone
    a_minute_passes(talk)
    assert owned(talk, MAJA) >= MINE
    assert waiting(talk, STINA) == [], "what has not gone out yet never does"


def test_a_seat_that_ends_leaves_its_measures_in_the_ownerless_list(
    talk: Talk, eva: Member
) -> None:
    jonas = "jonas.lindmark@polisen.example"
    with talk.database.write() as session:
        person = session.scalars(select(Person).where(Person.email == jonas)).one()
        person.left_on = MONDAY + timedelta(days=1)
    assert "Jonas" not in eva.says("åtgärder utan ansvarig Farsta")
    talk.later(days=1)
    tick(talk.database, talk.at)
    listed = eva.says("åtgärder utan ansvarig Farsta")
    assert "Ingen ansvarig (tidigare Jonas Lindmark, LPO Farsta)" in listed
    told = "".join(as_text(message) for message in waiting(talk, MAJA))
    assert "har ingen ansvarig längre" in told
    assert "Jonas Lindmark" in told
    english = met(talk, EVA)
    english.says("settings english")
    assert "before: Jonas Lindmark" in english.says("measures without owner Farsta")
