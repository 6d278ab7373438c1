"""What a group's meetings have agreed, as a digest of the group says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from digests.facts import GroupFacts
from digests.ways import cut, to_one
from digests.words import Say
from models.language import Language
from models.meetings.decisions import Decided
from models.meetings.points import PointFacts
from models.meetings.words import mark, point_line
from models.message import Line, Lines, Part

MOST, MOST_POINTS = 8, 20
"""So many lines in a digest of the group; so many points where a meeting's own are told."""

TEXT = 240


def agreed(template: str, facts: GroupFacts, language: Language, words: Say) -> list[Part]:
    """Decisions and points in lines; before a meeting the points alone, for all to be gone through.

    Its members were told of the last meeting's decisions on the morning after it.
    """
    parts: list[Part] = []
    if template != "before" and facts.minutes.decisions:
        parts.append(_decisions(facts, language, words))
    if template == "before":
        found = facts.minutes.open_points
    else:
        found = (*facts.minutes.new_points, *_late(facts))
    if found:
        lines = point_lines(found[:MOST], facts.on, language, words)
        parts.append(points_part("points_label", lines, len(found), words))
    return parts


def _late(facts: GroupFacts) -> tuple[PointFacts, ...]:
    carried = facts.minutes.carried_points
    return tuple(each for each in carried if each.days_late(facts.on))


def _decisions(facts: GroupFacts, language: Language, words: Say) -> Lines:
    found = facts.minutes.decisions
    lines = [_line(each, facts, language, words) for each in found[:MOST]]
    return Lines(
        title=words("decisions_label"),
        lines=(*lines, *_more(len(found) - MOST, words)),
        choose=words("choose_decision"),
    )


def _line(decided: Decided, facts: GroupFacts, language: Language, words: Say) -> Line:
    said = f"§ {decided.number} {cut(decided.wording.text, TEXT)}"
    status = mark(language, decided, facts.on)
    way = to_one("decision.show", decided.decision.id, said, words)
    return Line(text=f"{said} ({status})" if status else said, way=way)


def point_lines(
    points: Sequence[PointFacts], on: date, language: Language, words: Say
) -> list[Line]:
    """Who does what by when, each leading to the point, where it can be marked as done."""
    return [
        Line(
            text=point_line(language, each, on).removeprefix("- "),
            way=to_one("point.show", each.point.id, each.text, words),
        )
        for each in points
    ]


def points_part(label: str, lines: Sequence[Line], number: int, words: Say) -> Lines:
    """Points under their label; how many more there are than are shown is said."""
    left = number - len(lines)
    more = _more(left, words)
    return Lines(title=words(label), lines=(*lines, *more), choose=words("choose_point"))


def _more(left: int, words: Say) -> list[Line]:
    return [Line(text=words("more_lines", more=left))] if left > 0 else []
