"""Saving a link of the chain that a form has made or changed; faults stand at their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from handlers.chain.allowed import demand_change
from handlers.chain.card import link_card
from handlers.chain.making import (
    MOST_RANKS,
    TITLE_LENGTH,
    UNIT_LENGTH,
    Place,
    fingerprint,
    form_of,
    place_of,
)
from handlers.chain.seen import link_named
from handlers.chain.submitting import reworded
from handlers.chain.things import Link
from handlers.requests import FormSubmitted
from handlers.visit import Visit
from models.agreements import PriorityArea
from models.audit import record
from models.chain.links import Cause, Direction, Goal, Leg, Problem
from models.chain.removal import removed_codes
from models.message import FieldErrors, Message, Reply
from models.seats.requests import hold_group

LETTERS = {"problem": "P", "cause": "O", "direction": "I", "goal": "M"}
CODES = {
    "problem": Problem.code,
    "cause": Cause.code,
    "direction": Direction.code,
    "goal": Goal.code,
}


@dataclass
class Reader:
    """Reads a form's values; what cannot be read becomes a fault at its field."""

    visit: Visit
    values: Mapping[str, object]
    errors: dict[str, str] = field(default_factory=dict)

    def words(self, name: str, most: int, *, required: bool = False) -> str:
        """A text of at most so many characters."""
        text = " ".join(str(self.values.get(name) or "").split())
        if required and not text:
            self.errors[name] = self.visit.language._("Write what it says.")
        if len(text) > most:
            said = self.visit.language._("Write at most {limit} characters.", limit=most)
            self.errors[name] = said
        return text

    def number(self, name: str) -> float | None:
        """A number with a decimal point or comma; nothing where the field is empty."""
        text = re.sub(r"\s", "", str(self.values.get(name) or "")).replace(",", ".")
        if not text:
            return None
        if re.fullmatch(r"[-−]?\d{1,12}(\.\d{1,6})?", text):
            return float(text.replace("−", "-"))
        self.errors[name] = self.visit.language._("Write a number, for example 12,5.")
        return None

    def day(self, name: str) -> date | None:
        """A day; nothing where the field is empty."""
        text = str(self.values.get(name) or "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.errors[name] = self.visit.language._("Write a day, for example 2024-06-30.")
            return None

    def one_of(self, name: str, known: set[str], *, required: bool = False) -> str:
        """One of the values that are there."""
        found = self.values.get(name)
        text = str(found[0] if isinstance(found, tuple | list) and found else found or "")
        if text not in known and (text or required):
            self.errors[name] = self.visit.language._("Choose one of the list.")
        return text


def saved(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves a new link or the change of one, and asks for new approvals where words changed."""
    place = place_of(visit, form.state)
    demand_change(visit, place.group)
    person = visit.person
    hold_group(visit.session, place.group)
    if place.link is not None and _is_stale(visit, place.link, form.state):
        said = "Somebody changed this while you wrote. Here it is as it reads now; change it again."
        return form_of(visit, place, visit.language._(said))
    reader = Reader(visit, form.values)
    values = _values(reader, place)
    if reader.errors:
        return FieldErrors(errors=reader.errors)
    link = place.link or _new(visit, place)
    for attribute, value in values.items():
        setattr(link, attribute, value)
    visit.session.add(link)
    visit.session.flush()
    visit.session.refresh(link)
    done = "change_chain" if place.link else "make_chain"
    record(visit.session, person, done, f"{place.kind}:{link.code}", visit.at)
    lines = reworded(visit, link) if isinstance(link, Direction | Goal) else []
    visit.remember(f"chain:{link.code}")
    return link_card(visit, link, visit.language._("Saved."), *lines)


def _is_stale(visit: Visit, link: Link, state: str) -> bool:
    """Whether the link says something else than when the form was opened."""
    visit.session.refresh(link)
    seen = state.rpartition("|")[2]
    return state.count("|") == 2 and seen != fingerprint(link)


def recall_saved(visit: Visit, code: str) -> Message:
    """The card of what was saved, for the same event a second time."""
    return link_card(visit, link_named(visit, code), visit.language._("Saved."))


def _values(reader: Reader, place: Place) -> dict[str, object]:
    """What the form says of a link, by attribute."""
    values: dict[str, object] = {"title": reader.words("title", TITLE_LENGTH, required=True)}
    if place.kind == "problem":
        codes = set(reader.visit.session.scalars(select(PriorityArea.code)))
        values["rank"] = _rank(reader, place)
        values["source"] = reader.words("source", TITLE_LENGTH)
        values["area"] = reader.one_of("area", codes)
    elif place.kind == "cause":
        chosen = reader.one_of("leg", {leg.value for leg in Leg}, required=True)
        values["leg"] = Leg(chosen) if "leg" not in reader.errors else None
    elif place.kind == "goal":
        values["baseline"] = reader.number("baseline")
        values["target"] = reader.number("target")
        values["unit"] = reader.words("unit", UNIT_LENGTH)
        values["due_on"] = reader.day("due_on")
        values["indicator"] = reader.words("indicator", TITLE_LENGTH)
    return values


def _rank(reader: Reader, place: Place) -> int | None:
    """A rank that no other problem of the group has."""
    number = reader.number("rank")
    if number is None:
        return None
    _ = reader.visit.language._
    if number not in range(1, MOST_RANKS + 1):
        said = _("Write a whole number from 1 to {most}.", most=MOST_RANKS)
        reader.errors["rank"] = said
        return None
    query = select(Problem).where(Problem.group_id == place.group.id, Problem.rank == int(number))
    other = next((each for each in reader.visit.session.scalars(query) if each != place.link), None)
    if other is not None:
        said = _("{code} has this rank already: change that one first.", code=other.code)
        reader.errors["rank"] = said
    return int(number)


def _new(visit: Visit, place: Place) -> Link:
    """A link with the next free code of its kind in its district."""
    code = _next_code(visit, place)
    if isinstance(place.under, Problem):
        return Cause(code=code, problem_id=place.under.id)
    if isinstance(place.under, Cause):
        return Direction(code=code, cause_id=place.under.id)
    if isinstance(place.under, Direction):
        return Goal(code=code, direction_id=place.under.id)
    return Problem(code=code, group_id=place.group.id)


def _next_code(visit: Visit, place: Place) -> str:
    column = CODES[place.kind]
    start = f"{place.group.code.partition('-')[0]}-{LETTERS[place.kind]}"
    held = visit.session.scalars(select(column).where(column.startswith(start)))
    codes = [*held, *removed_codes(visit.session, place.kind, start)]
    numbers = [int(code[len(start) :]) for code in codes if code[len(start) :].isdecimal()]
    return f"{start}{max(numbers, default=0) + 1}"
