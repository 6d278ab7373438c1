"""Meetings to come, and of which groups a line asks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import time, timedelta

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload

from digests.ways import SPOKEN, cut
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.year.scope import CENTRAL, GROUP, MINE, Scope
from models.base import held_on
from models.groups import Group, Seat
from models.meetings.meeting import Meeting
from models.message import Actions, Button, Cell, Heading, Message, Note, Table, Text
from models.places.place import District
from models.rights import Action, may
from models.schedule import instant, monday_of_week

MOST_MEETINGS = 10
DAY = timedelta(days=1)


def meetings(visit: Visit, wish: Understanding) -> Message:
    """Answers `möten …`: those to come, or of a named day, of a place or of my groups."""
    visit.demand(Action.SEE_MEETINGS)
    _ = visit.language._
    found = visit.session.scalars(
        select(Meeting)
        .join(Meeting.group)
        .where(scope_of(visit, wish), _when(visit, wish))
        .options(joinedload(Meeting.group))
        .order_by(Meeting.starts_at)
        .limit(MOST_MEETINGS + 1)
    ).all()
    found, is_more = found[:MOST_MEETINGS], len(found) > MOST_MEETINGS
    heading, sentence = _headed(visit, wish)
    if not found:
        return Message(summary=sentence, parts=(Heading(text=heading), Text(text=sentence)))
    first = _first(found)
    spoken = f"{visit.language.moment(first.starts_at, visit.on)}, {first.group.name}"
    return Message(
        summary=f"{heading}: {spoken}",
        parts=(
            Heading(text=heading),
            _table(visit, found),
            *([Note(text=_more(visit))] if is_more else []),
            Actions(buttons=_buttons(visit, found)),
        ),
    )


def _first(found: Sequence[Meeting]) -> Meeting:
    """The next meeting that is held; the first of all where every one is cancelled."""
    return next((meeting for meeting in found if not meeting.cancelled), found[0])


def _table(visit: Visit, found: Sequence[Meeting]) -> Table:
    """When and where each of the groups meets, each row leading to the meeting's card."""
    _ = visit.language._
    rows = tuple(
        (
            Cell(text=visit.language.moment(meeting.starts_at, visit.on)),
            Cell(text=meeting.group.name),
            Cell(text=_("Meeting cancelled") if meeting.cancelled else meeting.place),
        )
        for meeting in found
    )
    return Table(
        columns=(_("When"), _("Group"), _("Place")),
        rows=rows,
        ways=tuple(_way(visit, meeting) for meeting in found),
        choose=_("Open a meeting"),
    )


def _way(visit: Visit, meeting: Meeting) -> Button:
    """To a meeting's card, where the agenda is and one answers."""
    moment = visit.language.moment(meeting.starts_at, visit.on)
    spoken = cut(f"{moment} {meeting.group.name}", SPOKEN)
    return Button(label=moment, action="meeting.show", value=str(meeting.id), spoken=spoken)


def _headed(visit: Visit, wish: Understanding) -> tuple[str, str]:
    """The heading, and the sentence in its place where there is nothing."""
    _ = visit.language._
    if wish.week is not None:
        week = visit.language.week(monday_of_week(wish.week))
        return _("Meetings in {week}", week=week), _("No meetings in this week.")
    if wish.on is not None and wish.whole_month:
        month = visit.language.month_of_year(wish.on)
        return _("Meetings in {month}", month=month), _("No meetings in this month.")
    if wish.on is not None:
        day = visit.language.day(wish.on)
        return _("Meetings on {day}", day=day), _("No meetings on this day.")
    return _("Meetings to come"), _("No meetings are planned.")


def _more(visit: Visit) -> str:
    return visit.language._("There are more meetings later. The whole year shows them all.")


def _buttons(visit: Visit, found: Sequence[Meeting]) -> tuple[Button, ...]:
    """The first meeting, one's own calendar, and a new meeting for those who may plan one."""
    _ = visit.language._
    first, group = _first(found), _one_group(found)
    moment = visit.language.moment(first.starts_at, visit.on)
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
    """From now on, with what began within the hour; a named day, week or month is that alone."""
    zone = visit.language.zone
    if wish.week is not None:
        first, days = monday_of_week(wish.week), 7
    elif wish.on is not None:
        first, days = wish.on, monthrange(wish.on.year, wish.on.month)[1] if wish.whole_month else 1
    else:
        return Meeting.starts_at >= visit.at - timedelta(hours=1)
    dawn, next_dawn = instant(first, time(), zone), instant(first + days * DAY, time(), zone)
    return (Meeting.starts_at >= dawn) & (Meeting.starts_at < next_dawn)


def scope_of(visit: Visit, wish: Understanding) -> ColumnElement[bool]:
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
