"""To whom the news about a group's seats is told, and in which messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.news import News, ending_name
from bot.occasions.occasion import Occasion, claimed, sent
from digests import empty_seats, mandates
from digests.empty_seats import EmptyFacts, EmptySeatFact
from handlers.seats.telling import is_reached, speech, tell
from models.groups import SeatRole
from models.intervals import A_DAY
from models.language import Language
from models.measures.measure import Measure
from models.measures.ownership import is_ownerless
from models.measures.workload import open_measures
from models.message import Message
from models.people.organisations import Person, Standing
from models.representation.coverage import Breach, seats_from
from models.seats.empty import EmptySeat, missing_parties
from models.seats.point_handover import points_left


def tell_of_endings(session: Session, news: News, occasion: Occasion) -> int:
    """One message about the mandates that end soon, to the secretary; returns how many got it.

    Where nobody can be told, it is tried again every morning as long as the mandate lasts.
    """
    people = _first_reached(session, news, occasion.at)
    if not people:
        return 0
    mine = [
        each
        for each in news.endings
        if claimed(
            session, ending_name(each.seat.position), each.last_day, occasion.at, sent(len(people))
        )
    ]
    if not mine:
        return 0
    facts = [mandates.mandate_fact(each) for each in mine]
    return _tell_all(
        session,
        people,
        lambda words: mandates.message(news.group, facts, words, news.on),
        (f"{occasion.schedule}:{occasion.day}:endings", occasion.at),
    )


def tell_of_empty_seats(session: Session, news: News, occasion: Occasion) -> int:
    """One message about the seats that became empty, to secretary and chairs; how many got it."""
    facts = _empty_facts(session, news)
    if facts is None:
        return 0
    leading = _reached(
        session, [*_acting(news, SeatRole.SECRETARY), *_acting(news, SeatRole.CHAIR)], occasion.at
    )
    return _tell_all(
        session,
        leading or _coordinators(session, occasion.at),
        lambda words: empty_seats.message(facts, words),
        (f"{occasion.schedule}:{occasion.day}:empty", occasion.at),
    )


def _empty_facts(session: Session, news: News) -> EmptyFacts | None:
    """What is told; a seat that is gone is worth a word only if something is amiss after it."""
    if not news.empty:
        return None
    former = {each.position: news.former(each) for each in news.empty}
    left = _measures_left(session, news, [each for each in former.values() if each])
    owners = [each.id for each in former.values() if each]
    points = len(points_left(session, news.group, owners, news.on))
    lacks = _lost_parties(news)
    told = [each for each in news.empty if not each.is_gone or left or points or lacks]
    if not told:
        return None
    return EmptyFacts(
        code=news.group.code,
        name=news.group.name,
        on=news.on,
        seats=tuple(_seat_fact(each, former[each.position]) for each in told),
        lacks=lacks,
        measures_left=left,
        points_left=points,
    )


def _seat_fact(each: EmptySeat, former: Person | None) -> EmptySeatFact:
    return empty_seats.seat_fact(each, former.shown_as() if former else "")


def _measures_left(session: Session, news: News, former: Iterable[Person]) -> int:
    """How many open measures of the group the former holders leave with nobody responsible."""
    owners = {person.id for person in former}
    left = open_measures(
        session,
        Measure.group_id == news.group.id,
        Measure.owner_id.in_(owners),
        is_ownerless(news.on),
    )
    return len(left)


def _lost_parties(news: News) -> tuple[Breach, ...]:
    """The parties whose last seat in a local steering group has been lost with these (R2)."""
    before = min(each.since for each in news.empty) - A_DAY
    lacked = missing_parties(news.group, seats_from(news.rows, before))
    lacks = missing_parties(news.group, news.seats)
    return tuple(breach for breach in lacks if breach not in lacked)


def _first_reached(session: Session, news: News, at: datetime) -> list[Person]:
    """The secretary; where there is none to reach the chairs, and else the coordinators."""
    return (
        _reached(session, _acting(news, SeatRole.SECRETARY), at)
        or _reached(session, _acting(news, SeatRole.CHAIR), at)
        or _coordinators(session, at)
    )


def _acting(news: News, role: SeatRole) -> list[Person]:
    """Who acts in the group's seats with a role, each once."""
    people = (
        person
        for seat in news.seats
        if seat.row.role is role and seat.is_occupied
        for person in seat.people
    )
    return list({person.id: person for person in people}.values())


def _reached(session: Session, people: Iterable[Person], at: datetime) -> list[Person]:
    found = {person.id: person for person in people}
    return [person for person in found.values() if is_reached(session, person, at)]


def _coordinators(session: Session, at: datetime) -> list[Person]:
    query = select(Person).where(Person.standing == Standing.COORDINATOR).order_by(Person.id)
    return _reached(session, session.scalars(query), at)


def _tell_all(
    session: Session,
    people: Iterable[Person],
    say: Callable[[Language], Message],
    key_and_time: tuple[str, datetime],
) -> int:
    key, at = key_and_time
    return sum(tell(session, person, say(speech(person)), key, at) for person in people)
