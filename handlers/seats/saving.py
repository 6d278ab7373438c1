"""Saving a change of seats: what is wrong, what has happened meanwhile, and what it would cause.

Nothing is saved before the warnings have been shown with the form. The group's row is locked, so
that of two who save at once the second sees what the first has done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.form_intro import Told
from handlers.requests import FormSubmitted
from handlers.seats.account import account, sentences
from handlers.seats.draft import NEW, Draft, State, read_draft
from handlers.seats.seat_form import fingerprint, seat_form
from handlers.seats.seat_words import fault_sentence, warning_sentence
from handlers.seats.shown import group_rows
from handlers.seats.told import tell_those_concerned
from handlers.seats.undoing import confirmation
from handlers.visit import Visit
from models.groups import Group, Seat
from models.message import FieldErrors, Reply
from models.rights import Action
from models.seats.changes import ChangeKind, Ledger, SeatChange, SeatChangeStep
from models.seats.faults import faults
from models.seats.plans import Plan, carry_out, entries
from models.seats.warnings import warnings


def saving(kind: ChangeKind) -> Callable[[Visit, FormSubmitted], Reply]:
    """The handler of a kind's form."""

    def submitted(visit: Visit, form: FormSubmitted) -> Reply:
        return _submitted(visit, form, kind)

    return submitted


def _submitted(visit: Visit, form: FormSubmitted, kind: ChangeKind) -> Reply:
    state = State.of(visit, form)
    group = locked(visit, state.group)
    visit.demand(Action.CHANGE_SEATS, group_id=group.id)
    rows = group_rows(visit.session, group)
    draft = Draft(kind, group, state.seat, form.values)
    read = read_draft(visit, draft, rows)
    if read.plan is None:
        return FieldErrors(errors=dict(read.errors))
    meanwhile = _meanwhile(visit, draft, state, rows)
    if meanwhile:
        return seat_form(visit, draft, rows, Told(meanwhile))
    wrong = _wrong(visit, read.plan, rows)
    if wrong:
        return FieldErrors(errors=wrong)
    causes = [
        warning_sentence(visit.language, read.plan, found)
        for found in warnings(read.plan, rows, visit.on)
    ]
    mark = sha256("\n".join(causes).encode()).hexdigest()[:16]
    if causes and state.warned != mark:
        return seat_form(visit, draft, rows, Told(_warned(visit, causes), mark))
    return confirmation(visit, _save(visit, read.plan, rows))


def locked(visit: Visit, code: str) -> Group:
    """A group that nobody else changes until this is committed; SQLite has one writer anyway."""
    query = select(Group).where(Group.code == code).with_for_update()
    group = visit.session.scalars(query).first()
    if group is None:
        raise NotFound(visit.language._("The group is not there any more."))
    return group


def _wrong(visit: Visit, plan: Plan, rows: Sequence[Seat]) -> dict[str, str]:
    """What is wrong, field by field."""
    found: dict[str, str] = {}
    for fault in faults(plan, rows):
        found.setdefault(fault.field, fault_sentence(visit.language, fault))
    return found


def _warned(visit: Visit, causes: Sequence[str]) -> str:
    heading = visit.language._("**Before you save**")
    return "\n".join([heading, *(f"- {cause}" for cause in causes)])


def _meanwhile(visit: Visit, draft: Draft, state: State, rows: Sequence[Seat]) -> str:
    """Who has changed the seat since the form was made, and what holds now."""
    if draft.position == NEW or state.seen == fingerprint(rows, draft.seat):
        return ""
    change = visit.session.scalars(
        select(SeatChange)
        .join(SeatChangeStep)
        .join(Seat, Seat.id == SeatChangeStep.seat_id)
        .where(SeatChange.id > state.last, Seat.position == draft.position)
        .order_by(SeatChange.id.desc())
        .limit(1)
    ).first()
    if change is not None:
        return _changed_by(visit, change)
    if not draft.seat:
        return ""
    latest = max(row.recorded_at for row in rows if row.position == draft.seat)
    moment = visit.language.moment(latest)
    return visit.language._("**The seat was changed {moment}.** Look again.", moment=moment)


def _changed_by(visit: Visit, change: SeatChange) -> str:
    _ = visit.language._
    name = change.person.shown_as() if change.person else _("Somebody")
    told = " ".join(sentences(visit.language, account(visit.session, change)))
    words = {"name": name, "time": when(visit, change), "told": told}
    if change.undoes_id is not None:
        return _("**{name} undid a change {time}:** {told}", **words)
    return _("**{name} changed the seat {time}:** {told}", **words)


def when(visit: Visit, change: SeatChange) -> str:
    """When a change was made: at a time today, else with its day."""
    local = visit.language.local(change.at)
    if local.date() == visit.on:
        return visit.language._("at {time}", time=visit.language.time(change.at))
    return visit.language.moment(change.at)


def _save(visit: Visit, plan: Plan, rows: Sequence[Seat]) -> SeatChange:
    ledger = Ledger.open(visit.session, plan.kind, plan.group, visit.person, visit.at)
    carry_out(ledger, entries(plan, rows))
    visit.session.refresh(ledger.change)
    tell_those_concerned(visit, ledger.change, plan.reason)
    visit.remember(f"seats:{ledger.change.id}")
    return ledger.change
