"""Queued messages reach Slack once, and Slack's answers become what the deliveries know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.errors import CannotTell, MaybeSent, Refused, Scope, SlowDown
from bot.delivery.port import Outgoing
from bot.slack.bridge import Bridge
from bot.slack.installations import Installations, Installed, cipher
from bot.slack.sender import SlackSender
from bot.slack.web import Web
from models.database import Database
from models.drawings import Mark
from models.message import File, Image, Message, Text
from tests.bot.drawing.matrices import alone
from tests.bot.drawing.quick import quick_studio
from tests.slack.fake import FakeSlack, Person, Room, Trouble

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

AT = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)


@pytest.fixture
def installations(slack: FakeSlack, database: Database) -> Installations:
    found = Installations(database, cipher(["nyckel"]))
    place = slack.workspace
    found.save(
        Installed(place.team_id, place.bot_token, place.name, place.bot_id, place.bot_user_id), AT
    )
    return found


@pytest.fixture
def sender(slack: FakeSlack, installations: Installations) -> Iterator[SlackSender]:
    """A sender on a loop of its own, as in a worker process."""
    web, bridge = Web(slack.api_url), Bridge()
    yield SlackSender(installations, web, bridge, quick_studio())
    bridge.run(web.close(), 5)
    bridge.close()


def outgoing(slack: FakeSlack, *texts: str, channel: str = "", user: str = "") -> Outgoing:
    parts = tuple(Text(text=text) for text in texts or ("Belysningen är klar",))
    return Outgoing(
        id="9f",
        workspace=slack.workspace.team_id,
        channel=channel,
        user=user,
        message=Message(summary="Veckan i Farsta", parts=parts),
        started_at=datetime.now(UTC),
    )


def test_a_post_carries_a_mark_and_its_receipt_finds_it_again(
    slack: FakeSlack, sender: SlackSender, channel: Room
) -> None:
    message = outgoing(slack, channel=channel.channel_id)
    receipt = sender.send(message)
    assert receipt == f"{channel.channel_id}:{slack.posts[0].ts}"
    assert slack.posts[0].metadata["event_payload"] == {"id": "9f"}
    assert sender.find(message) == receipt


def test_a_direct_message_goes_to_the_person_and_is_found_there(
    slack: FakeSlack, sender: SlackSender, maja: Person
) -> None:
    message = outgoing(slack, user=maja.user_id)
    receipt = sender.send(message)
    assert receipt.startswith(f"{maja.dm.channel_id}:")
    assert sender.find(message) == receipt


def test_what_was_never_sent_is_not_found(
    slack: FakeSlack, sender: SlackSender, channel: Room
) -> None:
    assert sender.find(outgoing(slack, channel=channel.channel_id)) is None


@pytest.mark.parametrize(
    ("trouble", "arrived"),
    [(Trouble.DROP, True), (Trouble.ERROR_AFTER, True), (Trouble.ERROR, False)],
)
def test_a_broken_answer_may_have_arrived_is_asked_for_once_and_can_be_looked_up(
    slack: FakeSlack, sender: SlackSender, channel: Room, trouble: Trouble, arrived: bool
) -> None:
    slack.trouble.append(trouble)
    message = outgoing(slack, channel=channel.channel_id)
    with pytest.raises(MaybeSent):
        sender.send(message)
    assert (sender.find(message) is not None) is arrived
    assert len(slack.posts) == int(arrived)


def test_a_full_channel_asks_for_a_pause(
    slack: FakeSlack, sender: SlackSender, channel: Room
) -> None:
    slack.limits_rate = True
    sender.send(outgoing(slack, channel=channel.channel_id))
    with pytest.raises(SlowDown) as slow:
        sender.send(outgoing(slack, channel=channel.channel_id))
    assert slow.value.scope is Scope.CHANNEL
    assert slow.value.retry_after >= 1


def test_a_channel_that_is_gone_refuses_for_good(
    slack: FakeSlack, sender: SlackSender, channel: Room
) -> None:
    channel.is_archived = True
    with pytest.raises(Refused, match="is_archived"):
        sender.send(outgoing(slack, channel=channel.channel_id))
    with pytest.raises(Refused, match="channel_not_found"):
        sender.send(outgoing(slack, channel="C404"))


def test_a_workspace_without_the_bot_is_refused_and_says_nothing_of_the_past(
    slack: FakeSlack, sender: SlackSender, installations: Installations, channel: Room
) -> None:
    installations.remove(slack.workspace.team_id, AT)
    message = outgoing(slack, channel=channel.channel_id)
    with pytest.raises(Refused, match="not_installed"):
        sender.send(message)
    with pytest.raises(CannotTell):
        sender.find(message)


def test_a_history_that_cannot_be_read_tells_nothing(
    slack: FakeSlack, sender: SlackSender, channel: Room
) -> None:
    slack.workspace.scopes -= {"channels:history"}
    with pytest.raises(CannotTell, match="missing_scope"):
        sender.find(outgoing(slack, channel=channel.channel_id))


@pytest.mark.parametrize("trouble", [Trouble.DROP, Trouble.ERROR])
def test_a_look_that_fails_on_the_way_tells_nothing_yet_and_is_made_again(
    slack: FakeSlack, sender: SlackSender, channel: Room, trouble: Trouble
) -> None:
    message = outgoing(slack, channel=channel.channel_id)
    receipt = sender.send(message)
    slack.chance = lambda method: trouble if method == "conversations.history" else None
    with pytest.raises(MaybeSent):
        sender.find(message)
    slack.chance = lambda _: None
    assert sender.find(message) == receipt


def test_slack_out_of_reach_has_taken_nothing_so_the_message_waits(
    slack: FakeSlack, installations: Installations, channel: Room
) -> None:
    web, bridge = Web("http://127.0.0.1:9/api/"), Bridge()
    with pytest.raises(SlowDown):
        SlackSender(installations, web, bridge).send(outgoing(slack, channel=channel.channel_id))
    bridge.run(web.close(), 5)
    bridge.close()


def test_a_long_message_comes_as_pages_and_half_of_them_cannot_tell(
    slack: FakeSlack, sender: SlackSender, channel: Room
) -> None:
    message = outgoing(slack, *["Mening. " * 350] * 4, channel=channel.channel_id)
    receipt = sender.send(message)
    assert len(slack.posts) == 2
    assert sender.find(message) == receipt
    slack.posts[1].deleted = True
    channel.messages.remove(slack.posts[1])
    with pytest.raises(CannotTell, match="1 of 2"):
        sender.find(message)


def test_a_reply_in_a_thread_stays_there_and_is_found_there(
    slack: FakeSlack, sender: SlackSender, maja: Person
) -> None:
    asked = maja.writes(maja.dm, "vem Farsta")
    message = outgoing(slack, channel=f"{maja.dm.channel_id}:{asked.ts}", user=maja.user_id)
    receipt = sender.send(message)
    assert slack.posts[-1].thread_ts == asked.ts
    assert sender.find(message) == receipt


@pytest.fixture
def with_enclosures(slack: FakeSlack) -> Message:
    """A message with a picture and a file."""
    return Message(
        summary="Täckningen i Farsta",
        parts=(
            Text(text="Alla har en röst."),
            Image(drawing=alone(Mark.HELD), alt="Farsta har egen plats", name="tackning"),
            File.holding(b"a;b", label="Täckning som tabell", name="tackning.csv"),
        ),
    )


def test_pictures_and_files_go_up_in_the_thread_below_the_message_that_says_them(
    slack: FakeSlack, sender: SlackSender, channel: Room, with_enclosures: Message
) -> None:
    message = outgoing(slack, channel=channel.channel_id)
    receipt = sender.send(replace(message, message=with_enclosures))
    said, below = slack.posts
    assert "Farsta har egen plats" in said.plain
    assert "Täckning som tabell" in said.plain
    assert (below.channel, below.thread_ts) == tuple(receipt.split(":"))
    picture, table = below.files
    assert (picture["name"], picture["alt_txt"]) == ("tackning.png", "Farsta har egen plats")
    assert picture["content"] == b"\x89PNG drawn"
    assert (table["name"], table["content"]) == ("tackning.csv", b"a;b")


def test_in_a_direct_conversation_they_stand_next_to_the_message(
    slack: FakeSlack, sender: SlackSender, maja: Person, with_enclosures: Message
) -> None:
    message = outgoing(slack, user=maja.user_id)
    sender.send(replace(message, message=with_enclosures))
    assert slack.posts[1].channel == maja.dm.channel_id
    assert slack.posts[1].thread_ts == ""


def test_a_message_stands_without_what_slack_does_not_take_and_says_so(
    slack: FakeSlack, sender: SlackSender, channel: Room, with_enclosures: Message
) -> None:
    slack.workspace.scopes -= {"files:write"}
    message = replace(outgoing(slack, channel=channel.channel_id), message=with_enclosures)
    assert sender.find(message) is None
    assert sender.send(message) == sender.find(message)
    assert slack.posts[1].plain.startswith("Bilden eller filen kunde inte skickas.")
    assert not slack.files


def test_a_picture_that_cannot_be_drawn_is_said_by_its_words_alone(
    slack: FakeSlack, sender: SlackSender, channel: Room, with_enclosures: Message
) -> None:
    sender.studio.command = ("no-such-program",)
    message = outgoing(slack, channel=channel.channel_id)
    sender.send(replace(message, message=with_enclosures))
    assert "Farsta har egen plats" in slack.posts[0].plain
    assert [file["name"] for file in slack.posts[1].files] == ["tackning.csv"]


def test_tokens_are_encrypted_at_rest_and_keys_can_be_changed(
    slack: FakeSlack, database: Database, installations: Installations
) -> None:
    team, token = slack.workspace.team_id, slack.workspace.bot_token
    with database.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT token FROM installation").scalar_one()
    assert token.encode() not in bytes(stored)
    changed = Installations(database, cipher(["ny", "nyckel"]))
    found = changed.find(team)
    assert found is not None
    assert found.token == token
    assert token not in repr(found)


def test_an_installation_is_kept_at_hand_for_a_minute(database: Database) -> None:
    ticks = [0.0]
    found = Installations(database, cipher(["nyckel"]), lambda: ticks[0])
    found.save(Installed("T1", "xoxb-1"), AT)
    assert found.find("T1") is not None
    Installations(database, cipher(["nyckel"])).remove("T1", AT + timedelta(days=1))
    assert found.find("T1") is not None
    ticks[0] = 61
    assert found.find("T1") is None
