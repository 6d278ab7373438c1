"""First contact: linked once, told once, and nothing for those who do not belong."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.people.accounts import Account
from tests.conversations.talk import KARIM, MAJA, Member, Talk

NOTICE = "Hej, jag är Samverkansbot"
STRANGER = "Vi har inte setts förut"


def accounts(talk: Talk) -> list[Account]:
    """The accounts that the stories' platform has linked."""
    with talk.database.read() as session:
        return list(session.scalars(select(Account).where(Account.platform == "test")))


def test_who_is_vouched_for_is_linked_once_and_told_once(talk: Talk) -> None:
    karim = talk.member(KARIM)
    told = karim.says("vem Farsta styrgrupp")
    assert told.startswith(NOTICE)
    assert "Inget om enskilda hör hemma här" in told
    assert "paus" in told
    assert "Farsta lokala styrgrupp" in told
    assert NOTICE not in karim.says("vem Farsta styrgrupp")
    assert len(accounts(talk)) == 1


def test_a_form_comes_without_the_notice_which_waits_for_the_next_answer(talk: Talk) -> None:
    maja = talk.member(MAJA)
    maja.says("rapportera FAR-011")
    assert "Rapportera FAR-011" in maja.form().title
    assert maja.fills(status="done").startswith(NOTICE)
    assert NOTICE not in maja.says("hjälp")


def test_the_second_account_of_a_member_brings_no_second_notice(talk: Talk) -> None:
    talk.member(KARIM).says("hjälp")
    assert NOTICE not in talk.member(KARIM, workspace="T2").says("hjälp")
    assert len(accounts(talk)) == 2


def test_the_notice_speaks_the_members_language(talk: Talk) -> None:
    priya = talk.member("priya.berg@slk.stockholm.example")
    assert "Nothing about individuals belongs here" in priya.says("help")


def test_the_home_greets_too(talk: Talk) -> None:
    assert talk.member(KARIM).opens_home().startswith(NOTICE)


@pytest.mark.parametrize("line", ["vem Farsta", "rapportera FAR-011 klar", "mina", "", "hjälp"])
@pytest.mark.parametrize(
    ("email", "identity"),
    [
        (None, {}),
        ("nobody@example.com", {}),
        (MAJA, {"guest": True}),
        ("kent.rosellius@polisen.example", {}),
    ],
    ids=["without e-mail", "unknown", "guest", "has left"],
)
def test_who_does_not_belong_gets_a_way_in_and_no_data(
    talk: Talk, email: str | None, identity: dict[str, bool], line: str
) -> None:
    told = talk.member(email, **identity).says(line)
    assert told.startswith(STRANGER)
    assert "Be samordnaren" in told
    assert not any(name in told for name in ("Hallgren", "FAR-011", "Farsta lokala"))
    assert accounts(talk) == []


def test_who_leaves_is_a_stranger_from_that_day_on(talk: Talk) -> None:
    karim = talk.member(KARIM)
    karim.says("hjälp")
    with talk.database.write() as session:
        account = session.scalars(select(Account).where(Account.platform == "test")).one()
        account.person.left_on = talk.at.date()
    assert karim.says("vem Farsta").startswith(STRANGER)


def test_the_address_is_compared_without_capitals(talk: Talk) -> None:
    assert talk.member(KARIM.upper(), user="U9").says("hjälp").startswith(NOTICE)


def test_a_strangers_home_holds_no_data_either(talk: Talk) -> None:
    stranger: Member = talk.member(None)
    assert stranger.opens_home().startswith(STRANGER)
