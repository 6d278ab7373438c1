"""The close of a survey: what is counted, what becomes of it, and the wave that comes next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.schedule import local_day
from models.statistics.ranges import Persons
from models.surveys import box as survey_box
from models.surveys.cells import Cells, invitations
from models.surveys.facts import (
    FigureFact,
    MemberFact,
    PreviousFact,
    QuestionFact,
    Tables,
    ToldFact,
    WaveFacts,
)
from models.surveys.leaving import withdraw
from models.surveys.limits import limits_of
from models.surveys.published import CellKind, PublishedResult
from models.surveys.question_bank import newest_wording
from models.surveys.sealing import Answers, SurveyKeys
from models.surveys.survey import Answer, Question, Scale, Survey, SurveyResult, wave_later


def to_publish(session: Session) -> list[Survey]:
    """The surveys that have closed and have no result yet, in the order of their close."""
    query = (
        select(Survey)
        .where(Survey.closed_at.is_not(None), Survey.id.not_in(select(SurveyResult.survey_id)))
        .order_by(Survey.closes_at, Survey.id)
    )
    return list(session.scalars(query))


def end(session: Session, survey: Survey, now: datetime) -> Survey | None:
    """Closes a survey to answers, without those who left before; returns the next wave, if any."""
    if survey.closed_at is not None:
        return None
    survey.closed_at = now
    withdraw(session, survey, local_day(survey.closes_at, survey.group.zone))
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
        opens_at=wave_later(survey, survey.opens_at),
        closes_at=wave_later(survey, survey.closes_at),
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
    "target_roles", "target_area", "repeat_weeks", "waves", "named", "remark",
    "least_internal", "least_sensitive", "extreme",
)  # fmt: skip


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
        told, previous = tuple(self._told()), tuple(self._previous())
        answered, asked = survey_box.responses(self.session, self.survey)
        return WaveFacts(
            questions=tuple(_fact(question) for question in self.survey.questions),
            members=members,
            told=told if members else (),
            previous=previous,
            counts=counts,
            asked=asked,
            answered=answered,
            cells=self.cells.named(),
            limits=limits_of(self.survey),
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
        if not rows:
            return
        cells = self.cells.of_invitations(rows)
        now = survey_box.ballots(self.session, self.survey, list(cells), self.keys)
        before = self._answers_before(list(cells))
        took_part = self._took_part()
        for person in sorted({*cells, *took_part}):
            yield MemberFact(
                cells=cells.get(person, ()),
                answered=person in now,
                values=self._closed_lists(now.get(person, {})),
                before=before.get(person),
                earlier=took_part.get(person, {}),
            )

    def _closed_lists(self, answers: Answers) -> Answers:
        """What is counted: free text goes to no other process."""
        texts = {each.position for each in self.survey.questions if each.scale is Scale.TEXT}
        aside = texts | {survey_box.CONSENT}
        return {at: value for at, value in answers.items() if at not in aside}

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

    def _took_part(self) -> dict[int, dict[int, tuple[int, ...]]]:
        """The earlier surveys with something told that each member answered, and its cells."""
        found: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
        for result in self._earlier_results():
            rows = invitations(self.session, result.survey)
            cells = self.cells.of_invitations(rows)
            for row in rows:
                if row.answered:
                    found[row.person_id][result.survey_id] = cells[row.person_id]
        return dict(found)

    def _earlier_results(self) -> list[SurveyResult]:
        """The results of other surveys in which the same wordings were asked here."""
        wordings = {question.key for question in self.survey.questions} - {""}
        asked = select(Question.survey_id).where(Question.key.in_(wordings))
        query = (
            select(SurveyResult)
            .join(SurveyResult.survey)
            .where(
                SurveyResult.survey_id.in_(asked),
                SurveyResult.survey_id != self.survey.id,
                Survey.asked.is_(None),
            )
            .order_by(SurveyResult.survey_id)
        )
        return list(self.session.scalars(query))

    def _told(self) -> Iterable[ToldFact]:
        wordings = {(question.key, question.version) for question in self.survey.questions}
        for result in self._earlier_results():
            for said in result.table.get("told", ()):
                cell = self.cells.index(CellKind(said["kind"]), said["cell"])
                if (said["key"], said["version"]) in wordings:
                    told = {name: said[name] for name in ("key", "version", "least", "most")}
                    yield ToldFact(
                        survey=result.survey_id, cell=cell, weights=said["weights"], **told
                    )

    def _previous(self) -> Iterable[PreviousFact]:
        if self.before is None:
            return
        query = (
            select(PublishedResult)
            .where(PublishedResult.survey_id == self.before.id)
            .options(joinedload(PublishedResult.question))
            .order_by(PublishedResult.id)
        )
        for row in self.session.scalars(query):
            yield PreviousFact(
                id=row.id,
                cell=self.cells.index(row.cell_kind, row.cell),
                key=row.question.key,
                version=row.question.version,
                figure=row.figure,
                n=row.n,
                asked=row.asked,
                count_low=row.count_low,
                count_high=row.count_high,
                value=row.value,
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
        "told": [_statement(facts, told) for told in tables.told],
        "cut_short": list(tables.cut_short),
    }


def _statement(facts: WaveFacts, told: ToldFact) -> dict[str, Any]:
    """What a figure lets everybody know, kept for the audits of later surveys."""
    cell = facts.cells[told.cell]
    plain = told.model_dump(exclude={"survey", "cell"}, mode="json")
    return {**plain, "kind": cell.kind.value, "cell": cell.code}


def _told(figure: FigureFact) -> dict[str, Any]:
    if figure.figure == "mean" and figure.value is not None:
        return {"mean": figure.value}
    if figure.figure == "share" and figure.count_low is not None and figure.count_high is not None:
        told = Persons(figure.count_low, figure.count_high, figure.n)
        return {"band": {"shape": told.shape.value, "count": told.count, "n": told.of}}
    return {}
