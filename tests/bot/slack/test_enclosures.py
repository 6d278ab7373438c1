"""Pictures and files of an answer follow it, to the member alone or to where everyone saw it."""

from __future__ import annotations

import pytest

from bot.slack.enclosures import promising
from handlers.texts import language
from models.drawings import Mark
from models.message import Audience, File, Image, Message, Text
from tests.bot.drawing.matrices import alone
from tests.bot.drawing.quick import quick_studio
from tests.bot.slack.scripted import FORM, Script, bot, script, with_button
from tests.conversations.slack_stage import Bot
from tests.slack.fake import FakeSlack, Person, Room

__all__ = ["bot", "script"]

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PICTURE = Image(drawing=alone(Mark.VIA), alt="Farsta talar för Bromma", name="tackning")
TABLE = File.holding(b"a;b", label="Som tabell", name="tackning.csv")
BOTH = Message(summary="Täckningen", parts=(Text(text="Så här ser det ut."), PICTURE, TABLE))
FOR_ALL = BOTH.model_copy(update={"audience": Audience.EVERYONE})
PROMISE = "Bilden och filen kommer till dig i ett direktmeddelande."


@pytest.fixture(autouse=True)
def quick(bot: Bot) -> None:
    """Draws at once."""
    bot.slack.sender.studio.command = quick_studio().command


def names(slack: FakeSlack) -> list[str]:
    """The files of the last post, waited for."""
    assert slack.bell.wait(lambda: slack.files, 3)
    return [file["name"] for file in slack.posts[-1].files]


def test_the_answer_promises_what_comes_in_the_direct_messages(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    script.says(BOTH)
    seen = maja.command("/samverkan", "representation", channel)
    assert seen.message.ephemeral
    assert "Farsta talar för Bromma" in seen.message.plain
    assert PROMISE in seen.message.plain
    assert names(slack) == ["tackning.png", "tackning.csv"]
    assert slack.posts[-1].channel == maja.dm.channel_id
    assert slack.posts[-1].text == "Täckningen"


def test_a_mention_and_a_button_and_a_form_promise_it_too(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    script.says(BOTH)
    assert PROMISE in maja.mentions_bot(channel, "representation").message.plain
    script.says(with_button("Bild?"), BOTH)
    asked = maja.command("/samverkan", "", channel).message
    assert PROMISE in maja.presses("Ångra", asked).message.plain
    script.says(FORM, BOTH)
    form = maja.command("/samverkan", "rapportera", channel).view
    assert PROMISE in maja.fills(form, {"Kommentar": "Klart"}).submit().message.plain
    assert slack.bell.wait(lambda: len(slack.files) == 6, 5)
    assert {post.channel for post in slack.posts} == {maja.dm.channel_id}


def test_what_everyone_sees_gets_its_picture_in_the_channel(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    script.says(FOR_ALL)
    seen = maja.command("/samverkan", "representation", channel)
    assert PROMISE not in seen.message.plain
    assert names(slack) == ["tackning.png", "tackning.csv"]
    assert slack.posts[-1].channel == channel.channel_id


def test_the_answer_to_a_direct_message_has_them_next_to_it(
    slack: FakeSlack, script: Script, maja: Person
) -> None:
    script.says(BOTH)
    seen = maja.writes_dm("representation")
    assert PROMISE not in seen.message.plain
    assert names(slack) == ["tackning.png", "tackning.csv"]
    assert slack.posts[-1].channel == maja.dm.channel_id


def test_what_could_not_be_sent_is_told_where_it_was_asked_for(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    slack.workspace.scopes -= {"files:write"}
    script.says(BOTH)
    seen = maja.command("/samverkan", "representation", channel)
    told = seen.reply(number=2)
    assert told.ephemeral
    assert told.plain.startswith("Bilden eller filen kunde inte skickas.")


def test_a_picture_that_cannot_be_drawn_is_told_and_the_file_still_comes(
    slack: FakeSlack, bot: Bot, script: Script, maja: Person, channel: Room
) -> None:
    bot.slack.sender.studio.command = ("no-such-program",)
    script.says(BOTH)
    seen = maja.command("/samverkan", "representation", channel)
    assert names(slack) == ["tackning.csv"]
    assert slack.bell.wait(lambda: len(seen.messages) == 3, 3)


def test_a_file_that_slack_refuses_does_not_hold_back_the_picture(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    empty = TABLE.model_copy(update={"data": ""})
    script.says(BOTH.model_copy(update={"parts": (PICTURE, empty)}))
    seen = maja.command("/samverkan", "representation", channel)
    assert names(slack) == ["tackning.png"]
    assert seen.reply(number=3).plain.startswith("Bilden eller filen kunde inte skickas.")


def test_a_long_alternative_stands_whole_beside_a_picture_that_comes_alone(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    long = "Farsta talar för Bromma. " * 60
    picture = PICTURE.model_copy(update={"alt": long.strip()})
    script.says(Message(summary=long[:1000].strip(), parts=(picture,)))
    maja.command("/samverkan", "representation", channel)
    assert names(slack) == ["tackning.png"]
    assert slack.posts[-1].text == long.strip()
    assert slack.files[0]["alt_txt"].endswith(" …")


@pytest.mark.parametrize(
    ("parts", "promise"),
    [
        ((PICTURE,), "Bilden kommer till dig i ett direktmeddelande."),
        ((TABLE,), "Filen kommer till dig i ett direktmeddelande."),
        ((TABLE, TABLE), "Filerna kommer till dig i ett direktmeddelande."),
        ((PICTURE, TABLE, TABLE), "Bilden och filerna kommer till dig i ett direktmeddelande."),
    ],
)
def test_the_promise_names_what_comes(parts: tuple[Image | File, ...], promise: str) -> None:
    message = Message(summary="Täckningen", parts=parts)
    assert promising(message, language("sv")).parts[-1].model_dump()["text"] == promise
