"""What the child process that counts is given of a closed survey, and what it gives back.

It stays in the memory of the two processes: no member has a name or a number in it, but each
answer stands beside the cells that it is counted in.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from models.statistics.grade import Grade
from models.surveys.limits import Limits
from models.surveys.published import CellKind, Method, Shown
from models.surveys.survey import Scale, Sensitivity


class Fact(BaseModel):
    """Base of the facts: frozen, nothing unexpected in them, and no answer in a fault's text."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class QuestionFact(Fact):
    """A question as it was asked; `options` is the number of choices."""

    id: int
    position: int
    key: str
    version: int
    scale: Scale
    sensitivity: Sensitivity
    options: int = 0


class Cell(Fact):
    """A declared cell: its kind, its code and its name in Swedish."""

    kind: CellKind
    code: str = ""
    name: str = ""


class MemberFact(Fact):
    """Somebody who was asked, now or before: the cells, and what was answered now and last time.

    `cells` (by index in `WaveFacts.cells`) are empty for somebody who is not asked any more.
    `earlier` maps the id of each earlier survey with a question in common, which the member
    answered, to the cells in which that answer was counted.
    """

    cells: tuple[int, ...]
    answered: bool = False
    values: dict[int, str] = {}
    before: dict[int, str] | None = None
    earlier: dict[int, tuple[int, ...]] = {}


class ToldFact(Fact):
    """What was published before of a wording and a cell, as a statement for the audit.

    `weights` belong to the answers in their order; see `models.statistics.disclosure.Statement`.
    """

    survey: int
    cell: int
    key: str
    version: int
    weights: tuple[int, ...]
    least: int
    most: int


class PreviousFact(Fact):
    """A figure that the wave before published, to compare with: `id` is its row's."""

    id: int
    cell: int
    key: str
    version: int
    figure: str
    n: int
    asked: int
    count_low: int | None
    count_high: int | None
    value: float | None


class WaveFacts(Fact):
    """A closed survey, ready to be counted.

    `counts` are the answers by position and value where they were collected elsewhere, so that
    nobody is known to have been asked here; `asked` and `answered` are how many. `limits` are what
    was promised when the survey was made. Where it `is_too_much` to audit, nothing is told but how
    many answered.
    """

    questions: tuple[QuestionFact, ...]
    cells: tuple[Cell, ...]
    members: tuple[MemberFact, ...] = ()
    told: tuple[ToldFact, ...] = ()
    previous: tuple[PreviousFact, ...] = ()
    counts: dict[int, dict[str, int]] = {}
    asked: int
    answered: int
    limits: Limits
    is_too_much: bool = False


class FigureFact(Fact):
    """One figure to publish; the fields are those of `models.surveys.published.PublishedResult`."""

    question: int
    cell: int
    figure: str
    n: int
    answered: int
    asked: int
    shown: Shown
    count_low: int | None = None
    count_high: int | None = None
    value: float | None = None
    interval_low: float | None = None
    interval_high: float | None = None
    bounds_low: float | None = None
    bounds_high: float | None = None
    grade: Grade
    method: Method = Method.NONE
    change: dict[str, Any] | None = None


class Tables(Fact):
    """All figures of a survey, and what they let everybody know, for the audits of later ones.

    Of `told` the survey is 0, which stands for this one. `cut_short` are the positions of the
    questions of which less is told than might be, since all that could be was too much to audit.
    """

    figures: tuple[FigureFact, ...]
    told: tuple[ToldFact, ...] = ()
    cut_short: tuple[int, ...] = ()
