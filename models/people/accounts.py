"""Platform accounts and channels linked to members and groups, and the installed workspaces."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.groups import Group
from models.people.organisations import Person


class Account(Base):
    """A platform account that belongs to a member."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("platform", "workspace", "user"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column()
    workspace: Mapped[str] = mapped_column()
    user: Mapped[str] = mapped_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    direct_channel: Mapped[str] = mapped_column(default="")
    linked_at: Mapped[datetime] = mapped_column()
    gone_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship()


class Channel(Base):
    """A channel that belongs to a group; digests are posted there."""

    __tablename__ = "channel"
    __table_args__ = (UniqueConstraint("platform", "workspace", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column()
    workspace: Mapped[str] = mapped_column()
    channel: Mapped[str] = mapped_column()
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column()
    gone_at: Mapped[datetime | None] = mapped_column(default=None)

    group: Mapped[Group] = relationship()


class Installation(Base):
    """The bot in one workspace of a platform; its token is encrypted."""

    __tablename__ = "installation"
    __table_args__ = (UniqueConstraint("platform", "workspace"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column()
    workspace: Mapped[str] = mapped_column()
    name: Mapped[str] = mapped_column(default="")
    token: Mapped[bytes] = mapped_column(LargeBinary)
    bot_id: Mapped[str] = mapped_column(default="")
    bot_user: Mapped[str] = mapped_column(default="")
    scopes: Mapped[str] = mapped_column(default="")
    installed_at: Mapped[datetime] = mapped_column()
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class OneTimeKey(Base):
    """A key that works once and for a while: an install's state, a sign-in link.

    Only a keyed hash is stored; the key itself is in the link alone.
    """

    __tablename__ = "one_time_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column()
    digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    ends_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column(default=None)
