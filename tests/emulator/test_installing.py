"""The whole OAuth installation against somebody else's consent page and token exchange.

The emulator differs from Slack in this: its consent page names people instead of asking to allow,
it cannot be declined, and it has one workspace. It does check the client's id and secret, the
registered redirect address, and that a code is used once.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from bot.slack.manifest import SCOPES
from models.database import Database
from models.people.accounts import Installation
from tests.emulator.emulator import Emulator
from tests.emulator.stage import TEAM, Stage, running_stage
from tests.slack.installing import fetched

pytestmark = [
    pytest.mark.emulator,
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
]


def kept(stage: Stage) -> list[Installation]:
    """The installations as they rest in the database."""
    with stage.bot.database.read() as session:
        return list(session.scalars(select(Installation)))


def test_an_installation_ends_with_a_page_and_a_token_that_works_and_rests_encrypted(
    stage: Stage,
) -> None:
    page = stage.installs()
    assert page.status == 200
    assert "Stockholms stad" in page.text
    token = stage.door.called("oauth.v2.access")[0].answer["access_token"]
    row = kept(stage)[0]
    assert token.encode() not in bytes(row.token)
    installed = stage.bot.slack.installations.find(TEAM)
    assert installed is not None
    assert installed.token == token
    tested = stage.emulator.asks("auth.test", token)
    assert (installed.bot_user, installed.bot_id) == (tested["user_id"], tested["bot_id"])


def test_exactly_the_scopes_of_the_manifest_are_asked_for_and_granted(stage: Stage) -> None:
    consent = fetched(f"{stage.bot.url}/slack/install").location
    asked = parse_qs(urlsplit(consent).query)["scope"][0]
    assert set(asked.split(",")) == set(SCOPES)
    stage.installs()
    assert set(kept(stage)[0].scopes.split(",")) == set(SCOPES)


def test_a_state_works_once_and_a_second_code_is_not_even_exchanged(stage: Stage) -> None:
    consent = fetched(f"{stage.bot.url}/slack/install")
    first, second = stage.consents(consent.location), stage.consents(consent.location)
    assert stage.comes_back(first, consent.cookies).status == 200
    assert stage.comes_back(second, consent.cookies).status == 400
    assert len(stage.door.called("oauth.v2.access")) == 1


def test_another_browser_cannot_finish_what_this_one_began(stage: Stage) -> None:
    way, _ = stage.begins_installing()
    assert stage.comes_back(way, {}).status == 400
    assert kept(stage) == []
    assert stage.door.calls == []


def test_a_code_that_slack_does_not_know_leaves_the_installation_as_it_was(stage: Stage) -> None:
    used, cookies = stage.begins_installing()
    stage.comes_back(used, cookies)
    before = stage.token
    fresh, cookies = stage.begins_installing()
    known, unknown = (parse_qs(urlsplit(way).query)["code"][0] for way in (fresh, used))
    assert stage.comes_back(fresh.replace(known, unknown), cookies).status == 502
    assert stage.door.called("oauth.v2.access")[-1].answer["error"] == "invalid_code"
    assert stage.token == before


def test_a_wrong_client_secret_installs_nothing_and_says_that_slack_refused(
    emulator: Emulator, stockholm: Database
) -> None:
    """The emulator calls it `invalid_client_id`; Slack says `bad_client_secret`."""
    with running_stage(emulator, stockholm, client_secret="fel") as stage:
        page = stage.installs()
        assert page.status == 502
        assert "Slack godtog inte" in page.text
        assert kept(stage) == []


def test_installing_again_keeps_one_installation_with_the_newest_token(stage: Stage) -> None:
    stage.installs()
    first = stage.token
    stage.installs()
    assert stage.token != first
    assert len(kept(stage)) == 1
