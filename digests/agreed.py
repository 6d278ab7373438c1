"""What a group's meetings have agreed, as a digest of the group says it."""

from __future__ import annotations

from digests.facts import GroupFacts
from digests.words import Say
from models.language import Language
from models.meetings.decisions import Decided
from models.meetings.points import PointFacts
from models.meetings.words import mark, point_line
from models.message import Part, paragraphs

MOST = 8
LINE = 240


def agreed(template: str, facts: GroupFacts, language: Language, words: Say) -> list[Part]:
    """Decisions and points in lines; before a meeting the points alone, for all to be gone through.

    Its members were told of the last meeting's decisions on the morning after it.
    """
    parts: list[Part] = []
    if template != "before" and facts.minutes.decisions:
        lines = [_line(each, facts, language) for each in facts.minutes.decisions]
        parts += paragraphs(_shown(words("decisions_label"), lines, words))
    if template == "before":
        found = facts.minutes.open_points
    else:
        found = (*facts.minutes.new_points, *_late(facts))
    if found:
        lines = [point_line(language, each, facts.on) for each in found]
        parts += paragraphs(_shown(words("points_label"), lines, words))
    return parts


def _late(facts: GroupFacts) -> tuple[PointFacts, ...]:
    carried = facts.minutes.carried_points
    return tuple(each for each in carried if each.days_late(facts.on))


def _line(decided: Decided, facts: GroupFacts, language: Language) -> str:
    text = decided.wording.text
    short = text if len(text) <= LINE else f"{text[: LINE - 1]}…"
    status = mark(language, decided, facts.on)
    return f"- § {decided.number} {short}" + (f" ({status})" if status else "")


def _shown(label: str, lines: list[str], words: Say) -> list[str]:
    """The label and the first lines; how many more there are is said."""
    left = len(lines) - MOST
    more = [words("more_lines", more=left)] if left > 0 else []
    return [f"**{label}**", *lines[:MOST], *more]
