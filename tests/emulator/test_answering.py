"""Answers to what is written, said where somebody else's Slack lets the bot say them.

The emulator differs from Slack in this: it sends no events and has no response_url, so the tests
deliver the events, and a form's confirmation takes its other way. It has no
`assistant.threads.setSuggestedPrompts`; the bot must live with a method that is refused.
"""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.timetable import begin, tick
from models.delivery.outbox import Delivery, DeliveryState
from tests.conversations.slack_stage import MONDAY
from tests.emulator.stage import ADMIN, Member, Stage

pytestmark = [
    pytest.mark.emulator,
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
]


@pytest.fixture
def maja(installed: Stage) -> Member:
    return installed.member("Maja Ekvall")


@pytest.fixture
def conversation(installed: Stage, maja: Member) -> str:
    """The bot's and Maja's direct conversation."""
    opened = installed.emulator.asks("conversations.open", installed.token, users=maja.user)
    return str(opened["channel"]["id"])


def delivered(stage: Stage) -> list[Delivery]:
    """The deliveries, when none is waiting any more."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        with stage.bot.database.read() as session:
            rows = list(session.scalars(select(Delivery).where(Delivery.platform == "slack")))
        if rows and all(row.state is DeliveryState.SENT for row in rows):
            return rows
        time.sleep(0.02)
    raise AssertionError([(row.state, row.reason) for row in rows])


def test_a_direct_message_is_answered_there_and_the_delivery_has_its_receipt(
    installed: Stage, maja: Member, conversation: str
) -> None:
    maja.event(
        "message", channel=conversation, channel_type="im", text="vem Farsta styrgrupp", ts="1.2"
    )
    rows = delivered(installed)
    posts = installed.history(conversation)
    assert {row.receipt for row in rows} == {f"{conversation}:{post['ts']}" for post in posts}
    assert "Stina Hallgren" in str(posts)


def test_a_mention_is_answered_to_the_asker_alone(installed: Stage, maja: Member) -> None:
    room = installed.channel
    maja.event("app_mention", channel=room, text="<@U0> vem Farsta styrgrupp", ts="1.2")
    told = installed.door.called("chat.postEphemeral", 1)[0]
    assert told.answer["ok"]
    assert told.args["user"] == maja.user
    assert "Stina Hallgren" in str(told.args["blocks"])
    assert installed.history(room) == []


def test_an_asker_who_left_the_channel_meanwhile_is_told_nothing_there(
    installed: Stage, maja: Member
) -> None:
    installed.emulator.asks("conversations.kick", ADMIN, channel=installed.channel, user=maja.user)
    maja.event("app_mention", channel=installed.channel, text="<@U0> mina", ts="1.2")
    told = installed.door.called("chat.postEphemeral", 1)[0]
    assert told.answer == {"ok": False, "error": "user_not_in_channel"}
    assert installed.door.called("chat.postMessage") == []


def test_the_week_reaches_the_linked_channel_once(installed: Stage) -> None:
    begin(installed.bot.database, MONDAY - timedelta(hours=1))
    installed.member("Eva Nordin").commands("koppla Farsta beredningsgrupp")
    for _ in range(2):
        tick(installed.bot.database, installed.bot.clock.now())
        installed.bot.courier.wake()
        delivered(installed)
    posts = installed.history(installed.channel)
    assert len(posts) == 1
    assert "Farsta lokala beredningsgrupp" in posts[0]["text"]


def test_a_method_that_slack_refuses_is_lived_with(
    installed: Stage, maja: Member, conversation: str
) -> None:
    maja.event("app_home_opened", tab="messages", channel=conversation)
    refused = installed.door.called("assistant.threads.setSuggestedPrompts", 1)
    assert len(refused) == 1
    assert "ok" not in refused[0].answer
