"""Queueing, addressing and writing down: in the same transaction as the change, once each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import Database
from models.delivery.outbox import Delivery
from models.delivery.outgoing import QUEUED, Errand, queue
from models.message import Message, Text
from models.people.accounts import Account
from models.people.addresses import Address
from models.people.organisations import Organisation, OrganisationKind, Party, Person

AT = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
ROOM = Address("test", "T1", channel="C1")
ERRAND = Errand("digest", "digest:FAR-BER:2024-06-10", AT)


def message(text: str = "Vecka 24") -> Message:
    """A message of one text."""
    return Message(summary=text, parts=(Text(text=text),))


def test_the_same_key_gives_the_first_delivery(session: Session) -> None:
    first = queue(session, message(), ROOM, ERRAND)
    session.flush()
    assert queue(session, message("Annat"), ROOM, ERRAND) is first
    assert session.scalars(select(Delivery)).all() == [first]
    assert first.message["summary"] == "Vecka 24"


@pytest.mark.parametrize(
    ("address", "errand"),
    [
        (Address("test", "T1", channel="C2"), ERRAND),
        (Address("test", "T2", channel="C1"), ERRAND),
        (Address("other", "T1", channel="C1"), ERRAND),
        (Address("test", "T1", user="U1"), ERRAND),
        (ROOM, Errand("digest", "digest:FAR-BER:2024-06-17", AT)),
    ],
)
def test_another_place_or_key_is_another_delivery(
    session: Session, address: Address, errand: Errand
) -> None:
    first = queue(session, message(), ROOM, ERRAND)
    assert queue(session, message(), address, errand).id != first.id


def test_the_session_knows_that_something_waits(session: Session) -> None:
    assert not session.info.get(QUEUED)
    queue(session, message(), ROOM, ERRAND)
    assert session.info[QUEUED]


def test_what_is_rolled_back_is_not_queued(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            queue(session, message(), ROOM, ERRAND)
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.read() as session:
        assert session.scalars(select(Delivery)).all() == []


@pytest.fixture
def person(session: Session) -> Person:
    """A member."""
    organisation = Organisation(
        code="X",
        name="X",
        kind=OrganisationKind.EXTERNAL,
        party=Party.EXTERNAL,
        valid_from=date(2020, 1, 1),
    )
    found = Person(email="a@x.example", name="A", organisation=organisation)
    session.add(found)
    session.flush()
    return found


def account(person: Person, platform: str, days: int, *, gone: bool = False) -> Account:
    """An account linked so many days ago."""
    linked = AT - timedelta(days=days)
    return Account(
        platform=platform,
        workspace="T1",
        user=f"U-{platform}",
        person_id=person.id,
        linked_at=linked,
        gone_at=AT if gone else None,
    )
