"""My role: what I and my organisation have seats in, answer for, and are waited for with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from handlers.chain.waiting import waiting_lines
from handlers.representation.knowledge import AsOf
from handlers.representation.role_duties import duties_part, part_of
from handlers.representation.role_place import Standing, place_parts
from handlers.representation.seat_table import mandate_limits, spoken_for
from handlers.surveys.answer import waiting_surveys
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Seat
from models.measures.measure import Measure
from models.measures.questions import unanswered
from models.measures.workload import open_measures, waiting_for_report
from models.meetings.meeting import Meeting
from models.message import Actions, Button, Fact, Facts, Heading, Message, Note, Part, Text
from models.people.organisations import Organisation, OrganisationKind, Person
from models.places.geography import districts_of_police, police_shares
from models.places.place import District
from models.rights import Action
from models.seats.holders import seats_of_person
from models.seats.requests import waiting_for
from models.wording import role_word

MOST_MEETINGS = 3
MOST_SEATS = 20


def my_role(visit: Visit, wish: Understanding) -> Message:
    """Answers `min roll` for whoever asks, or for the board of the district that is named.

    Of another day than today only the seats are told: what waits, waits now.
    """
    visit.demand(Action.LOOK_UP)
    if wish.on is not None and wish.on != visit.on:
        return _on_another_day(replace(visit, on=wish.on), wish)
    if wish.district and (visit.asker is None or not _is_mine(visit.asker, wish.district)):
        return _of_board(visit, wish.district)
    person = visit.person
    _ = visit.language._
    seats = seats_of_person(visit.session, person, visit.on)
    heading = _("Your role")
    spoken = visit.language.n("{number} seat", "{number} seats", len(seats))
    return Message(
        summary=f"{heading}: {spoken}",
        parts=(
            Heading(text=heading),
            Facts(facts=_facts(visit, person)),
            _seats(visit, seats),
            *duties_part(visit.language, seats),
            *_waiting(visit, person, seats),
            *_organisations(visit, person.organisation),
            Actions(buttons=_buttons(visit, person)),
            Note(text=_("As of {day}", day=visit.language.day(visit.on))),
        ),
    )


def _on_another_day(then: Visit, wish: Understanding) -> Message:
    """The seats of a day, the asker's own or those of the board that is named."""
    if wish.district:
        return _of_board(then, wish.district)
    seats = seats_of_person(then.session, then.person, then.on)
    day = then.language.day(then.on)
    heading = then.language._("Your role on {day}", day=day)
    held = _seats(then, seats) if seats else _held_none(then)
    return Message(summary=heading, parts=(Heading(text=heading), held))


def _held_none(then: Visit) -> Text:
    return Text(text=then.language._("You held no seat in any group that day."))


def _seats(visit: Visit, seats: Sequence[Seat]) -> Text:
    """Each seat by its group, with what it is, for whom, and since when."""
    if not seats:
        return Text(text=visit.language._("You hold no seat in any group today."))
    at = AsOf(visit.on)
    shown = [f"- **{each.group.name}**: {_seat(visit, each, at)}" for each in seats[:MOST_SEATS]]
    if (more := len(seats) - len(shown)) > 0:
        shown.append(visit.language.n("- and {number} more", "- and {number} more", more))
    return Text(text="\n".join([f"**{visit.language._('Your seats')}**", *shown]))


def _seat(visit: Visit, seat: Seat, at: AsOf) -> str:
    role = role_word(visit.language, seat.role).lower()
    since = visit.language.day(seat.valid_from)
    words = [visit.language._("{role} since {day}", role=role, day=since), spoken_for(visit, seat)]
    return " · ".join(each for each in (*words, *mandate_limits(visit, seat, at)) if each)


def _is_mine(person: Person, district: str) -> bool:
    own = person.organisation.district
    return own is not None and own.name == district


def _of_board(visit: Visit, name: str) -> Message:
    """A board's role in the cooperation: its seats, its part and its place."""
    _ = visit.language._
    board = visit.session.scalars(
        select(Organisation)
        .join(District, Organisation.district_id == District.id)
        .where(District.name == name, Organisation.kind == OrganisationKind.DISTRICT_BOARD)
    ).one()
    heading = _("The role of {name}", name=board.name)
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            *_organisations(visit, board),
            Note(text=_("As of {day}", day=visit.language.day(visit.on))),
        ),
    )


def _organisations(visit: Visit, organisation: Organisation) -> list[Part]:
    """What an organisation answers for, and where it has its place."""
    heading = f"**{organisation.name}**"
    told = Text(text=f"{heading}\n{part_of(visit.language, organisation)}")
    return [told, *place_parts(visit, Standing.of(visit, organisation))]


def _facts(visit: Visit, person: Person) -> tuple[Fact, ...]:
    _ = visit.language._
    organisation = person.organisation
    facts = [
        Fact(label=_("Organisation"), value=organisation.name),
        *_geography(visit, organisation),
        Fact(label=_("Measures you own"), value=str(_counted(visit, person))),
        Fact(label=_("Your organisation's measures"), value=str(_theirs(visit, person))),
    ]
    return tuple(facts)


def _questions(visit: Visit, person: Person) -> tuple[int, str]:
    number = len(unanswered(visit.session, person))
    return number, visit.language.n(
        "{number} question waits for your answer",
        "{number} questions wait for your answer",
        number,
    )


def _counted(visit: Visit, person: Person) -> int:
    counted = select(func.count()).select_from(Measure)
    return visit.session.scalar(counted.where(Measure.owner_id == person.id)) or 0


def _theirs(visit: Visit, person: Person) -> int:
    counted = select(func.count()).select_from(Measure)
    return (
        visit.session.scalar(counted.where(Measure.organisation_id == person.organisation_id)) or 0
    )


def _geography(visit: Visit, organisation: Organisation) -> list[Fact]:
    """A district's police areas, or a police area's districts."""
    _ = visit.language._
    if (district := organisation.district) is not None:
        areas = [share.area.name for share in police_shares(visit.session, district.id, visit.on)]
        named = Fact(label=_("District"), value=district.name)
        if not areas:
            return [named]
        return [named, Fact(label=_("Police area"), value=visit.language.join(areas))]
    if (area := organisation.police_area) is not None:
        rows = districts_of_police(visit.session, area, visit.on)
        names = list(dict.fromkeys(row.district.name for row in rows))
        if names:
            return [Fact(label=_("Districts"), value=visit.language.join(names))]
    return []


def _waiting(visit: Visit, person: Person, seats: Sequence[Seat]) -> list[Part]:
    """What is waited for: reports, answers to surveys, approvals; and the next meetings."""
    language = visit.language
    reports = len(waiting_for_report(visit.session, person, visit.on))
    still = len(open_measures(visit.session, Measure.owner_id == person.id))
    surveys = len(waiting_surveys(visit))
    approvals = len(waiting_for(visit.session, person, visit.on))
    counted = [
        (still, language.n("{number} open measure", "{number} open measures", still)),
        (
            reports,
            language.n(
                "{number} measure waits for your report",
                "{number} measures wait for your report",
                reports,
            ),
        ),
        (surveys, language.n("{number} survey waits", "{number} surveys wait", surveys)),
        (
            approvals,
            language.n(
                "{number} request for a seat waits for your answer",
                "{number} requests for a seat wait for your answer",
                approvals,
            ),
        ),
    ]
    lines = [f"- {words}" for number, words in (*counted, _questions(visit, person)) if number]
    lines += [f"- {line}" for line in (*waiting_lines(visit, seats), *_meetings(visit, seats))]
    lines = lines or [f"- {language._('Nothing just now.')}"]
    return [Text(text="\n".join([f"**{language._('What waits for you')}**", *lines]))]


def _meetings(visit: Visit, seats: Sequence[Seat]) -> list[str]:
    query = select(Meeting).where(
        Meeting.group_id.in_({seat.group_id for seat in seats}),
        Meeting.starts_at >= visit.at,
        Meeting.cancelled.is_(False),
    )
    found = visit.session.scalars(query.order_by(Meeting.starts_at).limit(MOST_MEETINGS))
    names = {seat.group_id: seat.group.name for seat in seats}
    return [
        visit.language._(
            "Meeting {moment}, {group}",
            moment=visit.language.moment(each.starts_at),
            group=names[each.group_id],
        )
        for each in found
    ]


def _buttons(visit: Visit, person: Person) -> tuple[Button, ...]:
    """My measures and, for a district, its matrix of representation."""
    _ = visit.language._
    buttons = [Button(label=_("All my measures"), action="say", value="mina")]
    if (district := person.organisation.district) is not None:
        line = f"representation {district.name}"
        buttons.append(Button(label=_("Representation"), action="say", value=line))
    return tuple(buttons)
