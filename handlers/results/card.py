"""The card of a closed survey: for each question counts first, then what they bear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session, object_session

from handlers.results.beside import beside, number_line, options
from handlers.results.change_words import change_line
from handlers.results.frozen import SHARE, Cell, Frozen, cell_title, frozen
from handlers.results.other_sources import sources_beside, sources_buttons, sources_line
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
from models.figures.grade_words import grade_status
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
from models.surveys.limits import thresholds_of
from models.surveys.published import PublishedResult
from models.surveys.survey import Question, Scale, Survey, SurveyResult
from models.surveys.texts import shown_texts

MEMBERS_UP_TO = 40
"""What so few members think is a judgement, and no statistical basis."""

LONGEST = 2500


def result_card(
    session: Session, language: Language, asked: Survey, result: SurveyResult, cell: str = ""
) -> Message:
    """A frozen result as a message, of a wanted group's cell or of everybody."""
    _ = language._
    found = frozen(session, asked)
    shown = found.main(cell)
    others = sources_beside(session, asked, language.local(result.frozen_at).date())
    title = asked.title(language.code)
    heading = title[:150]
    name = cell_title(language, shown) if shown else asked.group.name
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
            if line := sources_line(language, asked, question, others):
                parts.append(Text(text=line))
    parts += _notes(language, asked, shown, result)
    if found.rows:
        more = sources_buttons(language, asked, others)
        parts.append(Actions(buttons=(*_buttons(language, asked, found, shown), *more)))
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
    least = thresholds_of(asked).least(asked.sensitivity)
    why = _("Not shown – fewer than {least} answers, to protect those who answered.", least=least)
    return f"{said} {why}"


def _question(language: Language, found: Frozen, question: Question, cell: Cell) -> list[Part]:
    asked = language._("“{question}”", question=question.wording(language.code))
    wording = f"**{asked}**"
    rows = found.of(question, cell)
    if question.scale is Scale.TEXT:
        return [Text(text=f"{wording}\n{_free_text(language, question)}")]
    if not rows:
        return [Text(text=f"{wording}\n{_unpublished(language, question)}")]
    if question.scale is Scale.CHOICE:
        return options(language, question, rows, wording)
    lines = figure_lines(language, found, rows[0])
    extra = beside(language, rows[1:])
    lines = [*lines[:1], *extra, *lines[1:]]
    status = grade_status(language, rows[0].grade)
    return [Text(text=wording), status, Text(text="\n".join(lines))]


def _free_text(language: Language, question: Question) -> str:
    """What those wrote who agreed that it is shown."""
    session = object_session(question)
    texts = shown_texts(session, question) if session else []
    if not texts:
        return language._("No free text is shown: nobody agreed to it, or too few answered.")
    return "\n".join(f"• {text}" for text in texts)[:LONGEST]


def _unpublished(language: Language, question: Question) -> str:
    if question.scale is Scale.NUMBER:
        limits = thresholds_of(question.survey)
        least = max(limits.least_for_mean, limits.least(question.sensitivity))
        return language._("Not shown: an average needs at least {least} answers.", least=least)
    return language._("No figure was published.")


def figure_lines(language: Language, found: Frozen, row: PublishedResult) -> list[str]:
    """All that is said of one figure, line by line."""
    question, survey = row.question, found.survey
    response = response_line(language, row)
    trust = trust_line(language, row)
    if row.grade.is_hidden:
        return [hidden_line(language, row, _least(row)), response]
    acts = does(language, question, row.figure)
    if row.figure != SHARE:
        return [number_line(language, row), response]
    if may_have_percent(row):
        said = " ".join(percent_lines(language, row, acts))
    else:
        parts = (count_line(language, row, acts), group_line(language, row))
        said = " ".join(word for word in parts if word)
    before = found.before.get((row.change or {}).get("previous", 0))
    change = change_line(language, row, before, survey)
    return [line for line in (said, response, change, trust) if line]


def _least(row: PublishedResult) -> int:
    """How many answers the figure needs to be shown at all."""
    limits = thresholds_of(row.survey)
    least = limits.least(row.question.sensitivity)
    return least if row.figure == SHARE else max(least, limits.least_for_mean)


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
    if unchecked := result.table.get("cut_short"):
        told.append(unchecked_line(language, unchecked))
    source = _(
        "Source: the survey {code}, published {day}.", code=asked.code, day=_day(language, result)
    )
    return [Note(text=" ".join([*told, source]))]


def unchecked_line(language: Language, positions: Sequence[int]) -> str:
    """That less is told of some questions, since all of it was too much to check."""
    return language._(
        "Less than usual is shown of question {numbers}: there was too much to check of what could "
        "be worked out from this and earlier results, and nothing unchecked is published.",
        numbers=", ".join(map(str, positions)),
    )


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
