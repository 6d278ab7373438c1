"""Facts and words put together as neutral messages."""

from __future__ import annotations

from functools import partial

from digests.agreed import agreed
from digests.facts import GroupFacts, MeasureFact
from digests.words import Say, say
from models.language import Language
from models.measures.progress import Light
from models.message import (
    TABLE_ROWS,
    Actions,
    Button,
    Cell,
    Fact,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Quote,
    Table,
    Weight,
)
from models.wording import pace_words, standing_words

QUOTE_LENGTH = 300


def group_card(
    template: str, facts: GroupFacts, language: Language, *, answers: bool = True
) -> Message:
    """How a group stands: figures, one table of what is told, and what lies ahead.

    `answers` tells whether the reader can answer the call to the meeting that it is about.
    """
    words: Say = partial(_say, template, language, facts=facts)
    parts: list[Part] = [
        Heading(text=words("heading")),
        Note(text=words("lead")),
        *([_figures(facts, words)] if facts.measures else []),
        *_agenda(template, facts, words),
        *_call(template, facts, words, answers),
        *_table(facts, language, words),
        *agreed(template, facts, language, words),
        *ahead(facts, words),
        _buttons(facts, words),
    ]
    return Message(summary=words("summary"), parts=tuple(parts), lasting=True)


def _say(template: str, language: Language, block: str, **values: object) -> str:
    return say(template, block, language, **values)


def _figures(facts: GroupFacts, words: Say) -> Facts:
    counts = facts.counts
    numbers = {
        "figure_done": len(facts.done),
        "figure_on_plan": counts[Light.ON_PLAN] + counts[Light.NOT_STARTED],
        "figure_late": counts[Light.LATE],
        "figure_at_risk": counts[Light.AT_RISK],
        "figure_silent": counts[Light.SILENT],
    }
    return Facts(
        facts=tuple(
            Fact(label=words(name, number=number), value=str(number))
            for name, number in numbers.items()
            if number or name != "figure_at_risk"
        ),
        figures=True,
    )


def _agenda(template: str, facts: GroupFacts, words: Say) -> list[Part]:
    """What the meeting is about, as the secretary wrote it."""
    if template != "before" or facts.next_meeting is None or not facts.next_meeting.agenda:
        return []
    return [Quote(text=facts.next_meeting.agenda[:3000], by=words("agenda_label"))]


def _call(template: str, facts: GroupFacts, words: Say, answers: bool) -> list[Part]:
    """The ways to answer the call to the meeting, for those who are called or sent to it."""
    if template != "before" or facts.next_meeting is None:
        return []
    number = str(facts.next_meeting.id)
    see = Button(label=words("show_meeting"), action="meeting.show", value=number)
    ways = (
        Button(label=words("coming"), action="meeting.coming", value=number),
        Button(label=words("absent"), action="meeting.absent", value=number),
    )
    return [Actions(buttons=(*(ways if answers else ()), see))]


def _table(facts: GroupFacts, language: Language, words: Say) -> list[Part]:
    if not facts.told:
        return []
    columns = ("column_measure", "column_standing", "column_organisation", "column_due")
    rows = tuple(_row(fact, facts, language, words) for fact in facts.told[:TABLE_ROWS])
    table = Table(columns=tuple(words(name) for name in columns), rows=rows)
    left = len(facts.told) - len(rows)
    return [table, Note(text=words("more", more=left))] if left else [table]


def _row(fact: MeasureFact, facts: GroupFacts, language: Language, words: Say) -> tuple[Cell, ...]:
    day = fact.reported_on if fact.light is Light.DONE else fact.due_on
    return (
        Cell(text=f"{fact.code} {fact.title}"[:500], quote=_quote(fact, language, words)),
        Cell(
            text=pace_words(language, fact.promise) if fact.promise else "",
            status=standing_words(fact.standing, language),
        ),
        Cell(text=words("ownerless") if fact.is_ownerless else fact.organisation),
        Cell(text=language.day(day, facts.on) if day else ""),
    )


def _quote(fact: MeasureFact, language: Language, words: Say) -> str | None:
    """What was said of a measure within the period; a longer text is shown to be cut."""
    if not (fact.is_news and fact.comment):
        return None
    short = len(fact.comment) <= QUOTE_LENGTH
    said = fact.comment if short else f"{fact.comment[: QUOTE_LENGTH - 1]}…"
    who = fact.needed.words(language)
    return f"{said} ({words('needed', who=who)})"[:500] if who else said


def ahead(facts: GroupFacts, words: Say) -> list[Part]:
    """The standing facts under the table, those that there are."""
    there = {
        "meeting": facts.next_meeting is not None,
        "due": bool(facts.due_before_meeting),
        "ownerless": bool(facts.ownerless),
        "vacancies": bool(facts.vacancies),
        "lacks": bool(facts.lacks),
        "results": bool(facts.results),
        "approvals": bool(facts.approvals),
        "revision": facts.revision is not None,
    }
    blocks = {"ownerless": "ownerless_list"}
    lines = tuple(
        Fact(label=words(f"{name}_label"), value=words(blocks.get(name, name))[:1500])
        for name, is_there in there.items()
        if is_there
    )
    return [Facts(facts=lines)] if lines else []


def _buttons(facts: GroupFacts, words: Say) -> Actions:
    mine = Button(label=words("report_mine"), action="report.mine", weight=Weight.PRIMARY)
    points = _open_points(facts, words)
    if not facts.measures:
        return Actions(buttons=(mine, *points))
    every = Button(label=words("show_all"), action="measures.group", value=facts.code)
    return Actions(buttons=(mine, every, *points, *_question(facts, words)))


def _open_points(facts: GroupFacts, words: Say) -> list[Button]:
    """What leads to the group's open action points, where there are any."""
    if not facts.minutes.open_points:
        return []
    return [Button(label=words("show_points"), action="point.list", value=facts.code)]


def _question(facts: GroupFacts, words: Say) -> list[Button]:
    """A question about one of the measures in the table, whose rows can hold no button."""
    codes = " ".join(fact.code for fact in facts.told[:TABLE_ROWS])
    if not codes:
        return []
    return [Button(label=words("question"), action="question.among", value=codes[:1500])]
