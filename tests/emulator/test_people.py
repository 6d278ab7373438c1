"""Who is behind an account, as somebody else's Slack tells it.

The emulator differs from Slack in this: `users.info` has no `is_email_confirmed`, `is_restricted`
or `is_ultra_restricted`, so unconfirmed addresses and guests are for `tests/conversations` alone.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.slack.installations import Installed
from models.people.accounts import Account
from models.people.organisations import Person
from tests.conversations.slack_stage import MONDAY
from tests.emulator.emulator import Json
from tests.emulator.stage import MEMBERS, TEAM, Stage

pytestmark = [
    pytest.mark.emulator,
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
]


def linked(stage: Stage) -> dict[str, str]:
    """The linked Slack accounts with their members' addresses."""
    query = select(Account.user, Person.email).join(Person).where(Account.platform == "slack")
    with stage.bot.database.read() as session:
        return {row.user: row.email for row in session.execute(query)}


def said(answer: Json) -> str:
    """All words of an answer, for looking for one."""
    return str(answer)


@pytest.mark.parametrize("name", ["Maja Ekvall", "Jonas Lindmark"])
def test_a_member_is_known_by_the_email_of_users_info_and_asked_about_once(
    installed: Stage, name: str
) -> None:
    member = installed.member(name)
    answer = member.commands("mina")
    assert answer["response_type"] == "ephemeral"
    assert "FAR-0" in said(answer)
    member.commands("min roll")
    assert linked(installed) == {member.user: MEMBERS[name]}
    assert len(installed.door.called("users.info")) == 1


def test_a_stranger_gets_a_way_in_and_no_data(installed: Stage) -> None:
    answer = said(installed.member("Nils Okänd").commands("vem Farsta styrgrupp"))
    assert "samordnaren" in answer
    assert "Stina Hallgren" not in answer
    assert linked(installed) == {}


def test_without_the_scope_for_addresses_nobody_is_taken_for_a_member(installed: Stage) -> None:
    member = installed.member("Maja Ekvall")
    installed.bot.slack.installations.save(Installed(TEAM, "xoxb-no-addresses"), MONDAY)
    answer = said(member.commands("mina", trigger="1.2.3"))
    assert "email" not in installed.door.called("users.info")[0].answer["user"]["profile"]
    assert "samordnaren" in answer
    assert linked(installed) == {}


def test_the_coordinator_links_an_account_that_has_another_address(installed: Stage) -> None:
    nils = installed.member("Nils Okänd")
    line = f"koppla <@{nils.user}|nils> jonas.lindmark@polisen.example"
    assert "Jonas Lindmark" in said(installed.member("Eva Nordin").commands(line))
    assert "FAR-009" in said(nils.commands("mina"))
