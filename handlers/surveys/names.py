"""The answers of a survey that is not anonymous, with names, for those who lead its group."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.errors import NotFound, Refusal
from handlers.requests import ButtonPressed
from handlers.surveys.form import choices
from handlers.visit import Visit
from models.message import Heading, Message, Part, Text
from models.rights import Action
from models.surveys.survey import NamedAnswer, Question, Scale, Survey

LONGEST = 2800


def names(visit: Visit, press: ButtonPressed) -> Message:
    """Who answered what, question by question, when the survey has closed."""
    _ = visit.language._
    survey = visit.session.scalars(select(Survey).where(Survey.code == press.value)).first()
    if survey is None or not survey.named:
        raise NotFound(_("There are no names: the survey is anonymous."))
    visit.demand(Action.MAKE_SURVEY, group_id=survey.group_id)
    if survey.closed_at is None:
        raise Refusal(_("Names are shown when the survey has closed."))
    title = survey.title(visit.language.code)[:150]
    parts: list[Part] = [Heading(text=title)]
    for question, rows in groupby(_answers(visit, survey), key=lambda row: row.question):
        lines = [f"**{question.wording(visit.language.code)}**"]
        lines += sorted(f"{row.person.shown_as()}: {_said(visit, question, row)}" for row in rows)
        parts.append(Text(text="\n".join(lines)[:LONGEST]))
    if len(parts) == 1:
        parts.append(Text(text=_("Nobody answered, so there is no result.")))
    return Message(summary=title, parts=tuple(parts))


def _answers(visit: Visit, survey: Survey) -> list[NamedAnswer]:
    query = (
        select(NamedAnswer)
        .join(NamedAnswer.question)
        .where(Question.survey_id == survey.id)
        .options(joinedload(NamedAnswer.question), joinedload(NamedAnswer.person))
        .order_by(Question.position, NamedAnswer.id)
    )
    return list(visit.session.scalars(query))


def _said(visit: Visit, question: Question, row: NamedAnswer) -> str:
    if question.scale in (Scale.TEXT, Scale.NUMBER):
        return row.value
    labels = {choice.value: choice.label for choice in choices(visit.language, question)}
    return labels.get(row.value, row.value)
