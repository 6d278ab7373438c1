"""Finding the result of a closed survey: the named one, or those that closed last."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.requests import ButtonPressed
from handlers.results.card import result_card
from handlers.surveys.entitled import demand_result, may_see_result
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.message import Actions, Button, Cell, Heading, Message, Part, Table, Text
from models.places.place import District
from models.rights import Action, may
from models.surveys.survey import Survey, SurveyResult

MOST = 5
LONG = timedelta(days=1)
"""What is not counted by then is not a matter of moments: its key may be lost."""


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


def published(visit: Visit, code: str) -> tuple[Survey, SurveyResult]:
    """A survey of a code with its frozen result; raises NotFound where there is none."""
    asked = visit.session.scalars(select(Survey).where(Survey.code == code)).first()
    result = visit.session.get(SurveyResult, asked.id) if asked else None
    if asked is None or result is None:
        raise NotFound(visit.language._("There is no survey {code}.", code=code[:80]))
    demand_result(visit, asked)
    return asked, result


def result_of(visit: Visit, code: str) -> Message:
    """The frozen result of a survey, or when it comes."""
    _ = visit.language._
    asked = visit.session.scalars(select(Survey).where(Survey.code == code)).first()
    if asked is None:
        raise NotFound(_("There is no survey {code}.", code=code[:80]))
    demand_result(visit, asked)
    result = visit.session.get(SurveyResult, asked.id)
    if result is not None:
        card = result_card(visit.session, visit.language, asked, result)
        return card.model_copy(update={"parts": (*card.parts, *_names(visit, asked))})
    sentence = _waiting(visit, asked)
    return Message(
        summary=sentence, parts=(Heading(text=_title(visit, asked)), Text(text=sentence))
    )


def _names(visit: Visit, asked: Survey) -> list[Part]:
    """The way to who answered what, for those who lead the group of a survey with names."""
    if not asked.named or not may(visit.roles(group_id=asked.group_id), Action.MAKE_SURVEY):
        return []
    label = visit.language._("Who answered what")
    return [Actions(buttons=(Button(label=label, action="survey.names", value=asked.code),))]


def _waiting(visit: Visit, asked: Survey) -> str:
    _ = visit.language._
    if asked.closes_at + LONG <= visit.at:
        return _(
            "The survey has closed, but its result is not counted yet. Ask the coordinator why."
        )
    if asked.closes_at <= visit.at:
        return _("The survey has closed. The result is shown in a moment.")
    return _(
        "The survey is open until {moment}. Results are shown after that.",
        moment=visit.language.moment(asked.closes_at),
    )


def _title(visit: Visit, asked: Survey) -> str:
    return asked.title(visit.language.code)[:150]


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"
