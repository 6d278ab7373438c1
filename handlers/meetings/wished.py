"""When a line wants a meeting to be, on its way to the form: in a button too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handlers.meetings.draft import clock_of, day_of
from handlers.understanding import Understanding
from models.meetings.meeting import Meeting


@dataclass(frozen=True)
class Wished:
    """The day and the hours that a line names; what it does not name stays as it is."""

    day: date | None = None
    starts: time | None = None
    ends: time | None = None

    @classmethod
    def of(cls, wish: Understanding, day: date | None) -> Wished:
        """What is wished of a new meeting, or of one that moves to a day."""
        return cls(day, wish.starts, wish.ends)

    @classmethod
    def read(cls, text: str) -> Wished:
        """From a button's value; what it does not hold is not wished."""
        day, starts, ends = (*text.split("|"), "", "", "")[:3]
        return cls(day_of(day), clock_of(starts), clock_of(ends))

    def value_of(self, what: str) -> str:
        """A button's value: a meeting's id or a group's code, and what is wished of it."""
        said = (self.day, *(each and f"{each:%H:%M}" for each in (self.starts, self.ends)))
        return "|".join([what, *(str(each or "") for each in said)]).rstrip("|")

    def values(self, meeting: Meeting | None = None) -> dict[str, str]:
        """The fields that it fills; a meeting that begins at another hour stays as long."""
        ends = self.ends
        if meeting is not None and self.starts is not None and ends is None:
            ends = _as_long(meeting, self.starts)
        clocks = {"starts": self.starts, "ends": ends}
        found = {name: f"{clock:%H:%M}" for name, clock in clocks.items() if clock is not None}
        return {**({"day": self.day.isoformat()} if self.day else {}), **found}


def _as_long(meeting: Meeting, starts: time) -> time | None:
    """When a meeting ends that begins then; None where that is another day."""
    zone = ZoneInfo(meeting.group.zone)
    began, ended = (at.astimezone(zone) for at in (meeting.starts_at, meeting.ends_at))
    first = datetime.combine(began.date(), starts)
    last = first + (ended.replace(tzinfo=None) - began.replace(tzinfo=None))
    return last.time() if last.date() == first.date() else None
