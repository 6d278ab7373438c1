"""What a change of seats did, read from its own rows, and the sentences that tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.seats.shown import seat_name
from models.groups import Seat, SeatRole
from models.intervals import last_day
from models.language import Language
from models.people.organisations import Person
from models.seats.changes import ChangeKind, SeatChange, SeatChangeStep
from models.seats.holders import believed, holder_on
from models.seats.plans import is_had
from models.wording import role_word


@dataclass(frozen=True)
class Lost:
    """A mandate that a change took days from: what it was, and what it was after the change."""

    before: Seat
    after: Seat | None


@dataclass(frozen=True)
class Account:
    """What a change did: the mandate it was about, what others lost, and where a vacancy begins."""

    change: SeatChange
    mandate: Seat
    lost: tuple[Lost, ...] = ()
    vacant_from: date | None = None
    is_gone: bool = False


def account(session: Session, change: SeatChange) -> Account:
    """What a change did, as its rows said right after it; an undo tells what it took back."""
    if change.undoes_id is not None:
        return account(session, session.get_one(SeatChange, change.undoes_id))
    after = [(step, row_after(session, step)) for step in change.steps]
    mandate = after[0][1] or change.steps[0].seat
    vacancies = [
        row.valid_from for step, row in after if step.before is None and row and not is_had(row)
    ]
    return Account(
        change=change,
        mandate=mandate,
        lost=tuple(_lost(after)),
        vacant_from=min(vacancies, default=None),
        is_gone=not vacancies and not _goes_on(session, mandate),
    )


def row_after(session: Session, step: SeatChangeStep) -> Seat | None:
    """What a row said right after a change: its copy from the next one, else the row itself."""
    if step.before is step.seat:
        return None
    following = session.scalars(
        select(SeatChangeStep)
        .where(SeatChangeStep.seat_id == step.seat_id, SeatChangeStep.id > step.id)
        .order_by(SeatChangeStep.id)
        .limit(1)
    ).first()
    return following.before if following and following.before else step.seat


def _lost(after: list[tuple[SeatChangeStep, Seat | None]]) -> Iterator[Lost]:
    for step, row in after:
        before = step.before
        if before is None or before.person is None:
            continue
        if row is None or row.person_id != before.person_id:
            yield Lost(before, None)
        elif (row.valid_from, row.valid_until) != (before.valid_from, before.valid_until):
            yield Lost(before, row)


def _goes_on(session: Session, mandate: Seat) -> bool:
    """Whether the seat is there after the mandate."""
    if mandate.valid_until is None:
        return True
    later = select(Seat.id).where(
        believed(), Seat.position == mandate.position, Seat.valid_from >= mandate.valid_until
    )
    return session.scalars(later.limit(1)).first() is not None


def sentences(language: Language, told: Account) -> list[str]:
    """What holds after a change, with its days."""
    if told.change.kind is ChangeKind.ENDED:
        return [*_ended(language, told), *_others(language, told)]
    return [_appointed(language, told), *_others(language, told), *_vacancy(language, told)]


def _appointed(language: Language, told: Account) -> str:
    row, group = told.mandate, told.change.group.name
    name = row.person.shown_as() if row.person else language._("Nobody")
    days = period(language, row)
    if row.role is SeatRole.DEPUTY and row.deputy_for is not None:
        return language._(
            "{name} is deputy for {whom} in {group} {period}.",
            name=name,
            whom=deputised(language, row),
            group=group,
            period=days,
        )
    if row.person is None and is_had(row):
        return language._(
            "{organisation} is {role} in {group} {period}.",
            organisation=row.organisation.name,
            role=role_word(language, row.role).lower(),
            group=group,
            period=days,
        )
    return language._(
        "{name} is {role} for {organisation} in {group} {period}.",
        name=name,
        role=role_word(language, row.role).lower(),
        organisation=row.organisation.name,
        group=group,
        period=days,
    )


def period(language: Language, row: Seat) -> str:
    """From when until when a mandate is, in words; days are inclusive."""
    first = language.day(row.valid_from)
    if row.valid_until is None:
        return language._("from {first}", first=first)
    last = language.day(last_day(row.valid_until))
    return language._("from {first} to {last}", first=first, last=last)


def deputised(language: Language, row: Seat) -> str:
    """For whom a deputy is: the holder's name and the seat, or the seat alone."""
    seat = row.deputy_for
    assert seat is not None, "a deputy is somebody's"
    name = seat_name(language, seat)
    holder = holder_on(seat, row.valid_from)
    return f"{holder.shown_as()} ({name})" if holder else name


def _ended(language: Language, told: Account) -> list[str]:
    gone = _gone(language, told)
    if told.is_gone:
        return [gone, language._("After that the seat is withdrawn.")]
    return [gone, *_vacancy(language, told)]


def _gone(language: Language, told: Account) -> str:
    """Who leaves which seat when: a person, or an organisation whose seat named nobody."""
    row = told.mandate
    words = {
        "role": role_word(language, row.role).lower(),
        "organisation": row.organisation.name,
        "group": told.change.group.name,
        "day": language.day(last_day(row.valid_until or row.valid_from)),
    }
    if row.person is None:
        return language._(
            "{organisation} leaves the seat as {role} in {group}. The last day is {day}.", **words
        )
    return language._(
        "{name} leaves the seat as {role} for {organisation} in {group}. The last day is {day}.",
        name=row.person.shown_as(),
        **words,
    )


def _vacancy(language: Language, told: Account) -> list[str]:
    if told.vacant_from is None:
        return []
    return [language._("The seat is vacant from {day}.", day=language.day(told.vacant_from))]


def _others(language: Language, told: Account) -> list[str]:
    """What others lost; whom an ending is about has been told of already."""
    _ = language._
    found = []
    for lost in told.lost:
        name = _name(lost.before.person)
        if lost.after is None:
            found.append(_("The mandate of {name} is taken away for that time.", name=name))
        elif lost.after is told.mandate:
            continue
        elif lost.after.valid_until != lost.before.valid_until and lost.after.valid_until:
            day = language.day(last_day(lost.after.valid_until))
            found.append(_("The mandate of {name} ends on {day}.", name=name, day=day))
        else:
            day = language.day(lost.after.valid_from)
            found.append(_("The mandate of {name} begins on {day} instead.", name=name, day=day))
    return found


def _name(person: Person | None) -> str:
    return person.shown_as() if person else ""
