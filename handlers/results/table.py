"""The frozen table of a survey: in the chat page by page, and as files with grade columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.files.extracts import Extract, Field, Term, Value
from handlers.files.formats import FORMATS
from handlers.measures.files import handed_over
from handlers.representation.scope import too_old
from handlers.requests import ButtonPressed
from handlers.results.finding import published
from handlers.results.frozen import frozen
from handlers.results.words import count_line, does, may_have_percent, percent_of
from handlers.surveys.entitled import may_see_result
from handlers.visit import Visit
from handlers.whole import whole
from models.figures.grade_words import grade_status, grade_word
from models.groups import Group
from models.language import Language
from models.message import (
    TABLE_ROWS,
    Actions,
    Button,
    Cell,
    Heading,
    Message,
    Note,
    Table,
)
from models.rights import Action
from models.surveys.published import CellKind, Method, PublishedResult, Shown
from models.surveys.survey import Survey

CELLS = {
    CellKind.GROUP: "group",
    CellKind.DISTRICT: "district",
    CellKind.ORGANISATION: "organisation",
    CellKind.CITY: "everybody who was asked",
}
METHODS = {
    Method.CENSUS: "everybody answered",
    Method.HYPERGEOMETRIC: "exact interval for a group of known size",
    Method.FLOORED_T: "t interval with a floor",
    Method.ORDER_STATISTIC: "limits from the ordered answers",
    Method.NONE: "no method",
}


def show_table(visit: Visit, press: ButtonPressed) -> Message:
    """The frozen rows of a survey: `code`, or `code|2` for the third page."""
    visit.demand(Action.SEE_RESULT)
    _ = visit.language._
    code, _sign, number = press.value.partition("|")
    asked, _result = published(visit, code)
    rows = frozen(visit.session, asked).rows
    heading = _("Table: {title}", title=asked.title(visit.language.code))[:150]
    pages = max(1, -(-len(rows) // TABLE_ROWS))
    page = min(whole(number) or 0, pages - 1)
    shown = rows[page * TABLE_ROWS :][:TABLE_ROWS]
    if not shown:
        sentence = _("No figure was published.")
        return Message(summary=sentence, parts=(Heading(text=heading), Note(text=sentence)))
    note = _("Frozen when the survey closed; never changed afterwards.")
    if pages > 1:
        note = f"{_('Page {page} of {pages}', page=page + 1, pages=pages)}. {note}"
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            _table(visit.language, shown),
            Note(text=note),
            Actions(buttons=_buttons(visit, code, page + 1 if page + 1 < pages else None)),
        ),
    )


def _table(language: Language, rows: Sequence[PublishedResult]) -> Table:
    _ = language._
    columns = (_("Question"), _("Of whom"), _("Result"), _("Answers"), _("How sure"))
    cells = tuple(
        (
            Cell(text=f"{row.question.position}. {row.question.wording(language.code)}"[:500]),
            Cell(text=row.cell_name or row.cell or language._(CELLS[row.cell_kind])),
            Cell(text=_result(language, row)[:500]),
            Cell(text=_("{n} of {total}", n=row.n, total=row.asked)),
            Cell(status=grade_status(language, row.grade)),
        )
        for row in rows
    )
    return Table(columns=columns, rows=cells)


def _result(language: Language, row: PublishedResult) -> str:
    if row.grade.is_hidden:
        return "–"
    if row.figure in ("mean", "median"):
        return "–" if row.value is None else language.number(round(row.value, 1))
    acts = does(language, row.question, row.figure)
    if may_have_percent(row):
        return f"{percent_of(row)} % {acts}"
    return count_line(language, row, acts)


def _buttons(visit: Visit, code: str, following: int | None) -> tuple[Button, ...]:
    _ = visit.language._
    buttons = [
        Button(label=label, action="result.file", value=f"{form}|{code}")
        for label, form in (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
    ]
    if following is not None:
        onward = f"{code}|{following}"
        buttons.insert(0, Button(label=_("Next page"), action="result.table", value=onward))
    return tuple(buttons)


def result_file(visit: Visit, press: ButtonPressed) -> Message:
    """A survey's frozen table in the form that a button asks for."""
    visit.demand(Action.SEE_RESULT)
    form, _, code = press.value.partition("|")
    if form not in FORMATS:
        raise too_old(visit)
    asked, _result = published(visit, code)
    extract = results_extract(visit.language, frozen(visit.session, asked).rows, asked.code)
    return handed_over(visit, FORMATS[form](extract), extract, form)


def of_group(visit: Visit, group: str) -> Extract:
    """All that was published, of one group's surveys where one is named."""
    query = (
        select(PublishedResult)
        .join(PublishedResult.survey)
        .options(joinedload(PublishedResult.question), joinedload(PublishedResult.survey))
        .order_by(PublishedResult.id)
    )
    if group:
        query = query.join(Group, Survey.group_id == Group.id).where(Group.code == group)
    rows = list(visit.session.scalars(query))
    surveys = {row.survey_id: row.survey for row in rows}
    seen = {key for key, survey in surveys.items() if may_see_result(visit, survey)}
    mine = [row for row in rows if row.survey_id in seen]
    return results_extract(visit.language, mine, group or "all")


def results_extract(language: Language, rows: Sequence[PublishedResult], name: str) -> Extract:
    """One row for each published figure, hidden ones too: with n, N, grade and reason only."""
    safe = "".join(sign if sign.isalnum() else "-" for sign in name)[:60]
    values = tuple(tuple(_values(language, row)) for row in rows)
    return Extract(f"results-{safe}", language._("Survey results"), _fields(language), values)


def _values(language: Language, row: PublishedResult) -> Iterator[Value]:
    _ = language._
    survey, question = row.survey, row.question
    yield from (survey.code, survey.title(language.code), survey.wave)
    yield from (row.period_from.date(), row.period_until.date())
    yield from (question.position, question.wording(language.code), row.figure)
    yield Term(row.cell_kind.value, _(CELLS[row.cell_kind]))
    yield from (row.cell, row.cell_name)
    yield from (row.n, row.answered, row.asked)
    yield round(100 * row.n / row.asked) if row.asked else None
    yield Term(row.shown.value, _(SHOWN[row.shown]))
    yield from (row.count_low, row.count_high)
    yield _value(row)
    yield from (row.interval_low, row.interval_high, row.bounds_low, row.bounds_high)
    yield Term(row.grade.value, grade_word(language, row.grade))
    yield Term(row.method.value, _(METHODS[row.method]))
    yield from _change(row)
    yield row.published_at.date()


def _value(row: PublishedResult) -> float | None:
    """A percentage or a mean, only where the grade lets it be printed."""
    if row.value is None or not row.grade.shows_percent:
        return None
    return round(row.value if row.figure in ("mean", "median") else 100 * row.value, 1)


def _change(row: PublishedResult) -> Iterator[Value]:
    change = row.change or {}
    clear = change.get("clear")
    yield "" if clear is None else ("clear" if clear else "chance")
    for end in ("low", "high"):
        found = change.get(end)
        yield round(100 * found, 1) if isinstance(found, int | float) else None


SHOWN = {
    Shown.EXACT: "exactly",
    Shown.AT_MOST: "at most",
    Shown.AT_LEAST: "at least",
    Shown.BETWEEN: "between",
    Shown.HIDDEN: "not shown",
}


def _fields(language: Language) -> tuple[Field, ...]:
    _ = language._
    return (
        Field("survey", _("Survey code")),
        Field("title", _("Survey")),
        Field("wave", _("Wave")),
        Field("opened", _("Opened")),
        Field("closed", _("Closed")),
        Field("question", _("Question number")),
        Field("wording", _("Question")),
        Field("figure", _("Figure")),
        Field("cell_kind", _("Kind")),
        Field("cell", _("Code")),
        Field("cell_name", _("Of whom")),
        Field("n", _("Answers (n)")),
        Field("answered", _("Took part")),
        Field("asked", _("Asked (N)")),
        Field("response_rate", _("Response rate, %")),
        Field("shown", _("How it is told")),
        Field("count_low", _("Lowest count")),
        Field("count_high", _("Highest count")),
        Field("value", _("Percent or mean")),
        Field("interval_low", _("95 % interval, lowest")),
        Field("interval_high", _("95 % interval, highest")),
        Field("bounds_low", _("Hard bound, lowest")),
        Field("bounds_high", _("Hard bound, highest")),
        Field("grade", _("Grade")),
        Field("method", _("Method")),
        Field("change", _("Development")),
        Field("change_low", _("Change, lowest")),
        Field("change_high", _("Change, highest")),
        Field("published", _("Published")),
    )
