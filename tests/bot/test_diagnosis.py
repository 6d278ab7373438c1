"""What the doctor finds, and what it says to do about each thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.diagnosis import sending
from bot.slack.checkup import troubles
from bot.slack.installations import Installations, Installed, cipher
from models.database import Database
from models.delivery.outbox import DeliveryState
from models.delivery.pulses import SILENT_AFTER
from models.delivery.trouble import Trouble
from models.groups import Group
from models.people.accounts import Channel
from tests.bot.test_commands import Run, bare
from tests.bot.test_health import NOW
from tests.conversations.slack_stage import settings
from tests.conversations.talk import Talk
from tests.handlers.delivery.test_overview import Outbox
from tests.slack.fake import FakeSlack, Room
from tests.slack.fixtures import slack

__all__ = ["bare", "slack"]

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def found(talk: Talk) -> dict[str, str]:
    """What is wrong with sending, by subject."""
    return {
        each.subject: each.sentence for each in sending(talk.database, talk.at) if not each.fine
    }


def test_what_hangs_is_held_or_has_failed_is_told_with_what_to_do(stockholm: Database) -> None:
    talk = Talk(stockholm)
    outbox = Outbox(talk)
    outbox.live()
    assert found(talk) == {}
    outbox.holds(DeliveryState.HELD, Trouble.CANNOT_TELL)
    outbox.holds(DeliveryState.FAILED, Trouble.TOKEN_REVOKED)
    talk.at += SILENT_AFTER + timedelta(minutes=1)
    told = found(talk)
    assert "restart that process" in told["ticker of process 1 on ada"]
    assert "start `samverkan web`" in told["courier"]
    assert "the coordinator does so in `leverans`" in told["held"]
    assert "Have the app installed there again." in told["failed (1)"]


def test_what_was_never_started_is_no_fault_until_something_waits(stockholm: Database) -> None:
    talk = Talk(stockholm)
    assert found(talk) == {}
    Outbox(talk).holds(DeliveryState.QUEUED)
    assert "Nobody sends" in found(talk)["courier"]


def installed(slack: FakeSlack, database: Database, *rooms: tuple[str, Room]) -> None:
    """The bot in Slack's workspace, and groups with their rooms there."""
    workspace, given = slack.workspace, settings(slack)
    keeper = Installations(database, cipher(given.encryption_keys))
    keeper.save(Installed(workspace.team_id, workspace.bot_token, "Staden"), NOW)
    with database.write() as session:
        for code, room in rooms:
            session.add(
                Channel(
                    platform="slack",
                    workspace=workspace.team_id,
                    channel=room.channel_id,
                    group_id=session.scalars(select(Group.id).where(Group.code == code)).one(),
                    linked_at=NOW,
                )
            )


def asked(slack: FakeSlack, database: Database) -> dict[str, str]:
    return {each.name: each.sentence for each in troubles(database, settings(slack))}


def test_a_channel_that_nothing_can_be_posted_in_is_named(
    slack: FakeSlack, stockholm: Database
) -> None:
    archived = slack.channel("gammal")
    archived.is_archived = True
    gone = replace(archived, channel_id="C0GONE")
    installed(
        slack,
        stockholm,
        ("FAR-BER", slack.channel("farsta")),
        ("FAR-STYR", slack.channel("utan", with_bot=False)),
        ("FAR-ARB", archived),
        ("SKH-STYR", gone),
    )
    told = asked(slack, stockholm)
    assert len(told) == 3
    assert "/invite @Samverkansbot" in told["channel of Farsta lokala styrgrupp"]
    assert any("is archived" in sentence for sentence in told.values())
    assert any("is gone, or is private" in sentence for sentence in told.values())


def test_a_workspace_that_has_withdrawn_its_token_is_named(
    slack: FakeSlack, stockholm: Database
) -> None:
    installed(slack, stockholm)
    assert asked(slack, stockholm) == {}
    slack.workspace.token_error = "token_revoked"
    assert "install the app there again" in asked(slack, stockholm)["workspace Staden"]


def test_a_token_that_another_key_has_locked_is_named(
    slack: FakeSlack, stockholm: Database
) -> None:
    installed(slack, stockholm)
    other = replace(settings(slack), encryption_keys=("another key",))
    (trouble,) = troubles(stockholm, other)
    assert "SECRET_KEY" in trouble.sentence


def test_slack_out_of_reach_is_said_and_not_guessed_at(
    slack: FakeSlack, stockholm: Database
) -> None:
    installed(slack, stockholm)
    away = replace(settings(slack), api_url="http://127.0.0.1:1/")
    (trouble,) = troubles(stockholm, away)
    assert "cannot be reached from here" in trouble.sentence


def test_a_database_on_a_share_is_told_by_the_command(
    bare: Run, store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.storage.sqlite_file.kind_of_disk", lambda *_: "nfs4")
    ended = bare("doctor", DATABASE_URL="sqlite:///x.sqlite", SECRET_KEY="k" * 40)
    assert ended.code == 1
    assert "BAD database: x.sqlite is on a network share (nfs4)" in ended.out
