"""Short surveys: who was asked and has answered, and, apart from that, what was answered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.groups import Group
from models.organisations import Person


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
    """A survey of 1 to 5 questions to the members of a group, open between two times."""

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
    remark: Mapped[str] = mapped_column(default="")

    group: Mapped[Group] = relationship()
    questions: Mapped[list[Question]] = relationship(
        back_populates="survey", order_by="Question.position"
    )

    def title(self, language: str) -> str:
        """The survey's title in a language, Swedish where there is no English."""
        return self.title_en if language == "en" and self.title_en else self.title_sv


class Question(Base):
    """One question; `choices` are pairs of value and wording for a choice."""

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

    survey: Mapped[Survey] = relationship(back_populates="questions")

    def wording(self, language: str) -> str:
        """The question in a language, Swedish where there is no English."""
        return self.wording_en if language == "en" and self.wording_en else self.wording_sv

    def choices(self, language: str) -> list[str]:
        """The choices' wordings in a language, in the order of their values."""
        return self.choices_en if language == "en" and self.choices_en else self.choices_sv


class Invitation(Base):
    """The box of who: a member was asked, and has or has not answered."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("survey_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answered: Mapped[bool] = mapped_column(default=False)

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


class SurveyResult(Base):
    """What a closed survey may show, frozen once at the close."""

    __tablename__ = "survey_result"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    frozen_at: Mapped[datetime] = mapped_column()
    table: Mapped[dict[str, Any]] = mapped_column()

    survey: Mapped[Survey] = relationship()
