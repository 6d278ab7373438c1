"""The weekly digest of each group, in each of its channels when that channel wants it.

A group is told with what all others are told at that moment: they are read together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from bot.occasions.leading import tell_leading
from bot.occasions.occasion import Occasion, last_days, repeated, sent
from digests import weekly
from digests.period import Period, between_digests
from digests.recorded import told_last
from digests.weekly import WeeklyFacts
from handlers import texts
from models.base import held_on
from models.delivery.outbox import NOTHING, QUIET
from models.delivery.outgoing import Errand, queue_all
from models.digest_settings import DigestSetting, Wanted
from models.groups import Group
from models.language import Language
from models.message import Audience, Message
from models.people.accounts import Channel
from models.people.addresses import Address
from models.schedule import WorkedWeek, is_quiet, local_day

PURPOSE = "digest"


@dataclass(frozen=True)
class Reader:
    """A group with the channels that get the same digest at the same time; none where it has none.

    `number` is the id of the one channel that has settings of its own.
    """

    group: Group
    channels: tuple[Channel, ...]
    wanted: Wanted
    number: int = 0
    since: datetime | None = None

    @property
    def name(self) -> str:
        """The schedule's name."""
        own = f":{self.number}" if self.number else ""
        return f"week:{self.group.code}{own}"

    @property
    def rule(self) -> WorkedWeek:
        """When it falls due."""
        return self.wanted.rule(self.group.zone)

    @property
    def language(self) -> Language:
        """How the channel is spoken to."""
        code = self.wanted.language or self.group.language
        return texts.language(code, self.wanted.zone or self.group.zone)


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The weekly digests that have fallen due since the last of each."""
    last = last_days(session, "week:%")
    for reader in _readers(session, _today(local_day(now))):
        after = max(began, reader.since) if reader.since else began
        for day, at in repeated(reader.rule, last.get(reader.name), after, now):
            subject = reader.number or reader.group.id
            yield Occasion(reader.name, day, at, post_week, subject, post_weeks)


def clocks(session: Session) -> set[tuple[time, str]]:
    """The local times, each with its zone, at which any channel wants its digest."""
    return {(reader.rule.clock, reader.rule.zone) for reader in _readers(session, _every())}


def post_week(session: Session, occasion: Occasion) -> str:
    """One weekly digest, in the channels that it is for."""
    [outcome] = post_weeks(session, [occasion])
    return outcome


def post_weeks(session: Session, occasions: Sequence[Occasion]) -> list[str]:
    """Many weekly digests: those of one period are read with the same questions."""
    readers = _named(session, occasions)
    told_on = told_last(session, readers, max(each.day for each in occasions))
    alike: dict[tuple[Period, date], list[Occasion]] = defaultdict(list)
    outcomes = {}
    for occasion in occasions:
        reader = readers.get(occasion.schedule)
        if reader is None or not reader.wanted.is_on:
            outcomes[occasion.schedule] = NOTHING
        elif is_quiet(occasion.day):
            outcomes[occasion.schedule] = QUIET
        else:
            period = between_digests(reader.rule, occasion.day, told_on.get(reader.name))
            alike[period, occasion.day].append(occasion)
    for (period, day), found in alike.items():
        told = {readers[each.schedule].group.id: readers[each.schedule].group for each in found}
        facts = weekly.gather_all(session, list(told.values()), period, day)
        of = dict(zip(told, facts, strict=True))
        pairs = [(each, readers[each.schedule]) for each in found]
        outcomes |= _post(session, [(each, r, of[r.group.id]) for each, r in pairs])
    return [outcomes[occasion.schedule] for occasion in occasions]


def _post(session: Session, told: Sequence[tuple[Occasion, Reader, WeeklyFacts]]) -> dict[str, str]:
    outcomes, queued = {}, []
    for occasion, reader, facts in told:
        message = weekly.message(facts, reader.language, reader.wanted)
        if message is None:
            outcomes[occasion.schedule] = NOTHING
        elif not reader.channels:
            key = f"{occasion.schedule}:{occasion.day}"
            number = tell_leading(session, reader.group, facts, (key, occasion.at))
            outcomes[occasion.schedule] = sent(number)
        else:
            queued += [_queued(message, occasion, channel) for channel in reader.channels]
            outcomes[occasion.schedule] = sent(len(reader.channels))
    queue_all(session, queued)
    return outcomes


def _queued(
    message: Message, occasion: Occasion, channel: Channel
) -> tuple[Message, Address, Errand]:
    address = Address(channel.platform, channel.workspace, channel.channel)
    key = f"{occasion.schedule}:{occasion.day}"
    errand = Errand(PURPOSE, key, occasion.at, group_id=channel.group_id)
    return message.model_copy(update={"audience": Audience.EVERYONE}), address, errand


Rows = Select[*tuple[Any, ...]]


def _every() -> Rows:
    """Every group with its living channels, and what is set for each."""
    return (
        select(Group, Channel, DigestSetting)
        .outerjoin(Channel, (Channel.group_id == Group.id) & Channel.gone_at.is_(None))
        .outerjoin(DigestSetting, DigestSetting.channel_id == Channel.id)
        .options(joinedload(Group.agreement), joinedload(Group.district))
        .order_by(Group.id, Channel.id)
    )


def _today(day: date) -> Rows:
    return _every().where(held_on(Group, day))


def _readers(session: Session, rows: Rows) -> Iterator[Reader]:
    """Who is told of each group: the channels without settings together, each other alone."""
    groups: dict[int, Group] = {}
    channels: dict[int, list[Channel]] = defaultdict(list)
    with_own: list[Reader] = []
    for group, channel, setting in session.execute(rows):
        groups[group.id] = group
        if setting is not None:
            wanted, since = Wanted.of(setting), setting.changed_at
            with_own.append(Reader(group, (channel,), wanted, channel.id, since))
        elif channel is not None:
            channels[group.id].append(channel)
    have = {reader.group.id for reader in with_own}
    for group in groups.values():
        if channels[group.id] or group.id not in have:
            yield Reader(group, tuple(channels[group.id]), Wanted())
    yield from (reader for reader in with_own if reader.wanted.is_on)


def _named(session: Session, occasions: Sequence[Occasion]) -> dict[str, Reader]:
    codes = {occasion.schedule.split(":")[1] for occasion in occasions}
    rows = _every().where(Group.code.in_(codes))
    return {reader.name: reader for reader in _readers(session, rows)}
