"""Where a member or a group is reached."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.groups import Group
from models.people.accounts import Account, Channel
from models.people.organisations import Person


@dataclass(frozen=True)
class Address:
    """A conversation on a platform; `user` stands for a direct one whose channel is unknown."""

    platform: str
    workspace: str
    channel: str = ""
    user: str = ""


def person_address(session: Session, person: Person) -> Address | None:
    """Where the member is reached: the account last linked and still living, if any."""
    account = session.scalars(
        select(Account)
        .where(Account.person_id == person.id, Account.gone_at.is_(None))
        .order_by(Account.linked_at.desc(), Account.id.desc())
        .limit(1)
    ).first()
    if account is None:
        return None
    return Address(account.platform, account.workspace, account.direct_channel, account.user)


def group_of_channel(session: Session, address: Address) -> Group | None:
    """The group whose channel it is, if it has been linked to one."""
    return session.scalars(
        select(Group)
        .join(Channel, Channel.group_id == Group.id)
        .where(
            Channel.platform == address.platform,
            Channel.workspace == address.workspace,
            Channel.channel == address.channel,
            Channel.gone_at.is_(None),
        )
    ).first()


def group_addresses(session: Session, group: Group) -> list[Address]:
    """The group's living channels, on whatever platforms."""
    channels = session.scalars(
        select(Channel)
        .where(Channel.group_id == group.id, Channel.gone_at.is_(None))
        .order_by(Channel.id)
    )
    return [Address(row.platform, row.workspace, row.channel) for row in channels]
