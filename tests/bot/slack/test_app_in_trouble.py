"""What a member on Slack is told when an answer is late, lost, refused or forged."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import select

from handlers.requests import (
    AnyRequest,
)
from models.message import (
    FieldErrors,
    Reply,
)
from models.people.accounts import Account, Channel, Installation
from tests.bot.slack.scripted import (
    FORM,
    Script,
    bot,
    linked,
    say,
    script,
)
from tests.conversations.slack_stage import MONDAY, Bot
from tests.slack.fake import FakeSlack, Person, Room

__all__ = ["bot", "linked", "script"]

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.mark.usefixtures("bot")
def test_a_slow_answer_is_acknowledged_first_and_follows(
    script: Script, maja: Person, channel: Room
) -> None:
    gate = threading.Event()

    def slowly(_: AnyRequest) -> Reply:
        gate.wait(10)
        return say("Till slut")

    script.reply = slowly
    began = time.monotonic()
    seen = maja.command("/samverkan", "veckan", channel)
    assert 1.5 < time.monotonic() - began < 3
    assert seen.messages == []
    gate.set()
    assert seen.reply().plain == "Till slut"
    assert seen.reply().ephemeral


@pytest.mark.usefixtures("bot")
def test_a_form_that_comes_too_late_says_so(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    def late(_: AnyRequest) -> Reply:
        slack.advance(seconds=10)
        return FORM

    script.reply = late
    seen = maja.command("/samverkan", "rapportera", channel)
    assert "hann inte öppnas" in seen.reply().plain
    slack.faults.clear()


@pytest.mark.usefixtures("bot")
def test_a_failure_of_the_edge_itself_is_a_sentence_for_the_member(
    script: Script, maja: Person, channel: Room
) -> None:
    def broken(_: AnyRequest) -> Reply:
        raise RuntimeError("hemligt")

    script.reply = broken
    seen = maja.command("/samverkan", "vem", channel)
    assert "hemligt" not in seen.text
    assert seen.message.ephemeral


def test_a_deactivated_person_and_an_archived_channel_are_gone(
    bot: Bot, slack: FakeSlack, linked: None, maja: Person, channel: Room
) -> None:
    slack.deactivates(maja)
    slack.archives(channel, maja)

    def both_gone() -> bool:
        with bot.database.read() as session:
            account = session.scalars(select(Account)).one()
            linked = session.scalars(select(Channel)).one()
            return account.gone_at is not None and linked.gone_at is not None

    assert slack.bell.wait(both_gone, 3)


def test_an_uninstalled_bot_forgets_its_token(bot: Bot, slack: FakeSlack) -> None:
    slack.uninstalls()

    def forgotten() -> bool:
        with bot.database.read() as session:
            row = session.scalars(select(Installation)).one()
            return row.removed_at is not None and row.token == b""

    assert slack.bell.wait(forgotten, 3)


@pytest.mark.usefixtures("bot")
def test_a_form_opened_where_the_bot_is_no_member_is_still_confirmed(
    slack: FakeSlack, script: Script, maja: Person
) -> None:
    elsewhere = slack.channel("utan-bot", [maja], with_bot=False)
    script.says(FORM, say("Sparat"))
    form = maja.command("/samverkan", "rapportera", elsewhere).view
    assert maja.fills(form, {"Kommentar": "bra"}).submit().message.plain == "Sparat"


@pytest.mark.usefixtures("bot")
def test_a_confirmation_whose_way_back_has_ended_comes_by_another(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    script.says(FORM, say("Sparat"))
    form = maja.command("/samverkan", "rapportera", channel).view
    slack.advance(minutes=31)
    done = maja.fills(form, {"Kommentar": "bra"}).submit()
    assert done.reply().ephemeral
    assert slack.ephemerals[-1].via == "chat.postEphemeral"
    slack.faults.clear()


@pytest.mark.usefixtures("bot")
def test_a_slow_form_is_closed_first_and_what_was_wrong_is_told_after(
    script: Script, maja: Person, channel: Room
) -> None:
    form = maja.command("/samverkan", "rapportera", channel)
    script.says(FORM)
    view = maja.command("/samverkan", "rapportera", channel).view
    gate = threading.Event()

    def slowly(_: AnyRequest) -> Reply:
        gate.wait(10)
        return FieldErrors(errors={"comment": "För kort"})

    script.reply = slowly
    done = maja.fills(view, {"Kommentar": "x"}).submit()
    assert done.closed
    gate.set()
    assert "För kort" in done.reply().plain
    assert form.messages


@pytest.mark.usefixtures("bot")
def test_a_workspace_that_has_not_installed_the_bot_is_told_so(
    slack: FakeSlack, script: Script
) -> None:
    other = slack.add_workspace("Okänd stad")
    person = slack.user("Okänd", "okand@annan.example", other)
    seen = person.command("/samverkan", "vem Farsta")
    assert "inte installerad" in seen.text
    assert script.asked == []


@pytest.mark.usefixtures("bot")
def test_a_forged_or_late_request_does_not_reach_the_bot(
    slack: FakeSlack, script: Script, maja: Person, channel: Room
) -> None:
    slack.signs_at = MONDAY
    assert maja.command("/samverkan", "vem Farsta", channel).status == 401
    assert script.asked == []
    slack.faults.clear()
