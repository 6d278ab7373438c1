"""What a form of a measure holds: which measure, what is written in its fields, and what it says.

The facts of a measure stand in two forms, so that neither is too long for a phone: what it is, who
answers for it and when; and then how it is paid for, what is promised and who contributes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from json import dumps

from sqlalchemy import select

from handlers.form_state import FormState
from handlers.seats.draft import find_person, read_day
from handlers.visit import Visit
from handlers.whole import whole
from models.agreements import PriorityArea
from models.chain.links import Cause, Goal
from models.groups import Group
from models.measures.changes import as_fact, facts
from models.measures.funding import crowns
from models.measures.measure import Category, Horizon, Measure
from models.people.organisations import Organisation, Party

Values = Mapping[str, str | tuple[str, ...] | bool]

BASICS = "measure.basics"
MORE = "measure.more"

TITLE_LENGTH = 150
TEXT_LENGTH = 200
UNIT_LENGTH = 40
MOST_TIMES = 10_000
MOST_DAYS = 366
NOBODY = "nobody"
"""The field that takes the owner away, for a person once chosen cannot be emptied everywhere."""
NO_AREA = "-"
"""Stands for no priority area, which a list once chosen from could not say otherwise."""


class State(FormState):
    """What a form carries: its measure, what that said then, and the warnings that were shown.

    `code` is empty for a measure that is not there yet. `last` is its latest change then.
    """

    code: str = ""
    seen: str = ""
    last: int = 0
    warned: str = ""


@dataclass(frozen=True)
class Draft:
    """A measure on its way; what no field says is as the measure has it."""

    measure: Measure | None
    values: Values = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands in a field, or in the measure where the field says nothing."""
        if name in self.values:
            value = self.values[name]
            return value.strip() if isinstance(value, str) else ""
        return "" if self.measure is None else typed(as_fact(getattr(self.measure, name)))

    def many(self, name: str) -> tuple[str, ...]:
        """The codes that are chosen where several can be."""
        if name in self.values:
            value = self.values[name]
            return value if isinstance(value, tuple) else tuple(filter(None, [str(value)]))
        found = as_fact(getattr(self.measure, name)) if self.measure else []
        return tuple(found) if isinstance(found, list) else ()

    @property
    def is_joint(self) -> bool:
        """Whether both parties answer for it together."""
        if "joint" in self.values:
            return bool(self.values["joint"])
        return self.measure is not None and self.measure.party is Party.JOINT


@dataclass(frozen=True)
class Read:
    """A form as it was read: new values for the measure, or what is wrong field by field."""

    values: Mapping[str, object]
    errors: Mapping[str, str]


def typed(fact: object) -> str:
    """A fact as a form's field holds it."""
    return "" if fact is None else str(fact)


def fingerprint(measure: Measure | None) -> str:
    """What stands for all that a measure says."""
    told = dumps(facts(measure), sort_keys=True) if measure else ""
    return sha256(told.encode()).hexdigest()[:16]


def read_basics(visit: Visit, draft: Draft) -> Read:
    """What the first form says: what, who, where and when."""
    errors: dict[str, str] = {}
    organisation = _coded(visit, draft, "organisation", Organisation, errors)
    values = {
        "title": _text(visit, draft, "title", TITLE_LENGTH, errors),
        "group": _coded(visit, draft, "group", Group, errors),
        "organisation": organisation,
        "party": _party(draft, organisation),
        "owner": _owner(visit, draft, errors),
        "area": _area(visit, draft, errors),
        "category": _kind(visit, draft, "category", Category, errors),
        "place": _text(visit, draft, "place", TEXT_LENGTH, errors),
        "start_on": read_day(visit, draft.text("start_on"), "start_on", errors),
        "due_on": read_day(visit, draft.text("due_on"), "due_on", errors),
        "cadence_days": _number(visit, draft, "cadence_days", MOST_DAYS, errors),
    }
    _check_basics(visit, values, errors)
    return Read(values, errors)


def _check_basics(visit: Visit, values: Mapping[str, object], errors: dict[str, str]) -> None:
    _ = visit.language._
    start, due = values["start_on"], values["due_on"]
    if not values["title"]:
        errors["title"] = _("Write what is to be done.")
    if start is None:
        errors.setdefault("start_on", _("Choose a day."))
    elif due is not None and str(due) < str(start):
        errors["due_on"] = _("The last day is before the first.")
    if values["cadence_days"] is None:
        errors.setdefault("cadence_days", _whole(visit, 1, MOST_DAYS))


def read_more(visit: Visit, draft: Draft) -> Read:
    """What the second form says: means, money, promise, contributors, goals and causes."""
    errors: dict[str, str] = {}
    values = {
        "instrument": _text(visit, draft, "instrument", TEXT_LENGTH, errors),
        "horizon": _kind(visit, draft, "horizon", Horizon, errors),
        "funding_source": _text(visit, draft, "funding_source", TEXT_LENGTH, errors),
        "funding_kr": _crowns(visit, draft, errors),
        "promised": _number(visit, draft, "promised", MOST_TIMES, errors),
        "promise_unit": _text(visit, draft, "promise_unit", UNIT_LENGTH, errors),
        "contributors": _all_coded(visit, draft, "contributors", Organisation, errors),
    }
    for name, model in (("goals", Goal), ("causes", Cause)):
        if name in draft.values:
            values[name] = _all_coded(visit, draft, name, model, errors)
    if values["promised"] is not None:
        _check_promise(visit, draft, values, errors)
    return Read(values, errors)


def _check_promise(
    visit: Visit, draft: Draft, values: Mapping[str, object], errors: dict[str, str]
) -> None:
    """A promise is counted in something, until a day."""
    _ = visit.language._
    if not values["promise_unit"]:
        errors["promise_unit"] = _("Write what is counted, for example weekends.")
    if draft.measure is not None and draft.measure.due_on is None:
        errors["promised"] = _("A promise needs a last day: set it first, with `ändra`.")


def _text(visit: Visit, draft: Draft, name: str, most: int, errors: dict[str, str]) -> str:
    text = " ".join(draft.text(name).split())
    if len(text) > most:
        errors[name] = visit.language._("Write at most {limit} characters.", limit=most)
    return text


def _number(visit: Visit, draft: Draft, name: str, most: int, errors: dict[str, str]) -> int | None:
    """A whole number from one on; nothing is None."""
    text = draft.text(name).removesuffix(".0")
    if not text:
        return None
    number = whole(text) or 0
    if 1 <= number <= most:
        return number
    errors[name] = _whole(visit, 1, most)
    return None


def _whole(visit: Visit, low: int, high: int) -> str:
    return visit.language._("Write a whole number from {low} to {high}.", low=low, high=high)


def _crowns(visit: Visit, draft: Draft, errors: dict[str, str]) -> int | None:
    text = draft.text("funding_kr")
    amount = crowns(text) if text else None
    if text and amount is None:
        errors["funding_kr"] = visit.language._(
            "Write an amount in whole crowns, for example 1 200 000 or 1,2 mnkr."
        )
    return amount


def _kind(
    visit: Visit, draft: Draft, name: str, kind: type[StrEnum], errors: dict[str, str]
) -> StrEnum | None:
    text = draft.text(name)
    if text in set(kind):
        return kind(text)
    errors[name] = visit.language._("Choose one of the choices.")
    return None


def _coded(
    visit: Visit,
    draft: Draft,
    name: str,
    model: type[Group | Organisation],
    errors: dict[str, str],
) -> Group | Organisation | None:
    query = select(model).where(model.code == draft.text(name))
    found = list[Group | Organisation](visit.session.scalars(query))
    if not found:
        errors[name] = visit.language._("Choose one of the choices.")
    return found[0] if found else None


def _all_coded(
    visit: Visit,
    draft: Draft,
    name: str,
    model: type[Organisation | Goal | Cause],
    errors: dict[str, str],
) -> list[Organisation | Goal | Cause]:
    codes = set(draft.many(name))
    found: list[Organisation | Goal | Cause] = list(
        visit.session.scalars(select(model).where(model.code.in_(codes)).order_by(model.code))
    )
    if len(found) < len(codes):
        errors[name] = visit.language._("Choose one of the choices.")
    return found


def _party(draft: Draft, organisation: Group | Organisation | None) -> Party | None:
    """Both together, else the organisation's own party; what was otherwise settled stays."""
    if draft.is_joint:
        return Party.JOINT
    measure = draft.measure
    if measure is not None and measure.organisation is organisation:
        return measure.party if measure.party is not Party.JOINT else measure.organisation.party
    return organisation.party if isinstance(organisation, Organisation) else None


def _owner(visit: Visit, draft: Draft, errors: dict[str, str]) -> object:
    if draft.values.get(NOBODY):
        return None
    text = draft.text("owner")
    person = find_person(visit, text) if text else None
    if text and person is None:
        errors["owner"] = visit.language._(
            "I find nobody called {name}. Choose a name from the list.", name=text
        )
    elif person is not None and not person.is_active(visit.on):
        errors["owner"] = visit.language._("{name} has left.", name=person.shown_as())
    return person


def _area(visit: Visit, draft: Draft, errors: dict[str, str]) -> str:
    text = draft.text("area")
    if text in ("", NO_AREA):
        return ""
    known = select(PriorityArea.id).where(PriorityArea.code == text).limit(1)
    if visit.session.scalars(known).first() is None:
        errors["area"] = visit.language._("Choose one of the choices.")
    return text


READERS: dict[str, Callable[[Visit, Draft], Read]] = {BASICS: read_basics, MORE: read_more}
"""How each of the two forms is read."""
