"""What stands beside a share: how answers are spread, means, and each choice by itself."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.results.words import (
    choice_of,
    count_line,
    does,
    hidden_line,
    is_census,
    may_have_percent,
    percent_of,
    response_line,
    span_of,
)
from models.figures.grade_words import grade_status
from models.language import Language
from models.message import Part, Text
from models.surveys.limits import thresholds_of
from models.surveys.published import PublishedResult, Shown
from models.surveys.survey import Question

MOST_OPTIONS = 12


def beside(language: Language, rows: Sequence[PublishedResult]) -> list[str]:
    """How the answers are spread, in one line, and their mean, as far as they are shown."""
    spread = [row for row in rows if row.figure.startswith("answer:")]
    lines = []
    if any(not row.grade.is_hidden for row in spread):
        told = " · ".join(f"{_answers(row)}: {_counted(row)}" for row in spread)
        lines.append(language._("How the answers are spread: {spread}.", spread=told))
    numbers = [row for row in rows if row.figure in ("mean", "median")]
    lines += [number_line(language, row) for row in numbers if not row.grade.is_hidden]
    return lines


def _answers(row: PublishedResult) -> str:
    """Which answers are counted together: 4, or 1–2."""
    return row.figure.partition(":")[2].replace("-", "–")


def _counted(row: PublishedResult) -> str:
    """A count as short as a line of many needs it."""
    signs = {Shown.AT_MOST: f"≤{row.count_high}", Shown.AT_LEAST: f"≥{row.count_low}"}
    if row.shown is Shown.HIDDEN:
        return "–"
    if row.shown is Shown.BETWEEN:
        return f"{row.count_low}–{row.count_high}"
    return signs.get(row.shown, f"{row.count_low}")


def number_line(language: Language, row: PublishedResult) -> str:
    """A mean or a median with its interval; a mean has one decimal."""
    _ = language._
    if row.value is None:
        return _("Too uncertain for a figure.")
    number = language.number(round(row.value, 1))
    said = _("Median {number}", number=number) if row.figure == "median" else ""
    said = said or _("On average {number}", number=number)
    if (
        row.interval_low is None
        or row.interval_high is None
        or row.interval_low == row.interval_high
    ):
        return f"{said}."
    low, high = (language.number(round(end, 1)) for end in (row.interval_low, row.interval_high))
    return f"{said} ({_('95 % interval {low}–{high}', low=low, high=high)})."


def options(
    language: Language, question: Question, rows: Sequence[PublishedResult], wording: str
) -> list[Part]:
    """Each choice by itself; the most common is named only where no other may be."""
    _ = language._
    first = rows[0]
    if all(row.grade.is_hidden for row in rows):
        limits = thresholds_of(question.survey)
        least = limits.least(question.sensitivity)
        why = hidden_line(language, first, least)
        if least <= first.n < limits.least_for_distribution:
            why = _(
                "{n} answers. How they are spread is shown from {least} answers.",
                n=first.n,
                least=limits.least_for_distribution,
            )
        lines = [why, response_line(language, first)]
        return [
            Text(text=wording),
            grade_status(language, first.grade),
            Text(text="\n".join(lines)),
        ]
    lines = [f"- {_option(language, row)}" for row in rows[:MOST_OPTIONS]]
    if (common := most_common(rows)) is not None:
        lines.append(_("Most common: {choice}.", choice=choice_of(language, common)))
    lines.append(response_line(language, first))
    worst = max((row.grade for row in rows), key=list(type(first.grade)).index)
    return [Text(text=wording), grade_status(language, worst), Text(text="\n".join(lines))]


def _option(language: Language, row: PublishedResult) -> str:
    acts = does(language, row.question, row.figure)
    if row.grade.is_hidden:
        return f"{acts}: {language._('not shown')}"
    if not may_have_percent(row):
        return count_line(language, row, acts)
    if is_census(row) or row.interval_low is None or row.interval_high is None:
        return f"**{percent_of(row)} %** {acts}"
    span = span_of(row.interval_low, row.interval_high, row.asked)
    return f"**{percent_of(row)} %** ({span} %) {acts}"


def most_common(rows: Sequence[PublishedResult]) -> PublishedResult | None:
    """The choice whose interval lies above all others'; None where none does."""
    known = [row for row in rows if row.interval_low is not None and row.interval_high is not None]
    if len(known) < len(rows) or not known:
        return None
    top = max(known, key=lambda row: row.interval_low or 0)
    others = [row.interval_high or 0 for row in known if row is not top]
    return top if all((top.interval_low or 0) > high for high in others) else None
