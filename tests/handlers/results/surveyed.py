"""Surveys that were published, made of what the statistics say of so many answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.groups import Group
from models.statistics.grade import Grade
from models.statistics.share_fact import Asked, share_fact
from models.surveys.published import CellKind, Method, PublishedResult, Shown
from models.surveys.survey import Question, Scale, Sensitivity, Survey, SurveyResult

OPENED = datetime(2024, 5, 12, 7, tzinfo=UTC)
CLOSED = OPENED + timedelta(days=14)


def survey_of(
    session: Session, code: str, wording: str, counts: tuple[int, int], wave: int = 3
) -> Survey:
    """A closed survey of one question, which so many answered of so many, in its third wave."""
    group = session.scalars(select(Group).where(Group.code == "FAR-STYR")).one()
    survey = Survey(
        code=code,
        title_sv="Farsta lokala styrgrupp, maj",
        title_en="Farsta, May",
        group_id=group.id,
        sensitivity=Sensitivity.INTERNAL,
        opens_at=OPENED,
        closes_at=CLOSED,
        closed_at=CLOSED,
        wave=wave,
        waves=4,
    )
    survey.questions = [Question(position=1, wording_sv=wording, scale=Scale.LIKERT)]
    session.add(survey)
    session.flush()
    table = {"answered": counts[0], "asked": counts[1], "questions": []}
    session.add(SurveyResult(survey_id=survey.id, frozen_at=CLOSED, table=table))
    return survey


def told(
    session: Session,
    survey: Survey,
    counts: tuple[int, int, int],
    cell: tuple[CellKind, str, str],
    **more: Any,
) -> PublishedResult:
    """Publishes how many of so many answers of so many asked agreed, in a cell."""
    yes, n, asked = counts
    fact = share_fact(yes, n, Asked(asked, survey.sensitivity))
    shown, persons, bounds = fact.told, fact.persons, fact.bounds
    kind, code, name = cell
    fields: dict[str, Any] = {
        "survey_id": survey.id, "question_id": survey.questions[0].id,
        "cell_kind": kind, "cell": code, "cell_name": name,
        "n": n, "answered": n, "asked": asked,
        "shown": Shown(shown.shape.value) if shown else Shown.HIDDEN,
        "count_low": shown.least if shown else None,
        "count_high": shown.most if shown else None,
        "value": fact.share,
        "interval_low": persons.least if persons else None,
        "interval_high": persons.most if persons else None,
        "bounds_low": bounds.least if bounds else None,
        "bounds_high": bounds.most if bounds else None,
        "grade": fact.grading.grade,
        "method": Method.CENSUS if n == asked else Method.HYPERGEOMETRIC,
        "period_from": OPENED, "period_until": CLOSED, "published_at": CLOSED,
    }  # fmt: skip
    row = PublishedResult(**{**fields, **more})
    session.add(row)
    session.flush()
    return row


def six_of_eleven(session: Session) -> Survey:
    """Four of six agree, of a group of eleven."""
    survey = survey_of(session, "E-6", "Vi har en gemensam lägesbild", (6, 11))
    told(session, survey, (4, 6, 11), (CellKind.GROUP, "FAR-STYR", "Farsta lokala styrgrupp"))
    return survey


def many(session: Session) -> Survey:
    """99 of 180 agree, of a panel of 300; last time 84 of 172."""
    panel = (CellKind.GROUP, "FAR-STYR", "Hägersten-Älvsjö boendepanel")
    wording = "Jag känner mig trygg på torget kvällstid"
    before = survey_of(session, "E-172", wording, (172, 300), wave=2)
    first = told(session, before, (84, 172, 300), panel)
    survey = survey_of(session, "E-180", wording, (180, 300))
    change = {
        "previous": first.id, "method": "independent",
        "low": -0.01, "high": 0.13, "least": 0.066, "clear": False,
    }  # fmt: skip
    told(session, survey, (99, 180, 300), panel, change=change)
    return survey


def districts(session: Session) -> Survey:
    """Eleven districts: sure, unsure, hidden for two reasons, and one that answered whole."""
    wording = "Vi har en gemensam lägesbild"
    survey = survey_of(session, "E-11", wording, (300, 420))
    found = [
        ("Bromma", 24, 38, 40), ("Enskede-Årsta-Vantör", 19, 38, 40), ("Farsta", 4, 6, 11),
        ("Hägersten-Älvsjö", 22, 36, 40), ("Hässelby-Vällingby", 12, 26, 40),
        ("Järva", 23, 38, 40), ("Kungsholmen", 2, 4, 12), ("Skärholmen", 10, 27, 27),
        ("Södermalm", 22, 36, 40),
    ]  # fmt: skip
    for name, yes, n, asked in found:
        cell = (CellKind.DISTRICT, name[:3].upper() + name[-1], name)
        told(session, survey, (yes, n, asked), cell)
    for_another: dict[str, Any] = {
        "grade": Grade.X2, "shown": Shown.HIDDEN, "value": None, "count_low": None,
        "count_high": None, "interval_low": None, "interval_high": None,
        "bounds_low": None, "bounds_high": None,
    }  # fmt: skip
    told(session, survey, (9, 20, 30), (CellKind.DISTRICT, "SKN", "Skarpnäck"), **for_another)
    told(session, survey, (150, 300, 420), (CellKind.CITY, "", ""))
    return survey
