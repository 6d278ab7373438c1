"""Every morning: which mandates end soon and which seats have become empty; each is told once.

A look is taken every day, so that nothing that begins on a quiet day is lost; it is told on the
next working morning outside July. What began before the look before this one, and waits for
nothing, came into the books afterwards: it is history, and no news.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.occasions.news import News, mark_told, news_of, news_of_groups, put_off
from bot.occasions.notices import tell_of_empty_seats, tell_of_endings
from bot.occasions.occasion import Occasion, last_days, repeated, sent, zones
from models.base import held_on
from models.delivery.outbox import SKIPPED, Occurrence
from models.groups import Group
from models.intervals import A_DAY
from models.schedule import EveryDay, is_daytime, is_quiet, is_working_day, local_day

LOOKED = "looked"
PUT_OFF = "waits for a working morning"


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The look of each zone's morning, after what it finds to tell; in the evening it waits."""
    last = last_days(session, "morning:%")
    for zone in zones(session):
        name = f"morning:{zone}"
        if not is_daytime(now, zone):
            continue
        for day, at in repeated(EveryDay(zone), last.get(name), began, now):
            if day == local_day(now, zone):
                yield from _groups(session, zone, at, _first(session, name, began, day))
            yield Occasion(name, day, at, _looked)


def tell_group(session: Session, occasion: Occasion, *, first: date) -> str:
    """Tells what is new in a group, at most one message of each kind to each; or puts it off."""
    group = session.get_one(Group, occasion.subject)
    news = news_of(session, group, first, occasion.day)
    if _is_silent(occasion.day):
        put_off(session, news, occasion.at)
        return PUT_OFF
    told = tell_of_empty_seats(session, news, occasion)
    mark_told(session, news, occasion.at, sent(told))
    return sent(told + tell_of_endings(session, news, occasion))


def _groups(session: Session, zone: str, at: datetime, first: date) -> Iterator[Occasion]:
    """The groups of a zone in which something is to be told or put off."""
    day = local_day(at, zone)
    groups = session.scalars(
        select(Group).where(held_on(Group, day), Group.zone == zone).order_by(Group.id)
    ).all()
    for news in news_of_groups(session, groups, first, day):
        if _is_to_be_acted_on(news):
            act = partial(tell_group, first=first)
            yield Occasion(f"seats:{news.group.code}", day, at, act, news.group.id)


def _is_to_be_acted_on(news: News) -> bool:
    if _is_silent(news.on):
        return bool(news.new)
    return bool(news.new or news.waiting or news.endings)


def _first(session: Session, name: str, began: datetime, day: date) -> date:
    """The first day whose new vacancies are news: that of the last look, at least yesterday."""
    looked = session.scalar(
        select(func.max(Occurrence.local_date)).where(
            Occurrence.schedule == name, Occurrence.outcome != SKIPPED
        )
    )
    yesterday = day - A_DAY
    return max(local_day(began), min(looked or yesterday, yesterday))


def _is_silent(day: date) -> bool:
    return is_quiet(day) or not is_working_day(day)


def _looked(_session: Session, _occasion: Occasion) -> str:
    return LOOKED
