"""How an indicator's figure was worked out: source, whom it covers, interval, grade, limits."""

from __future__ import annotations

from handlers.indicators.found import find_indicator
from handlers.indicators.view import View
from handlers.requests import ButtonPressed
from handlers.sources.words import facts_of
from handlers.visit import Visit
from models.figures.grade_words import GRADES
from models.indicators.indicator import Basis, Indicator
from models.language import Language
from models.message import Actions, Button, Facts, Heading, Message, Part, Text
from models.rights import Action

HOW = {
    Basis.SAMPLE: (
        "A random sample of residents was asked. The interval is the source's own, or else "
        "Wilson's for so many answers, at 95 %. It says how far chance in the sample may reach, "
        "not how those who did not answer differ. The grade is B at best where fewer than 60 of "
        "100 answered, or the source does not say how many did."
    ),
    Basis.REGISTER: (
        "Everything recorded was counted, so there is no sampling error. Counts of events have "
        "the exact Poisson interval: so far chance alone may reach. Willingness to report affects "
        "them. One to four persons are never shown."
    ),
    Basis.MEMBERS: (
        "Those who work with this were asked. The interval is exact for a group of known size. "
        "It is an assessment, not a statistical basis."
    ),
    Basis.PANEL: (
        "Whoever wanted to could answer, so no margin of error can be given. It shows what those "
        "who took part think."
    ),
}
CHANGES = (
    "A change is called clear only where the 95 % interval of the difference leaves out zero. "
    "Parts of a year are compared with the same part of the year before, and nothing is compared "
    "across a break in the series."
)


def show_method(visit: Visit, press: ButtonPressed) -> Message:
    """How the figures of a button's indicator come about."""
    visit.demand(Action.SEE_INDICATORS)
    view = View.read(visit, press.value)
    return method(visit, find_indicator(visit, view.code), view)


def method(visit: Visit, shown: Indicator, view: View) -> Message:
    """What stands behind the figures, and what the letters mean."""
    _ = visit.language._
    heading = _("How was this worked out?")
    parts: list[Part] = [
        Heading(text=heading),
        Text(text=f"**{shown.name(visit.language.code)}**\n{_(HOW[shown.basis])}"),
        Text(text=_(CHANGES)),
    ]
    if shown.data_source is not None and (facts := facts_of(visit.language, shown.data_source)):
        parts.append(Facts(facts=facts))
    parts.append(Text(text=letters(visit.language)))
    back = Button(label=_("Over time"), action="indicator.series", value=view.value)
    parts.append(Actions(buttons=(back,)))
    return Message(summary=f"{heading} {shown.name(visit.language.code)}", parts=tuple(parts))


def letters(language: Language) -> str:
    """What each grade means, a line each."""
    _ = language._
    lines = [f"- {sign} {_(word)}" for sign, word, _tone in GRADES.values()]
    widths = _("A, B and C have intervals of at most 10, 20 and 30 percentage points.")
    return "\n".join([f"**{_('The letters')}**", *lines, widths])
