"""Why a measure is done: the problem, the cause, and the goal that it serves."""

from __future__ import annotations

from sqlalchemy import select

from handlers.measures.report import find_measure
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.agreements import PriorityArea
from models.measures import Measure
from models.message import Fact, Facts, Heading, Message, Part, Status, Text, Tone
from models.rights import Action


def why(visit: Visit, wish: Understanding) -> Message:
    """Answers `varför FAR-014`."""
    visit.demand(Action.SEE_MEASURES)
    if not wish.measure:
        sentence = visit.language._("Say which measure, for example `varför FAR-014`.")
        return Message(summary=sentence, parts=(Text(text=sentence),))
    return chain(visit, find_measure(visit, wish.measure))


def why_button(visit: Visit, press: ButtonPressed) -> Message:
    """The same from a measure's card."""
    visit.demand(Action.SEE_MEASURES)
    return chain(visit, find_measure(visit, press.value))


def chain(visit: Visit, measure: Measure) -> Message:
    """A measure with what it is there for; a missing cause is flagged, not hidden (rule R11)."""
    _ = visit.language._
    links = [
        (_("Measure"), measure.title),
        (_("Goal"), measure.goal),
        (_("Cause"), measure.cause),
        (_("Problem"), measure.problem),
        (_("Priority area"), _area(visit, measure)),
    ]
    facts = tuple(Fact(label=label, value=value) for label, value in links if value)
    heading = _("Why {code}?", code=measure.code)
    parts: list[Part] = [Heading(text=heading), Facts(facts=facts)]
    if not measure.cause:
        word = _("No cause is linked")
        parts.append(Status(sign="⚠", word=word, tone=Tone.WARNING))
    spoken = " → ".join(fact.value for fact in facts)
    return Message(summary=f"{heading} {spoken}"[:1000], parts=tuple(parts))


def _area(visit: Visit, measure: Measure) -> str:
    if not measure.area:
        return ""
    areas = visit.session.scalars(
        select(PriorityArea)
        .where(PriorityArea.code == measure.area)
        .order_by(PriorityArea.valid_from.desc())
    ).all()
    return areas[0].name(visit.language.code) if areas else measure.area
