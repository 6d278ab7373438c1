"""The home: my seats, what waits for me, my next meetings, and what to ask."""

from __future__ import annotations

from sqlalchemy import select

from digests.ways import SPOKEN, cut
from handlers.chain import waiting as approvals
from handlers.decisions.asking import waiting_parts as decision_questions
from handlers.decisions.open_meeting import waiting_parts as meetings_to_write
from handlers.decisions.point_asking import waiting_parts as point_questions
from handlers.decisions.point_list import waiting_parts as my_points
from handlers.measures.question import waiting_questions
from handlers.seats.co_opt_list import waiting_parts
from handlers.surveys.answer import waiting_surveys
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Seat
from models.measures.measure import Measure
from models.measures.ownership import is_ownerless
from models.measures.workload import open_measures, waiting_for_report
from models.meetings.meeting import Meeting
from models.message import (
    Actions,
    Button,
    Cell,
    Divider,
    Heading,
    Line,
    Lines,
    Message,
    Note,
    Part,
    Table,
    Text,
    Weight,
)
from models.people.organisations import Person
from models.seats.holders import seats_of_person
from models.wording import role_word, standing_words

MOST_ROWS = 8
MOST_MEETINGS = 4


def home(visit: Visit, wish: Understanding | None = None) -> Message:
    """The home of whoever asks; the operator's is the list of questions."""
    _ = visit.language._
    if visit.asker is None:
        return _for_operator(visit)
    person = visit.person
    seats = seats_of_person(visit.session, person, visit.on)
    parts: list[Part] = [
        Heading(text=_("Hello {name}", name=person.name.split()[0])),
        *_waiting(visit, person),
        *_surveys(visit),
        *waiting_questions(visit),
        *decision_questions(visit),
        *point_questions(visit),
        *my_points(visit),
        *meetings_to_write(visit, seats),
        *waiting_parts(visit),
        *approvals.waiting_parts(visit, seats),
        *_meetings(visit, seats),
        *_seats(visit, seats),
        Divider(),
        *questions(visit),
    ]
    return Message(summary=_("Your home in Samverkansbot"), parts=tuple(parts))


def _for_operator(visit: Visit) -> Message:
    _ = visit.language._
    parts = (Heading(text="Samverkansbot"), *questions(visit))
    return Message(summary=_("Your home in Samverkansbot"), parts=parts)


def _waiting(visit: Visit, person: Person) -> list[Part]:
    _ = visit.language._
    waiting = waiting_for_report(visit.session, person, visit.on)
    heading = Text(text=f"**{_('Waiting for your report')}**")
    if not waiting:
        return [heading, Text(text=_nothing_waits(visit, person))]
    rows = tuple(
        (
            Cell(text=f"{measure.code} {measure.title}"),
            Cell(status=standing_words(stands, visit.language)),
            Cell(text=visit.language.day(measure.due_on, visit.on) if measure.due_on else "–"),
        )
        for measure, stands in waiting[:MOST_ROWS]
    )
    table = Table(columns=(_("Measure"), _("Status"), _("Due")), rows=rows)
    buttons = (
        Button(label=_("Report mine"), action="report.mine", weight=Weight.PRIMARY),
        Button(label=_("All my measures"), action="say", value="mina"),
    )
    return [heading, table, Actions(buttons=buttons)]


def _nothing_waits(visit: Visit, person: Person) -> str:
    _ = visit.language._
    mine = open_measures(visit.session, Measure.owner_id == person.id, ~is_ownerless(visit.on))
    if mine:
        return _("Nothing. All your measures have fresh reports.")
    return _("Nothing. You are not responsible for any open measure.")


def _surveys(visit: Visit) -> list[Part]:
    _ = visit.language._
    surveys = waiting_surveys(visit)
    if not surveys:
        return []
    buttons = tuple(
        Button(
            label=_("Answer: {title}", title=survey.title(visit.language.code))[:40],
            action="survey.answer",
            value=survey.code,
        )
        for survey in surveys[:5]
    )
    spoken = visit.language.n("{number} survey waits", "{number} surveys wait", len(surveys))
    return [Text(text=f"**{spoken}**"), Actions(buttons=buttons)]


def _meetings(visit: Visit, seats: list[Seat]) -> list[Part]:
    _ = visit.language._
    groups = {seat.group_id for seat in seats}
    found = visit.session.scalars(
        select(Meeting)
        .where(
            Meeting.group_id.in_(groups),
            Meeting.starts_at >= visit.at,
            Meeting.cancelled.is_(False),
        )
        .order_by(Meeting.starts_at)
        .limit(MOST_MEETINGS)
    ).all()
    if not found:
        return []
    lines = tuple(_meeting_line(visit, meeting) for meeting in found)
    return [Lines(title=_("Your next meetings"), lines=lines, choose=_("Open a meeting"))]


def _meeting_line(visit: Visit, meeting: Meeting) -> Line:
    """When and where a group meets, leading to the card on which one answers."""
    moment, label = visit.language.moment(meeting.starts_at), visit.language._("Show")
    place = f", {meeting.place}" if meeting.place else ""
    return Line(
        text=f"**{moment}** {meeting.group.name}{place}",
        way=Button(
            label=label,
            action="meeting.show",
            value=str(meeting.id),
            spoken=cut(f"{label}: {moment} {meeting.group.name}", SPOKEN),
        ),
    )


def _seats(visit: Visit, seats: list[Seat]) -> list[Part]:
    _ = visit.language._
    if not seats:
        return [Note(text=_("You hold no seat in any group today."))]
    lines = [
        f"- {seat.group.name}: {role_word(visit.language, seat.role).lower()}" for seat in seats
    ]
    if len(lines) > MOST_ROWS:
        more = len(lines) - MOST_ROWS
        lines[MOST_ROWS:] = [visit.language.n("- and {number} more", "- and {number} more", more)]
    return [Text(text="\n".join([f"**{_('Your seats')}**", *lines]))]


def questions(visit: Visit) -> list[Part]:
    """Questions that can be asked with one press."""
    _ = visit.language._
    district = visit.asker.organisation.district if visit.asker else None
    place = district.name if district else "Farsta"
    english = visit.language.code == "en"
    lines = (
        [f"who {place} steering group", f"measures {place}", f"coverage {place}", "help"]
        if english
        else [f"vem {place} styrgrupp", f"åtgärder {place}", f"vakanser {place}", "hjälp"]
    )
    buttons = tuple(Button(label=line[:40], action="say", value=line) for line in lines)
    return [Note(text=_("Ask for example:")), Actions(buttons=buttons)]
