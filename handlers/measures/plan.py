"""A group's plan as a page to read and print: `handlingsplan Farsta`, or a button at its list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select

from handlers.errors import NotFound, Refusal
from handlers.measures.files import contributors
from handlers.measures.plan_facts import PlanFacts
from handlers.measures.plan_words import PlanWords
from handlers.representation.who import find_group
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group, GroupKind
from models.intervals import end_of_day
from models.message import (
    FILE_BYTES,
    Actions,
    Button,
    Fact,
    Facts,
    File,
    Heading,
    Message,
    Note,
    Part,
)
from models.rights import Action


def plan(visit: Visit, wish: Understanding) -> Message:
    """Answers `handlingsplan …`: the group's that is named, else the asker's own district's."""
    visit.demand(Action.SEE_MEASURES)
    kind = wish.group or GroupKind.PREPARATORY
    group = find_group(visit, wish.model_copy(update={"group": kind}))
    if group is None:
        raise NotFound(
            visit.language._("Say which group, for example `handlingsplan Farsta beredningsgrupp`.")
        )
    return plan_message(at_day(visit, wish.on), group)


def at_day(visit: Visit, day: date | None) -> Visit:
    """The visit on the day that is asked about."""
    return visit if day is None else replace(visit, on=day)


def plan_button(visit: Visit, press: ButtonPressed) -> Message:
    """The plan of the group that a button names."""
    visit.demand(Action.SEE_MEASURES)
    return plan_message(visit, find_plan_group(visit, press.value))


def find_plan_group(visit: Visit, code: str) -> Group:
    """The group with a code."""
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is None:
        raise NotFound(visit.language._("This button is too old. Write `hjälp` to start again."))
    return group


def plan_message(visit: Visit, group: Group) -> Message:
    """What the plan holds, in figures, and the page itself as a file."""
    _ = visit.language._
    words = _words(visit, group)
    content = _rendered(words).encode()
    if len(content) > FILE_BYTES:
        raise Refusal(_("This is too much for one file. Ask for one group or one area."))
    facts = tuple(Fact(label=label, value=value[:1500]) for label, value in words.head())
    name = f"plan-{group.code}-{visit.on.isoformat()}.html"
    parts: tuple[Part, ...] = (
        Heading(text=words.title[:150]),
        Facts(facts=facts),
        File.holding(content, label=_("The plan as a page to read and print"), name=name),
        Note(text=words.day),
        Actions(
            buttons=(Button(label=_("The measures"), action="measures.group", value=group.code),)
        ),
    )
    return Message(summary=_("The file {name} is ready.", name=name), parts=parts)


def plan_page(visit: Visit, group: Group) -> str:
    """The plan as an HTML document that needs nothing beside it."""
    visit.demand(Action.SEE_MEASURES)
    return _rendered(_words(visit, group))


def _words(visit: Visit, group: Group) -> PlanWords:
    today = visit.language.local(visit.at).date()
    then = end_of_day(visit.on, visit.language.zone) if visit.on < today else None
    facts = PlanFacts(visit, group, then)
    return PlanWords(facts, contributors(visit, facts.rows))


def _rendered(words: PlanWords) -> str:
    template = _environment().get_template("plan.html")
    return template.render(words=words, sections=words.sections(), _=words.language._)


@lru_cache
def _environment() -> Environment:
    """The page's template; everything is escaped and every name must exist."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
