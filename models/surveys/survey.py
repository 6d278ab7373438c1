"""Short surveys: who was asked and has answered, and, apart from that, what was answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.groups import Group
from models.intervals import local_from_utc, utc_from_local
from models.people.organisations import Person
from models.schedule import may_ask_between


class Sensitivity(StrEnum):
    """How much an answer may reveal; decides how many answers are needed to show anything."""

    OPEN = "open"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"


class Scale(StrEnum):
    """How a question is answered."""

    LIKERT = "likert"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


class Survey(Base):
    """A survey of 1 to 5 questions, open between two times; one wave where it comes again.

    `group` made it and is told of the result. Asked are the members of `target_groups` (codes or
    kinds of groups; the group itself where there are none), of those only the holders of
    `target_roles` and those whose district is asked in `target_area`, where these are given.
    `series` is the code of the first wave; a new one comes `repeat_weeks` after the last, up to
    `waves`. `asked` and `answered` are how many were and did where the answers were collected
    elsewhere, so that nobody was invited here. `key_name` names the key of the open answers. The
    answers of a `named` survey are shown with names to those who lead the group. `least_internal`,
    `least_sensitive` and `extreme` are the limits that were promised when it was made.
    """

    __tablename__ = "survey"
    __table_args__ = (CheckConstraint("closes_at > opens_at", name="closes_after_opening"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title_sv: Mapped[str] = mapped_column()
    title_en: Mapped[str] = mapped_column(default="")
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    sensitivity: Mapped[Sensitivity] = mapped_column(enum_column(Sensitivity))
    opens_at: Mapped[datetime] = mapped_column()
    closes_at: Mapped[datetime] = mapped_column()
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    target_groups: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    target_roles: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    target_area: Mapped[str] = mapped_column(default="", server_default="")
    series: Mapped[str] = mapped_column(default="", server_default="", index=True)
    wave: Mapped[int] = mapped_column(default=1, server_default="1")
    repeat_weeks: Mapped[int] = mapped_column(default=0, server_default="0")
    waves: Mapped[int] = mapped_column(default=1, server_default="1")
    named: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked: Mapped[int | None] = mapped_column(default=None)
    answered: Mapped[int | None] = mapped_column(default=None)
    key_name: Mapped[str] = mapped_column(default="", server_default="")
    least_internal: Mapped[int] = mapped_column(default=5, server_default="5")
    least_sensitive: Mapped[int] = mapped_column(default=10, server_default="10")
    extreme: Mapped[int] = mapped_column(default=2, server_default="2")
    remark: Mapped[str] = mapped_column(default="")

    group: Mapped[Group] = relationship()
    questions: Mapped[list[Question]] = relationship(
        back_populates="survey", order_by="Question.position"
    )

    def title(self, language: str) -> str:
        """The survey's title in a language, Swedish where there is no English."""
        return self.title_en if language == "en" and self.title_en else self.title_sv


def wave_later(survey: Survey, at: datetime) -> datetime:
    """The same clock so many weeks later, also over a change to summer time."""
    local = local_from_utc(at, survey.group.zone) + timedelta(weeks=survey.repeat_weeks)
    try:
        return utc_from_local(local, survey.group.zone)
    except ValueError:
        return utc_from_local(local + timedelta(hours=1), survey.group.zone)


def silent_openings(survey: Survey) -> list[datetime]:
    """When the survey opens, now and later, and closes again before anybody may be invited."""
    opens, closes, found = survey.opens_at, survey.closes_at, []
    for _ in range((survey.wave or 1) - 1, survey.waves):
        if not may_ask_between(opens, closes, survey.group.zone):
            found.append(opens)
        opens, closes = wave_later(survey, opens), wave_later(survey, closes)
    return found


class Wording(Base):
    """One version of a question of the bank, or of one's own; append-only.

    Answers belong to the version that was asked. Another wording is another version, and what
    was answered to two versions is never compared.
    """

    __tablename__ = "question_wording"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)
    wording_sv: Mapped[str] = mapped_column()
    wording_en: Mapped[str] = mapped_column(default="")
    scale: Mapped[Scale] = mapped_column(enum_column(Scale))
    choices_sv: Mapped[list[str]] = mapped_column(default=list)
    choices_en: Mapped[list[str]] = mapped_column(default=list)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column()


class Question(Base):
    """One question; `choices` are the wordings of a choice, in the order of their values.

    `key` and `version` say which wording of the bank it is. Its `sensitivity` is the survey's
    where it has none of its own.
    """

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("survey_id", "position"),
        CheckConstraint("position BETWEEN 1 AND 5", name="one_to_five"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    position: Mapped[int] = mapped_column()
    wording_sv: Mapped[str] = mapped_column()
    wording_en: Mapped[str] = mapped_column(default="")
    scale: Mapped[Scale] = mapped_column(enum_column(Scale))
    choices_sv: Mapped[list[str]] = mapped_column(default=list)
    choices_en: Mapped[list[str]] = mapped_column(default=list)
    key: Mapped[str] = mapped_column(default="", server_default="", index=True)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    own_sensitivity: Mapped[Sensitivity | None] = mapped_column(
        enum_column(Sensitivity, checked=False), default=None
    )

    survey: Mapped[Survey] = relationship(back_populates="questions")

    @property
    def sensitivity(self) -> Sensitivity:
        """The question's own class, else the survey's."""
        return self.own_sensitivity or self.survey.sensitivity

    def wording(self, language: str) -> str:
        """The question in a language, Swedish where there is no English."""
        return self.wording_en if language == "en" and self.wording_en else self.wording_sv

    def choices(self, language: str) -> list[str]:
        """The choices' wordings in a language, in the order of their values."""
        return self.choices_en if language == "en" and self.choices_en else self.choices_sv


class Invitation(Base):
    """The box of who: a member was asked, and has or has not answered.

    The codes of district, organisation, party and group say where the member stood on that day:
    the cells in which the answer is counted. `times_asked` counts the invitation and reminders.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("survey_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answered: Mapped[bool] = mapped_column(default=False)
    district: Mapped[str] = mapped_column(default="", server_default="")
    organisation: Mapped[str] = mapped_column(default="", server_default="")
    party: Mapped[str] = mapped_column(default="", server_default="")
    via_group: Mapped[str] = mapped_column(default="", server_default="")
    times_asked: Mapped[int] = mapped_column(default=0, server_default="0")

    survey: Mapped[Survey] = relationship()
    person: Mapped[Person] = relationship()


class Answer(Base):
    """The box of what: one answer to one question, with no person and no time.

    While the survey is open, `link` is a keyed hash that lets the same member change the answer;
    at the close it is emptied and the rows are written anew in shuffled order.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("question_id", "link"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    link: Mapped[str | None] = mapped_column(default=None)
    value: Mapped[str] = mapped_column()

    question: Mapped[Question] = relationship()


class Ballot(Base):
    """The box of what while a survey is open: one member's answers, sealed.

    `link` is a keyed hash that lets the same member change them. Its key, which also seals, stands
    outside the database and is destroyed when it is not needed any more; all ballots of a survey
    are equally long. Neither the row nor a copy of it, wherever it may lie, tells anything then.
    """

    __tablename__ = "ballot"

    link: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    sealed: Mapped[str] = mapped_column()


class NamedAnswer(Base):
    """An answer to a survey that is not anonymous, as those who answered were told it is."""

    __tablename__ = "named_answer"
    __table_args__ = (UniqueConstraint("question_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    value: Mapped[str] = mapped_column()

    question: Mapped[Question] = relationship()
    person: Mapped[Person] = relationship()


class SurveyResult(Base):
    """What a closed survey may show, frozen once at the close."""

    __tablename__ = "survey_result"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    frozen_at: Mapped[datetime] = mapped_column()
    table: Mapped[dict[str, Any]] = mapped_column()

    survey: Mapped[Survey] = relationship()
