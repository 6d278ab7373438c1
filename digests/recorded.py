"""When digests were told, by the rows that remember each; and so what was new, and as wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from digests.decided import MEETINGS_BACK, gather_after, told_after, told_before
from digests.period import Period, between_digests, held_before
from models.delivery.outbox import NOTHING, QUIET, SKIPPED, Delivery, DeliveryState, Occurrence
from models.digest_settings import Spell, Wanted, spells_of
from models.groups import Group
from models.meetings.meeting import Meeting
from models.meetings.usefulness import before_name
from models.meetings.usefulness import told_before as told_ahead
from models.people.accounts import Channel
from models.people.organisations import Person
from models.schedule import MORNING, instant, is_quiet, is_working_day

Done = Mapping[str, Mapping[date, str]]
"""The days on which the digests of meetings were done, and what came of each, by their names."""


@dataclass(frozen=True)
class ThatDay:
    """The meeting whose digest is asked for, and since when what it agreed was new.

    `sent` tells that the digest was sent on the day: by the rows that remember it, or where there
    are none for the meeting, by the rule; `remembered` tells which. Else it is how things stood.
    """

    meeting: Meeting
    sent: bool
    since: datetime | None = None
    remembered: bool = False


def after_name(meeting_id: int) -> str:
    """What the digest after a meeting is called among the occurrences."""
    return f"meeting:{meeting_id}:after"


def recorded(session: Session, which: ColumnElement[bool]) -> Done:
    """The occurrences of meetings that fit, by name and day."""
    query = select(Occurrence.schedule, Occurrence.local_date, Occurrence.outcome).where(
        Occurrence.schedule.like("meeting:%"), which
    )
    done: dict[str, dict[date, str]] = defaultdict(dict)
    for name, day, outcome in session.execute(query):
        done[name][day] = outcome
    return done


def told_until(done: Done, found: Meeting, before: date) -> datetime | None:
    """Until when what a meeting agreed has been told before a day; None where nothing was.

    What was skipped was not told. A meeting from before the timetable counts as told of in time.
    """
    zone = found.group.zone
    first = told_after(found, zone)
    days = {day: outcome for day, outcome in done[after_name(found.id)].items() if day < before}
    told = [day for day, outcome in days.items() if outcome != SKIPPED]
    if not days and first < before:
        told = [first]
    return instant(max(told), MORNING, zone) if told else None


def after_that_day(session: Session, group: Group, on: date) -> ThatDay | None:
    """The meeting of which everybody was told on a day, else the last one; None without any."""
    held = held_before(session, group, instant(on, MORNING, group.zone), MEETINGS_BACK)
    done = recorded(session, _named(after_name(each.id) for each in held))
    for meeting in held:
        days = done[after_name(meeting.id)]
        if days and days.get(on, SKIPPED) not in (SKIPPED, NOTHING):
            since = told_until(done, meeting, on)
            return ThatDay(meeting, sent=True, since=since, remembered=True)
        if not days and (by_rule := _by_rule(session, meeting, on)):
            return by_rule
    return ThatDay(held[0], sent=False) if held else None


def _by_rule(session: Session, meeting: Meeting, on: date) -> ThatDay | None:
    """What fell due on a day by the rule alone: what no row remembers."""
    since = told_before(meeting, on, meeting.group.zone)
    is_first = on == told_after(meeting, meeting.group.zone)
    if not is_working_day(on) or not (since or is_first):
        return None
    if not gather_after(session, meeting, on, since).has_news:
        return None
    return ThatDay(meeting, sent=True, since=since)


def went_to(session: Session, name: str, on: date, person: Person) -> DeliveryState | None:
    """Where the digest of a meeting stands that was queued for somebody on a day; None without."""
    mine = Delivery.key.startswith(f"{name}:{on}:{person.id}:", autoescape=True)
    return session.scalars(select(Delivery.state).where(mine).limit(1)).first()


def before_that_day(session: Session, group: Group, on: date) -> ThatDay | None:
    """The meeting of whose coming the members were told on a day, else the next one."""
    done = recorded(session, Occurrence.local_date == on)
    meetings = {
        before_name(each.id): each
        for each in session.scalars(select(Meeting).where(Meeting.group_id == group.id))
    }
    for name, meeting in meetings.items():
        if done[name].get(on, SKIPPED) not in (SKIPPED, NOTHING):
            return ThatDay(meeting, sent=True, remembered=True)
    morning = instant(on, MORNING, group.zone)
    coming = sorted(
        (each for each in meetings.values() if each.starts_at >= morning and not each.cancelled),
        key=lambda each: (each.starts_at, each.id),
    )
    known = recorded(session, _named(before_name(each.id) for each in coming))
    for meeting in coming:
        if before_name(meeting.id) not in known and told_ahead(meeting, group.zone) == on:
            return ThatDay(meeting, sent=True)
    return ThatDay(coming[0], sent=False) if coming else None


def told_last(session: Session, names: Iterable[str], before: date) -> dict[str, date]:
    """The last day before a day on which each weekly digest was looked at in time, by its name.

    What a standstill skipped was not told, nor what was quiet.
    """
    query = (
        select(Occurrence.schedule, func.max(Occurrence.local_date))
        .where(_named(names), Occurrence.local_date < before)
        .where(Occurrence.outcome.not_in((SKIPPED, QUIET)))
        .group_by(Occurrence.schedule)
    )
    return dict(session.execute(query).all())


@dataclass(frozen=True)
class WeekThen:
    """A weekly digest that fell due on a day, as channels wanted it then, and what came of it.

    `outcome` is empty where no row remembers it; without a channel it went to who lead the group.
    """

    wanted: Wanted
    outcome: str
    period: Period
    has_channel: bool = True


def weeks_that_day(session: Session, group: Group, on: date) -> list[WeekThen]:
    """The weekly digests of a group that fell due on a day, by what was set at their moments."""
    name = f"week:{group.code}"
    outcomes = dict(
        session.execute(
            select(Occurrence.schedule, Occurrence.outcome).where(
                Occurrence.local_date == on,
                or_(Occurrence.schedule == name, Occurrence.schedule.startswith(f"{name}:")),
            )
        ).all()
    )
    ways = _ways(session, group, on)
    told_on = told_last(session, ways, on)
    return [
        WeekThen(
            wanted=wanted,
            outcome=outcomes.get(own, ""),
            period=between_digests(wanted.rule(group.zone), on, told_on.get(own)),
            has_channel=has_channel,
        )
        for own, (wanted, has_channel) in ways.items()
    ]


def _ways(session: Session, group: Group, on: date) -> dict[str, tuple[Wanted, bool]]:
    """What fell due on a day by its name: how it was wanted, and whether there was a channel."""
    name = f"week:{group.code}"
    channels = session.scalars(select(Channel).where(Channel.group_id == group.id)).all()
    living = [each for each in channels if _lives(each, instant(on, MORNING, group.zone))]
    ways = {
        f"{name}:{channel.id}" if spell.is_own else name: (spell.wanted, True)
        for channel in living
        for spell in reversed(spells_of(session, channel))
        if _fell_due(spell, group, on)
    }
    if not living and _fell_due(Spell(Wanted(), is_own=False), group, on):
        return {name: (Wanted(), False)}
    return ways


def _lives(channel: Channel, at: datetime) -> bool:
    return channel.linked_at <= at and (channel.gone_at is None or at < channel.gone_at)


def _fell_due(spell: Spell, group: Group, on: date) -> bool:
    wanted, rule = spell.wanted, spell.wanted.rule(group.zone)
    is_due = wanted.is_on and not is_quiet(on) and rule.falls_on(on)
    return is_due and spell.holds(instant(on, rule.clock, rule.zone))


def _named(names: Iterable[str]) -> ColumnElement[bool]:
    return Occurrence.schedule.in_(list(names))
