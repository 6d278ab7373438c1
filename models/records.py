"""What the cooperation keeps about itself: the audit log, the page's conversations, small facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people.organisations import Person


class AuditEntry(Base):
    """Who did what to what, and when; append-only (rule R10)."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    action: Mapped[str] = mapped_column()
    subject: Mapped[str] = mapped_column()
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Post(Base):
    """A line or message in a conversation of the workspace page.

    `channel` is a group's code, or `@` and a person's id for the direct conversation with the
    bot. `author_id` is empty when the bot speaks; `only_for_id` names the one who sees it.
    `change` is the number of the last change that open pages have to be told, among all posts.
    """

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_channel_id", "channel", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column()
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    only_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column()
    line: Mapped[str] = mapped_column(default="")
    message: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    delivery_id: Mapped[str | None] = mapped_column(default=None, unique=True)
    change: Mapped[int] = mapped_column(default=0, server_default="0", index=True)

    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])


class Reading(Base):
    """How far a member has read a conversation of the workspace page."""

    __tablename__ = "reading"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column()


class SmallFact(Base):
    """A named fact about the installation: the demo's clock, the registry's version."""

    __tablename__ = "small_fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column()
