"""The words of data sources: their statuses and kinds, and how one is shown."""

from __future__ import annotations

from models.indicators.sources import DataSource, SourceKind, SourceStatus, SourceStep
from models.language import Language
from models.message import Button, Fact, Status, Tone

STATUSES: dict[SourceStatus, tuple[str, str, Tone]] = {
    SourceStatus.PROPOSED: ("○", "Proposed", Tone.PLAIN),
    SourceStatus.INVESTIGATED: ("◐", "Being looked into", Tone.PLAIN),
    SourceStatus.IN_USE: ("●", "In use", Tone.GOOD),
    SourceStatus.REJECTED: ("×", "Turned down", Tone.PLAIN),
}
KINDS: dict[SourceKind, str] = {SourceKind.SOURCE: "Data source", SourceKind.OUTPUT: "Output"}
FACTS: tuple[tuple[str, str], ...] = (
    ("owner", "Owned by"),
    ("population", "Covers"),
    ("periodicity", "How often"),
    ("period", "Period"),
    ("answers", "How many"),
    ("method", "Method"),
    ("limits", "What it cannot say"),
    ("remark", "Remark"),
)


def status_of(language: Language, status: SourceStatus) -> Status:
    """A source's status as sign, word and tone."""
    sign, word, tone = STATUSES[status]
    return Status(sign=sign, word=language._(word), tone=tone)


def facts_of(language: Language, row: DataSource) -> tuple[Fact, ...]:
    """What is known of a source, label by label; what nobody has said is left out."""
    told = ((label, getattr(row, name)) for name, label in FACTS)
    return tuple(Fact(label=language._(label), value=said[:1500]) for label, said in told if said)


def step_line(language: Language, step: SourceStep) -> str:
    """One step of a source's way: 10 juni 2024: utreds, Eva Nordin. Varför."""
    word = language._(STATUSES[step.status][1]).lower()
    by = step.person.shown_as() if step.person else language._("imported")
    day = language.day(language.local(step.at).date())
    said = f"- {day}: {word}, {by}."
    return f"{said} {step.reason}" if step.reason else said


def list_button(language: Language) -> Button:
    """Leads to the whole catalogue."""
    return Button(label=language._("All data sources"), action="source.list")
