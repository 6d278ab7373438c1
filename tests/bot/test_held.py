"""A message that nobody knows the arrival of: the coordinator decides, once, whoever presses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.delivery.claiming import LEASE
from bot.delivery.holds import tell_of_held
from bot.delivery.sending import drain
from handlers.desk import Desk
from models.database import Database
from models.delivery.held import told_together
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import Errand, queue
from models.delivery.trouble import Trouble
from models.message import Message, Text
from models.people.addresses import Address
from models.people.organisations import Person, Standing
from tests.bot.sender import FakeSender
from tests.conversations.talk import EVA, KARIM, MAJA, MONDAY_MORNING, ROLF, Member, Talk

NOW = MONDAY_MORNING
POSTGRES = pytest.mark.parametrize("store", ["postgresql"], indirect=True)
SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def talk(stockholm: Database, desk: Desk) -> Talk:
    """The demo's cooperation, whose two coordinators have accounts on the platform of the test."""
    talk = Talk(stockholm, knowing=desk)
    with stockholm.write() as session:
        person = session.scalars(select(Person).where(Person.email == ROLF)).one()
        person.standing = Standing.COORDINATOR
    for email in (EVA, ROLF):
        talk.member(email).says("hjälp")
    return talk


def held(talk: Talk, *keys: str) -> list[str]:
    """Messages to Karim that a process that died had claimed, and whose history is closed."""
    with talk.database.write() as session:
        karim = session.scalars(select(Person).where(Person.email == KARIM)).one()
        names = []
        for key in keys:
            message = Message(summary=f"Frågan om {key}", parts=(Text(text=key),))
            address = Address("blind", "T1", f"D{key}")
            row = queue(session, message, address, Errand("asking", key, NOW, karim.id))
            row.state, row.attempts = DeliveryState.SENDING, 1
            row.started_at, row.lease_until = NOW, NOW + LEASE
            names.append(row.id)
    talk.at = NOW + LEASE
    drain(talk.database, {"blind": FakeSender("blind", keeps_history=False)}, talk.at)
    assert tell_of_held(talk.database, talk.at) == 2
    assert tell_of_held(talk.database, talk.at) == 0
    return names


def delivered(talk: Talk) -> FakeSender:
    """What the test's platform has got by now."""
    sender = FakeSender("test")
    drain(talk.database, {"test": sender}, talk.at)
    return sender


def told(talk: Talk, email: str) -> Member:
    """A coordinator who looks at what they were told."""
    member = talk.member(email)
    member.says("hjälp")
    return member


def row(talk: Talk, name: str) -> Delivery:
    with talk.database.read() as session:
        return session.get_one(Delivery, name)


def test_each_coordinator_is_asked_once_and_told_what_another_decided(talk: Talk) -> None:
    name, _ = held(talk, "FAR-011", "FAR-014")
    asked = delivered(talk).sent
    assert {each.user for each in asked} == {EVA, ROLF}
    assert asked[0].message.summary == "2 meddelanden kanske inte har kommit fram"
    eva, rolf = told(talk, EVA), told(talk, ROLF)
    talk.later(minutes=1)
    answer = eva.sends_button("held.send", name)
    assert "Skickas en gång till. Det bestämde Eva Nordin mån 10 juni 08.02." in answer
    talk.later(minutes=1)
    assert rolf.sends_button("held.drop", name) == answer
    assert eva.sends_button("held.send", name) == answer
    changed = delivered(talk).changed
    assert {each.user for each in changed} == {EVA, ROLF}
    assert "Det bestämde Eva Nordin" in str(changed[0].message)


@SQLITE
def test_what_is_to_be_sent_goes_out_without_looking_and_what_is_not_never_does(
    talk: Talk,
) -> None:
    again, dropped = held(talk, "FAR-011", "FAR-014")
    eva = told(talk, EVA)
    eva.sends_button("held.send", again)
    eva.sends_button("held.drop", dropped)
    blind = FakeSender("blind", keeps_history=False)
    drain(talk.database, {"blind": blind}, talk.at + timedelta(days=1))
    assert blind.counts() == {again: 1}
    assert blind.looked_for == []
    assert row(talk, again).state is DeliveryState.SENT
    assert (row(talk, dropped).state, row(talk, dropped).trouble) == (
        DeliveryState.WITHDRAWN,
        Trouble.TURNED_DOWN,
    )


@SQLITE
def test_all_can_be_decided_with_one_button(talk: Talk) -> None:
    names = held(talk, *(f"M-{number}" for number in range(9)))
    eva = told(talk, EVA)
    at = row(talk, names[0]).told_at
    assert at is not None
    eva.sends_button("held.drop", names[0])
    assert eva.sends_button("held.all.send", at.isoformat()) == (
        "Skickas en gång till: 8. Skickas inte: 1."
    )


@SQLITE
def test_only_the_coordinator_decides(talk: Talk) -> None:
    [name] = held(talk, "FAR-011")
    assert "Bara samordnaren" in talk.member(MAJA).sends_button("held.send", name)
    assert row(talk, name).state is DeliveryState.HELD


@POSTGRES
def test_two_coordinators_at_once_decide_one_thing(talk: Talk) -> None:
    [name] = held(talk, "FAR-011")
    people = [(told(talk, EVA), "held.send"), (told(talk, ROLF), "held.drop")]
    both = Barrier(2)

    def press(at: tuple[Member, str]) -> str:
        both.wait()
        return at[0].sends_button(at[1], name)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, people))
    assert len(set(answers)) == 1
    with talk.database.read() as session:
        updates = session.scalars(select(Delivery).where(Delivery.updates_id.is_not(None))).all()
    assert len(updates) == 2


@SQLITE
def test_what_is_decided_stays_where_it_stands(talk: Talk) -> None:
    names = held(talk, "ljus", "klotter", "trygghet")
    with talk.database.read() as session:
        before = [row.id for row in told_together(session, talk.at)]
    talk.at += timedelta(minutes=5)
    talk.member(EVA).sends_button("held.send", before[0])
    with talk.database.read() as session:
        after = [row.id for row in told_together(session, NOW + LEASE)]
    assert sorted(after) == sorted(names)
    assert after == before
