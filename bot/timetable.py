"""The timetable: what falls due when, each once, whoever ticks and however late.

Every process may tick. A tick reads what has fallen due since each schedule's last occurrence; a
unique row in the database decides who does it, in the same transaction that queues its messages.
What is more than `GRACE` late is written down as skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.occasions import (
    approvals,
    asking,
    astray,
    following,
    handovers,
    inputs,
    meetings,
    own_weeks,
    seat_requests,
    seats,
    surveys,
    weeks,
)
from bot.occasions.occasion import (
    BEGAN,
    Occasion,
    Source,
    began,
    claimed,
    claimed_of,
    write_outcomes,
    zones,
)
from bot.occasions.portions import Expand, expand_all
from models.database import Database
from models.delivery.outbox import SKIPPED, Occurrence
from models.records import SmallFact
from models.schedule import GRACE, MORNING, ZONE, instant, local_day
from models.surveys.survey import Survey

log = structlog.get_logger(__name__)

SOURCES: tuple[Source, ...] = (
    handovers.due,
    weeks.due,
    own_weeks.due,
    astray.due,
    meetings.due,
    inputs.due,
    surveys.due,
    asking.due,
    following.due,
    seats.due,
    seat_requests.due,
    approvals.due,
)
"""Handovers first, so that all others know whose a measure is; surveys before the asking."""

AT_ONCE = 200
"""So many occasions that are done together are done in one transaction."""

LARGE: dict[str, Expand] = {
    asking.KIND: asking.ask_portion,
    following.NAME: following.tell_portion,
}
"""How a portion of a large sending is made into messages, by the kind of sending."""


def tick(database: Database, now: datetime) -> int:
    """Does all that has fallen due; returns how many occasions were this tick's to do."""
    with database.read() as session:
        since = began(session)
        due = list(_due(session, since, now)) if since else []
    if since is None:
        begin(database, now)
        return tick(database, now)
    fired = sum(_fire_all(database, portion, now) for portion in _portions(due))
    return fired + expand_all(database, LARGE, now)


def tick_through(
    database: Database,
    start: datetime,
    end: datetime,
    after_each: Callable[[datetime], object] = lambda _: None,
) -> int:
    """Ticks at each moment from one to another that may bring something: no jump skips anything.

    `after_each` is called with the moment of each tick, for example to deliver what it queued.
    """
    begin(database, start)
    with database.read() as session:
        moments = _moments(session, start, end)
    fired = 0
    for at in moments:
        fired += tick(database, at)
        after_each(at)
    return fired


def _moments(session: Session, start: datetime, end: datetime) -> list[datetime]:
    """Every local morning of every zone, the hours of asking, the surveys' times, and the end."""
    days = range((end - start).days + 3)
    first = local_day(start) - timedelta(days=1)
    clocks = {(MORNING, zone) for zone in zones(session)}
    clocks |= {(time(hour), ZONE) for hour in asking.hours_chosen(session)}
    clocks |= weeks.clocks(session) | own_weeks.clocks(session)
    mornings = {
        instant(first + timedelta(days=n), clock, zone) for clock, zone in clocks for n in days
    }
    surveys = session.execute(select(Survey.opens_at, Survey.closes_at)).all()
    times = {moment for times in surveys for moment in times}
    return sorted({at for at in mornings | times if start < at <= end} | {end})


def begin(database: Database, at: datetime) -> None:
    """Says from when the timetable holds, unless that was said before: the past never fires."""
    with database.write() as session:
        if session.get(SmallFact, BEGAN) is None:
            session.add(SmallFact(name=BEGAN, value=at.isoformat()))


def _due(session: Session, since: datetime, now: datetime) -> Iterator[Occasion]:
    """What has fallen due and was not yet done, in the order in which it is done."""
    for source in SOURCES:
        yield from source(session, since, now)


def _portions(due: Sequence[Occasion]) -> Iterator[Sequence[Occasion]]:
    """The occasions in their order: what is done together in portions, all else one by one."""
    for together, found in groupby(due, key=lambda each: each.together):
        alike = list(found)
        size = AT_ONCE if together is not None else 1
        yield from (alike[at : at + size] for at in range(0, len(alike), size))


def _fire_all(database: Database, portion: Sequence[Occasion], now: datetime) -> int:
    """Does a portion in one transaction; where it breaks, each of it in one of its own."""
    late = [each for each in portion if now - each.at >= GRACE]
    if len(portion) > 1 and not late:
        try:
            return _fire_together(database, portion, now)
        except Exception:
            # Each is tried on its own below, so that only the one that breaks it is left out.
            log.exception("portion_broke", schedule=portion[0].schedule, number=len(portion))
    return sum(_fire(database, occasion, now) for occasion in portion)


def _fire_together(database: Database, portion: Sequence[Occasion], now: datetime) -> int:
    with database.write() as session:
        ours = claimed_of(session, portion, now)
        if not ours:
            return 0
        together = portion[0].together
        assert together is not None, "only what can be done together is"
        outcomes = dict(zip(ours, together(session, ours), strict=True))
        write_outcomes(session, outcomes)
    log.info("occasions", schedule=portion[0].schedule, number=len(ours))
    return len(ours)


def _fire(database: Database, occasion: Occasion, now: datetime) -> bool:
    """Does what fell due, if this process is the one that gets it."""
    try:
        with database.write() as session:
            if not claimed(session, occasion.schedule, occasion.day, now):
                return False
            late = now - occasion.at >= GRACE
            outcome = SKIPPED if late else occasion.act(session, occasion)
            session.execute(
                update(Occurrence)
                .where(Occurrence.schedule == occasion.schedule)
                .where(Occurrence.local_date == occasion.day)
                .values(outcome=outcome)
            )
    except Exception:
        # One group's broken digest must not silence the others; it is tried again at each tick.
        log.exception("occasion_failed", schedule=occasion.schedule, day=str(occasion.day))
        return False
    log.info("occasion", schedule=occasion.schedule, day=str(occasion.day), outcome=outcome)
    return True
