"""What became known to groups within a period: results of surveys, and figures of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from digests.facts import IndicatorFact, ResultFact
from digests.gathering.scope import Rows, Scope
from models.agreements import Level
from models.figures.figure import figure_of
from models.indicators.indicator import Indicator, Observation
from models.periods import period_of
from models.places.place import District
from models.statistics.grade import Grade
from models.surveys.published import CellKind, PublishedResult
from models.surveys.survey import Invitation, Question, Sensitivity, Survey, SurveyResult

_ORDER = list(Grade)


def results(session: Session, scope: Scope) -> Mapping[int, Sequence[ResultFact]]:
    """The results that were published of surveys that groups made or were asked in, by group."""
    by_code = {group.code: group.id for group in scope.groups}
    grades: dict[tuple[int, int], dict[tuple[CellKind, str], Grade]] = defaultdict(dict)
    surveys: dict[int, tuple[SurveyResult, bool]] = {}
    told: dict[int, dict[int, bool]] = defaultdict(dict)
    for row, via, sensitive, published in session.execute(_results(scope)):
        known = surveys.get(row.survey_id, (row, False))[1]
        surveys[row.survey_id] = (row, known or _is_sensitive(row.survey, sensitive))
        own = row.survey.group_id
        if own in scope.ids:
            told[own][row.survey_id] = True
        if via in by_code:
            told[by_code[via]].setdefault(row.survey_id, False)
        if published is not None:
            question = (row.survey_id, published.question_id)
            grades[question][(published.cell_kind, published.cell)] = published.grade
    codes = {group.id: group.code for group in scope.groups}
    return {
        group_id: [
            _result(surveys[number], own, grade_of(grades, number, codes[group_id]))
            for number, own in found.items()
        ]
        for group_id, found in told.items()
    }


def _results(scope: Scope) -> Rows:
    period = scope.period
    within = (SurveyResult.frozen_at >= period.since, SurveyResult.frozen_at < period.until)
    asked = (
        select(Invitation.survey_id, Invitation.via_group)
        .where(Invitation.survey_id.in_(select(SurveyResult.survey_id).where(*within)))
        .distinct()
        .subquery()
    )
    codes = [group.code for group in scope.groups]
    return (
        select(SurveyResult, asked.c.via_group, Question.own_sensitivity, PublishedResult)
        .join(SurveyResult.survey)
        .outerjoin(asked, asked.c.survey_id == Survey.id)
        .outerjoin(Question, Question.survey_id == Survey.id)
        .outerjoin(
            PublishedResult,
            (PublishedResult.question_id == Question.id)
            & PublishedResult.cell_kind.in_((CellKind.GROUP, CellKind.CITY)),
        )
        .where(*within, or_(Survey.group_id.in_(scope.ids), asked.c.via_group.in_(codes)))
        .options(contains_eager(SurveyResult.survey))
        .order_by(SurveyResult.frozen_at, SurveyResult.survey_id)
    )


def _is_sensitive(survey: Survey, own: Sensitivity | None) -> bool:
    return Sensitivity.SENSITIVE in (survey.sensitivity, own)


def grade_of(
    grades: Mapping[tuple[int, int], Mapping[tuple[CellKind, str], Grade]], survey: int, code: str
) -> Grade | None:
    """The least reliable of the figures that the group is shown first: its own, else all's.

    What is hidden counts only where all is, else a result that can be read is said not to be shown.
    """
    found = [
        grade
        for (number, _question), cells in grades.items()
        if number == survey
        and (grade := cells.get((CellKind.GROUP, code)) or cells.get((CellKind.CITY, "")))
    ]
    shown = [grade for grade in found if not grade.is_hidden]
    return max(shown or found, key=_ORDER.index, default=None)


def _result(published: tuple[SurveyResult, bool], own: bool, grade: Grade | None) -> ResultFact:
    row, sensitive = published
    titles = {code: row.survey.title(code) for code in ("sv", "en")}
    table = row.table
    return ResultFact(
        row.survey.code, titles, table["answered"], table["asked"], grade, sensitive, own
    )


def indicators(session: Session, scope: Scope) -> Mapping[int, Sequence[IndicatorFact]]:
    """The figures that came in or were corrected, of groups' districts or the city, by group."""
    found: dict[int, list[IndicatorFact]] = defaultdict(list)
    rows = list(session.execute(_observations(scope)))
    replaced = {row.corrects_id for row, _ in rows if row.corrects_id is not None}
    facts = [
        (_indicator(row), home)
        for row, home in rows
        if row.id not in replaced and period_of(row.period)
    ]
    for group in scope.groups:
        place = None if group.level is Level.CENTRAL else group.district_id
        if place is not None or group.level is Level.CENTRAL:
            found[group.id] = [fact for fact, home in facts if home == place]
    return found


_EARLIER = aliased(Observation)


def _observations(scope: Scope) -> Rows:
    """The observations that came in within a period, into series that were there before it."""
    since, until = scope.period.since, scope.period.until
    came = Observation.recorded_at
    known = (
        select(_EARLIER.id)
        .where(
            _EARLIER.indicator_id == Observation.indicator_id,
            _EARLIER.place == Observation.place,
            or_(_EARLIER.recorded_at.is_(None), _EARLIER.recorded_at < since),
        )
        .correlate(Observation)
    )
    return (
        select(Observation, District.id)
        .join(Observation.indicator)
        .outerjoin(District, District.id == Observation.district_id)
        .where(
            came >= since,
            came < until,
            Observation.neighbourhood_id.is_(None),
            known.exists(),
        )
        .options(contains_eager(Observation.indicator))
        .order_by(Indicator.code, Observation.place, Observation.period)
    )


def _indicator(row: Observation) -> IndicatorFact:
    shown = row.indicator
    figure = figure_of(shown, row)
    return IndicatorFact(
        code=shown.code,
        names={code: shown.name(code) for code in ("sv", "en")},
        period=row.period,
        figure=figure,
        unit=shown.unit,
        is_share=shown.is_share,
        corrected=row.corrects_id is not None,
        sensitive=shown.sensitivity is Sensitivity.SENSITIVE,
    )


def latest(facts: Iterable[IndicatorFact]) -> tuple[IndicatorFact, ...]:
    """The newest period of each indicator; what is older came along with it."""
    newest: dict[str, IndicatorFact] = {}
    for fact in facts:
        known = newest.get(fact.code)
        if known is None or known.figure.period <= fact.figure.period:
            newest[fact.code] = fact
    return tuple(newest.values())
