"""The weekly digest that a member has asked for: all of their groups in one message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from bot.occasions.occasion import Occasion, last_days, repeated, sent
from bot.occasions.telling import queue_to
from digests import own_week
from digests.asking import may_be_told
from handlers.seats.telling import speech
from models.delivery.outbox import NOTHING, QUIET
from models.delivery.outgoing import Errand
from models.digest_settings import DigestSetting, Wanted
from models.people.organisations import Person
from models.schedule import ZONE, is_quiet


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The digest of each member who wants one, since the last."""
    last = last_days(session, "own_week:%")
    for row in session.scalars(_rows()):
        name = f"own_week:{row.person_id}"
        rule = Wanted.of(row).rule(ZONE)
        for day, at in repeated(rule, last.get(name), max(began, row.changed_at), now):
            yield Occasion(name, day, at, tell, row.person_id or 0)


def clocks(session: Session) -> set[tuple[time, str]]:
    """The local times at which any member wants it."""
    return {(time(row.hour), ZONE) for row in session.scalars(_rows())}


def tell(session: Session, occasion: Occasion) -> str:
    """The digest, unless the member has paused, has left, or there is too little to tell."""
    if is_quiet(occasion.day):
        return QUIET
    query = _rows().where(DigestSetting.person_id == occasion.subject)
    row = session.scalars(query).first()
    person = session.get_one(Person, occasion.subject)
    if row is None or not may_be_told(person, occasion.day):
        return NOTHING
    wanted = Wanted.of(row)
    period = own_week.period(session, person, wanted, occasion.day)
    facts = own_week.gather(session, person, period, occasion.day)
    message = own_week.message(facts, speech(person), wanted)
    if message is None:
        return NOTHING
    errand = Errand("digest", f"{occasion.schedule}:{occasion.day}", occasion.at, person.id)
    return sent(int(queue_to(session, person, message, errand)))


def _rows() -> Select[DigestSetting]:
    return (
        select(DigestSetting)
        .where(DigestSetting.person_id.is_not(None), DigestSetting.is_on)
        .options(joinedload(DigestSetting.person))
        .order_by(DigestSetting.person_id)
    )
