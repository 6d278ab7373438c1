"""The card of a closed survey: for each question counts first, then what they bear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session, object_session

from handlers.grades import grade_status
from handlers.results.change_words import change_line
from handlers.results.frozen import SHARE, Cell, Frozen, frozen
from handlers.results.trust import trust_line
from handlers.results.words import (
    count_line,
    does,
    group_line,
    hidden_line,
    may_have_percent,
    percent_lines,
    response_line,
)
from models.language import Language
from models.message import (
    Actions,
    Button,
    Heading,
    Message,
    Note,
    Part,
    Text,
)
from models.published import PublishedResult
from models.statistics.thresholds import DEFAULT
from models.survey_texts import shown_texts
from models.surveys import Question, Scale, Survey, SurveyResult

MEMBERS_UP_TO = 40
"""What so few members think is a judgement, and no statistical basis."""

MOST_OPTIONS = 12
LONGEST = 2500


def result_card(
    session: Session, language: Language, asked: Survey, result: SurveyResult, cell: str = ""
) -> Message:
    """A frozen result as a message, of a wanted group's cell or of everybody."""
    _ = language._
    found = frozen(session, asked)
    shown = found.main(cell)
    title = asked.title(language.code)
    heading = title[:150]
    name = shown.name if shown else asked.group.name
    parts: list[Part] = [
        Heading(text=heading),
        Text(text=f"**{name}** · {period(language, asked)}"),
    ]
    spoken = answered_line(language, result)
    if shown is None:
        parts.append(Text(text=_nothing(language, asked, result)))
    else:
        for question in asked.questions:
            parts += _question(language, found, question, shown)
    parts += _notes(language, asked, shown, result)
    if found.rows:
        parts.append(Actions(buttons=_buttons(language, asked, found, shown)))
    return Message(summary=f"{heading}: {spoken}"[:1000], parts=tuple(parts))


def answered_line(language: Language, result: SurveyResult) -> str:
    """How many answered the survey at all."""
    table = result.table
    return language._("{n} of {total} answered.", n=table["answered"], total=table["asked"])


def period(language: Language, asked: Survey) -> str:
    """The wave where there are several, and the days between which it was open."""
    _ = language._
    first, last = (language.local(at).date() for at in _open(asked))
    span = f"{language.day(first, last)} – {language.day(last)}"
    if asked.wave > 1 or asked.waves > 1:
        return _("wave {wave}, {span}", wave=asked.wave, span=span)
    return span


def _open(asked: Survey) -> tuple[datetime, datetime]:
    return asked.opens_at, asked.closes_at


def _nothing(language: Language, asked: Survey, result: SurveyResult) -> str:
    """Where nothing was published at all: too few answered, or nobody."""
    _ = language._
    if not result.table["answered"]:
        return _("Nobody answered, so there is no result.")
    said = answered_line(language, result)
    least = DEFAULT.least(asked.sensitivity)
    why = _("Not shown – fewer than {least} answers, to protect those who answered.", least=least)
    return f"{said} {why}"


def _question(language: Language, found: Frozen, question: Question, cell: Cell) -> list[Part]:
    wording = f"**«{question.wording(language.code)}»**"
    rows = found.of(question, cell)
    if question.scale is Scale.TEXT:
        return [Text(text=f"{wording}\n{_free_text(language, question)}")]
    if not rows:
        return [Text(text=f"{wording}\n{_unpublished(language, question)}")]
    if question.scale is Scale.CHOICE:
        return _options(language, question, rows, wording)
    lines = figure_lines(language, found, rows[0])
    extra = [line for row in rows[1:] if (line := _beside(language, row))]
    status = grade_status(language, rows[0].grade)
    return [Text(text=wording), status, Text(text="\n".join([*lines, *extra]))]


def _free_text(language: Language, question: Question) -> str:
    """What those wrote who agreed that it is shown."""
    session = object_session(question)
    texts = shown_texts(session, question) if session else []
    if not texts:
        return language._("No free text is shown: nobody agreed to it, or too few answered.")
    return "\n".join(f"• {text}" for text in texts)[:LONGEST]


def _unpublished(language: Language, question: Question) -> str:
    if question.scale is Scale.NUMBER:
        least = DEFAULT.least_for_mean
        return language._("Not shown: an average needs at least {least} answers.", least=least)
    return language._("No figure was published.")


def figure_lines(language: Language, found: Frozen, row: PublishedResult) -> list[str]:
    """All that is said of one figure, line by line."""
    question, survey = row.question, found.survey
    response = response_line(language, row)
    trust = trust_line(language, row)
    if row.grade.is_hidden:
        least = DEFAULT.least(question.sensitivity)
        return [hidden_line(language, row, least), response]
    acts = does(language, question, row.figure)
    if row.figure != SHARE:
        return [_number_line(language, row), response]
    if may_have_percent(row):
        said = " ".join(percent_lines(language, row, acts))
    else:
        parts = (count_line(language, row, acts), group_line(language, row))
        said = " ".join(word for word in parts if word)
    before = found.before.get((row.change or {}).get("previous", 0))
    change = change_line(language, row, before, survey)
    return [line for line in (said, response, change, trust) if line]


def _beside(language: Language, row: PublishedResult) -> str:
    """A mean or a part of the distribution beside the share."""
    if row.grade.is_hidden:
        return ""
    if row.figure in ("mean", "median"):
        return _number_line(language, row)
    acts = does(language, row.question, row.figure)
    return f"- {count_line(language, row, acts)}"


def _number_line(language: Language, row: PublishedResult) -> str:
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


def _options(
    language: Language, question: Question, rows: Sequence[PublishedResult], wording: str
) -> list[Part]:
    """Each choice by itself; the most common is named only where no other may be."""
    _ = language._
    first = rows[0]
    if all(row.grade.is_hidden for row in rows):
        why = hidden_line(language, first, DEFAULT.least(question.sensitivity))
        if (
            first.n >= DEFAULT.least(question.sensitivity)
            and first.n < DEFAULT.least_for_distribution
        ):
            why = _(
                "{n} answers. How they are spread is shown from {least} answers.",
                n=first.n,
                least=DEFAULT.least_for_distribution,
            )
        lines = [why, response_line(language, first)]
        return [
            Text(text=wording),
            grade_status(language, first.grade),
            Text(text="\n".join(lines)),
        ]
    lines = [f"- {_option(language, row)}" for row in rows[:MOST_OPTIONS]]
    if (common := most_common(rows)) is not None:
        lines.append(_("Most common: {choice}.", choice=does(language, question, common.figure)))
    lines.append(response_line(language, first))
    worst = max((row.grade for row in rows), key=list(type(first.grade)).index)
    return [Text(text=wording), grade_status(language, worst), Text(text="\n".join(lines))]


def _option(language: Language, row: PublishedResult) -> str:
    acts = does(language, row.question, row.figure)
    if row.grade.is_hidden:
        return f"{acts}: {language._('not shown')}"
    if may_have_percent(row):
        return " ".join(percent_lines(language, row, acts)[:1])
    return count_line(language, row, acts)


def most_common(rows: Sequence[PublishedResult]) -> PublishedResult | None:
    """The choice whose interval lies above all others'; None where none does."""
    known = [row for row in rows if row.interval_low is not None and row.interval_high is not None]
    if len(known) < len(rows) or not known:
        return None
    top = max(known, key=lambda row: row.interval_low or 0)
    others = [row.interval_high or 0 for row in known if row is not top]
    return top if all((top.interval_low or 0) > high for high in others) else None


def _notes(
    language: Language, asked: Survey, shown: Cell | None, result: SurveyResult
) -> list[Part]:
    """Whose judgement it is, how many answered at all, and who has made it public when."""
    _ = language._
    told = [answered_line(language, result)]
    if result.table["asked"] <= MEMBERS_UP_TO:
        told.append(_("An assessment from those who work with this – not a statistical basis."))
    if result.table["answered"] < result.table["asked"]:
        told.append(_("Those who did not answer may think differently."))
    source = _(
        "Source: the survey {code}, published {day}.", code=asked.code, day=_day(language, result)
    )
    return [Note(text=" ".join([*told, source]))]


def _day(language: Language, result: SurveyResult) -> str:
    return language.day(language.local(result.frozen_at).date())


def _buttons(
    language: Language, asked: Survey, found: Frozen, shown: Cell | None
) -> tuple[Button, ...]:
    _ = language._
    code = asked.code
    buttons = [
        Button(label=_("How was this worked out?"), action="result.method", value=code),
        Button(label=_("Show table"), action="result.table", value=code),
    ]
    if any(row.figure == SHARE for row in found.rows):
        cell = shown.code if shown else ""
        buttons.append(
            Button(label=_("As a picture"), action="result.picture", value=f"{code}|{cell}")
        )
    return tuple(buttons)
