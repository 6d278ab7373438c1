"""Linking channels and accounts: by the coordinator alone, and always possible to find again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.people.accounts import Account, Channel
from models.records import AuditEntry
from tests.conversations.talk import EVA, MAJA, STINA, Member, Talk
from tests.handlers.conftest import met


@pytest.fixture
def eva(talk: Talk) -> Member:
    """The coordinator."""
    return met(talk, EVA)


def linked_to(talk: Talk, channel: str = "C1") -> list[str]:
    """The codes of the groups that a channel is linked to."""
    with talk.database.read() as session:
        found = session.scalars(select(Channel).where(Channel.channel == channel))
        return [each.group.code for each in found]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("koppla Farsta styrgrupp", "FAR-STYR"),
        ("link Farsta steering group", "FAR-STYR"),
        ("koppla FAR-BER", "FAR-BER"),
        ("koppla centrala beredningsgruppen", "CEN-BER"),
    ],
)
def test_a_channel_is_linked_to_a_group(talk: Talk, eva: Member, line: str, code: str) -> None:
    assert "Kopplat: " in eva.in_channel().says(line)
    assert linked_to(talk) == [code]


def test_a_channel_belongs_to_one_group_at_a_time(talk: Talk, eva: Member) -> None:
    for line in ("koppla FAR-BER", "koppla FAR-STYR"):
        eva.in_channel().says(line)
    assert linked_to(talk) == ["FAR-STYR"]


def test_in_a_direct_message_no_channel_is_linked(talk: Talk, eva: Member) -> None:
    assert "i gruppens kanal" in eva.says("koppla Farsta styrgrupp")
    assert linked_to(talk, "") == []


@pytest.mark.parametrize("email", [MAJA, STINA])
@pytest.mark.parametrize("line", ["koppla Farsta styrgrupp", f"koppla <@U9> {MAJA}"])
def test_nobody_else_links(talk: Talk, email: str, line: str) -> None:
    told = met(talk, email).in_channel().says(line)
    assert "Bara samordnaren kan koppla" in told
    assert linked_to(talk) == []


def test_an_account_is_linked_by_the_work_address(talk: Talk, eva: Member) -> None:
    assert "Kopplat: Maja Ekvall." in eva.says(f"koppla <@U9> {MAJA}")
    with talk.database.read() as session:
        account = session.scalars(select(Account).where(Account.user == "U9")).one()
    assert "Mina åtgärder" in talk.member(None, user="U9").says("mina")
    with talk.database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "link_account")).all()
    assert f"person:{account.person_id}" in {each.subject for each in entry}


def test_an_address_that_nobody_has_links_nothing(talk: Talk, eva: Member) -> None:
    assert "Ingen här har e-postadressen x@y.example" in eva.says("koppla <@U9> x@y.example")
    with talk.database.read() as session:
        assert session.scalars(select(Account).where(Account.user == "U9")).all() == []
