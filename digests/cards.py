"""Facts and words put together as neutral messages."""

from __future__ import annotations

from collections.abc import Sequence

from digests.agreed import agreed
from digests.facts import GroupFacts, MeasureFact
from digests.pictures import status_picture
from digests.ways import LEADS, codes, cut, to_measure
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
        *table_of(facts, facts.told, language, words),
        *(status_picture(facts, language) if picture else ()),
        *agreed(template, facts, language, words),
        *ahead(facts, language, words),
        *rows_of(buttons(facts, facts.told, words)),
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


def table_of(
    facts: GroupFacts, told: Sequence[MeasureFact], language: Language, words: Words
) -> list[Part]:
    """The measures that are told of, each leading to its card; those beyond are counted."""
    if not told:
        return []
    columns = ("column_measure", "column_standing", "column_organisation", "column_due")
    shown = told[:TABLE_ROWS]
    table = Table(
        columns=tuple(words(name) for name in columns),
        rows=tuple(_row(fact, facts, language, words) for fact in shown),
        ways=tuple(to_measure(fact) for fact in shown),
        choose=words("choose_measure"),
    )
    left = len(told) - len(shown)
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


def ahead(facts: GroupFacts, language: Language, words: Say) -> list[Part]:
    """What else there is to know, a line for each kind that there is."""
    return facts_of(lines_ahead(facts, language, words))


def lines_ahead(facts: GroupFacts, language: Language, words: Say, but: str = "") -> list[Fact]:
    """The same lines, for who puts others before them, `but` one that is told elsewhere."""
    return [
        line_of(facts, language, words, name)
        for name, told in AHEAD.items()
        if name != but and getattr(facts, told)
    ]


def line_of(facts: GroupFacts, language: Language, words: Say, name: str) -> Fact:
    """A line about the group, with the ways to what it tells of."""
    leads, kind = LEADS[name]
    ways = tuple(leads(facts, language, words))
    asks = words(f"choose_{kind}") if len(ways) > 1 else ""
    return line(words, name, _BLOCKS.get(name, name), ways=ways, choose=asks)


def line(
    words: Say, name: str, block: str = "", *, ways: tuple[Button, ...] = (), choose: str = ""
) -> Fact:
    """A labelled line; a long one is shown to be cut."""
    value = cut(words(block or name), VALUE_LENGTH)
    return Fact(label=words(f"{name}_label"), value=value, ways=ways, choose=choose)


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


def buttons(facts: GroupFacts, told: Sequence[MeasureFact], words: Words) -> list[Button]:
    """What is done about the whole: to report, to see all, to ask about any that is told of."""
    found = [Button(label=words("report_mine"), action="report.mine", weight=Weight.PRIMARY)]
    if facts.measures:
        found.append(Button(label=words("show_all"), action="measures.group", value=facts.code))
    if named := codes(told[:TABLE_ROWS]):
        found.append(Button(label=words("question"), action="question.among", value=named))
    if facts.minutes.open_points:
        found.append(Button(label=words("show_points"), action="point.list", value=facts.code))
    return found
