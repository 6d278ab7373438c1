"""The harness can fail: engines that are broken on purpose are caught by the same reckoning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from handlers.measures import question
from handlers.seats.telling import tell
from models.database import Database
from models.message import Message
from models.people.organisations import Person
from tests.faults.killing import Ground, Trial, kill_at_random
from tests.faults.scene import fill
from tests.faults.stories import counts, say_with_each_call_broken
from tests.stores import Store

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_an_engine_that_never_looks_into_the_history_is_caught_sending_twice(
    ground: Ground,
) -> None:
    found = kill_at_random(ground, Trial(kills=2, messages=80, web="web_that_never_looks"))
    assert found.doubled > 0
    assert not found.is_clean


def test_an_engine_that_commits_and_then_queues_is_caught_leaving_orphans(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "tell", tell_later)
    monkeypatch.setattr(Database, "write", write_and_then_queue)
    assert orphans_after_each_fault(store.fresh("faults", fill)) > 0


def tell_later(session: Session, person: Person, message: Message, key: str, at: datetime) -> bool:
    """Notes what is to be queued when the question has been committed."""
    later: list[Callable[[Session], object]] = session.info.setdefault("later", [])
    later.append(lambda other: tell(other, other.get_one(Person, person.id), message, key, at))
    return True


WRITE = Database.write


@contextmanager
def write_and_then_queue(database: Database) -> Iterator[Session]:
    """Commits, and then queues in a transaction of its own."""
    with WRITE(database) as session:
        yield session
    for queue in session.info.get("later", []):
        with WRITE(database) as other:
            queue(other)


def orphans_after_each_fault(database: Database) -> int:
    """How many questions have no message after every statement and commit has failed once."""
    say_with_each_call_broken(database, after_commit=False)
    _, questions, _, told = counts(database)
    return questions - told
