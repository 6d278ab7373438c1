"""Queued messages posted to somebody else's Slack, and found again in its history.

The emulator differs from Slack in this: `conversations.history` returns metadata whether it is
asked for or not and takes no notice of `oldest`; a bot posts in a public channel without being in
it, where Slack says `not_in_channel`; and no block is checked (`tests/slack/payloads.py` does).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.errors import CannotTell, Refused
from bot.delivery.port import Outgoing
from bot.slack.blocks import payloads
from bot.slack.installations import Installed
from bot.slack.sender import EVENT_TYPE, SlackSender
from handlers.requests import Command, Identity, Place, PlaceKind
from handlers.router import answer
from handlers.understanding.verbs import VERBS
from models.message import Image, Message, Text
from tests.bot.slack.words import MATRIX
from tests.conversations.slack_stage import MONDAY
from tests.emulator.stage import ADMIN, MEMBERS, TEAM, Stage

pytestmark = [
    pytest.mark.emulator,
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
]

LINES = (*(verb.example("sv") for verb in VERBS), "mina", "vem Rågsved", "vad är klockan")


@pytest.fixture
def sender(installed: Stage) -> SlackSender:
    """What posts, with the token that the installation brought."""
    return installed.sender


def outgoing(*texts: str, channel: str = "", user: str = "", number: str = "9f") -> Outgoing:
    parts = tuple(Text(text=text) for text in texts or ("Belysningen är klar",))
    message = Message(summary="Veckan i Farsta", parts=parts)
    return Outgoing(number, TEAM, channel, user, message, datetime.now(UTC))


def test_a_post_carries_a_mark_and_its_receipt_finds_it_again(
    installed: Stage, sender: SlackSender
) -> None:
    message = outgoing(channel=installed.channel)
    receipt = sender.send(message)
    post = installed.history(installed.channel)[0]
    assert receipt == f"{installed.channel}:{post['ts']}"
    assert post["metadata"] == {"event_type": EVENT_TYPE, "event_payload": {"id": "9f"}}
    assert sender.find(message) == receipt


def test_what_was_never_sent_is_not_found_among_others(
    installed: Stage, sender: SlackSender
) -> None:
    sender.send(outgoing(channel=installed.channel))
    assert sender.find(outgoing(channel=installed.channel, number="8e")) is None


def test_a_post_is_found_behind_more_than_a_page_of_others(
    installed: Stage, sender: SlackSender
) -> None:
    message = outgoing(channel=installed.channel)
    receipt = sender.send(message)
    for number in range(120):
        installed.emulator.asks(
            "chat.postMessage", ADMIN, channel=installed.channel, text=f"Inlägg {number}"
        )
    assert sender.find(message) == receipt
    assert len(installed.door.called("conversations.history")) == 2


def test_a_direct_message_opens_the_conversation_and_is_found_there(
    installed: Stage, sender: SlackSender
) -> None:
    message = outgoing(user=installed.member("Maja Ekvall").user)
    receipt = sender.send(message)
    assert receipt.startswith("D")
    assert sender.find(message) == receipt


def test_a_reply_in_a_thread_stays_there_and_is_found_there(
    installed: Stage, sender: SlackSender
) -> None:
    room = installed.channel
    asked = installed.emulator.asks("chat.postMessage", ADMIN, channel=room, text="vem Farsta")
    message = outgoing(channel=f"{room}:{asked['ts']}")
    receipt = sender.send(message)
    assert sender.find(message) == receipt
    assert [post["ts"] for post in installed.history(room)] == [asked["ts"]]


def test_a_long_message_comes_as_pages_in_order_and_is_found_by_its_first(
    installed: Stage, sender: SlackSender
) -> None:
    message = outgoing(*["Mening. " * 350] * 4, channel=installed.channel)
    receipt = sender.send(message)
    last, first = installed.history(installed.channel)
    assert receipt.endswith(first["ts"])
    numbers = [post["metadata"]["event_payload"]["page"] for post in (first, last)]
    assert numbers == [0, 1]
    assert sender.find(message) == receipt
    installed.emulator.asks(
        "chat.delete", installed.token, channel=installed.channel, ts=last["ts"]
    )
    with pytest.raises(CannotTell, match="1 of 2"):
        sender.find(message)


@pytest.mark.parametrize("line", LINES)
def test_what_the_product_says_stands_in_the_channel_as_it_was_built(
    installed: Stage, sender: SlackSender, line: str
) -> None:
    who = Identity(platform="slack", workspace=TEAM, user="U1", email=MEMBERS["Maja Ekvall"])
    where = Place(kind=PlaceKind.DIRECT)
    asked = Command(who=who, where=where, at=MONDAY, event=f"test:{line}", line=line)
    message = answer(asked, installed.bot.desk).reply
    assert isinstance(message, Message)
    sender.send(Outgoing("9f", TEAM, installed.channel, "", message, MONDAY))
    posts = installed.history(installed.channel)[::-1]
    built = [(page["text"], page["blocks"]) for page in payloads(message)]
    assert [(post["text"], post["blocks"]) for post in posts] == built


def test_a_picture_goes_up_in_three_steps_below_its_message(
    installed: Stage, sender: SlackSender
) -> None:
    """The emulator drops the picture's description: it reads `alt_text`, Slack `alt_txt`."""
    picture = Image(drawing=MATRIX, alt="Farsta har egen plats", name="tackning")
    message = Message(summary="Täckning", parts=(picture,))
    receipt = sender.send(Outgoing("9f", TEAM, installed.channel, "", message, MONDAY))
    thread = receipt.partition(":")[2]
    replies = installed.emulator.asks(
        "conversations.replies", installed.token, channel=installed.channel, ts=thread
    )["messages"]
    assert [file["name"] for file in replies[1]["files"]] == ["tackning.png"]
    uploading = installed.door.called("files.getUploadURLExternal")[0]
    assert uploading.args["alt_txt"] == "Farsta har egen plats"


def test_an_archived_an_unknown_and_a_closed_channel_refuse_for_good(
    installed: Stage, sender: SlackSender
) -> None:
    """Of a private channel that the bot is not in, Slack says `channel_not_found`."""
    closed = installed.room("farsta-stangd")
    with pytest.raises(Refused, match="not_in_channel"):
        sender.send(outgoing(channel=closed))
    with pytest.raises(CannotTell, match="not_in_channel"):
        sender.find(outgoing(channel=closed))
    with pytest.raises(Refused, match="channel_not_found"):
        sender.send(outgoing(channel="C404"))
    room = installed.channel
    installed.emulator.asks("conversations.archive", ADMIN, channel=room)
    with pytest.raises(Refused, match="is_archived"):
        sender.send(outgoing(channel=room))


def test_a_token_without_the_scope_for_the_history_cannot_tell(installed: Stage) -> None:
    _takes_token(installed, "xoxb-posts-only")
    message = outgoing(channel=installed.channel)
    installed.sender.send(message)
    with pytest.raises(CannotTell, match="missing_scope"):
        installed.sender.find(message)


def test_a_token_that_is_not_known_is_refused_for_good(installed: Stage) -> None:
    """The emulator takes its bearer for somebody without scopes; Slack says `invalid_auth`."""
    _takes_token(installed, "xoxb-revoked")
    with pytest.raises(Refused, match="missing_scope"):
        installed.sender.send(outgoing(channel="C1"))


def _takes_token(stage: Stage, token: str) -> None:
    later = MONDAY + timedelta(days=1)
    stage.bot.slack.installations.save(Installed(TEAM, token), later)
