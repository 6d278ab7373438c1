"""What a meeting has agreed, on its card: its decisions and action points, and ways to add more."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.decisions.card import decisions_seen, sees_restricted
from handlers.decisions.preparing import is_ahead, is_taken, writes_of
from handlers.visit import Visit
from models.meetings.action_points import ActionPoint
from models.meetings.decisions import Decided
from models.meetings.meeting import Meeting
from models.meetings.points import PointFacts, points_known
from models.meetings.words import mark, point_line
from models.message import Actions, Button, Part, paragraphs

MOST_SHOWN = 10
IN_A_ROW = 5
LINE = 400


def agreed_parts(visit: Visit, meeting: Meeting) -> list[Part]:
    """Its decisions and points as far as the asker may see them, each with a button to its card."""
    inside = sees_restricted(visit, meeting)
    decisions = decisions_seen(visit, meeting)
    points = points_known(
        visit.session, ActionPoint.meeting_id == meeting.id, None, None, restricted=inside
    )
    taken = is_taken(visit, meeting)
    title = visit.language._("Decisions") if taken else visit.language._("Prepared decisions")
    parts = [*_decisions(visit, title, decisions), *_points(visit, points)]
    if buttons := _buttons(visit, meeting, taken and bool(decisions)):
        parts.append(Actions(buttons=buttons))
    return parts


def _decisions(visit: Visit, title: str, decisions: Sequence[Decided]) -> list[Part]:
    if not decisions:
        return []
    shown = decisions[:MOST_SHOWN]
    lines = [_line(visit, each) for each in shown]
    if len(decisions) > len(shown):
        more = len(decisions) - len(shown)
        lines.append(visit.language.n("- and {number} more", "- and {number} more", more))
    buttons = [
        Button(label=f"§ {each.number}", action="decision.show", value=str(each.decision.id))
        for each in shown
    ]
    return [*paragraphs([f"**{title}**", *lines]), *_rows(buttons)]


def _line(visit: Visit, decided: Decided) -> str:
    text = decided.wording.text
    short = text if len(text) <= LINE else f"{text[: LINE - 1]}…"
    status = mark(visit.language, decided, visit.on)
    return f"- § {decided.number} {short}" + (f" ({status})" if status else "")


def _points(visit: Visit, points: Sequence[PointFacts]) -> list[Part]:
    if not points:
        return []
    _ = visit.language._
    lines = [_point_line(visit, each) for each in points[:MOST_SHOWN]]
    if len(points) > MOST_SHOWN:
        more = len(points) - MOST_SHOWN
        lines.append(visit.language.n("- and {number} more", "- and {number} more", more))
    buttons = [
        Button(label=_short(each.text), action="point.show", value=str(each.point.id))
        for each in points[:IN_A_ROW]
    ]
    return [*paragraphs([f"**{_('Action points')}**", *lines]), *_rows(buttons)]


def _point_line(visit: Visit, facts: PointFacts) -> str:
    line = point_line(visit.language, facts, visit.on)
    return line if facts.is_open else f"{line} ✓ {visit.language._('closed')}"


def _rows(buttons: Sequence[Button]) -> list[Part]:
    return [
        Actions(buttons=tuple(buttons[at : at + IN_A_ROW]))
        for at in range(0, len(buttons), IN_A_ROW)
    ]


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"


def _buttons(visit: Visit, meeting: Meeting, has_decisions: bool) -> tuple[Button, ...]:
    """What can be added and asked."""
    _ = visit.language._
    number = str(meeting.id)
    write = Button(label=_("Write a decision"), action="decision.write", value=number)
    point = Button(label=_("New action point"), action="point.write", value=number)
    writes = (write,) if is_ahead(visit, meeting) else (write, point)
    ask = Button(label=_("I have a question"), action="decision.ask", value=number)
    return (
        *(writes if writes_of(visit, meeting) else ()),
        *((ask,) if has_decisions else ()),
    )
