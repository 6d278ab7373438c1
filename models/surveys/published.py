"""What has been published of surveys: frozen tables, one row for each figure of each cell."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn

from sqlalchemy import ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.statistics.grade import Grade
from models.surveys.survey import Question, Survey


class CellKind(StrEnum):
    """The declared cells: a group, a district, an organisation in the whole city, everybody."""

    GROUP = "group"
    DISTRICT = "district"
    ORGANISATION = "organisation"
    CITY = "city"


class Shown(StrEnum):
    """How much of a count is shown: itself, a band, or nothing."""

    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    HIDDEN = "hidden"


class Method(StrEnum):
    """How the interval came about; a census has none to speak of."""

    CENSUS = "census"
    HYPERGEOMETRIC = "hypergeometric"
    FLOORED_T = "floored_t"
    ORDER_STATISTIC = "order_statistic"
    NONE = "none"


class PublishedResult(Base):
    """One figure of one question in one cell, as it was published; never changed afterwards.

    `figure` is `share` (who said yes, or agreed with 4 or 5), `option:N` (who chose the Nth
    choice), `answer:N` or `answer:N-M` (who gave one of these on a scale), or `mean`.
    `n` persons gave a value, `answered` took part and `asked` is the dated member list. For all
    but `mean`:

    - `count_low` and `count_high` hold the count among the `n`; they are the same where it is
      exact, and None where it is hidden. For a mean both are None.
    - `value` is the share from 0 to 1, only where the grade lets a percentage be printed.
    - the interval and the bounds are persons among all `asked` (so `/ asked` makes shares of
      them), over the whole band where a band is shown.

    Of a `mean` value, interval and bounds are in units of the scale, with one decimal.

    `change` tells of the same cell's last wave, and is None where there was none or it may not
    be told: `previous` (that row's id), `method` (`paired`, `independent`), `difference`, `low`
    and `high` (the difference of the shares and its interval, from -1 to 1; None where a paired
    comparison is not clear), `least` (the least that could be told from chance), `more_yes` (the
    difference in persons where everybody answered both times, else None) and `clear` (whether it
    can be told from chance, among all of the wave).
    """

    __tablename__ = "published_result"
    __table_args__ = (UniqueConstraint("question_id", "cell_kind", "cell", "figure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    cell_kind: Mapped[CellKind] = mapped_column(enum_column(CellKind))
    cell: Mapped[str] = mapped_column(default="")
    cell_name: Mapped[str] = mapped_column(default="")
    figure: Mapped[str] = mapped_column(default="share")
    n: Mapped[int] = mapped_column()
    answered: Mapped[int] = mapped_column()
    asked: Mapped[int] = mapped_column()
    shown: Mapped[Shown] = mapped_column(enum_column(Shown))
    count_low: Mapped[int | None] = mapped_column(default=None)
    count_high: Mapped[int | None] = mapped_column(default=None)
    value: Mapped[float | None] = mapped_column(default=None)
    interval_low: Mapped[float | None] = mapped_column(default=None)
    interval_high: Mapped[float | None] = mapped_column(default=None)
    bounds_low: Mapped[float | None] = mapped_column(default=None)
    bounds_high: Mapped[float | None] = mapped_column(default=None)
    grade: Mapped[Grade] = mapped_column(enum_column(Grade))
    method: Mapped[Method] = mapped_column(enum_column(Method), default=Method.NONE)
    period_from: Mapped[datetime] = mapped_column()
    period_until: Mapped[datetime] = mapped_column()
    published_at: Mapped[datetime] = mapped_column()
    change: Mapped[dict[str, Any] | None] = mapped_column(default=None)

    survey: Mapped[Survey] = relationship()
    question: Mapped[Question] = relationship()


class PublishedText(Base):
    """One free text that its author agreed to show; its id says nothing."""

    __tablename__ = "published_text"

    id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    text: Mapped[str] = mapped_column()


class Frozen(Exception):
    """What has been published is neither changed nor taken back."""


@event.listens_for(PublishedResult, "before_update")
@event.listens_for(PublishedResult, "before_delete")
def _stays(_mapper: Any, _connection: Any, row: PublishedResult) -> NoReturn:
    raise Frozen(f"published result {row.id} is frozen")
