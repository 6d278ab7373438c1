"""What a form of a decision holds, and what that says or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from handlers.form_state import FormState
from handlers.visit import Visit
from handlers.whole import whole
from models.meetings.agendas import Item, ItemKind, items
from models.meetings.decisions import (
    REASON_LENGTH,
    TEXT_LENGTH,
    Decided,
    Wording,
    is_taken,
    next_number,
)
from models.meetings.meeting import Meeting
from models.meetings.registrations import REGISTRY_LENGTH
from models.people.organisations import Organisation, Party
from models.places.place import District

Values = Mapping[str, str | tuple[str, ...] | bool]

NONE = "-"
"""Stands for nothing chosen, which a list once chosen from could not say otherwise."""

HIGHEST = 9999


class State(FormState):
    """What a form carries: its meeting, what it corrects or changes, and how that stood then.

    `number` is the § that the form proposed: whoever leaves it gets the next that is free.
    """

    meeting: int = 0
    decision: int = 0
    version: int = 0
    number: int = 0
    point: int = 0
    step: int = 0
    warned: str = ""


@dataclass(frozen=True)
class Draft:
    """A decision on its way; what no field says is as the decision reads."""

    meeting: Meeting
    decided: Decided | None = None
    values: Values = field(default_factory=dict)
    proposed: int = 0

    def text(self, name: str) -> str:
        """What stands in a field, or in the decision where the field says nothing."""
        if name in self.values:
            value = self.values[name]
            return value.strip() if isinstance(value, str) else ""
        return self._as_it_reads().get(name, "")

    def many(self, name: str) -> tuple[str, ...]:
        """What is chosen where several can be."""
        if name in self.values:
            value = self.values[name]
            return value if isinstance(value, tuple) else tuple(filter(None, [str(value)]))
        if self.decided is not None:
            wording = self.decided.wording
            parties = tuple(each.value for each in wording.parties)
            return {"districts": wording.districts, "parties": parties}.get(name, ())
        district = self.meeting.group.district
        return (district.code,) if name == "districts" and district else ()

    @property
    def is_restricted(self) -> bool:
        """Whether it is for the group alone."""
        if "restricted" in self.values:
            return bool(self.values["restricted"])
        return self.decided is not None and self.decided.is_restricted

    def _as_it_reads(self) -> dict[str, str]:
        if self.decided is None:
            return {}
        wording = self.decided.wording
        titles = [item.title for item in agenda_of(self.meeting)]
        item = str(titles.index(wording.item)) if wording.item in titles else NONE
        organisation = wording.organisation.code if wording.organisation else NONE
        return {"text": wording.text, "item": item, "organisation": organisation}


def agenda_of(meeting: Meeting) -> list[Item]:
    """The items that a decision can answer, those that are to be decided on first."""
    return sorted(items(meeting.agenda), key=lambda item: item.kind is not ItemKind.DECISION)


@dataclass(frozen=True)
class Read:
    """A form as it was read: the § and the wording, or what is wrong field by field."""

    number: int = 0
    wording: Wording | None = None
    reason: str = ""
    registry: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def read(visit: Visit, draft: Draft) -> Read:
    """Reads what is typed; each fault is a sentence that says what to do."""
    errors: dict[str, str] = {}
    text = _text(visit, draft, "text", TEXT_LENGTH, errors)
    if not text:
        errors["text"] = visit.language._("Write what was decided.")
    reason = _text(visit, draft, "reason", REASON_LENGTH, errors)
    if draft.decided is not None and not draft.decided.prepared and not reason:
        errors.setdefault("reason", visit.language._("Say what was wrong, in a few words."))
    registry = _text(visit, draft, "registry_number", REGISTRY_LENGTH, errors)
    number = draft.decided.number if draft.decided else _number(visit, draft, errors)
    wording = Wording(
        text,
        _organisation(visit, draft),
        _districts(visit, draft),
        tuple(Party(each) for each in draft.many("parties") if each in (Party.CITY, Party.POLICE)),
        _item(draft),
        draft.is_restricted,
    )
    return Read(errors=errors) if errors else Read(number, wording, reason, registry)


def _text(visit: Visit, draft: Draft, name: str, most: int, errors: dict[str, str]) -> str:
    text = draft.text(name)
    if len(text) > most:
        too_long = "At most {most} characters; this is {number}."
        errors[name] = visit.language._(too_long, most=most, number=len(text))
    return text


def _number(visit: Visit, draft: Draft, errors: dict[str, str]) -> int:
    """The § that is typed, else the next one of the group's year."""
    typed = draft.text("number").removeprefix("§").strip().removesuffix(".0")
    following = next_number(visit.session, draft.meeting)
    if not typed:
        return following
    number = whole(typed) or 0
    if not 1 <= number <= HIGHEST:
        sentence = visit.language._("Give a whole number from 1 to {most}.", most=HIGHEST)
        errors["number"] = sentence
        return 0
    if is_taken(visit.session, draft.meeting, number):
        if number == draft.proposed:
            return following
        taken = "§ {number} is written already. The next one is § {next}."
        errors["number"] = visit.language._(taken, number=number, next=following)
    return number


def _organisation(visit: Visit, draft: Draft) -> Organisation | None:
    query = select(Organisation).where(Organisation.code == draft.text("organisation"))
    return visit.session.scalars(query).first()


def _districts(visit: Visit, draft: Draft) -> tuple[str, ...]:
    query = select(District.code).where(District.code.in_(draft.many("districts")))
    return tuple(sorted(set(visit.session.scalars(query))))


def _item(draft: Draft) -> str:
    chosen, found = draft.text("item"), agenda_of(draft.meeting)
    number = whole(chosen)
    return found[number].title if number is not None and number < len(found) else ""
