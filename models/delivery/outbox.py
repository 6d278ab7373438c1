"""The tables that are the truth of what came in, what falls due and what goes out."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, enum_column
from models.delivery.trouble import Trouble


class Inbox(Base):
    """An incoming event that has been handled: its key, a keyed hash of it, where its result is.

    `deed` is the business key: what was done to what, whatever the events are called in which it
    came. A double press has two events and one deed.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("platform", "workspace", "event"),
        Index("uq_inbox_deed", "deed", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column()
    workspace: Mapped[str] = mapped_column()
    event: Mapped[str] = mapped_column()
    digest: Mapped[str] = mapped_column()
    result: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column()
    deed: Mapped[str | None] = mapped_column(default=None)


class DeliveryState(StrEnum):
    """Where an outgoing message stands.

    QUEUED waits for its time. SENDING is claimed by a sender until its lease ends. SENT has the
    platform's receipt. IN_DOUBT may have arrived: its lease ran out or the connection broke.
    HELD is in doubt and waits for a person to decide. FAILED has a trouble someone can act on.
    WITHDRAWN is not to be sent any more: a person decided so, a later update took its place, or
    what it is about has begun.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    IN_DOUBT = "in_doubt"
    HELD = "held"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to the message unless somebody wants it."""
        return self in (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.WITHDRAWN)


class Rank(IntEnum):
    """Which of the messages that are due goes first.

    REPLY answers somebody who waits for it. NOTICE is told to one or to a channel. MASS is part of
    a large sending, and lets all others pass.
    """

    REPLY = 0
    NOTICE = 1
    MASS = 2


class FanOut(Base):
    """A large sending: to whom, and how far it has been made into deliveries, a portion at a time.

    `kind` says what is told, about `subject`, as of the day and time. `audience` are the ids of
    the people when it began; those before `position` have got their deliveries. `author_id` is
    whoever began it, none for the timetable.
    """

    __tablename__ = "fan_out"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column()
    kind: Mapped[str] = mapped_column()
    subject: Mapped[int] = mapped_column(default=0)
    day: Mapped[date] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    audience: Mapped[list[int]] = mapped_column()
    position: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class Delivery(Base):
    """One outgoing message to one conversation; `key` makes it exist once.

    `channel` is the platform's conversation; for a direct message it may be empty, and `user`
    says to whom. `message` is the neutral message as JSON. `updates_id` is the delivery whose
    message this one replaces. `trouble` is why it has not arrived and `reason` what the platform
    or the program said about it. `told_at` is when the coordinators were asked about a held one,
    and `decided_by_id` who decided. From `useful_until` on nobody has any use for the message, and
    it is not sent any more.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_delivery_lane", "state", "platform", "workspace", "rank", "due_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column()
    platform: Mapped[str] = mapped_column()
    workspace: Mapped[str] = mapped_column()
    channel: Mapped[str] = mapped_column(default="")
    user: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("cooperation_group.id"), default=None)
    purpose: Mapped[str] = mapped_column()
    message: Mapped[dict[str, Any]] = mapped_column()
    state: Mapped[DeliveryState] = mapped_column(
        enum_column(DeliveryState), default=DeliveryState.QUEUED
    )
    due_at: Mapped[datetime] = mapped_column()
    attempts: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    receipt: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    trouble: Mapped[Trouble | None] = mapped_column(
        enum_column(Trouble, checked=False), default=None
    )
    rank: Mapped[int] = mapped_column(default=Rank.NOTICE, server_default="1")
    fan_out_id: Mapped[int | None] = mapped_column(
        ForeignKey("fan_out.id"), default=None, index=True
    )
    updates_id: Mapped[str | None] = mapped_column(
        ForeignKey("delivery.id"), default=None, index=True
    )
    told_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    useful_until: Mapped[datetime | None] = mapped_column(default=None)

    def is_late(self, at: datetime) -> bool:
        """Whether nobody has any use for it any more."""
        return self.useful_until is not None and self.useful_until <= at


NOTHING, SKIPPED, QUIET = "nothing to say", "skipped", "quiet"
"""What came of an occurrence of which nobody was told anything."""


class Occurrence(Base):
    """A schedule's firing on a local day; the unique key lets one process win."""

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("schedule", "local_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule: Mapped[str] = mapped_column()
    local_date: Mapped[date] = mapped_column()
    fired_at: Mapped[datetime] = mapped_column()
    outcome: Mapped[str] = mapped_column(default="")


class Bucket(Base):
    """The earliest next time something may be sent to a channel or a workspace."""

    __tablename__ = "bucket"

    key: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime] = mapped_column()
