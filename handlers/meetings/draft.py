"""What a form of a meeting holds: what is typed in it, and what that says or what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time

from handlers.form_state import FormState
from handlers.seats.draft import read_day
from handlers.visit import Visit
from handlers.whole import whole
from models.groups import Group
from models.meetings.agendas import one_a_line
from models.meetings.meeting import Meeting
from models.meetings.plans import MOST_TIMES, MeetingFacts, Rhythm, facts_of

Values = Mapping[str, str | tuple[str, ...] | bool]

PLACE_LENGTH = 200
AGENDA_LENGTH = 2000
ALL_FOLLOWING = "following"


class State(FormState):
    """What a form carries: its group or meeting, how that was then, and the warnings shown."""

    group: str = ""
    meeting: int = 0
    revision: int = 0
    warned: str = ""


@dataclass(frozen=True)
class Draft:
    """A meeting on its way; what no field says is as the meeting has it."""

    group: Group
    meeting: Meeting | None = None
    values: Values = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands in a field, or in the meeting where the field says nothing."""
        if name in self.values:
            value = self.values[name]
            return value.strip() if isinstance(value, str) else ""
        return self._as_it_is().get(name, "") if self.meeting else ""

    def _as_it_is(self) -> dict[str, str]:
        assert self.meeting is not None
        return _shown(facts_of(self.meeting))

    def without_untouched(self, before: MeetingFacts) -> Draft:
        """Without the fields that still say what was shown in them, which was `before`.

        They say what the meeting does now, so that nobody undoes by saving what another changed.
        """
        shown = _shown(before)
        touched = {
            name: value
            for name, value in self.values.items()
            if name not in shown or _meant(self.text(name)) != _meant(shown[name])
        }
        return replace(self, values=touched)


def _meant(text: str) -> time | list[str]:
    """What a field says, however a platform writes clocks and line ends."""
    return clock_of(text) or text.split()


def _shown(facts: MeetingFacts) -> dict[str, str]:
    """What the fields show of a meeting."""
    return {
        "day": facts.day.isoformat(),
        "starts": f"{facts.starts:%H:%M}",
        "ends": f"{facts.ends:%H:%M}",
        "place": facts.place,
        "agenda": one_a_line(facts.agenda),
    }


@dataclass(frozen=True)
class Read:
    """A form as it was read: a meeting's facts and rhythm, or what is wrong field by field."""

    facts: MeetingFacts | None = None
    rhythm: Rhythm = Rhythm.ONCE
    times: int = 1
    errors: Mapping[str, str] = field(default_factory=dict)


def read(visit: Visit, draft: Draft) -> Read:
    """Reads what is typed; each fault is a sentence that says what to do."""
    errors: dict[str, str] = {}
    day = read_day(visit, draft.text("day"), "day", errors)
    starts, ends = clock_of(draft.text("starts")), clock_of(draft.text("ends"))
    if day is None:
        errors.setdefault("day", visit.language._("Write a day as 2024-06-18."))
    errors |= _of_clocks(visit, starts, ends) | _too_long(visit, draft)
    rhythm, times = _series(visit, draft, errors)
    if errors or day is None or starts is None or ends is None:
        return Read(errors=errors)
    facts = MeetingFacts(day, starts, ends, draft.text("place"), draft.text("agenda"))
    zone = draft.group.zone
    if facts.finishes(zone) <= facts.begins(zone):
        # The spring leaves an hour out.
        return Read(errors=_ends_too_soon(visit))
    if facts.begins(zone) <= visit.at:
        passed = visit.language._("That time has passed. Choose a day and time to come.")
        return Read(errors={"day": passed})
    return Read(facts, rhythm, times)


def _of_clocks(visit: Visit, starts: time | None, ends: time | None) -> dict[str, str]:
    unread = visit.language._("Give the time as 13:00.")
    errors = {name: unread for name, clock in (("starts", starts), ("ends", ends)) if clock is None}
    if starts is not None and ends is not None and ends <= starts:
        errors |= _ends_too_soon(visit)
    return errors


def _ends_too_soon(visit: Visit) -> dict[str, str]:
    return {"ends": visit.language._("It ends before it begins. Choose a later time.")}


def _too_long(visit: Visit, draft: Draft) -> dict[str, str]:
    return {
        name: visit.language._(
            "At most {most} characters; this is {number}.", most=most, number=len(draft.text(name))
        )
        for name, most in (("place", PLACE_LENGTH), ("agenda", AGENDA_LENGTH))
        if len(draft.text(name)) > most
    }


def _series(visit: Visit, draft: Draft, errors: dict[str, str]) -> tuple[Rhythm, int]:
    typed = draft.text("rhythm") or Rhythm.ONCE.value
    rhythm = Rhythm(typed) if typed in set(Rhythm) else Rhythm.ONCE
    times = whole((draft.text("times") or "1").removesuffix(".0")) or 0
    if not 1 <= times <= MOST_TIMES:
        errors["times"] = visit.language._("Give a whole number from 1 to {most}.", most=MOST_TIMES)
    elif rhythm is not Rhythm.ONCE and times == 1:
        errors["times"] = visit.language._("Say how many times, at least 2.")
    elif rhythm is Rhythm.ONCE and times > 1:
        unsaid = "Say how often it comes, or write 1 for how many times."
        errors["rhythm"] = visit.language._(unsaid)
    return rhythm, times


def day_of(text: str) -> date | None:
    """A day as 2024-06-18; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def clock_of(text: str) -> time | None:
    """A time of day as 13:00 or 13.00; None for anything else."""
    try:
        return time.fromisoformat(text.replace(".", ":").zfill(5))
    except ValueError:
        return None
