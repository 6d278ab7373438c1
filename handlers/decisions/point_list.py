"""Open action points: mine and my groups', or those of the place or group that is named."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from digests.ways import SPOKEN, cut
from handlers.decisions.point_card import can_take, owns, sees_point, state_of
from handlers.requests import ButtonPressed, PlaceKind
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.meetings.meeting import Meeting
from models.meetings.points import PointFacts, is_owned_by, open_points
from models.meetings.words import owner_words
from models.message import (
    TABLE_ROWS,
    Actions,
    Button,
    Cell,
    Heading,
    Line,
    Lines,
    Message,
    Note,
    Part,
    Table,
    Text,
)
from models.places.place import District
from models.rights import Action
from models.seats.holders import seats_of_person

MOST_BUTTONS = 5


def action_points(visit: Visit, wish: Understanding) -> Message:
    """Answers `åtgärdspunkter …`: what is open, the nearest last day first."""
    visit.demand(Action.SEE_MEETINGS)
    return _list(visit, _scope(visit, wish))


def of_group(visit: Visit, press: ButtonPressed) -> Message:
    """The open points of the group that a button names; without one, mine."""
    visit.demand(Action.SEE_MEETINGS)
    query = select(Group).where(Group.code == press.value)
    group = visit.session.scalars(query).first()
    return _list(visit, Meeting.group_id == group.id if group else _mine(visit))


def _scope(visit: Visit, wish: Understanding) -> ColumnElement[bool]:
    """The points of the named place or group; without one mine and those of my groups."""
    groups = select(Group.id)
    if wish.group_code:
        return Meeting.group_id.in_(groups.where(Group.code == wish.group_code))
    if wish.district or wish.level or wish.group:
        if wish.district:
            within = select(District.id).where(District.name == wish.district)
            groups = groups.where(Group.district_id.in_(within))
        if wish.group is not None:
            groups = groups.where(Group.kind == wish.group)
        if wish.level is not None:
            groups = groups.where(Group.level == wish.level)
        return Meeting.group_id.in_(groups)
    return _mine(visit) if wish.whose else _mine(visit) | _of_my_groups(visit)


def _mine(visit: Visit) -> ColumnElement[bool]:
    return is_owned_by(visit.person)


def _of_my_groups(visit: Visit) -> ColumnElement[bool]:
    seats = seats_of_person(visit.session, visit.person, visit.on)
    return Meeting.group_id.in_({seat.group_id for seat in seats})


def _list(visit: Visit, which: ColumnElement[bool]) -> Message:
    in_channel = visit.where.kind is PlaceKind.CHANNEL
    found = [
        each
        for each in open_points(visit.session, which, restricted=True)
        if sees_point(visit, each) and not (in_channel and each.point.restricted)
    ]
    _ = visit.language._
    heading = _("Action points")
    if not found:
        sentence = _("No action points are open.")
        return Message(summary=sentence, parts=(Heading(text=heading), Text(text=sentence)))
    late = sum(each.days_late(visit.on) > 0 for each in found)
    lead = visit.language.n("{number} open", "{number} open", len(found))
    if late:
        lead += ", " + visit.language.n("{number} late", "{number} late", late)
    shown = found[:TABLE_ROWS]
    parts: list[Part] = [Heading(text=heading), Note(text=lead), _table(visit, shown)]
    if len(found) > len(shown):
        more = len(found) - len(shown)
        sentence = _("… and {number} more. Name a group to see fewer.", number=more)
        parts.append(Note(text=sentence))
    if buttons := _buttons(visit, shown):
        parts.append(Actions(buttons=buttons))
    return Message(summary=f"{heading}: {lead}", parts=tuple(parts))


def _table(visit: Visit, found: Sequence[PointFacts]) -> Table:
    _ = visit.language._
    rows = tuple(
        (
            Cell(text=each.text[:500]),
            Cell(text=owner_words(visit.language, each, visit.on)),
            Cell(
                text=visit.language.day(each.due_on, visit.on) if each.due_on else "–",
                status=state_of(visit.language, each, visit),
            ),
            Cell(text=_from(visit, each)),
        )
        for each in found
    )
    return Table(
        columns=(_("What is to be done"), _("Who"), _("Due"), _("From")),
        rows=rows,
        ways=tuple(_shown(visit, each) for each in found),
        choose=_("Open an action point"),
    )


def _from(visit: Visit, facts: PointFacts) -> str:
    meeting = facts.point.meeting
    day = visit.language.day(visit.language.local(meeting.starts_at).date(), visit.on)
    decision = f"§ {facts.point.decision.number}, " if facts.point.decision else ""
    return f"{decision}{meeting.group.code} {day}"


def _buttons(visit: Visit, found: Sequence[PointFacts]) -> tuple[Button, ...]:
    """My own to be marked as done, and what nobody does any more to take."""
    mine = [each for each in found if owns(visit, each) and each.point.measure is None]
    left = [each for each in found if can_take(visit, each)]
    buttons = (*(_done(visit, each) for each in mine), *(_taken(visit, each) for each in left))
    return buttons[:MOST_BUTTONS]


def _done(visit: Visit, facts: PointFacts) -> Button:
    label = visit.language._("Done: {text}", text=facts.text)
    return Button(label=_short(label), action="point.done", value=str(facts.point.id))


def _taken(visit: Visit, facts: PointFacts) -> Button:
    label = visit.language._("Take over: {text}", text=facts.text)
    return Button(label=_short(label), action="point.take", value=str(facts.point.id))


def _shown(visit: Visit, facts: PointFacts) -> Button:
    """To a point's card, where it is changed, given more time or asked about."""
    spoken = cut(visit.language._("Show: {text}", text=facts.text), SPOKEN)
    number = str(facts.point.id)
    return Button(label=visit.language._("Show"), action="point.show", value=number, spoken=spoken)


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"


def waiting_parts(visit: Visit) -> list[Part]:
    """The member's own open points, for their home."""
    found = open_points(visit.session, is_owned_by(visit.person), restricted=True)
    tasks = [each for each in found if each.point.measure is None]
    if not tasks:
        return []
    _ = visit.language._
    lines = [
        Line(text=f"{each.text} ({_when(visit, each)})", way=_shown(visit, each))
        for each in tasks[:MOST_BUTTONS]
    ]
    if len(tasks) > MOST_BUTTONS:
        more = len(tasks) - MOST_BUTTONS
        lines.append(Line(text=visit.language.n("and {number} more", "and {number} more", more)))
    title, choose = _("Your action points"), _("Open an action point")
    buttons = tuple(_done(visit, each) for each in tasks[:MOST_BUTTONS])
    return [Lines(title=title, lines=tuple(lines), choose=choose), Actions(buttons=buttons)]


def _when(visit: Visit, facts: PointFacts) -> str:
    assert facts.due_on is not None, "a task has a last day"
    by = visit.language._("by {day}", day=visit.language.day(facts.due_on, visit.on))
    late = state_of(visit.language, facts, visit)
    return f"{by}, {late}" if late else by
