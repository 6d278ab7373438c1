"""Meetings to come and decisions that were taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload

from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.year.scope import CENTRAL, GROUP, MINE, Scope
from models.base import held_on
from models.groups import Group, Seat
from models.meetings.meeting import Decision, Meeting
from models.message import Actions, Button, Cell, Heading, Message, Part, Table, Text, paragraphs
from models.places.place import District
from models.rights import Action, may
from models.schedule import instant

MOST_MEETINGS = 10
MOST_DECISIONS = 10
DAY = timedelta(days=1)


def meetings(visit: Visit, wish: Understanding) -> Message:
    """Answers `möten …`: those to come, or of a named day, of a place or of my groups."""
    visit.demand(Action.SEE_MEETINGS)
    _ = visit.language._
    found = visit.session.scalars(
        select(Meeting)
        .join(Meeting.group)
        .where(_scope(visit, wish), _when(visit, wish))
        .options(joinedload(Meeting.group))
        .order_by(Meeting.starts_at)
        .limit(MOST_MEETINGS)
    ).all()
    heading = _("Meetings to come")
    sentence = _("No meetings are planned.")
    if wish.on is not None:
        heading = _("Meetings on {day}", day=visit.language.day(wish.on))
        sentence = _("No meetings on this day.")
    if not found:
        return Message(summary=sentence, parts=(Heading(text=heading), Text(text=sentence)))
    rows = tuple(
        (
            Cell(text=visit.language.moment(meeting.starts_at)),
            Cell(text=meeting.group.name),
            Cell(text=_("Meeting cancelled") if meeting.cancelled else meeting.place),
        )
        for meeting in found
    )
    first = found[0]
    spoken = f"{visit.language.moment(first.starts_at)}, {first.group.name}"
    table = Table(columns=(_("When"), _("Group"), _("Place")), rows=rows)
    return Message(
        summary=f"{heading}: {spoken}",
        parts=(Heading(text=heading), table, Actions(buttons=_buttons(visit, found))),
    )


def _buttons(visit: Visit, found: Sequence[Meeting]) -> tuple[Button, ...]:
    """The first meeting, one's own calendar, and a new meeting for those who may plan one."""
    _ = visit.language._
    first, group = found[0], _one_group(found)
    moment = visit.language.moment(first.starts_at)
    buttons = [
        Button(
            label=_("Show {meeting}", meeting=moment), action="meeting.show", value=str(first.id)
        ),
        Button(label=_("Add to my calendar"), action="calendar.open", value=group),
        Button(label=_("The whole year"), action="year.show", value=_year(visit, group)),
    ]
    if group and may(visit.roles(group_id=first.group_id), Action.CHANGE_MEETINGS):
        buttons.append(Button(label=_("Plan a meeting"), action="meeting.new", value=group))
    return tuple(buttons)


def _year(visit: Visit, group: str) -> str:
    """This year of the one group, or of one's own groups, as a button's value."""
    if group:
        return Scope(visit.on.year, GROUP, group).as_value()
    return Scope(visit.on.year, MINE if visit.asker else CENTRAL).as_value()


def _one_group(found: Sequence[Meeting]) -> str:
    """The code of the group that all of the meetings are of; nothing where they are several's."""
    codes = {meeting.group.code for meeting in found}
    return codes.pop() if len(codes) == 1 else ""


def _when(visit: Visit, wish: Understanding) -> ColumnElement[bool]:
    """From now on, with what began within the hour; a named day is that day alone."""
    if wish.on is None:
        return Meeting.starts_at >= visit.at - timedelta(hours=1)
    zone = visit.language.zone
    dawn, next_dawn = instant(wish.on, time(), zone), instant(wish.on + DAY, time(), zone)
    return (Meeting.starts_at >= dawn) & (Meeting.starts_at < next_dawn)


def decisions(visit: Visit, wish: Understanding) -> Message:
    """Answers `beslut …`: the last decisions of the place or group, the newest meeting first."""
    visit.demand(Action.SEE_MEETINGS)
    _ = visit.language._
    found = visit.session.scalars(
        select(Decision)
        .join(Decision.meeting)
        .join(Meeting.group)
        .where(_scope(visit, wish), Meeting.starts_at < _until(visit, wish))
        .options(
            joinedload(Decision.meeting).joinedload(Meeting.group),
            joinedload(Decision.organisation),
        )
        .order_by(Meeting.starts_at.desc(), Decision.number)
        .limit(MOST_DECISIONS)
    ).all()
    heading = _("Decisions")
    if not found:
        sentence = _("No decisions are written down.")
        return Message(summary=sentence, parts=(Heading(text=heading), Text(text=sentence)))
    parts: list[Part] = [Heading(text=heading)]
    for meeting, taken in groupby(found, key=lambda decision: decision.meeting):
        day = visit.language.day(visit.language.local(meeting.starts_at).date())
        parts.extend(paragraphs([f"**{meeting.group.name}, {day}**", *map(_line, taken)]))
    return Message(summary=f"{heading}: {found[0].text}"[:1000], parts=tuple(parts))


def _until(visit: Visit, wish: Understanding) -> datetime:
    """Until now; with a named day, until the end of that day."""
    if wish.on is None:
        return visit.at
    return min(visit.at, instant(wish.on + DAY, time(), visit.language.zone))


def _line(decision: Decision) -> str:
    who = f" ({decision.organisation.name})" if decision.organisation else ""
    return f"- § {decision.number} {decision.text}{who}"


def _scope(visit: Visit, wish: Understanding) -> ColumnElement[bool]:
    """The groups that the question is about; without a place or level, those I sit in.

    Who sits in none, such as the registrar, is shown all.
    """
    chosen: ColumnElement[bool] = true()
    if wish.district:
        within = select(District.id).where(District.name == wish.district)
        chosen = chosen & Group.district_id.in_(within)
    if wish.group is not None:
        chosen = chosen & (Group.kind == wish.group)
    if wish.level is not None:
        chosen = chosen & (Group.level == wish.level)
    if not (wish.district or wish.level) and visit.asker is not None:
        mine = select(Seat.group_id).where(
            Seat.person_id == visit.asker.id,
            held_on(Seat, visit.on),
            Seat.superseded_at.is_(None),
        )
        if visit.session.scalars(mine.limit(1)).first() is not None:
            chosen = chosen & Group.id.in_(mine)
    return chosen
