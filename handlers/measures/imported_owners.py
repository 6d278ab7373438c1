"""Telling members which measures a file has given them or taken from them, once for each import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.seats.telling import speech, tell
from models.language import Language
from models.measures.measure import Measure
from models.message import Actions, Button, Heading, Message, Part, Text
from models.people.organisations import Person
from models.schedule import next_daytime

MOST = 10
"""So many measures are told one by one; the others are counted and stand in the whole list."""


@dataclass
class Share:
    """What a file has given one member, and what it has taken from them."""

    given: list[Measure] = field(default_factory=list)
    taken: list[Measure] = field(default_factory=list)


def tell_owners(
    session: Session, changed: Iterable[tuple[Measure, Person | None]], key: str, at: datetime
) -> None:
    """Tells new and former owners in the working daytime; `changed` has the former with each."""
    shares: dict[Person, Share] = defaultdict(Share)
    for measure, former in changed:
        if measure.owner is not None:
            shares[measure.owner].given.append(measure)
        if former is not None:
            shares[former].taken.append(measure)
    for person, share in shares.items():
        tell(session, person, message(speech(person), share), key, next_daytime(at))


def message(language: Language, share: Share) -> Message:
    """What one member is told: what is theirs now, and what is theirs no more."""
    _ = language._
    heading = _heading(language, share)
    sections = (
        (_("Yours now:"), share.given),
        (_("Not yours any more:"), share.taken),
    )
    parts: list[Part] = [Heading(text=heading[:150])]
    for label, measures in sections:
        if measures:
            parts.append(Text(text="\n".join((f"**{label}**", *_lines(language, measures)))))
    parts.append(Text(text=_("An import of the register has changed it.")))
    parts.append(Actions(buttons=(_button(language, share),)))
    return Message(summary=heading, parts=tuple(parts))


def _heading(language: Language, share: Share) -> str:
    """How many measures came, and how many went."""
    said = []
    if share.given:
        one = "You are responsible for {number} measure more"
        many = "You are responsible for {number} measures more"
        said.append(language.n(one, many, len(share.given)))
    if share.taken:
        one = "You are no longer responsible for {number} measure"
        many = "You are no longer responsible for {number} measures"
        said.append(language.n(one, many, len(share.taken)))
    return ". ".join(said)


def _lines(language: Language, measures: list[Measure]) -> list[str]:
    lines = [f"- {each.code} {each.title}" for each in measures[:MOST]]
    rest = len(measures) - MOST
    if rest > 0:
        lines.append(language.n("- and {number} more", "- and {number} more", rest))
    return lines


def _button(language: Language, share: Share) -> Button:
    if share.given:
        return Button(label=language._("All my measures"), action="say", value="mina")
    code = share.taken[0].code
    return Button(label=language._("Show the measure"), action="measure.show", value=code)
