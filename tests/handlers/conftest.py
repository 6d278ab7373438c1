"""Stories about handlers: a cooperation of the test's own, and one that is only asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from handlers.desk import Desk
from models.database import Database
from tests.conversations.talk import MAJA, Member, Talk

Asking = Callable[..., str]
"""Asks a line: `ask(line, by=email, on=day)`; nothing that is asked this way is kept."""


@pytest.fixture
def talk(stockholm: Database, desk: Desk) -> Talk:
    """Stockholm's cooperation, the test's own."""
    return Talk(stockholm, knowing=desk)


@pytest.fixture
def maja(talk: Talk) -> Member:
    """Secretary in Farsta, who has read the first notice."""
    return met(talk, MAJA)


@pytest.fixture(scope="session")
def shared_talk(desk: Desk) -> Talk:
    """Stockholm's cooperation, shared by all tests that change nothing."""
    return Talk(desk.database, knowing=desk)


@pytest.fixture
def reader(shared_talk: Talk) -> Member:
    """Maja at the console: she is answered and not kept."""
    return shared_talk.member(MAJA, passing=True)


@pytest.fixture
def ask(shared_talk: Talk) -> Asking:
    """Asks one line as somebody on a day."""

    def asked(line: str, by: str = MAJA, on: date | None = None) -> str:
        before = shared_talk.at
        if on is not None:
            shared_talk.at = datetime.combine(on, time(8), UTC)
        try:
            return shared_talk.member(by, passing=True).says(line)
        finally:
            shared_talk.at = before

    return asked


def met(talk: Talk, email: str, **identity: object) -> Member:
    """A member who has met the bot before, so that answers stand alone."""
    member = talk.member(email, **identity)
    member.says("hjälp")
    return member
