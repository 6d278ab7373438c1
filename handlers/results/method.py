"""How a survey's result was worked out: who was asked, the formulas, the flags, the letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.indicators.method import letters
from handlers.requests import ButtonPressed
from handlers.results.finding import published
from handlers.results.frozen import frozen
from handlers.visit import Visit
from models.language import Language
from models.message import Actions, Button, Fact, Facts, Heading, Message, Text
from models.rights import Action
from models.surveys.limits import thresholds_of
from models.surveys.published import Method, PublishedResult
from models.surveys.survey import Sensitivity, Survey

STEPS = (
    (
        "**Counts first.** All who were asked are a group of known size, with some answers "
        "missing; it is not a sample from something endless."
    ),
    (
        "**Hard bounds.** The lowest is if none of those missing did the same, the highest if "
        "all did. Nothing is assumed."
    ),
    (
        "**95 % interval.** All numbers in the whole group with which so many answers would "
        "not be surprising: the exact hypergeometric test, 2.5 % in each tail. It assumes "
        "that those missing resemble those who answered."
    ),
    (
        "**Grade.** By the width of the interval, and no better than the response allows: B "
        "from 60 %, C below. A figure of grade D has no percentage."
    ),
    (
        "**Bands.** Counts near nobody and near everybody are told as at most and at least, "
        "so that nobody is pointed out. The interval then covers the whole band."
    ),
    (
        "**Checked before it was published.** A program tries to work out any single answer "
        "from all that was ever published; while it can, figures are made coarser or hidden "
        "(X2)."
    ),
    (
        "**Change.** Of the same persons by Bonett and Price with McNemar's mid-p, else by "
        "the two intervals combined. It is clear only where it holds among all comparisons of "
        "the wave."
    ),
)


def show_method(visit: Visit, press: ButtonPressed) -> Message:
    """The method behind a survey's result, with what was used in it."""
    visit.demand(Action.SEE_RESULT)
    _ = visit.language._
    asked, result = published(visit, press.value)
    rows = frozen(visit.session, asked).rows
    heading = _("How was this worked out?")
    language = visit.language
    flags = [row for row in rows if row.change]
    facts = [
        Fact(label=_("Asked (N)"), value=str(result.table["asked"])),
        Fact(label=_("Took part"), value=str(result.table["answered"])),
        *limit_facts(language, asked),
        Fact(label=_("Figures with an interval"), value=str(_with_interval(rows))),
        Fact(
            label=_("Comparisons with the last wave"),
            value=_("{number}; up to one mark in ten may be a false alarm", number=len(flags))
            if flags
            else _("none"),
        ),
        Fact(label=_("Published"), value=language.moment(result.frozen_at)),
    ]
    steps = "\n".join(f"- {_(step)}" for step in STEPS)
    back = Button(label=_("Back to the result"), action="survey.result", value=asked.code)
    return Message(
        summary=f"{heading} {asked.title(language.code)}"[:1000],
        parts=(
            Heading(text=heading),
            Text(text=steps),
            Facts(facts=tuple(facts)),
            Text(text=letters(language)),
            Actions(buttons=(back,)),
        ),
    )


def limit_facts(language: Language, asked: Survey) -> Iterator[Fact]:
    """What was promised when the survey was made: fewest answers, and how wide the bands are."""
    _, limits = language._, thresholds_of(asked)
    least = str(limits.least(asked.sensitivity))
    if any(
        limits.least(each.sensitivity) > limits.least(asked.sensitivity) for each in asked.questions
    ):
        least = _("{least}; of sensitive questions {more}", least=least, more=asked.least_sensitive)
    yield Fact(label=_("Fewest answers to show anything"), value=least)
    if any(each.sensitivity is not Sensitivity.OPEN for each in asked.questions):
        band = _("0–{number} persons, or all but 0–{number}", number=limits.extreme)
        yield Fact(label=_("Told as at most or at least"), value=band)


def _with_interval(rows: Sequence[PublishedResult]) -> int:
    return sum(row.method in (Method.HYPERGEOMETRIC, Method.FLOORED_T) for row in rows)
