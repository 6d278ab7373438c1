"""What a form of an action point holds, and what that says or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from handlers.seats.draft import find_person, read_day
from handlers.visit import Visit
from models.measures.measure import Category
from models.meetings.action_points import TEXT_LENGTH
from models.meetings.decisions import Decided, decisions_of
from models.meetings.meeting import Meeting
from models.meetings.points import PointFacts, Task
from models.people.organisations import Person
from models.seats.holders import members_of

Values = Mapping[str, str | tuple[str, ...] | bool]

TASK = "task"
"""Stands for a point that stays one, beside the kinds of measure that it can become."""

NO_DECISION = "-"


@dataclass(frozen=True)
class PointDraft:
    """A point on its way; what no field says is as the point has it, or as `chosen` begins it."""

    meeting: Meeting
    facts: PointFacts | None = None
    values: Values = field(default_factory=dict)
    chosen: str = ""

    def text(self, name: str) -> str:
        """What stands in a field, or in the point where the field says nothing."""
        if name in self.values:
            value = self.values[name]
            return value.strip() if isinstance(value, str) else ""
        if self.facts is not None:
            step = self.facts.step
            as_it_is = {"text": step.text, "due_on": step.due_on.isoformat()}
            return {**as_it_is, "owner": str(step.owner_id)}.get(name, "")
        return self.chosen if name == "decision" else ""

    @property
    def is_restricted(self) -> bool:
        """Whether it is for the group alone."""
        if "restricted" in self.values:
            return bool(self.values["restricted"])
        return self.facts is not None and self.facts.point.restricted


@dataclass(frozen=True)
class PointRead:
    """A form as it was read: the task and what it becomes, or what is wrong field by field."""

    task: Task | None = None
    decided: Decided | None = None
    restricted: bool = False
    category: Category | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def read_point(visit: Visit, draft: PointDraft) -> PointRead:
    """Reads what is typed; each fault is a sentence that says what to do."""
    errors: dict[str, str] = {}
    text = _text(visit, draft, errors)
    decided = _decided(visit, draft)
    restricted = draft.is_restricted or (decided is not None and decided.is_restricted)
    owner = _owner(visit, draft, restricted, errors)
    due = _due(visit, draft, errors)
    kind = draft.text("becomes")
    category = Category(kind) if kind in set(Category) else None
    if category is not None and restricted:
        open_to_all = "A measure is seen by all. Let it stay a task, or lift the restriction."
        errors["becomes"] = visit.language._(open_to_all)
    if errors or owner is None or due is None:
        return PointRead(errors=errors)
    return PointRead(Task(text, owner, due), decided, restricted, category)


def _text(visit: Visit, draft: PointDraft, errors: dict[str, str]) -> str:
    text = " ".join(draft.text("text").split())
    if not text:
        errors["text"] = visit.language._("Write what is to be done.")
    if len(text) > TEXT_LENGTH:
        too_long = "At most {most} characters; this is {number}."
        errors["text"] = visit.language._(too_long, most=TEXT_LENGTH, number=len(text))
    return text


def _owner(
    visit: Visit, draft: PointDraft, restricted: bool, errors: dict[str, str]
) -> Person | None:
    """Whoever does it: somebody who is here, and for a restricted point somebody of the group."""
    _ = visit.language._
    typed = draft.text("owner")
    person = find_person(visit, typed)
    if person is None:
        errors["owner"] = (
            _("I find nobody called {text}. Choose from the list.", text=typed[:60])
            if typed
            else _("Choose who does it.")
        )
    elif not person.is_active(visit.on):
        left = _("{name} has left. Choose somebody else.", name=person.shown_as())
        errors["owner"] = left
    elif restricted and not is_member(visit, draft.meeting, person):
        outside = "{name} is not in the group, and this is restricted to it. Choose a member."
        errors["owner"] = _(outside, name=person.shown_as())
    return person


def is_member(visit: Visit, meeting: Meeting, person: Person) -> bool:
    """Whether somebody holds a seat in the meeting's group."""
    members = members_of(visit.session, meeting.group, visit.on)
    return person.id in {each.id for each in members}


def _due(visit: Visit, draft: PointDraft, errors: dict[str, str]) -> date | None:
    """The last day, from today on; the day that an old point has already may stay."""
    day = read_day(visit, draft.text("due_on"), "due_on", errors)
    if day is None:
        errors.setdefault("due_on", visit.language._("Choose the last day."))
        return None
    kept = draft.facts is not None and draft.facts.step.due_on == day
    if day < visit.on and not kept:
        passed = "That day has passed. Choose today or a later day."
        errors["due_on"] = visit.language._(passed)
    return day


def _decided(visit: Visit, draft: PointDraft) -> Decided | None:
    """The decision of the meeting that the point belongs to."""
    chosen = draft.text("decision")
    every = decisions_of(visit.session, draft.meeting, restricted=True)
    return next((each for each in every if str(each.decision.id) == chosen), None)
