"""The shelf of every sheet; those that are more than one table's columns have their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import SystemRandom
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from bot.workbook.columns import Column, Row, Value, folded
from bot.workbook.measure_shelf import MeasureShelf
from bot.workbook.people_shelf import PeopleShelf
from bot.workbook.point_shelf import PointShelf
from bot.workbook.seat_shelf import SeatShelf
from bot.workbook.sheets import chain, figures, groups, people, places, surveys, work
from bot.workbook.shelf import Shelf
from models.agreements import Agreement, PriorityArea
from models.chain.links import Cause, Direction, Goal, Problem
from models.groups import Group, Seat
from models.indicators.indicator import Indicator, Observation, Target, standing
from models.indicators.sources import DataSource, SourceStep
from models.measures.measure import Measure, ProgressReport
from models.meetings.action_points import ActionPoint
from models.meetings.meeting import Decision, Meeting
from models.people.organisations import Organisation, Person
from models.places.place import Belonging, District, Neighbourhood, PoliceArea, PoliceCoverage
from models.representation.involvement import Involvement
from models.surveys.limits import limits_of
from models.surveys.question_bank import bank_question, of_wording
from models.surveys.survey import Answer, Invitation, Question, Survey

if TYPE_CHECKING:
    from bot.workbook.stored import Stored

OF_THE_NEIGHBOURHOOD = ("name", "aliases", "remark")


class NeighbourhoodShelf(Shelf):
    """A row is one belonging; the name, aliases and remark are the neighbourhood's own."""

    def query(self) -> Select[Any]:
        return select(Belonging).options(joinedload(Belonging.neighbourhood))

    def title(self, record: Any) -> str | None:
        return str(record.neighbourhood.name)

    def named(self, record: Any) -> Any:
        return record.neighbourhood

    def value(self, record: Any, column: Column, stored: Stored) -> Value:
        own = column.name in OF_THE_NEIGHBOURHOOD
        return super().value(record.neighbourhood if own else record, column, stored)

    def new(self, row: Row, stored: Stored) -> Any:
        record = Belonging(neighbourhood=stored.record("neighbourhoods", str(row.values["name"])))
        for column in self.kept():
            self.write(record, column, row.values.get(column.name), stored)
        return record

    def write(self, record: Any, column: Column, value: Value, stored: Stored) -> None:
        if column.name == "aliases":
            record.neighbourhood.aliases = list(value) if isinstance(value, tuple) else []
        elif column.name == "remark":
            record.neighbourhood.remark = value or ""
        elif column.name != "name":
            super().write(record, column, value, stored)

    def add_all(self, rows: list[Row], stored: Stored) -> None:
        known = {folded(held.values["name"]) for held in stored.held("neighbourhoods").values()}
        new = {
            folded(row.values["name"]): Neighbourhood(name=row.values["name"])
            for row in rows
            if folded(row.values["name"]) not in known
        }
        stored.session.add_all(new.values())
        stored.session.flush()
        for neighbourhood in new.values():
            stored.introduce("neighbourhoods", neighbourhood.name, neighbourhood)
        super().add_all(rows, stored)


class DecisionShelf(Shelf):
    """A decision stands under its meeting, which a row names by its group and time."""

    def query(self) -> Select[Any]:
        return super().query().options(joinedload(Decision.meeting))

    def value(self, record: Any, column: Column, stored: Stored) -> Value:
        of_meeting = column.name in ("group", "starts_at")
        return super().value(record.meeting if of_meeting else record, column, stored)

    def write(self, record: Any, column: Column, value: Value, stored: Stored) -> None:
        if column.name not in ("group", "starts_at"):
            super().write(record, column, value, stored)

    def new(self, row: Row, stored: Stored) -> Any:
        record = super().new(row, stored)
        key = (folded(row.values["group"]), row.values["starts_at"])
        record.meeting = stored.held("meetings")[key].record
        return record


class PlacedShelf(Shelf):
    """A place is a district by its code, a neighbourhood by its name, or the whole city."""

    def new(self, row: Row, stored: Stored) -> Any:
        record = super().new(row, stored)
        if record.place:
            for sheet in ("districts", "neighbourhoods"):
                found = stored.find(sheet, record.place)
                if found is not None:
                    setattr(record, f"{sheet[:-1]}_id", found.id)
                    break
        return record


class ObservationShelf(PlacedShelf):
    """Only what is not corrected stands; a reason to correct it is no change by itself."""

    def query(self) -> Select[Any]:
        return standing()

    def new(self, row: Row, stored: Stored) -> Any:
        record = super().new(row, stored)
        record.recorded_at = stored.at
        return record

    def compared(self, row: Row) -> Iterable[str]:
        return (name for name in super().compared(row) if name != "correction")


class SourceShelf(Shelf):
    """A source that is new has taken its first step, which its history begins with."""

    def add_all(self, rows: list[Row], stored: Stored) -> None:
        super().add_all(rows, stored)
        for row in rows:
            made = stored.record("data_sources", str(row.values["code"]))
            step = SourceStep(
                source_id=made.id, status=made.status, reason=made.reason, at=stored.at
            )
            stored.session.add(step)
        stored.session.flush()


class SurveyShelf(Shelf):
    """A survey promises what holds when it is brought in; a later wave no less than its series."""

    def new(self, row: Row, stored: Stored) -> Any:
        record, limits = super().new(row, stored), stored.limits
        first = stored.find("surveys", record.series) if record.series else None
        if first is not None:
            limits = limits.never_below(limits_of(first))
        limits.write_to(record)
        return record


class QuestionShelf(Shelf):
    """A question without a key in the bank is that of its wording, else its series' own."""

    def new(self, row: Row, stored: Stored) -> Any:
        record = super().new(row, stored)
        if not record.key:
            survey = stored.record("surveys", str(row.values["survey"]))
            known = of_wording(record.wording_sv)
            own = f"{survey.series or survey.code}:{record.position}"
            record.key = known.key if known else own
        return record

    def value(self, record: Any, column: Column, stored: Stored) -> Value:
        found = super().value(record, column, stored)
        is_own = column.name == "bank" and bank_question(str(found)) is None
        return None if is_own else found

    def compared(self, row: Row) -> Iterable[str]:
        return (name for name in super().compared(row) if name != "bank" or row.values["bank"])


class InvitationShelf(Shelf):
    """A survey to which somebody has been invited has been opened; where they stood then."""

    def new(self, row: Row, stored: Stored) -> Any:
        survey = stored.record("surveys", str(row.values["survey"]))
        if survey.opened_at is None and survey.opens_at <= stored.at:
            survey.opened_at = survey.opens_at
        record = super().new(row, stored)
        person = stored.record("people", str(row.values["person"]))
        district = survey.group.district or person.organisation.district
        record.district = district.code if district else ""
        record.organisation = person.organisation.code
        record.party = person.organisation.party.value
        record.via_group = survey.group.code
        return record


class AnswerShelf(Shelf):
    """A row is a number of equal answers, which are stored one by one with no order between."""

    def records(self, session: Session) -> Sequence[Any]:
        counted = (
            select(
                Survey.code.label("survey"),
                Question.position,
                Answer.value,
                func.count().label("count"),
            )
            .select_from(Answer)
            .join(Question, Answer.question_id == Question.id)
            .join(Survey, Question.survey_id == Survey.id)
            .group_by(Survey.code, Question.position, Answer.value)
        )
        return session.execute(counted).mappings().all()

    def values_of(self, record: Any, _: Stored) -> dict[str, Value]:
        return dict(record)

    def add_all(self, rows: list[Row], stored: Stored) -> None:
        answers = [answer for row in rows for answer in self._answers(row, stored)]
        SystemRandom().shuffle(answers)
        stored.session.add_all(answers)
        stored.session.flush()

    def _answers(self, row: Row, stored: Stored) -> Iterable[Answer]:
        key = (folded(row.values["survey"]), row.values["position"])
        question = stored.held("questions")[key].record
        number = row.values["count"]
        for _ in range(number if isinstance(number, int) else 0):
            yield Answer(id=uuid4().hex, question_id=question.id, value=row.values["value"])


REMARK = frozenset({"remark"})
AREA = frozenset({"area"})

SHELVES: dict[str, Shelf] = {
    shelf.sheet.name: shelf
    for shelf in (
        Shelf(places.DISTRICTS, District),
        NeighbourhoodShelf(places.NEIGHBOURHOODS, Belonging),
        Shelf(places.POLICE_AREAS, PoliceArea),
        Shelf(places.POLICE_COVERAGE, PoliceCoverage),
        Shelf(people.ORGANISATIONS, Organisation),
        PeopleShelf(people.PEOPLE, Person),
        Shelf(people.PRIORITY_AREAS, PriorityArea, words=frozenset({"successor"})),
        Shelf(people.AGREEMENTS, Agreement),
        Shelf(groups.GROUPS, Group, words=AREA),
        SeatShelf(
            groups.SEATS,
            Seat,
            renamed=(("recorded_on", "recorded_at"),),
            once=frozenset({"recorded_on"}),
        ),
        Shelf(groups.INVOLVEMENT, Involvement, words=AREA),
        Shelf(chain.PROBLEMS, Problem, words=AREA),
        Shelf(chain.CAUSES, Cause),
        Shelf(chain.DIRECTIONS, Direction),
        Shelf(chain.GOALS, Goal),
        MeasureShelf(work.MEASURES, Measure, words=AREA),
        Shelf(work.REPORTS, ProgressReport, renamed=(("reported_at", "at"),), unkept=REMARK),
        Shelf(work.MEETINGS, Meeting),
        DecisionShelf(work.DECISIONS, Decision),
        PointShelf(work.ACTION_POINTS, ActionPoint, unkept=REMARK, once=frozenset({"done_on"})),
        SurveyShelf(surveys.SURVEYS, Survey, words=frozenset({"target_area"})),
        QuestionShelf(
            surveys.QUESTIONS,
            Question,
            renamed=(("bank", "key"), ("sensitivity", "own_sensitivity")),
            unkept=REMARK,
        ),
        InvitationShelf(surveys.INVITATIONS, Invitation, unkept=REMARK),
        AnswerShelf(surveys.ANSWERS, Answer, unkept=REMARK),
        SourceShelf(figures.DATA_SOURCES, DataSource, once=frozenset({"status", "reason"})),
        Shelf(figures.INDICATORS, Indicator, words=AREA),
        ObservationShelf(figures.OBSERVATIONS, Observation),
        PlacedShelf(figures.TARGETS, Target),
    )
}
