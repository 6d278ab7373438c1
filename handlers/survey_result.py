"""What a closed survey may show: counts in bands, never a percentage of a small group."""

from __future__ import annotations

from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import object_session

from handlers.errors import NotFound
from handlers.requests import ButtonPressed
from handlers.survey_entitled import demand_result, may_see_result
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.language import Language
from models.message import Actions, Button, Cell, Heading, Message, Note, Part, Table, Text
from models.places import District
from models.rights import Action
from models.statistics.ranges import Shape
from models.statistics.thresholds import DEFAULT
from models.survey_texts import shown_texts
from models.surveys import Question, Scale, Survey, SurveyResult

MOST = 5
LONGEST = 2500


def survey_result(visit: Visit, wish: Understanding) -> Message:
    """Answers `resultat …`: the named survey, else the last ones that have closed."""
    visit.demand(Action.SEE_RESULT)
    _ = visit.language._
    if wish.survey:
        return result_of(visit, wish.survey)
    query = (
        select(SurveyResult)
        .join(SurveyResult.survey)
        .order_by(SurveyResult.frozen_at.desc(), Survey.closes_at.desc())
    )
    if wish.district:
        query = query.join(Survey.group).join(Group.district).where(District.name == wish.district)
    seen = (row for row in visit.session.scalars(query) if may_see_result(visit, row.survey))
    found = list(islice(seen, MOST))
    if len(found) == 1:
        return result_of(visit, found[0].survey.code)
    heading = _("Results of closed surveys")
    if not found:
        sentence = _("No survey has closed yet.")
        return Message(summary=sentence, parts=(Heading(text=heading), Text(text=sentence)))
    buttons = tuple(
        Button(
            label=_short(_title(visit, row.survey)), action="survey.result", value=row.survey.code
        )
        for row in found
    )
    return Message(
        summary=heading,
        parts=(Heading(text=heading), _closed_ones(visit, found), Actions(buttons=buttons)),
    )


def _closed_ones(visit: Visit, found: list[SurveyResult]) -> Table:
    """Which surveys have closed, when, and how many answered."""
    _ = visit.language._
    rows = tuple(
        (
            Cell(text=_title(visit, row.survey)),
            Cell(text=row.survey.group.name),
            Cell(text=visit.language.day(visit.language.local(row.survey.closes_at).date())),
            Cell(text=_("{n} of {total}", n=row.table["answered"], total=row.table["asked"])),
        )
        for row in found
    )
    return Table(columns=(_("Survey"), _("Group"), _("Closed"), _("Answered")), rows=rows)


def result_button(visit: Visit, press: ButtonPressed) -> Message:
    """The result of the survey that a button names."""
    visit.demand(Action.SEE_RESULT)
    return result_of(visit, press.value)


def result_of(visit: Visit, code: str) -> Message:
    """The frozen result of a survey, or when it comes."""
    _ = visit.language._
    asked = visit.session.scalars(select(Survey).where(Survey.code == code)).first()
    if asked is None:
        raise NotFound(_("There is no survey {code}.", code=code))
    demand_result(visit, asked)
    result = visit.session.get(SurveyResult, asked.id)
    if result is None:
        sentence = _waiting(visit, asked)
        return Message(
            summary=sentence, parts=(Heading(text=_title(visit, asked)), Text(text=sentence))
        )
    return result_card(visit.language, asked, result)


def _waiting(visit: Visit, asked: Survey) -> str:
    _ = visit.language._
    if asked.closes_at <= visit.at:
        return _("The survey has closed. The result is shown in a moment.")
    return _(
        "The survey is open until {moment}. Results are shown after that.",
        moment=visit.language.moment(asked.closes_at),
    )


def result_card(language: Language, asked: Survey, result: SurveyResult) -> Message:
    """A frozen result as a message: how many answered first, then what may be said."""
    _ = language._
    table = result.table
    answered = _("{n} of {total} answered.", n=table["answered"], total=table["asked"])
    heading = asked.title(language.code)[:150]
    parts: list[Part] = [Heading(text=heading), Text(text=f"**{answered}** {asked.group.name}")]
    rows = {row["position"]: row for row in table["questions"]}
    parts.extend(
        Text(text=_question(language, question, rows.get(question.position), asked))
        for question in (asked.questions if rows else ())
    )
    if not rows:
        parts.append(Text(text=_too_few(language, asked, table["answered"])))
    else:
        parts.append(Note(text=_reservation(language, missing=table["asked"] - table["answered"])))
    return Message(summary=f"{heading}: {answered}", parts=tuple(parts))


def _reservation(language: Language, *, missing: int) -> str:
    _ = language._
    told = _("An assessment from those who work with this – not a statistical basis.")
    if missing < 1:
        return told
    return f"{told} {_('Those who did not answer may think differently.')}"


def _too_few(language: Language, asked: Survey, answered: int) -> str:
    least = DEFAULT.least(asked.sensitivity)
    if not answered:
        return language._("Nobody answered, so there is no result.")
    return language._(
        "The result is not shown: fewer than {least} answers, to protect those who answered.",
        least=least,
    )


def _question(
    language: Language, question: Question, row: dict[str, Any] | None, asked: Survey
) -> str:
    if question.scale is Scale.TEXT:
        said = _free_text(language, question)
    else:
        said = _answer(language, question, row or {"n": 0}, asked)
    return f"**{question.wording(language.code)}**\n{said}"


def _answer(language: Language, question: Question, row: dict[str, Any], asked: Survey) -> str:
    _ = language._
    if "band" in row:
        return _banded(language, question, row["band"])
    if "mean" in row:
        return _("On average {mean} ({n} answers).", mean=language.number(row["mean"]), n=row["n"])
    if question.scale is Scale.NUMBER:
        return _(
            "Not shown: an average needs at least {least} answers.", least=DEFAULT.least_for_mean
        )
    if question.scale is Scale.CHOICE:
        return _(
            "{n} answers. How they are spread is shown from {least} answers.",
            n=row["n"],
            least=DEFAULT.least_for_distribution,
        )
    return _too_few(language, asked, row["n"])


def _free_text(language: Language, question: Question) -> str:
    """What those wrote who agreed that it is shown."""
    session = object_session(question)
    texts = shown_texts(session, question) if session else []
    if not texts:
        return language._("No free text is shown: nobody agreed to it, or too few answered.")
    return "\n".join(f"• {text}" for text in texts)[:LONGEST]


def _banded(language: Language, question: Question, band: dict[str, Any]) -> str:
    """The count in words: minst 4 av de 6 som svarade."""
    _ = language._
    count, n = band["count"], band["n"]
    if question.scale is Scale.YES_NO:
        texts = {
            Shape.EXACT: _("{count} of the {n} who answered say yes.", count=count, n=n),
            Shape.AT_MOST: _("At most {count} of the {n} who answered say yes.", count=count, n=n),
            Shape.AT_LEAST: _(
                "At least {count} of the {n} who answered say yes.", count=count, n=n
            ),
        }
    else:
        texts = {
            Shape.EXACT: _("{count} of the {n} who answered agree (4–5).", count=count, n=n),
            Shape.AT_MOST: _(
                "At most {count} of the {n} who answered agree (4–5).", count=count, n=n
            ),
            Shape.AT_LEAST: _(
                "At least {count} of the {n} who answered agree (4–5).", count=count, n=n
            ),
        }
    return texts[Shape(band["shape"])]


def _title(visit: Visit, asked: Survey) -> str:
    return asked.title(visit.language.code)[:150]


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"
