"""Which results of surveys have been published for a group in a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from models.groups import Group
from models.surveys.survey import Invitation, Survey, SurveyResult


def published_for(
    session: Session, group: Group, since: datetime, until: datetime
) -> list[SurveyResult]:
    """The results of the surveys that the group made or was asked in, the first first."""
    asked = select(Invitation.survey_id).where(Invitation.via_group == group.code)
    query = (
        select(SurveyResult)
        .join(SurveyResult.survey)
        .where(
            SurveyResult.frozen_at > since,
            SurveyResult.frozen_at <= until,
            or_(Survey.group_id == group.id, Survey.id.in_(asked)),
        )
        .options(contains_eager(SurveyResult.survey))
        .order_by(SurveyResult.frozen_at, SurveyResult.survey_id)
    )
    return list(session.scalars(query))
