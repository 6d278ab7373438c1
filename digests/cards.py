"""Facts and words put together as neutral messages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from digests.agreed import agreed
from digests.facts import GroupFacts, MeasureFact
from digests.pictures import status_picture
from digests.words import Say, Words
from models.language import Language
from models.measures.needed import NOBODY
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
    Table,
    Weight,
)
from models.wording import pace_words, standing_words

QUOTE_LENGTH, VALUE_LENGTH = 300, 1500
MOST_FACTS, MOST_BUTTONS = 10, 5
MOST_RESULTS = 2
"""So many results have buttons of their own; all are named."""


def group_card(
    template: str, facts: GroupFacts, language: Language, *notes: str, picture: bool = False
) -> Message:
    """How a group stands: figures, one table of what is told, and what lies ahead."""
    words = words_of(template, facts, language)
    parts: list[Part] = [
        Heading(text=words("heading")[:150]),
        Note(text=words("lead")),
        *(Note(text=note) for note in notes),
        *figures(facts, words),
        *table_of(facts, language, words),
        *(status_picture(facts, language) if picture else ()),
        *agreed(template, facts, language, words),
        *ahead(facts, words),
        *rows_of(buttons(facts, language, words)),
    ]
    return Message(summary=words("summary")[:1000], parts=tuple(parts), lasting=True)


def words_of(template: str, facts: GroupFacts, language: Language, **values: object) -> Words:
    """The words of a digest about a group."""
    return Words(template, language, facts=facts, **values)


def figures(facts: GroupFacts, words: Words) -> list[Part]:
    """How many measures stand how, as large numbers."""
    if not facts.measures:
        return []
    counts = facts.counts
    numbers = {
        "figure_done": len(facts.done),
        "figure_on_plan": counts[Light.ON_PLAN] + counts[Light.NOT_STARTED],
        "figure_late": counts[Light.LATE],
        "figure_at_risk": counts[Light.AT_RISK],
        "figure_silent": counts[Light.SILENT],
    }
    shown = tuple(
        Fact(label=words(name, number=number), value=str(number))
        for name, number in numbers.items()
        if number or name != "figure_at_risk"
    )
    return [Facts(facts=shown, figures=True)]


def table_of(facts: GroupFacts, language: Language, words: Words) -> list[Part]:
    """The measures that are told of; those beyond the table are counted."""
    if not facts.told:
        return []
    columns = ("column_measure", "column_standing", "column_organisation", "column_due")
    rows = tuple(_row(fact, facts, language, words) for fact in facts.told[:TABLE_ROWS])
    table = Table(columns=tuple(words(name) for name in columns), rows=rows)
    left = len(facts.told) - len(rows)
    return [table, Note(text=words("more", more=left))] if left else [table]


def _row(
    fact: MeasureFact, facts: GroupFacts, language: Language, words: Words
) -> tuple[Cell, ...]:
    day = fact.reported_on if fact.light is Light.DONE else fact.due_on
    return (
        Cell(text=f"{fact.code} {fact.title}"[:500], quote=_quote(fact, language, words)),
        Cell(
            text=pace_words(language, fact.promise) if fact.promise else "",
            status=standing_words(fact.standing, language),
            leads=True,
        ),
        Cell(text=words("ownerless") if fact.is_ownerless else fact.organisation),
        Cell(text=language.day(day, facts.on) if day else ""),
    )


def _quote(fact: MeasureFact, language: Language, words: Words) -> str | None:
    """What was said of a measure within the period; a longer text is shown to be cut."""
    if not (fact.is_news and fact.comment):
        return None
    short = len(fact.comment) <= QUOTE_LENGTH
    said = fact.comment if short else f"{fact.comment[: QUOTE_LENGTH - 1]}…"
    who = fact.needed.words(language) if fact.needed is not NOBODY else ""
    return f"{said} ({words('needed', who=who)})"[:500] if who else said


AHEAD = {
    "rewritten": "rewritten",
    "meeting_news": "meeting_news",
    "meeting": "next_meeting",
    "due": "due_before_meeting",
    "ownerless": "ownerless",
    "vacancies": "vacancies",
    "lacks": "lacks",
    "results": "results",
    "indicators": "indicators",
    "approvals": "approvals",
    "revision": "revision",
}
"""The lines under the table in their order, each with the facts that it tells."""

_BLOCKS = {"ownerless": "ownerless_list"}
"""The lines whose block is called otherwise."""


def ahead(facts: GroupFacts, words: Say) -> list[Part]:
    """What else there is to know, a line for each kind that there is."""
    return facts_of(lines_ahead(facts, words))


def lines_ahead(facts: GroupFacts, words: Say) -> list[Fact]:
    """The same lines, for who puts others before them."""
    return [
        line(words, name, _BLOCKS.get(name, name))
        for name, told in AHEAD.items()
        if getattr(facts, told)
    ]


def line(words: Say, name: str, block: str = "") -> Fact:
    """A labelled line; a long one is shown to be cut."""
    said = words(block or name)
    return Fact(
        label=words(f"{name}_label"), value=said if len(said) <= 1500 else f"{said[:1499]}…"
    )


def facts_of(lines: Sequence[Fact]) -> list[Part]:
    """Lines as parts: ten have room in one."""
    return [
        Facts(facts=tuple(lines[at : at + MOST_FACTS])) for at in range(0, len(lines), MOST_FACTS)
    ]


def rows_of(buttons: Sequence[Button]) -> list[Part]:
    """Buttons in rows of five."""
    return [
        Actions(buttons=tuple(buttons[at : at + MOST_BUTTONS]))
        for at in range(0, len(buttons), MOST_BUTTONS)
    ]


def buttons(facts: GroupFacts, language: Language, words: Words) -> list[Button]:
    """The ways on from what is told: to report, to ask, to take over, and to what is behind it."""
    found = [Button(label=words("report_mine"), action="report.mine", weight=Weight.PRIMARY)]
    if facts.measures:
        found.append(Button(label=words("show_all"), action="measures.group", value=facts.code))
    told = _codes(facts.told[:TABLE_ROWS])
    if told:
        found.append(Button(label=words("question"), action="question.among", value=told))
    if facts.minutes.open_points:
        found.append(Button(label=words("show_points"), action="point.list", value=facts.code))
    if facts.ownerless:
        value = _codes(facts.ownerless)
        found.append(Button(label=words("take_over"), action="measure.owner", value=value))
    return [*found, *_to_news(facts, language, words)]


def _to_news(facts: GroupFacts, language: Language, words: Words) -> Iterable[Button]:
    """The ways to what stands in the lines under the table."""
    if facts.vacancies or facts.lacks:
        value = f"{facts.code}|{facts.on.isoformat()}|0"
        yield Button(label=words("show_seats"), action="who.group", value=value)
    for result in facts.results[:MOST_RESULTS]:
        label = words("show_result", title=result.titles[language.code])
        yield Button(label=_short(label, 40), action="survey.result", value=result.code)
    if facts.indicators:
        first = facts.indicators[0]
        place = {"district": facts.place} if facts.place else {}
        value = json.dumps({"code": first.code, **place})
        label = _short(words("show_indicator", name=first.names[language.code]), 40)
        yield Button(label=label, action="indicator.series", value=value)


def _codes(measures: Iterable[MeasureFact]) -> str:
    """The codes of measures as a button holds them, as many as have room."""
    codes = " ".join(fact.code for fact in measures)
    return codes if len(codes) <= VALUE_LENGTH else codes[:VALUE_LENGTH].rpartition(" ")[0]


def _short(text: str, most: int = 500) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
