"""The weekly digest: what happened in a group in the last seven days, and what needs care."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from digests.cards import group_card
from digests.facts import GroupFacts, gather_group
from digests.period import Period
from models.groups import Group
from models.language import Language
from models.message import Message

WeeklyFacts = GroupFacts


def gather(session: Session, group: Group, period: Period, on: date) -> WeeklyFacts:
    """The facts of a week, read as they were known when it ended."""
    return gather_group(session, group, period, on)


def message(facts: WeeklyFacts, language: Language) -> Message | None:
    """The digest; nothing to say means no message."""
    return group_card("weekly", facts, language) if facts.has_news else None
