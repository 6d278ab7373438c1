"""The askings that got no answer, told once to whoever leads the group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.occasions.occasion import claimed, sent
from digests.asking import Asking, Round, may_be_told
from digests.silence import silence_asking
from models.delivery.outbox import Occurrence
from models.groups import Group, SeatRole
from models.measures.measure import Measure, Prompt, PromptState
from models.measures.prompts import waiting
from models.people.organisations import Person, Standing
from models.schedule import local_day
from models.seats.holders import holder_on, seats_of_group


def silences(session: Session, asked: Round) -> Sequence[Asking]:
    """What those who lead a group are told: which of its measures got no answer, each once."""
    people = {person.id: person for person in asked.people}
    by_reader: dict[int, list[Prompt]] = {}
    for prompt in _untold(session):
        reader = _reader(session, prompt, asked)
        if reader is not None and reader.id in people and _is_ours(session, prompt, asked):
            by_reader.setdefault(reader.id, []).append(prompt)
    return [
        silence_asking(people[key], found, asked.speech(people[key]))
        for key, found in by_reader.items()
    ]


def _untold(session: Session) -> list[Prompt]:
    """The silent askings that still stand and that nobody was told of."""
    query = (
        select(Prompt)
        .where(Prompt.state == PromptState.SILENT)
        .options(
            joinedload(Prompt.person),
            joinedload(Prompt.measure).joinedload(Measure.group),
        )
        .order_by(Prompt.id)
    )
    silent = {_name(prompt): prompt for prompt in session.scalars(query)}
    told = session.scalars(select(Occurrence.schedule).where(Occurrence.schedule.in_(silent)))
    untold = [silent[name] for name in silent.keys() - set(told)]
    standing = waiting(session, {row.measure_id: row.measure for row in untold}.values())
    still = [row for row in untold if standing.get(row.measure_id) is row]
    return sorted(still, key=lambda row: row.id)


def _reader(session: Session, prompt: Prompt, asked: Round) -> Person | None:
    """The group's secretary; where there is none to tell a chair, and else a coordinator."""
    return next(
        (
            person
            for person in _leading(session, prompt.measure.group, asked)
            if person.id != prompt.person_id and may_be_told(person, asked.on)
        ),
        None,
    )


def _leading(session: Session, group: Group, asked: Round) -> Iterator[Person]:
    seats = seats_of_group(session, group, asked.on)
    for role in (SeatRole.SECRETARY, SeatRole.CHAIR):
        for seat in seats:
            holder = holder_on(seat, asked.on)
            if seat.role is role and holder is not None:
                yield holder
    query = select(Person).where(Person.standing == Standing.COORDINATOR).order_by(Person.id)
    yield from session.scalars(query)


def _is_ours(session: Session, prompt: Prompt, asked: Round) -> bool:
    """Whether this process is the one that tells of it."""
    day = local_day(prompt.closed_at or asked.at)
    return claimed(session, _name(prompt), day, asked.at, sent(1))


def _name(prompt: Prompt) -> str:
    return f"silent:{prompt.id}"
