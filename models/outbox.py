"""The four tables that are the truth of what came in, what falls due and what goes out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, enum_column


class Inbox(Base):
    """An incoming event that has been handled: its key, a keyed hash of it, where its result is."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("platform", "workspace", "event"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column()
    workspace: Mapped[str] = mapped_column()
    event: Mapped[str] = mapped_column()
    digest: Mapped[str] = mapped_column()
    result: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column()


class DeliveryState(StrEnum):
    """Where an outgoing message stands.

    QUEUED waits for its time. SENDING is claimed by a sender until its lease ends. SENT has the
    platform's receipt. IN_DOUBT may have arrived: its lease ran out or the connection broke.
    HELD is in doubt and waits for a person to decide. FAILED has a reason someone can act on.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    IN_DOUBT = "in_doubt"
    HELD = "held"
    FAILED = "failed"


class Delivery(Base):
    """One outgoing message to one conversation; `key` makes it exist once.

    `channel` is the platform's conversation; for a direct message it may be empty, and `user`
    says to whom. `message` is the neutral message as JSON.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_delivery_state_due_at", "state", "due_at"),
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
