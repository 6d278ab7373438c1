"""The digest after a meeting: what it decided, who does what by when, and what was corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from digests.agreed import MOST_POINTS, point_lines, points_part
from digests.cards import ahead
from digests.facts import GroupFacts, MeetingFact, meeting_fact
from digests.gathering import gather_standing
from digests.gathering.points import with_measures_then
from digests.period import Period
from digests.ways import LABEL, cut, to_meeting, to_one
from digests.words import Say, Words
from models.language import Language
from models.meetings.decisions import Decided, Wording, district_names
from models.meetings.meeting import Meeting
from models.meetings.minutes import Minutes, minutes_of
from models.meetings.points import PointFacts
from models.meetings.words import concerned, mark, numbered
from models.message import (
    TABLE_ROWS,
    Actions,
    Button,
    Cell,
    Heading,
    Message,
    Note,
    Part,
    Table,
    Weight,
)
from models.people.organisations import Person
from models.schedule import (
    MORNING,
    instant,
    local_day,
    working_day_from,
    working_days_after,
    working_days_before,
)

DAYS_AFTER = 1
MEETINGS_BACK = 12
"""So many meetings back it is looked for what was corrected or written later."""
MOST_BUTTONS = 3
CELL = 500
COLUMNS = ("column_number", "column_decision", "column_acts", "column_affects")
"""What the table of decisions may have; a column in which nothing stands is left out."""


def told_after(meeting: Meeting, zone: str) -> date:
    """The day on which the members first hear what the meeting decided."""
    return working_days_after(local_day(meeting.starts_at, zone), DAYS_AFTER)


def told_on(meeting: Meeting, known_at: datetime, zone: str) -> date:
    """The day on which the members hear of what became known at a moment."""
    day = local_day(known_at, zone)
    if known_at >= instant(day, MORNING, zone):
        return max(told_after(meeting, zone), working_days_after(day, 1))
    return max(told_after(meeting, zone), working_day_from(day))


def told_before(meeting: Meeting, on: date, zone: str) -> datetime | None:
    """Until when all was told before a day's digest after a meeting; None where that is the first.

    It is the last working morning before the day: what became known since is told on the day.
    """
    if on <= told_after(meeting, zone):
        return None
    return instant(working_days_before(on, 1), MORNING, zone)


@dataclass(frozen=True)
class DecidedFacts:
    """What a meeting agreed that is told now; `names` are those of districts, by their codes."""

    meeting: MeetingFact
    minutes: Minutes
    names: Mapping[str, str]
    group: GroupFacts

    @property
    def decisions(self) -> tuple[Decided, ...]:
        """The decisions that are new or corrected."""
        return self.minutes.decisions

    @property
    def corrections(self) -> int:
        """How many of them were told before, in other words."""
        return sum(each.replaces is not None for each in self.decisions)

    @property
    def new_decisions(self) -> int:
        """How many of them are told for the first time."""
        return len(self.decisions) - self.corrections

    @property
    def points(self) -> tuple[PointFacts, ...]:
        """The points that the meeting gave somebody, and that are still to be done."""
        mine = self.meeting.id
        return tuple(each for each in self.minutes.new_points if each.point.meeting_id == mine)

    @property
    def carried(self) -> tuple[PointFacts, ...]:
        """The group's open points from before this meeting, where this is told first."""
        told = {each.point.id for each in self.points}
        mine = self.meeting.id
        return tuple(
            each
            for each in self.minutes.open_points
            if each.point.id not in told and each.point.meeting_id != mine
        )

    @property
    def only_corrects(self) -> bool:
        """Whether nothing is told but corrections."""
        return bool(self.corrections) and not self.new_decisions and not self.points

    @property
    def has_news(self) -> bool:
        """Whether anything was decided, corrected or given somebody to do."""
        return bool(self.decisions or self.points)


@dataclass(frozen=True)
class Reader:
    """Who reads: a member of the group, perhaps one who was absent, or somebody outside it."""

    person: Person | None = None
    absent: bool = False
    outside: bool = False


def gather_after(
    session: Session, meeting: Meeting, on: date, since: datetime | None = None
) -> DecidedFacts:
    """What a meeting agreed, as known on the morning of a day; only what is new after `since`."""
    until = instant(on, MORNING, meeting.group.zone)
    period = Period(meeting.starts_at, until, meeting=True)
    group = gather_standing(session, meeting.group, period, on)
    agreed = minutes_of(session, meeting, since, until)
    found = with_measures_then(session, agreed, group.measures)
    wordings = [wording for each in found.decisions for wording in _wordings(each)]
    return DecidedFacts(
        meeting=meeting_fact(meeting),
        minutes=found,
        names=district_names(session, wordings),
        group=group,
    )


def _wordings(decided: Decided) -> list[Wording]:
    return [decided.wording, *([decided.replaces] if decided.replaces else [])]


def for_others(
    facts: DecidedFacts, decisions: Sequence[Decided], points: Sequence[PointFacts]
) -> DecidedFacts:
    """The same for somebody outside the group: only what concerns them, and nothing restricted."""
    return replace(
        facts,
        minutes=Minutes(tuple(decisions), tuple(points), facts.minutes.since),
    )


def for_everybody(facts: DecidedFacts) -> DecidedFacts:
    """The same without what is restricted to the group, and what only those entitled may read."""
    kept = tuple(each for each in facts.decisions if not each.is_restricted)
    points = tuple(each for each in facts.minutes.known_points if not each.point.restricted)
    return replace(for_others(facts, kept, points), group=facts.group.for_channel())


def message_after(
    facts: DecidedFacts, language: Language, reader: Reader | None = None
) -> Message | None:
    """The digest after a meeting for one reader; nothing agreed means no message."""
    if not facts.has_news:
        return None
    reader = reader or Reader()
    words = Words("after", language, facts=facts.group, decided=facts, reader=reader)
    parts: list[Part] = [
        Heading(text=words("heading")[:150]),
        Note(text=words("lead")),
        *([Note(text=words("absent"))] if reader.absent else []),
        *_decisions(facts, language, words),
        *_points(facts, language, words, reader),
        *([] if reader.outside else ahead(facts.group, language, words)),
        *_buttons(facts, words, reader),
    ]
    return Message(summary=words("summary")[:1000], parts=tuple(parts), lasting=True)


def _decisions(facts: DecidedFacts, language: Language, words: Say) -> list[Part]:
    if not facts.decisions:
        return []
    shown = facts.decisions[:TABLE_ROWS]
    rows = tuple(_row(each, facts, language, words) for each in shown)
    said = [at for at in range(len(COLUMNS)) if any(row[at].plain() for row in rows)]
    table = Table(
        columns=tuple(words(COLUMNS[at]) for at in said),
        rows=tuple(tuple(row[at] for at in said) for row in rows),
        ways=tuple(_way(each, words) for each in shown),
        choose=words("choose_decision"),
    )
    left = len(facts.decisions) - len(rows)
    return [table, Note(text=words("more_decisions", more=left))] if left else [table]


def _way(decided: Decided, words: Say) -> Button:
    said = f"§ {decided.number} {decided.wording.text}"
    return to_one("decision.show", decided.decision.id, said, words)


def _row(decided: Decided, facts: DecidedFacts, language: Language, words: Say) -> tuple[Cell, ...]:
    wording, former = decided.wording, decided.former
    replaced = words("replaces", text=former.text, why=decided.reason) if former else None
    organisation = wording.organisation.name if wording.organisation else ""
    return (
        Cell(text=numbered(language, decided)),
        Cell(
            text=cut(wording.text, CELL),
            status=mark(language, decided, facts.group.on),
            quote=cut(replaced, CELL) if replaced else None,
        ),
        Cell(text=organisation),
        Cell(text=cut(concerned(language, wording, facts.names), CELL)),
    )


def _points(facts: DecidedFacts, language: Language, words: Say, reader: Reader) -> list[Part]:
    """Who does what by when; then what is carried forward from earlier meetings."""
    carried = () if reader.outside or facts.only_corrects else facts.carried
    parts: list[Part] = []
    for block, points in (("points_label", facts.points), ("carried_label", carried)):
        if points:
            lines = point_lines(points[:MOST_POINTS], facts.group.on, language, words)
            parts.append(points_part(block, lines, len(points), words))
    return parts


def _buttons(facts: DecidedFacts, words: Say, reader: Reader) -> list[Part]:
    """A question, the meeting, and the reader's own points to be marked as done."""
    number = str(facts.meeting.id)
    only = f"|{facts.decisions[0].decision.id}" if len(facts.decisions) == 1 else ""
    ask = Button(label=words("ask"), action="decision.ask", value=f"{number}{only}")
    see = to_meeting(facts.meeting, words)
    mine = [
        Button(
            label=cut(words("done", text=each.text), LABEL),
            action="point.done",
            value=str(each.point.id),
            weight=Weight.PRIMARY,
        )
        for each in (*facts.points, *facts.carried)
        if _is_of(each, reader) and each.point.measure is None
    ]
    row = (*mine[:MOST_BUTTONS], *([ask] if facts.decisions else []), see)
    return [Actions(buttons=row)]


def _is_of(facts: PointFacts, reader: Reader) -> bool:
    owner, person = facts.owner, reader.person
    return owner is not None and person is not None and owner.id == person.id
