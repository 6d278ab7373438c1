"""One link of the chain as a card: what it says, what it hangs on, and what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.chain.approval_words import approval_buttons, approval_parts
from handlers.chain.downward import below, things_below
from handlers.chain.listing import listing
from handlers.chain.making import making_buttons
from handlers.chain.removing import remove_buttons
from handlers.chain.scope import Scope
from handlers.chain.seen import link_named, shown_to
from handlers.chain.steps import Steps
from handlers.chain.things import Approved, Link
from handlers.chain.words import name
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.chain.links import Cause, Direction, Goal, Problem
from models.message import Actions, Button, Heading, Message, Part, paragraphs
from models.rights import Action

CODE = re.compile(r"([a-z]{3}-)?[poim]-?\d{1,4}", re.IGNORECASE)
"""How a link of the chain is named: FAR-M1, M-07."""


def chain(visit: Visit, wish: Understanding) -> Message:
    """Answers `kedjan Farsta`, `problem …`, `mål …`; the card of the one whose code is written."""
    visit.demand(Action.SEE_MEASURES)
    if wish.rest and CODE.fullmatch(wish.rest.strip()):
        return link_card(visit, link_named(visit, wish.rest))
    return listing(visit, Scope.of(visit, wish))


def chain_page(visit: Visit, press: ButtonPressed) -> Message:
    """Another page of a list of the chain."""
    visit.demand(Action.SEE_MEASURES)
    return listing(visit, Scope.read(visit, press.value))


def chain_card(visit: Visit, press: ButtonPressed) -> Message:
    """The card of the link that a button names."""
    visit.demand(Action.SEE_MEASURES)
    return link_card(visit, link_named(visit, press.value))


def link_card(visit: Visit, link: Link, *lead: str, replaces: bool = False) -> Message:
    """A problem, cause, direction or goal, with the chain above it and the measures below."""
    approved = [each for each in (link, *_above(link)) if isinstance(each, Direction | Goal)]
    things: list[Approved] = [*approved, *things_below(link)]
    steps = Steps.of(visit.session, visit.language, things, visit.on)
    heading = f"{name(visit.language, link)} {link.title}"[:150]
    parts: list[Part] = [Heading(text=heading), *paragraphs(lead)]
    parts += paragraphs(_lines(steps, link))
    if under := list(below(link, steps)):
        parts += paragraphs([f"**{visit.language._('What hangs on it')}**", *under])
    if isinstance(link, Direction | Goal):
        shown = shown_to(visit, link)
        parts += approval_parts(shown)
        parts += _row(approval_buttons(shown))
    parts += _row((*making_buttons(visit, link), *remove_buttons(visit, link)))
    return Message(summary=heading, parts=tuple(parts), replaces=replaces)


def _row(buttons: tuple[Button, ...]) -> list[Part]:
    return [Actions(buttons=buttons)] if buttons else []


def _lines(steps: Steps, link: Link) -> Iterator[str]:
    """The link itself, and what it hangs on."""
    yield steps.link(link)
    yield from (f"→ {steps.link(each)}" for each in _above(link))
    problem = link if isinstance(link, Problem) else _above(link)[-1]
    if isinstance(problem, Problem) and problem.source:
        yield f"→ **{steps.language._('Source')}:** {problem.source}"


def _above(link: Link) -> list[Link]:
    """What a link hangs on, up to the problem."""
    if isinstance(link, Goal):
        return [link.direction, *_above(link.direction)]
    if isinstance(link, Direction):
        return [link.cause, *_above(link.cause)]
    return [link.problem] if isinstance(link, Cause) else []
