"""What is said of agendas, decisions and action points, the same in every reply and digest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from models.language import Language
from models.meetings.agendas import ItemKind, items
from models.meetings.decisions import Decided, Wording
from models.meetings.points import PointFacts
from models.message import Status, Tone
from models.wording import PARTIES

KINDS = {
    ItemKind.INFORMATION: "information",
    ItemKind.CONSULTATION: "consultation",
    ItemKind.DECISION: "decision",
}
"""What an item is for, in a word; the words are in the catalogue."""


def agenda_lines(language: Language, agenda: str) -> list[str]:
    """The items numbered, each with what it is for."""
    lines = []
    for number, item in enumerate(items(agenda), start=1):
        word = KINDS.get(item.kind)
        lines.append(f"{number}. {begun(item.title)}" + (f" ({language._(word)})" if word else ""))
    return lines


def begun(title: str) -> str:
    """An item's title as it begins a line; between semicolons it is often written small."""
    return title[:1].upper() + title[1:]


def concerned(language: Language, wording: Wording, names: Mapping[str, str]) -> str:
    """Whom a decision concerns: its districts, then the party where only one is."""
    districts = ", ".join(sorted(names.get(code, code) for code in wording.districts))
    parties = ", ".join(language._(PARTIES[each]) for each in wording.parties)
    return "; ".join(words for words in (districts, parties) if words)


def numbered(language: Language, decided: Decided) -> str:
    """A decision's § with its registry number, where it has one."""
    number = f"§ {decided.number}"
    return f"{number}, {registered(language, decided)}" if decided.registry else number


def registered(language: Language, decided: Decided) -> str:
    """A decision's registry number, said to be one."""
    return language._("reg. no. {number}", number=decided.registry)


def mark(language: Language, decided: Decided, on: date) -> Status | None:
    """That a decision is for its group alone, or that it is corrected; nothing where neither."""
    words = [language._("Restricted")] if decided.is_restricted else []
    if decided.is_corrected:
        day = language.day(language.local(decided.known_at).date(), on)
        words.append(language._("Corrected {day}", day=day))
    if not words:
        return None
    return Status(sign="◆", word=", ".join(words)[:75], tone=Tone.WARNING)


def lateness(language: Language, facts: PointFacts, on: date) -> Status | None:
    """How late an open point is; nothing where it is not."""
    days = facts.days_late(on)
    if not days:
        return None
    word = language.n("{number} day past its date", "{number} days past its date", days)
    return Status(sign="▲", word=word, tone=Tone.BAD)


def owner_words(language: Language, facts: PointFacts, on: date) -> str:
    """Who does it; that somebody has left is said, so that a point does not wait for them."""
    owner = facts.owner
    if owner is None:
        return language._("No one responsible")
    name = owner.shown_as()
    return name if owner.is_active(on) else language._("{name} (has left)", name=name)


def point_line(language: Language, facts: PointFacts, on: date) -> str:
    """Who does what by when, in a line; that it is late, and that it is for the group alone."""
    owner = owner_words(language, facts, on)
    by = language._("by {day}", day=language.day(facts.due_on, on)) if facts.due_on else ""
    late = lateness(language, facts, on)
    alone = language._("restricted to the group") if facts.point.restricted else ""
    when = ", ".join(word for word in (by, str(late) if late else "", alone) if word)
    said = f"- **{owner}**: {facts.text}"
    return f"{said} ({when})" if when else said
