"""What was reported on the measures that somebody follows: one message, which asks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from models.language import Language
from models.measures.measure import ProgressReport
from models.message import Actions, Button, Heading, Message, Note, Part, Quote, Text
from models.wording import status_words

MOST = 8
"""So many measures are told whole; the others are named, and told on their pages."""

MOST_LINES = 5
"""So many reports on a measure have a line; how many went before is said."""


def following_message(reports: Sequence[ProgressReport], language: Language) -> Message:
    """The reports by measure, each with a way to stop following; `reports` in that order."""
    by_measure = [list(rows) for _, rows in groupby(reports, key=lambda row: row.measure_id)]
    heading = language._("News of measures that you follow")
    codes = [rows[0].measure.code for rows in by_measure]
    parts: list[Part] = [Heading(text=heading)]
    for rows in by_measure[:MOST]:
        parts += _measure(rows, language)
    if rest := codes[MOST:]:
        parts.append(Text(text=language._("Also {codes}.", codes=language.join(rest))))
        mine = Button(label=language._("All that I follow"), action="follow.list")
        parts.append(Actions(buttons=(mine,)))
    parts.append(Note(text=language._("At most one message a day, when something was reported.")))
    return Message(summary=f"{heading}: {', '.join(codes)}"[:1000], parts=tuple(parts))


def _measure(rows: Sequence[ProgressReport], language: Language) -> list[Part]:
    """A measure's reports: a line each, and the last one's words."""
    measure, last = rows[0].measure, rows[-1]
    lines = [f"**{measure.code} {measure.title}**"]
    if (earlier := len(rows) - MOST_LINES) > 0:
        told = language.n(
            "- {number} earlier report, in the history",
            "- {number} earlier reports, in the history",
            earlier,
        )
        lines.append(told)
    lines += [_line(row, language) for row in rows[-MOST_LINES:]]
    said = last.comment or last.obstacle
    words: list[Part] = [Quote(text=said)] if said else []
    return [Text(text="\n".join(lines)), *words, Actions(buttons=_buttons(measure.code, language))]


def _line(row: ProgressReport, language: Language) -> str:
    name = row.reporter.shown_as() if row.reporter else language._("The register")
    percent = f", {row.percent} %" if row.percent is not None else ""
    word = status_words(language, row.status)
    return f"- {language.moment(row.at)} {name}: {word}{percent}"


def _buttons(code: str, language: Language) -> tuple[Button, ...]:
    return (
        Button(
            label=language._("History"),
            action="timeline.page",
            value=code,
            spoken=f"{code}: {language._('History')}"[:75],
        ),
        Button(
            label=language._("Stop following"),
            action="follow.stop",
            value=code,
            spoken=f"{code}: {language._('Stop following')}"[:75],
        ),
    )
