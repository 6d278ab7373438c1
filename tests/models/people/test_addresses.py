"""Where members and groups are reached."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.groups import Group
from models.people.accounts import Channel
from models.people.addresses import (
    MAIL,
    Address,
    group_addresses,
    person_address,
    switch_mail,
)
from models.people.organisations import Person
from tests.models.delivery.test_outgoing import AT, account, person

__all__ = ["person"]


@pytest.mark.parametrize(
    ("accounts", "platform"),
    [
        ([], None),
        ([("slack", 3, False)], "slack"),
        ([("slack", 3, False), ("workspace", 1, False)], "workspace"),
        ([("slack", 3, False), ("workspace", 1, True)], "slack"),
        ([("slack", 3, True)], None),
    ],
)
def test_a_member_is_reached_where_they_came_last(
    session: Session,
    person: Person,
    accounts: list[tuple[str, int, bool]],
    platform: str | None,
) -> None:
    session.add_all([account(person, name, days, gone=gone) for name, days, gone in accounts])
    session.flush()
    found = person_address(session, person)
    assert (found.platform if found else None) == platform


@pytest.mark.parametrize(
    ("accounts", "is_on", "platform"),
    [
        ([], True, MAIL),
        ([], False, None),
        ([("slack", 3, False)], True, "slack"),
        ([("slack", 3, True)], True, None),
    ],
)
def test_whoever_never_had_an_account_is_reached_by_email(
    session: Session,
    person: Person,
    accounts: list[tuple[str, int, bool]],
    is_on: bool,
    platform: str | None,
) -> None:
    session.add_all([account(person, name, days, gone=gone) for name, days, gone in accounts])
    switch_mail(session, on=is_on)
    session.flush()
    found = person_address(session, person)
    assert (found.platform if found else None) == platform
    if platform == MAIL:
        assert found == Address(MAIL, "mail", user=person.email)


def test_a_group_is_reached_in_all_its_living_channels(stockholm_session: Session) -> None:
    session = stockholm_session
    group = session.scalars(select(Group).where(Group.code == "FAR-BER")).one()
    before = group_addresses(session, group)
    for name, gone in (("C1", None), ("C2", AT)):
        session.add(
            Channel(
                platform="slack",
                workspace="T1",
                channel=name,
                group_id=group.id,
                linked_at=AT,
                gone_at=gone,
            )
        )
    session.flush()
    assert group_addresses(session, group) == [*before, Address("slack", "T1", "C1")]
