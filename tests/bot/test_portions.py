"""Large sendings: a portion at a time, whoever dies in the middle, and seen how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery.sending import drain
from bot.occasions import portions
from bot.occasions.occasion import Occasion
from bot.occasions.portions import begin_sending, expand_all
from bot.timetable import begin, tick
from handlers import texts
from handlers.delivery.sendings import progress_line
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState, FanOut, Rank
from models.delivery.outgoing import Errand, queue
from models.delivery.sendings import Progress, progress, under_way
from models.message import Message, Text
from models.people.addresses import Address
from models.people.organisations import Person
from tests.bot.sender import FakeSender
from tests.digests.village import NOW, farsta_in_week_24
from tests.stores import Store

SECOND = timedelta(seconds=1)
POSTGRES = pytest.mark.parametrize("store", ["postgresql"], indirect=True)


@pytest.fixture
def farsta(store: Store, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The village, where two people are a portion."""
    monkeypatch.setattr(portions, "PORTION", 2)
    return store.fresh("farsta", _begun)


def _begun(database: Database) -> None:
    database.create_all()
    with database.write() as session:
        farsta_in_week_24(session)
    begin(database, NOW - timedelta(days=1))


def _nothing(session: Session, occasion: Occasion) -> str:
    return ""


def told(session: Session, sending: FanOut, people: Sequence[Person]) -> None:
    """A message to each of a portion."""
    for person in people:
        message = Message(summary=person.name, parts=(Text(text="x"),))
        errand = Errand("x", f"x:{person.id}", NOW, person.id, None, Rank.MASS, sending.id)
        queue(session, message, Address("fake", "T1", user=str(person.id)), errand)


def begun(database: Database) -> int:
    """A sending to everybody; returns to how many."""
    with database.write() as session:
        people = session.scalars(select(Person).order_by(Person.id)).all()
        begin_sending(session, "x", Occasion("x", NOW.date(), NOW, _nothing), people)
        return len(people)


def receivers(database: Database) -> list[int | None]:
    with database.read() as session:
        query = select(Delivery.person_id).where(Delivery.purpose == "x")
        return sorted(session.scalars(query), key=str)


def test_a_sending_that_dies_in_the_middle_goes_on_where_it_was(farsta: Database) -> None:
    number = begun(farsta)
    calls: list[int] = []

    def dies(session: Session, sending: FanOut, people: Sequence[Person]) -> None:
        calls.append(len(people))
        told(session, sending, people)
        if len(calls) == 2:
            raise ZeroDivisionError

    assert expand_all(farsta, {"x": dies}, NOW) == 1
    assert len(receivers(farsta)) == 2
    expand_all(farsta, {"x": told}, NOW)
    expand_all(farsta, {"x": told}, NOW)
    assert len(receivers(farsta)) == len(set(receivers(farsta))) == number
    assert max(calls) == 2


@POSTGRES
def test_two_processes_expand_a_sending_once(farsta: Database) -> None:
    number = begun(farsta)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: expand_all(farsta, {"x": told}, NOW), range(2)))
    assert len(receivers(farsta)) == number


def test_a_week_asked_in_portions_asks_the_same_people(
    farsta: Database, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(farsta, NOW)
    with farsta.read() as session:
        in_portions = set(session.scalars(select(Delivery.key).where(Delivery.rank == Rank.MASS)))
    monkeypatch.setattr(portions, "PORTION", 500)
    whole = store.fresh("farsta", _begun)
    tick(whole, NOW)
    with whole.read() as session:
        at_once = set(session.scalars(select(Delivery.key).where(Delivery.purpose == "asking")))
    assert in_portions == at_once


def test_how_far_a_sending_is_can_be_seen_and_when_it_ends(farsta: Database) -> None:
    number = begun(farsta)
    with farsta.read() as session:
        [(sending, before)] = under_way(session, NOW)
    assert (before.total, before.sent, before.ends_at) == (number, 0, None)
    expand_all(farsta, {"x": told}, NOW)
    drain(farsta, {"fake": FakeSender()}, NOW)
    with farsta.write() as session:
        first = session.scalars(select(Delivery).where(Delivery.purpose == "x")).first()
        assert first is not None
        first.state = DeliveryState.QUEUED
    with farsta.read() as session:
        found = progress(session, sending := session.get_one(FanOut, sending.id), NOW + SECOND)
        assert (found.total, found.sent, found.left) == (number, number - 1, 1)
        assert [each for each, _ in under_way(session, NOW)] == [sending]


def test_the_end_is_told_from_the_rate_so_far(session: Session) -> None:
    sending = FanOut(key="x", kind="x", day=NOW.date(), at=NOW, audience=[], position=0)
    session.add(sending)
    session.flush()
    for number in range(40):
        session.add(
            Delivery(
                id=str(number), key=str(number), platform="x", workspace="x", purpose="x",
                message={}, due_at=NOW, fan_out_id=sending.id,
                state=DeliveryState.SENT if number < 11 else DeliveryState.QUEUED,
                sent_at=NOW + number * SECOND if number < 11 else None,
            )
        )  # fmt: skip
    session.flush()
    found = progress(session, sending, NOW + 10 * SECOND)
    assert found.ends_at == NOW + 39 * SECOND


def test_the_progress_is_said_as_people_say_it() -> None:
    found = Progress(total=5000, sent=412, ends_at=NOW + timedelta(minutes=74))
    line = progress_line(texts.language("sv"), found)
    assert line.replace("\N{NO-BREAK SPACE}", " ") == "412 av 5 000, klart ca 09.14"
