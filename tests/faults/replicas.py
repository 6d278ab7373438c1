"""Replicas that tick together, are killed at random instants, and are all down now and then.

The clock is the controller's: it stands in a file that all replicas see, and moves on only when
some replica has ticked at its moment. So years pass as fast as the machine can tick.
"""

from __future__ import annotations

import mmap
import random
import struct
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.timetable import begin
from models.agreements import Level
from models.database import Database
from models.delivery.outbox import Delivery, Occurrence
from models.groups import Group, GroupKind
from models.meetings.meeting import Meeting
from models.people.accounts import Channel
from models.schedule import is_quiet, is_working_day
from tests.digests.village import NOW, YESTERYEAR, farsta_in_week_24
from tests.faults.children import Children, Part

ZONES = ("Europe/Stockholm", "America/New_York", "Pacific/Apia", "Asia/Kathmandu")
MOMENT = struct.Struct("d")
DAY = timedelta(days=1)
WEEKS_AHEAD = 200


class SharedMoment:
    """The controller's clock in slot 0, and in a slot for each replica the last moment ticked."""

    def __init__(self, path: Path, slots: int) -> None:
        if not path.exists():
            path.write_bytes(bytes(MOMENT.size * slots))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)

    def read(self, slot: int = 0) -> float:
        """The moment in a slot, in seconds since 1970."""
        found: float = MOMENT.unpack_from(self._map, slot * MOMENT.size)[0]
        return found

    def write(self, seconds: float, slot: int = 0) -> None:
        """Puts a moment in a slot."""
        MOMENT.pack_into(self._map, slot * MOMENT.size, seconds)


@dataclass(frozen=True)
class Ticks:
    """What a trial came to; `missed` and `doubled` should be 0, `fan_out` exact."""

    expected: int
    missed: int
    doubled: int
    fan_out: int
    kills: int
    all_down: int

    @property
    def is_exact(self) -> bool:
        """Whether each occasion happened once and had its messages."""
        return not self.missed and not self.doubled and self.fan_out == self.expected


def fill(database: Database) -> None:
    """The village, and a group with a channel in each of some zones."""
    database.create_all()
    with database.write() as session:
        village = farsta_in_week_24(session)
        for number, zone in enumerate(ZONES):
            group = Group(
                code=f"ZON-{number}",
                name=f"Gruppen i {zone}",
                kind=GroupKind.PREPARATORY,
                level=Level.LOCAL,
                district=village.district,
                agreement=village.agreement,
                valid_from=YESTERYEAR,
                zone=zone,
            )
            session.add(group)
            session.flush()
            here = {"platform": "workspace", "workspace": "stockholm", "linked_at": NOW}
            session.add(Channel(channel=group.code, group_id=group.id, **here))
            # A meeting within the week is news, so that each Monday has something to tell.
            for week in range(WEEKS_AHEAD):
                at = NOW + timedelta(days=2 + 7 * week)
                session.add(Meeting(group_id=group.id, starts_at=at, ends_at=at + DAY / 24))
    begin(database, NOW - DAY)


@dataclass
class Replicas:
    """Some processes that tick, and the clock that they see."""

    address: str
    folder: Path
    children: Children
    number: int
    alive: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = SharedMoment(self.folder / "clock", self.number + 1)
        self.clock.write((NOW - DAY).timestamp())

    def start(self) -> None:
        """Starts those that do not run."""
        for slot in range(1, self.number + 1):
            if slot not in self.alive.values():
                given = (self.address, str(self.folder / "clock"), slot, self.number + 1)
                part = Part("ticking", self.folder / f"replica{slot}.log", given=given)
                self.alive[self.children.start(part)] = slot

    def kill(self, pid: int) -> None:
        """Kills one."""
        self.children.kill(pid)
        del self.alive[pid]

    def kill_all(self) -> None:
        """Kills all."""
        for pid in list(self.alive):
            self.kill(pid)

    def await_tick(self, seconds: float = 180.0) -> None:
        """Waits until a replica has ticked at the clock's moment."""
        now, end = self.clock.read(), time.monotonic() + seconds
        while not any(self.clock.read(slot) == now for slot in range(1, self.number + 1)):
            assert time.monotonic() < end, "no replica ticks"
            time.sleep(0.002)


def tick_together(replicas: Replicas, kills: int, seed: int = 1) -> Ticks:
    """Lets week after week pass, kills somebody at each moment, and now and then everybody.

    Each week's Monday morning comes between two moments less than a day apart in every zone, so
    that nothing may be skipped for being too late.
    """
    drawn, at, killed, all_down = random.Random(seed), NOW, 0, 0
    with ExitStack() as stack:
        stack.callback(replicas.kill_all)
        while killed < kills:
            moments = [timedelta(hours=each) for each in (-19, drawn.uniform(-6, 3), 12)]
            if drawn.random() < 0.2:
                # Nobody is there when the zones' mornings come.
                killed, all_down = killed + len(replicas.alive), all_down + 1
                replicas.kill_all()
                del moments[1]
            for moment in moments:
                replicas.clock.write((at + moment).timestamp())
                killed += _kill_one(replicas, drawn)
                replicas.await_tick()
            at += timedelta(days=7)
    with Database.connect(replicas.address) as database:
        return _reckon(database, at - timedelta(days=6), killed, all_down)


def _kill_one(replicas: Replicas, drawn: random.Random) -> int:
    """Kills a replica while it may be ticking, and starts it again; tells how many were killed."""
    replicas.start()
    time.sleep(drawn.uniform(0, 0.06))
    replicas.kill(drawn.choice(sorted(replicas.alive)))
    replicas.start()
    return 1


def _reckon(database: Database, end: datetime, kills: int, all_down: int) -> Ticks:
    expected = set(_mondays(end))
    weekly = Occurrence.schedule.like("week:ZON-%")
    with database.read() as session:
        rows = session.execute(
            select(Occurrence.schedule, Occurrence.local_date, Occurrence.outcome).where(weekly)
        ).all()
        digests = select(func.count()).where(
            Delivery.purpose == "digest", Delivery.key.like("week:ZON-%")
        )
        fan_out = session.scalar(digests) or 0
    happened = [(row.schedule, row.local_date) for row in rows if row.outcome == "queued 1"]
    return Ticks(
        expected=len(expected),
        missed=len(expected - set(happened)),
        doubled=len(happened) - len(expected & set(happened)),
        fan_out=fan_out,
        kills=kills,
        all_down=all_down,
    )


def _mondays(end: datetime) -> list[tuple[str, date]]:
    """Every Monday at eight in every zone since the timetable began, counted without its code.

    A red Monday's digest would come on Tuesday, when nobody ticks; July has none.
    """
    found = []
    for number, zone in enumerate(ZONES):
        day = (NOW - DAY).astimezone(ZoneInfo(zone)).date()
        while (moment := datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo(zone))) <= end:
            is_told = day.weekday() == 0 and is_working_day(day) and not is_quiet(day)
            if is_told and moment > NOW - DAY:
                found.append((f"week:ZON-{number}", day))
            day += DAY
    return found


def ticking(address: str, path: str, slot: int, slots: int) -> None:
    """A replica: ticks at the shared moment, and says when it has."""
    from bot.timetable import tick

    clock = SharedMoment(Path(path), slots)
    with Database.connect(address) as database:
        while True:
            now = clock.read()
            tick(database, datetime.fromtimestamp(now, UTC))
            clock.write(now, slot)
            time.sleep(0.001)
