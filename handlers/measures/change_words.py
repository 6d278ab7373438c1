"""What a change of a measure did, in words: each fact with what it was before and is now."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agreements import PriorityArea
from models.groups import Group
from models.language import Language
from models.measures.changes import FACTS, Fact, first_facts
from models.measures.measure import Category, Horizon, Measure, MeasureChange
from models.people.organisations import Organisation, Party, Person
from models.wording import CATEGORIES, PARTIES

HORIZONS: dict[Horizon, str] = {Horizon.SHORT: "short term", Horizon.LONG: "long term"}
NAMES: dict[str, str] = {
    "title": "What is to be done",
    "group": "Group",
    "organisation": "Responsible organisation",
    "party": "Party",
    "owner": "Responsible",
    "area": "Priority area",
    "category": "Kind",
    "place": "Place",
    "start_on": "First day",
    "due_on": "Due",
    "cadence_days": "Days between questions",
    "instrument": "Means",
    "horizon": "Horizon",
    "funding_source": "Funding",
    "funding_kr": "Amount",
    "promised": "Promised times",
    "promise_unit": "What is counted",
    "contributors": "Contributing organisations",
    "goals": "Goals",
    "causes": "Causes",
    "goal": "Goal",
    "cause": "Cause",
    "problem": "Problem",
    "remark": "Remark",
}
"""What each fact of a measure is called; the texts are in the catalogue."""

MOST_SHOWN = 200


@dataclass(frozen=True)
class Names:
    """The names behind the ids and codes of some changes, read at once for each kind."""

    session: Session
    changes: Collection[MeasureChange]

    @cached_property
    def people(self) -> dict[Fact, str]:
        """What may be shown of people, by their ids."""
        ids = self._said("owner")
        if not ids:
            return {}
        rows = self.session.scalars(select(Person).where(Person.id.in_(ids))).unique()
        return {row.id: row.shown_as() for row in rows}

    @cached_property
    def groups(self) -> dict[Fact, str]:
        """The names of groups, by their codes."""
        codes = self._said("group")
        query = select(Group.code, Group.name).where(Group.code.in_(codes))
        return {row[0]: row[1] for row in self.session.execute(query)} if codes else {}

    @cached_property
    def organisations(self) -> dict[Fact, str]:
        """The names of organisations, by their codes."""
        codes = self._said("organisation", "contributors")
        query = select(Organisation.code, Organisation.name).where(Organisation.code.in_(codes))
        return {row[0]: row[1] for row in self.session.execute(query)} if codes else {}

    def area(self, language: Language, code: str) -> str:
        """A priority area as its latest version calls it."""
        query = select(PriorityArea).where(PriorityArea.code == code)
        versions = self.session.scalars(query.order_by(PriorityArea.valid_from)).all()
        return versions[-1].name(language.code) if versions else code

    def _said(self, *names: str) -> set[str | int]:
        """What the changes say of some facts, before and after."""
        found: set[str | int] = set()
        for change in self.changes:
            for name in names:
                for fact in change.fields.get(name, ()):
                    found.update(fact if isinstance(fact, list) else [fact])
        return found - {None}


def change_lines(session: Session, language: Language, change: MeasureChange) -> list[str]:
    """What a change did, a line for each fact; a new measure has none."""
    names = Names(session, [change])
    known = (name for name in FACTS if name in change.fields)
    return [_line(language, name, change.fields[name], names) for name in known]


def first_lines(session: Session, language: Language, measure: Measure) -> list[str]:
    """What a measure said when it was new, a line for each fact but its title."""
    found = first_facts(session, measure)
    said: dict[str, list[Fact]] = {
        name: [None, found[name]] for name in FACTS if found[name] not in (None, "", [])
    }
    names = Names(session, [MeasureChange(fields=said)])
    return [
        f"{language._(NAMES[name])}: {_shown(language, name, after, names)}"
        for name, (_, after) in said.items()
        if name != "title"
    ]


def _line(language: Language, name: str, pair: list[Fact], names: Names) -> str:
    before, after = (_shown(language, name, fact, names) for fact in pair)
    nothing = language._("nobody" if name == "owner" else "nothing")
    return f"{language._(NAMES[name])}: {before or nothing} → {after or nothing}"


def _shown(language: Language, name: str, fact: Fact, names: Names) -> str:
    """A fact as a reader sees it; nothing is empty."""
    if fact in (None, "", []):
        return ""
    words = _WORDS.get(name)
    text = words(language, fact, names) if words else str(fact)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def _list(language: Language, fact: Fact, names: Names) -> str:
    codes = fact if isinstance(fact, list) else []
    return language.join([names.organisations.get(code, code) for code in codes])


_Words = Callable[[Language, Fact, Names], str]
_WORDS: dict[str, _Words] = {
    "group": lambda _, fact, names: names.groups.get(fact, str(fact)),
    "organisation": lambda _, fact, names: names.organisations.get(fact, str(fact)),
    "owner": lambda language, fact, names: names.people.get(fact, language._("somebody")),
    "party": lambda language, fact, _: language._(PARTIES[Party(str(fact))]),
    "category": lambda language, fact, _: language._(CATEGORIES[Category(str(fact))]),
    "horizon": lambda language, fact, _: language._(HORIZONS[Horizon(str(fact))]),
    "area": lambda language, fact, names: names.area(language, str(fact)),
    "start_on": lambda language, fact, _: language.day(date.fromisoformat(str(fact))),
    "due_on": lambda language, fact, _: language.day(date.fromisoformat(str(fact))),
    "funding_kr": lambda language, fact, _: f"{language.number(int(str(fact)))} kr",
    "contributors": _list,
    "goals": _list,
    "causes": _list,
}
"""How the facts are said that are more than their own words."""
