"""Who is behind a Slack account, and what is said when nobody can be asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.clock import SystemClock
from bot.slack.app import _on_error
from bot.slack.people import People, with_profile
from bot.slack.requests import Sender, command
from bot.slack.turns import Reception
from bot.slack.web import Web
from bot.slack.workers import Workers
from handlers.desk import Desk
from handlers.requests import Identity
from handlers.router import answer
from models.database import Database
from models.message import Message

MAJA = Identity(platform="slack", workspace="T1", user="U1")
PROFILE = {"email": "Maja.Ekvall@Farsta.Stockholm.example", "real_name": "Maja Ekvall"}
BODY = {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "text": "vem", "trigger_id": "1.2"}


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"profile": PROFILE}, ("maja.ekvall@farsta.stockholm.example", False)),
        ({"profile": PROFILE, "is_email_confirmed": False}, (None, False)),
        ({"profile": {"real_name": "Maja"}}, (None, False)),
        (
            {"profile": PROFILE, "is_restricted": True},
            ("maja.ekvall@farsta.stockholm.example", True),
        ),
        ({"profile": {}, "is_ultra_restricted": True}, (None, True)),
        ({"profile": {}, "is_stranger": True}, (None, True)),
        ({}, (None, False)),
    ],
)
def test_only_a_confirmed_email_counts_and_guests_are_marked(
    user: dict[str, Any], expected: tuple[str | None, bool]
) -> None:
    found = with_profile(MAJA, user)
    assert (found.email, found.guest) == expected


def test_a_person_of_another_workspace_is_a_guest_whatever_the_profile_says() -> None:
    assert with_profile(MAJA.model_copy(update={"guest": True}), {"profile": PROFILE}).guest


@pytest.fixture
async def away() -> AsyncIterator[Reception]:
    """A reception whose database is not there, and whose Slack is not either."""
    database = Database.connect("postgresql://nobody@127.0.0.1:9/nothing")
    web, workers = Web("http://127.0.0.1:9/api/"), Workers(1)
    people = People(database, workers, "sv")
    desk = Desk(database, b"a secret of the tests, thirty-two")
    yield Reception(desk, SystemClock(), workers, people, web, answer)
    await web.close()
    workers.close()
    database.close()


async def test_a_database_that_is_away_is_one_sentence(away: Reception) -> None:
    turn = await away.turn(BODY, "xoxb-1", command)
    assert turn.answer.failed
    assert isinstance(turn.answer.reply, Message)
    assert turn.answer.reply.summary.startswith("Databasen")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_a_person_whom_slack_does_not_tell_of_is_nobody_to_us(database: Database) -> None:
    web, workers = Web("http://127.0.0.1:9/api/"), Workers(1)
    asker = await People(database, workers, "sv").asker(Sender("T1", "U1"), web.client("xoxb-1"))
    assert (asker.who.email, asker.language) == (None, "sv")
    await web.close()
    workers.close()


VIEW = {"type": "view_submission", "view": {"blocks": [{"type": "input", "block_id": "comment"}]}}


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"command": "/samverkan"}, 200, "Databasen"),
        ({"type": "event_callback", "event": {"type": "message"}}, 503, ""),
        (VIEW, 200, '"errors": {"comment": "Databasen'),
    ],
)
async def test_a_failure_before_the_answer_is_said_as_slack_can_show_it(
    away: Reception, body: dict[str, Any], status: int, told: str
) -> None:
    error = OperationalError("SELECT", {}, Exception("gone"))
    response = await _on_error(away.desk)(error, body)
    assert response.status == status
    assert told in response.body
