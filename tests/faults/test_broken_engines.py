"""The harness can fail: engines that are broken on purpose are caught by the same reckoning."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from handlers.desk import Desk
from handlers.measures import question
from handlers.seats.telling import tell
from models.database import Database
from models.message import Message
from models.organisations import Person
from tests.faults.killing import Ground, Trial, kill_at_random
from tests.faults.nth import each_call
from tests.faults.scene import fill
from tests.faults.test_nth_call import SECRET, counts, said
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
    database = store.fresh("faults", fill)

    def tell_afterwards(
        session: Session, person: Person, message: Message, key: str, at: datetime
    ) -> bool:
        """Queues in a transaction of its own, once the question has been committed."""

        @event.listens_for(session, "after_commit", once=True)
        def later(_: Session) -> None:
            with Session(database.engine) as other, other.begin():
                tell(other, other.get_one(Person, person.id), message, key, at)

        return True

    monkeypatch.setattr(question, "tell", tell_afterwards)
    assert orphans_after_each_fault(database) > 0


def test_the_same_faults_leave_no_orphan_of_the_engine_as_it_is(store: Store) -> None:
    assert orphans_after_each_fault(store.fresh("faults", fill)) == 0


def orphans_after_each_fault(database: Database) -> int:
    """How many questions have no message after every statement and commit has failed once."""
    desk = Desk(database, SECRET)
    for number in each_call(database, lambda n: said(desk, n), after_commit=False):
        while not said(desk, number):
            pass
    _, questions, _, told = counts(database)
    return questions - told
