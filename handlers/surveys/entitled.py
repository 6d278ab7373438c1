"""Who may see a survey's result: all members, of what is sensitive only those concerned."""

from __future__ import annotations

from sqlalchemy import select

from handlers.visit import Visit
from models.rights import Action, may
from models.surveys.survey import Invitation, Sensitivity, Survey


def demand_result(visit: Visit, survey: Survey) -> None:
    """Stops here with a sentence unless the asker may see the survey's result."""
    if not may_see_result(visit, survey):
        action = Action.SEE_SENSITIVE_RESULT if is_sensitive(survey) else Action.SEE_RESULT
        visit.demand(action, group_id=survey.group_id)


def may_see_result(visit: Visit, survey: Survey) -> bool:
    """Whether the asker may see the survey's result."""
    if not is_sensitive(survey):
        return may(visit.roles(), Action.SEE_RESULT)
    if may(visit.roles(group_id=survey.group_id), Action.SEE_SENSITIVE_RESULT):
        return True
    return visit.asker is not None and _was_asked(visit, survey)


def is_sensitive(survey: Survey) -> bool:
    """Whether any of the survey's questions is."""
    classes = (question.sensitivity for question in survey.questions)
    return Sensitivity.SENSITIVE in (survey.sensitivity, *classes)


def _was_asked(visit: Visit, survey: Survey) -> bool:
    query = select(Invitation.id).where(
        Invitation.survey_id == survey.id, Invitation.person_id == visit.person.id
    )
    return visit.session.scalars(query.limit(1)).first() is not None
