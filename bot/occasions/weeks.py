"""Every Monday: the weekly digest of each group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.occasion import NOTHING, Occasion, last_days, repeated
from bot.occasions.telling import post
from digests import weekly
from digests.period import week_until
from handlers import texts
from models.base import held_on
from models.groups import Group
from models.schedule import Weekly, local_day


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The weekly digest of each group that there is today."""
    last = last_days(session, "week:%")
    for group in session.scalars(select(Group).where(held_on(Group, local_day(now)))):
        name = f"week:{group.code}"
        for day, at in repeated(Weekly(group.zone), last.get(name), began, now):
            yield Occasion(name, day, at, post_week, group.id)


def post_week(session: Session, occasion: Occasion) -> str:
    """The weekly digest, in each channel of the group."""
    group = session.get_one(Group, occasion.subject)
    facts = weekly.gather(session, group, week_until(occasion.day, group.zone), occasion.day)
    language = texts.language(group.language, group.zone)
    message = weekly.message(facts, language)
    return post(session, group, message, "digest", occasion) if message else NOTHING
