"""A result as a picture: districts in alphabetical order, or a group's questions in theirs."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.errors import NotFound
from handlers.indicators.places import alphabetical
from handlers.requests import ButtonPressed
from handlers.results.finding import published
from handlers.results.frozen import Frozen, cell_title, frozen
from handlers.results.words import (
    count_line,
    does,
    group_line,
    is_census,
    may_have_percent,
    percent_of,
    span_of,
)
from handlers.visit import Visit
from handlers.whole import whole
from models.drawings import IntervalRow, Intervals, Span
from models.figures.grade_words import grade_word
from models.language import Language
from models.message import Actions, Button, Image, Message, Note
from models.rights import Action
from models.statistics.grade import Grade
from models.surveys.limits import thresholds_of
from models.surveys.published import CellKind, PublishedResult
from models.surveys.survey import Question

ALT_LENGTH = 2000
Labelled = tuple[str, PublishedResult]


def show_picture(visit: Visit, press: ButtonPressed) -> Message:
    """The picture of a survey's result: `code|cell`, or `code|cell|2` for the second of several."""
    visit.demand(Action.SEE_RESULT)
    code, _, rest = press.value.partition("|")
    cell, _, number = rest.partition("|")
    asked, _result = published(visit, code)
    found = frozen(visit.session, asked)
    images = pictures(visit.language, found, cell)
    if not images:
        raise NotFound(visit.language._("No figure was published."))
    at = min(whole(number) or 0, len(images) - 1)
    buttons = [Button(label=visit.language._("As text"), action="survey.result", value=code)]
    if at + 1 < len(images):
        label = visit.language._("Next picture")
        following = f"{code}|{cell}|{at + 1}"
        buttons.insert(0, Button(label=label, action="result.picture", value=following))
    image = images[at]
    note = visit.language._("Frozen when the survey closed; never changed afterwards.")
    return Message(
        summary=image.alt[:1000],
        parts=(image, Note(text=note), Actions(buttons=tuple(buttons))),
    )


def pictures(language: Language, found: Frozen, cell: str = "") -> list[Image]:
    """One picture for each question of districts; else one of a group's questions."""
    questions = [each for each in found.survey.questions if found.shares(each)]
    by_district = [
        (question, rows)
        for question in questions
        if len(rows := _of_districts(found, question)) > 1
    ]
    if by_district:
        return [_image(language, found, question, rows) for question, rows in by_district]
    shown = found.main(cell)
    if shown is None or not questions:
        return []
    rows = [
        (question.wording(language.code).rstrip(".?! "), row)
        for question in questions
        for row in found.shares(question)
        if (row.cell_kind, row.cell) == (shown.kind, shown.code)
    ]
    title = f"{found.survey.title(language.code)} · {cell_title(language, shown)}"
    return [_drawn(language, found, title, rows)]


def _of_districts(found: Frozen, question: Question) -> list[Labelled]:
    rows = [
        (row.cell_name or row.cell, row)
        for row in found.shares(question)
        if row.cell_kind is CellKind.DISTRICT
    ]
    return sorted(rows, key=lambda each: alphabetical(each[0]))


def _image(
    language: Language, found: Frozen, question: Question, rows: Sequence[Labelled]
) -> Image:
    whole = next((r for r in found.shares(question) if r.cell_kind is CellKind.CITY), None)
    return _drawn(language, found, question.wording(language.code), rows, whole)


def _drawn(
    language: Language,
    found: Frozen,
    title: str,
    rows: Sequence[Labelled],
    whole: PublishedResult | None = None,
) -> Image:
    _ = language._
    named = title[:150]
    band = _band(whole)
    drawing = Intervals(
        title=named,
        axis=Span(low=0.0, high=100.0),
        unit="%",
        axis_word=_(
            "Share in percent · thick line: 95 % interval · "
            "thin line: if none or all of those missing did the same · dotted: only a range"
        ),
        city=band,
        city_word=_("the whole city") if band else "",
        decimal="." if language.code == "en" else ",",
        rows=tuple(_row(language, label, row) for label, row in rows),
        note=_("Source: the survey {code}.", code=found.survey.code),
    )
    told = [f"{label}: {row_in_words(language, row)}" for label, row in rows]
    alt = " ".join([f"{named}.", *told])
    return Image(drawing=drawing, alt=alt[:ALT_LENGTH], name=f"result-{_safe(found.survey.code)}")


def _safe(code: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in code)[:60]


def _band(whole: PublishedResult | None) -> tuple[float, Span] | None:
    """The band of everybody, where it may be told in percent."""
    if whole is None or whole.value is None or not may_have_percent(whole):
        return None
    span = _span(whole.interval_low, whole.interval_high, whole.asked)
    value = 100 * whole.value
    return value, span or Span(low=value, high=value)


def _span(low: float | None, high: float | None, asked: int) -> Span | None:
    if low is None or high is None or not asked:
        return None
    return Span(low=100 * low / asked, high=100 * high / asked)


def _row(language: Language, label: str, row: PublishedResult) -> IntervalRow:
    name = label[:120]
    if row.grade.is_hidden:
        return IntervalRow(label=name, word=row.grade.value, reason=_why(language, row)[:80])
    bounds = _span(row.bounds_low, row.bounds_high, row.asked)
    shown = row.value is not None and may_have_percent(row)
    value = 100 * row.value if shown and row.value is not None else None
    interval = _span(row.interval_low, row.interval_high, row.asked)
    census = is_census(row) and value is not None
    return IntervalRow(
        label=name,
        word=_word(language, row),
        value=value,
        interval=None if census else interval,
        bounds=None if census else bounds,
        caution=row.grade in (Grade.C, Grade.D),
    )


def _word(language: Language, row: PublishedResult) -> str:
    """The letter, and what makes the row look as it does."""
    if row.grade is Grade.D:
        return language._("D range only")
    if is_census(row):
        return language._("{grade} all answered", grade=row.grade.value)
    return row.grade.value


def _why(language: Language, row: PublishedResult) -> str:
    _ = language._
    if row.grade is Grade.X2:
        return _("not shown – protects another result")
    least = thresholds_of(row.survey).least(row.question.sensitivity)
    return _("not shown – fewer than {least} answers", least=least)


def row_in_words(language: Language, row: PublishedResult) -> str:
    """A row of the picture as a sentence: figure, interval, grade; or why it is not shown."""
    _ = language._
    counted = _("{n} of {total} answered", n=row.n, total=row.asked)
    if row.grade.is_hidden:
        return f"{_why(language, row)}, {counted}."
    grade = grade_word(language, row.grade)
    if not may_have_percent(row):
        acts = does(language, row.question, row.figure)
        said = f"{count_line(language, row, acts)} {group_line(language, row)}".strip()
        return f"{said} {counted}, {grade}."
    figure = f"{percent_of(row)} %"
    if row.interval_low is not None and row.interval_high is not None and not is_census(row):
        figure = f"{figure} ({span_of(row.interval_low, row.interval_high, row.asked)} %)"
    return f"{figure}, {counted}, {grade}."
