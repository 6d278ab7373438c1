"""The timetable: what falls due when, each once, whoever ticks and however late.

Every process may tick. A tick reads what has fallen due since each schedule's last occurrence; a
unique row in the database decides who does it, in the same transaction that queues its messages.
What is more than `GRACE` late is written down as skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot import occasions
from bot.occasions import Occasion
from digests import meeting
from models.base import held_on
from models.database import Database
from models.groups import Group
from models.outbox import Occurrence
from models.records import SmallFact
from models.schedule import (
    GRACE,
    MORNING,
    ZONE,
    Rule,
    Weekly,
    WorkingDays,
    due_days,
    instant,
    local_day,
)
from models.surveys import Survey

log = structlog.get_logger(__name__)

BEGAN = "timetable_began"
SKIPPED = "skipped"
NEAR = timedelta(days=60)
"""How long an occasion of a meeting is looked back at; meetings are told within 14 days."""


def tick(database: Database, now: datetime) -> int:
    """Does all that has fallen due; returns how many occasions were this tick's to do."""
    with database.read() as session:
        began = _began(session)
        due = list(_due(session, began, now)) if began else []
    if began is None:
        begin(database, now)
        return tick(database, now)
    return sum(_fire(database, occasion, now) for occasion in due)


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
    """Every local morning of every zone, the surveys' own times, and the end."""
    zones = {ZONE, *session.scalars(select(Group.zone).distinct())}
    days = range((end - start).days + 3)
    first = local_day(start) - timedelta(days=1)
    mornings = {instant(first + timedelta(days=n), MORNING, zone) for n in days for zone in zones}
    surveys = session.execute(select(Survey.opens_at, Survey.closes_at)).all()
    times = {moment for times in surveys for moment in times}
    return sorted({at for at in mornings | times if start < at <= end} | {end})


def begin(database: Database, at: datetime) -> None:
    """Says from when the timetable holds, unless that was said before: the past never fires."""
    with database.write() as session:
        if session.get(SmallFact, BEGAN) is None:
            session.add(SmallFact(name=BEGAN, value=at.isoformat()))


def _began(session: Session) -> datetime | None:
    fact = session.get(SmallFact, BEGAN)
    return datetime.fromisoformat(fact.value) if fact else None


def _due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """What has fallen due and was not yet done; surveys first, so that the asking knows them."""
    yield from _weeks(session, began, now)
    yield from _meetings(session, began, now)
    yield from _surveys(session, now)
    last = _last_days(session, "asking").get("asking")
    for day, at in _repeated(WorkingDays(), last, began, now):
        yield Occasion("asking", day, at, occasions.ask)


def _weeks(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The weekly digest of each group that there is today."""
    last = _last_days(session, "week:%")
    for group in session.scalars(select(Group).where(held_on(Group, local_day(now)))):
        name = f"week:{group.code}"
        for day, at in _repeated(Weekly(group.zone), last.get(name), began, now):
            yield Occasion(name, day, at, occasions.post_week, group.id)


def _repeated(
    rule: Rule, last: date | None, began: datetime, now: datetime
) -> Iterator[tuple[date, datetime]]:
    """The days and moments of a rule since its last occurrence; without one, of the last day."""
    after = instant(last, rule.clock, rule.zone) if last else now - GRACE
    for day in due_days(rule, max(began, after), now):
        yield day, instant(day, rule.clock, rule.zone)


def _last_days(session: Session, pattern: str) -> dict[str, date]:
    query = (
        select(Occurrence.schedule, func.max(Occurrence.local_date))
        .where(Occurrence.schedule.like(pattern))
        .group_by(Occurrence.schedule)
    )
    return dict(session.execute(query).all())


def _meetings(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The digests before and after each meeting that is near."""
    done = set(
        session.execute(
            select(Occurrence.schedule, Occurrence.local_date).where(
                Occurrence.schedule.like("meeting:%"), Occurrence.fired_at > now - NEAR
            )
        ).all()
    )
    for found in meeting.meetings_around(session, local_day(now)):
        zone = found.group.zone
        for name, day, act in (
            (f"meeting:{found.id}:before", meeting.told_before(found, zone), occasions.tell_before),
            (f"meeting:{found.id}:after", meeting.told_after(found, zone), occasions.tell_after),
        ):
            at = instant(day, MORNING, zone)
            if began < at <= now and (name, day) not in done:
                yield Occasion(name, day, at, act, found.id)


def _surveys(session: Session, now: datetime) -> Iterator[Occasion]:
    """The surveys to open and to close; late is better than never, so they are never skipped."""
    surveys = session.scalars(
        select(Survey)
        .where(Survey.closed_at.is_(None))
        .where(
            or_(Survey.closes_at <= now, and_(Survey.opened_at.is_(None), Survey.opens_at <= now))
        )
        .order_by(Survey.opens_at, Survey.id)
    )
    for survey in surveys:
        if now < survey.closes_at:
            name, day, act = "open", local_day(survey.opens_at), occasions.open_survey
        elif now < survey.closes_at + GRACE:
            name, day, act = "close", local_day(survey.closes_at), occasions.close_survey
        else:
            name, day, act = "close", local_day(survey.closes_at), occasions.close_survey_quietly
        yield Occasion(f"survey:{survey.id}:{name}", day, now, act, survey.id)


def _fire(database: Database, occasion: Occasion, now: datetime) -> bool:
    """Does what fell due, if this process is the one that gets it."""
    try:
        with database.write() as session:
            if not _claimed(session, occasion, now):
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


def _claimed(session: Session, occasion: Occasion, now: datetime) -> bool:
    """Whether the row of the occasion was ours to write."""
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    row = insert(Occurrence).values(
        schedule=occasion.schedule, local_date=occasion.day, fired_at=now, outcome=""
    )
    claimed = row.on_conflict_do_nothing().returning(Occurrence.id)
    return session.scalar(claimed) is not None
