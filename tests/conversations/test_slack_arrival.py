"""Coming to the bot on Slack: strangers, guests, first notices, linking, installing, leaving."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from models.database import Database
from models.people.accounts import Account, Channel, Installation
from tests.conversations.slack_stage import Bot, running_bot
from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.installing import fetched
from tests.stores import BOTH_STORES


def test_a_stranger_gets_a_way_in_and_no_data(bot: Bot, slack: FakeSlack, farsta: Room) -> None:
    stranger = slack.user("Nils Okänd", "nils@nagonstans.example")
    text = stranger.command("/samverkan", "vem Farsta styrgrupp", farsta).text
    assert "samordnaren" in text
    assert "Stina Hallgren" not in text
    with bot.database.read() as session:
        assert not session.scalars(select(Account).where(Account.platform == "slack")).all()


@BOTH_STORES
def test_a_member_is_known_by_the_verified_email_and_told_once_what_this_is(
    bot: Bot, slack: FakeSlack, maja: Person
) -> None:
    first = maja.command("/samverkan", "min roll").text
    again = maja.command("/samverkan", "min roll").text
    assert "Inget om enskilda" in first
    assert "Inget om enskilda" not in again
    with bot.database.read() as session:
        linked = session.scalars(select(Account).where(Account.platform == "slack")).one()
    assert (linked.user, linked.workspace) == (maja.user_id, slack.workspace.team_id)


def test_the_coordinator_links_a_channel_to_a_group(bot: Bot, eva: Person, farsta: Room) -> None:
    text = eva.command("/samverkan", "koppla Farsta beredningsgrupp", farsta).text
    assert "Farsta lokala beredningsgrupp" in text
    with bot.database.read() as session:
        linked = session.scalars(select(Channel).where(Channel.platform == "slack")).one()
    assert linked.channel == farsta.channel_id


def test_the_coordinator_links_an_account_that_has_another_email(
    bot: Bot, slack: FakeSlack, eva: Person
) -> None:
    jonas = slack.user("Jonas L", "jonas.privat@nagonstans.example")
    line = f"koppla <@{jonas.user_id}|jonas> jonas.lindmark@polisen.example"
    assert "Jonas Lindmark" in eva.command("/samverkan", line).text
    assert "FAR-009" in jonas.command("/samverkan", "mina").text


def test_only_the_coordinator_links(bot: Bot, maja: Person, farsta: Room) -> None:
    text = maja.command("/samverkan", "koppla Farsta beredningsgrupp", farsta).text
    assert "samordnaren" in text
    with bot.database.read() as session:
        assert not session.scalars(select(Channel).where(Channel.platform == "slack")).all()


@BOTH_STORES
def test_another_workspace_installs_the_bot_and_is_answered(bot: Bot, slack: FakeSlack) -> None:
    police = slack.add_workspace("Polisen")
    jonas = slack.user("Jonas Lindmark", "jonas.lindmark@polisen.example", police)
    page = slack.installs(jonas, f"{bot.url}/slack/install", police)
    assert page.status == 200
    assert "Polisen" in page.text
    assert "/samverkan hjälp" in page.text
    with bot.database.read() as session:
        rows = session.scalars(select(Installation)).all()
    assert {row.workspace for row in rows} == {slack.workspace.team_id, police.team_id}
    assert not [row for row in rows if police.bot_token.encode() in bytes(row.token)]
    assert "FAR-009" in jonas.command("/samverkan", "mina").text


@pytest.mark.parametrize("query", ["code=x&state=y", "state=", "error=access_denied", ""])
def test_a_way_back_that_was_not_begun_here_installs_nothing(bot: Bot, query: str) -> None:
    page = fetched(f"{bot.url}/slack/oauth_redirect?{query}")
    assert page.status == 400
    assert "installerades inte" in page.text
    with bot.database.read() as session:
        assert len(session.scalars(select(Installation)).all()) == 1


def test_the_state_of_an_installation_works_once(bot: Bot, slack: FakeSlack) -> None:
    begun = fetched(f"{bot.url}/slack/install")
    state = parse_qs(urlsplit(begun.location).query)["state"][0]
    back = f"{bot.url}/slack/oauth_redirect?error=access_denied&state={state}"
    stopped = fetched(back, begun.cookies)
    again = fetched(back, begun.cookies)
    assert "avbröts i Slack" in stopped.text
    assert "redan använd" in again.text
    assert slack.calls[-1].method != "oauth.v2.access"


def test_the_whole_bot_works_over_a_socket_as_over_http(
    slack: FakeSlack, stockholm: Database, maja: Person, farsta: Room
) -> None:
    with running_bot(slack, stockholm, socket_mode=True) as bot:
        slack.waits_for_app()
        assert "Stina Hallgren" in maja.command("/samverkan", "vem Farsta styrgrupp", farsta).text
        form = maja.command("/samverkan", "rapportera FAR-011", farsta).view
        assert maja.fills(form, {"Hur går det?": "● Pågår"}).submit().closed
        assert "Hej Maja" in maja.opens_home().home.plain
        assert "Farsta" in maja.writes_dm("vem Farsta").reply().plain
        assert bot.url
