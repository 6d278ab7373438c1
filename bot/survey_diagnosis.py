"""What `samverkan doctor` says of surveys: keys that are missing, and results that are late."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.surveys.closing import to_publish
from models.surveys.sealing import KeyGone, SurveyKeys
from models.surveys.survey import Ballot, Survey, SurveyResult


def survey_fault(session: Session, keys: SurveyKeys) -> str:
    """What is wrong with the keys of surveys and what to do about it; nothing when all is well."""
    lost = [survey.code for survey in _sealed(session) if not _has_key(survey, keys)]
    if lost:
        return (
            f"the keys of {', '.join(lost)} are not in the folder: point SURVEY_KEYS to the one "
            "that all processes share. Without them the answers can be read by nobody."
        )
    late = [survey.code for survey in to_publish(session)]
    if late:
        return (
            f"{', '.join(late)} closed and not yet counted: see survey_not_counted in the log of "
            "the process that looks at the timetable. What takes too long or crashes twice is "
            "published the third time with nothing but how many answered."
        )
    return ""


def survey_remark(session: Session) -> str:
    """Which results tell less than they might, since all was too much to audit; nothing if none."""
    query = select(SurveyResult).order_by(SurveyResult.survey_id)
    results = [each for each in session.scalars(query) if each.table.get("cut_short")]
    if not results:
        return ""
    codes = ", ".join(each.survey.code for each in results)
    return (
        f"of {codes} less is shown than usual: there was too much to check of what could be "
        "worked out. Nothing has to be done; fewer questions or waves leave more to be shown."
    )


def _sealed(session: Session) -> list[Survey]:
    """The surveys that have ballots."""
    holding = select(Ballot.survey_id).distinct()
    return list(session.scalars(select(Survey).where(Survey.id.in_(holding))))


def _has_key(survey: Survey, keys: SurveyKeys) -> bool:
    try:
        keys.find(survey.key_name)
    except KeyGone:
        return False
    return True
