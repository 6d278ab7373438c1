"""The close of a survey: what is counted, what becomes of it, and the wave that comes next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import survey_box
from models.intervals import local_from_utc, utc_from_local
from models.published import CellKind, PublishedResult
from models.question_bank import newest_wording
from models.sealing import Answers, SurveyKeys
from models.statistics.ranges import Persons
from models.survey_cells import Cells, invitations
from models.survey_facts import (
    EarlierFact,
    FigureFact,
    MemberFact,
    QuestionFact,
    Tables,
    WaveFacts,
)
from models.surveys import Answer, Question, Survey, SurveyResult


def to_publish(session: Session) -> list[Survey]:
    """The surveys that have closed and have no result yet, in the order of their close."""
    query = (
        select(Survey)
        .where(Survey.closed_at.is_not(None), Survey.id.not_in(select(SurveyResult.survey_id)))
        .order_by(Survey.closes_at, Survey.id)
    )
    return list(session.scalars(query))


def end(session: Session, survey: Survey, now: datetime) -> Survey | None:
    """Closes a survey to answers; returns the next wave, where there is one."""
    if survey.closed_at is not None:
        return None
    survey.closed_at = now
    return _next_wave(session, survey)


def _next_wave(session: Session, survey: Survey) -> Survey | None:
    """The same survey anew, with the newest wording of each question, on the same clock."""
    if not survey.repeat_weeks or survey.wave >= survey.waves:
        return None
    series = survey.series or survey.code
    following = Survey(
        code=f"{series}-{survey.wave + 1}",
        series=series,
        wave=survey.wave + 1,
        opens_at=_later(survey, survey.opens_at),
        closes_at=_later(survey, survey.closes_at),
        **{name: getattr(survey, name) for name in _THE_SAME},
    )
    survey.series = series
    session.add(following)
    session.flush()
    for question in survey.questions:
        session.add(_again(session, following, question))
    session.flush()
    return following


_THE_SAME = (
    "title_sv", "title_en", "group_id", "author_id", "sensitivity", "target_groups",
    "target_roles", "target_area", "repeat_weeks", "waves", "remark",
)  # fmt: skip


def _later(survey: Survey, at: datetime) -> datetime:
    """The same clock so many weeks later, also over a change to summer time."""
    local = local_from_utc(at, survey.group.zone) + timedelta(weeks=survey.repeat_weeks)
    try:
        return utc_from_local(local, survey.group.zone)
    except ValueError:
        return utc_from_local(local + timedelta(hours=1), survey.group.zone)


def _again(session: Session, survey: Survey, asked: Question) -> Question:
    said = newest_wording(session, asked.key) if asked.key else None
    source = said or asked
    return Question(
        survey_id=survey.id,
        position=asked.position,
        wording_sv=source.wording_sv,
        wording_en=source.wording_en,
        scale=asked.scale,
        choices_sv=source.choices_sv,
        choices_en=source.choices_en,
        key=asked.key,
        version=said.version if said else asked.version,
        own_sensitivity=asked.own_sensitivity,
    )


def wave_before(session: Session, survey: Survey) -> Survey | None:
    """The last wave of the same series that has closed."""
    if not survey.series or survey.wave < 2:
        return None
    query = select(Survey).where(
        Survey.series == survey.series,
        Survey.wave < survey.wave,
        Survey.closed_at.is_not(None),
    )
    return session.scalars(query.order_by(Survey.wave.desc())).first()


def gather(session: Session, survey: Survey, keys: SurveyKeys) -> WaveFacts:
    """A closed survey as facts to be counted; raises `KeyGone` where its key is not here."""
    return _Gathering(session, survey, keys).facts()


@dataclass
class _Gathering:
    session: Session
    survey: Survey
    keys: SurveyKeys

    def __post_init__(self) -> None:
        self.cells = Cells(self.session)
        self.before = wave_before(self.session, self.survey)

    def facts(self) -> WaveFacts:
        counts = self._counts()
        elsewhere = self.survey.asked is not None or bool(counts)
        members = () if elsewhere else tuple(self._members())
        if not members:
            self.cells.index(CellKind.GROUP, self.survey.group.code)
        earlier = tuple(self._earlier())
        answered, asked = survey_box.responses(self.session, self.survey)
        return WaveFacts(
            questions=tuple(_fact(question) for question in self.survey.questions),
            members=members,
            earlier=earlier,
            counts=counts,
            asked=asked,
            answered=answered,
            cells=self.cells.named(),
        )

    def _counts(self) -> dict[int, dict[str, int]]:
        """The answers that an import brought, already counted."""
        found = {}
        for question in self.survey.questions:
            query = select(Answer.value).where(Answer.question_id == question.id)
            counted = Counter(self.session.scalars(query))
            if counted:
                found[question.position] = dict(counted)
        return found

    def _members(self) -> Iterable[MemberFact]:
        rows = invitations(self.session, self.survey)
        cells = self.cells.of_invitations(rows)
        people = [row.person_id for row in rows]
        now = survey_box.ballots(self.session, self.survey, people, self.keys)
        before = self._answers_before(people)
        took_part = self._took_part(people)
        for row in rows:
            person = row.person_id
            yield MemberFact(
                cells=cells[person],
                answered=person in now,
                values=now.get(person, {}),
                before=before.get(person),
                earlier=took_part[person],
            )

    def _answers_before(self, people: list[int]) -> dict[int, Answers]:
        """What the same members answered in the wave before to the same wordings."""
        if self.before is None or not self.before.key_name:
            return {}
        found = survey_box.ballots(self.session, self.before, people, self.keys)
        same = {
            old.position: new.position
            for old in self.before.questions
            for new in self.survey.questions
            if old.key and (old.key, old.version) == (new.key, new.version)
        }
        return {
            person: {same[at]: value for at, value in answers.items() if at in same}
            for person, answers in found.items()
        }

    def _published(self) -> list[PublishedResult]:
        wordings = {question.key for question in self.survey.questions} - {""}
        query = (
            select(PublishedResult)
            .join(PublishedResult.question)
            .where(Question.key.in_(wordings), PublishedResult.survey_id != self.survey.id)
            .options(joinedload(PublishedResult.question))
            .order_by(PublishedResult.id)
        )
        return list(self.session.scalars(query))

    def _took_part(self, people: list[int]) -> dict[int, dict[int, tuple[int, ...]]]:
        """The earlier surveys with a published count that each member answered, and its cells."""
        found: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
        asked_now = set(people)
        for survey_id in {row.survey_id for row in self._published()}:
            rows = invitations(self.session, self.session.get_one(Survey, survey_id))
            cells = self.cells.of_invitations(rows)
            for row in rows:
                if row.answered and row.person_id in asked_now:
                    found[row.person_id][survey_id] = cells[row.person_id]
        return found

    def _earlier(self) -> Iterable[EarlierFact]:
        for row in self._published():
            yield EarlierFact(
                id=row.id,
                survey=row.survey_id,
                cell=self.cells.index(row.cell_kind, row.cell),
                key=row.question.key,
                version=row.question.version,
                figure=row.figure,
                n=row.n,
                answered=row.answered,
                asked=row.asked,
                count_low=row.count_low,
                count_high=row.count_high,
                is_last_wave=self.before is not None and row.survey_id == self.before.id,
            )


def _fact(question: Question) -> QuestionFact:
    return QuestionFact(
        id=question.id,
        position=question.position,
        key=question.key,
        version=question.version,
        scale=question.scale,
        sensitivity=question.sensitivity,
        options=len(question.choices_sv),
    )


def freeze(
    session: Session, survey: Survey, facts: WaveFacts, tables: Tables, now: datetime
) -> SurveyResult:
    """Publishes the tables, once and for ever, and takes away the ballots that are counted out."""
    frozen = session.get(SurveyResult, survey.id)
    if frozen is not None:
        return frozen
    for figure in tables.figures:
        told = figure.model_dump(exclude={"question", "cell"})
        cell = facts.cells[figure.cell]
        session.add(
            PublishedResult(
                survey_id=survey.id,
                question_id=figure.question,
                cell_kind=cell.kind,
                cell=cell.code,
                cell_name=cell.name,
                period_from=survey.opens_at,
                period_until=survey.closes_at,
                published_at=now,
                **told,
            )
        )
    result = SurveyResult(survey_id=survey.id, frozen_at=now, table=_summary(facts, tables))
    session.add(result)
    session.flush()
    _burn(session, survey)
    return result


def _burn(session: Session, survey: Survey) -> None:
    """The wave before is counted out; this one is where no other follows."""
    before = wave_before(session, survey)
    if before is not None:
        survey_box.burn(session, before)
    if not survey.repeat_weeks or survey.wave >= survey.waves:
        survey_box.burn(session, survey)


def _summary(facts: WaveFacts, tables: Tables) -> dict[str, Any]:
    """How many answered, and each question's figures of everybody who was asked."""
    wholes = (CellKind.CITY, CellKind.GROUP)
    whole = next((at for at, cell in enumerate(facts.cells) if cell.kind in wholes), 0)
    positions = {question.id: question.position for question in facts.questions}
    rows: dict[int, dict[str, Any]] = {}
    for figure in tables.figures:
        if figure.cell == whole:
            row = rows.setdefault(positions[figure.question], {"n": figure.n})
            row.update(_told(figure))
    listed = [{"position": at, **row} for at, row in sorted(rows.items())]
    some = any(len(row) > 2 for row in listed)
    return {
        "answered": facts.answered,
        "asked": facts.asked,
        "questions": listed if some else [],
    }


def _told(figure: FigureFact) -> dict[str, Any]:
    if figure.figure == "mean" and figure.value is not None:
        return {"mean": figure.value}
    if figure.figure == "share" and figure.count_low is not None and figure.count_high is not None:
        told = Persons(figure.count_low, figure.count_high, figure.n)
        return {"band": {"shape": told.shape.value, "count": told.count, "n": told.of}}
    return {}
