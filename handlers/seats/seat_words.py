"""The sentences for what is wrong with a planned change of seats, and for what it would cause."""

from __future__ import annotations

from collections.abc import Callable

from handlers.seats.account import period
from handlers.seats.shown import seat_name
from models.groups import Seat
from models.intervals import last_day
from models.language import Language
from models.seats.faults import Fault, FaultKind
from models.seats.plans import Plan
from models.seats.warnings import Warned, WarningKind


def fault_sentence(language: Language, fault: Fault) -> str:
    """What is wrong with a field; says who and until when, where it is about somebody."""
    day = language.day(fault.day) if fault.day else ""
    return language._(FAULTS[fault.kind], day=day, name=fault.name, **_about(language, fault.row))


def _about(language: Language, row: Seat | None) -> dict[str, str]:
    if row is None:
        return {"person": language._("somebody"), "period": "", "seat": ""}
    name = row.person.shown_as() if row.person else row.organisation.name
    return {"person": name, "period": period(language, row), "seat": seat_name(language, row)}


FAULTS: dict[FaultKind, str] = {
    FaultKind.PERSON_MISSING: "Choose a person.",
    FaultKind.ALREADY_IN_SEAT: "{person} has this seat already, {period}.",
    FaultKind.OWN_DEPUTY: "{person} has the seat. Choose somebody else as deputy.",
    FaultKind.ENDS_BEFORE_START: "The last day is before the first, {day}.",
    FaultKind.NO_SUCH_YEAR: "Write a day between 1990 and 2099.",
    FaultKind.BEFORE_GROUP: "The group begins on {day}.",
    FaultKind.AFTER_GROUP: "The group's last day is {day}.",
    FaultKind.TAKEN: "{person} has the seat {period}. Choose other days, or replace {person}.",
    FaultKind.NO_SEAT: "There is no such seat on that day.",
    FaultKind.DEPUTY_OF_DEPUTY: "A deputy's seat has no deputy of its own.",
    FaultKind.ALREADY_DEPUTISED: "{person} is already deputy for the seat {period}.",
    FaultKind.NOBODY_TO_END: "Nobody has the seat on that day.",
    FaultKind.VACANT_ALREADY: "The seat is vacant already. Choose whether to withdraw it.",
    FaultKind.NOT_BEGUN: "The mandate of {person} has not begun by then. It is {period}.",
    FaultKind.ENDS_ALREADY: "The mandate of {person} ends on that day already.",
    FaultKind.NO_DISTRICT: "{name} is not a district on the first day. Choose another.",
    FaultKind.NO_ORGANISATION: "{name} does not exist on the first day. Choose another.",
    FaultKind.NOT_APPROVED: "The seat is there when needed, and approved until {day} only.",
    FaultKind.NEEDS_LAST_DAY: "Give a last day for a seat that is to be withdrawn after it.",
}


def warning_sentence(language: Language, plan: Plan, warned: Warned) -> str:
    """What a plan would cause."""
    return WARNINGS[warned.kind](language, plan, warned)


def _gap(language: Language, plan: Plan, warned: Warned) -> str:
    assert warned.first is not None, "a gap has a first day"
    if warned.until is None:
        day = language.day(warned.first)
        return language._("The seat is vacant from {day}, and nobody is to follow.", day=day)
    return language.n(
        "The seat is vacant for {number} day: {first}.",
        "The seat is vacant for {number} days: {first} to {last}.",
        (warned.until - warned.first).days,
        first=language.day(warned.first),
        last=language.day(last_day(warned.until)),
    )


def _no_administration(language: Language, plan: Plan, warned: Warned) -> str:
    return language._(
        "From {day} nobody from a district administration sits in the group. "
        "A local steering group needs the city and the police both.",
        day=_first(language, warned),
    )


def _no_police(language: Language, plan: Plan, warned: Warned) -> str:
    return language._(
        "From {day} nobody from a local police area sits in the group. "
        "A local steering group needs the city and the police both.",
        day=_first(language, warned),
    )


def _has_seat(language: Language, plan: Plan, warned: Warned) -> str:
    words = _about(language, warned.row)
    return language._("{person} already has a seat in the group: {seat}, {period}.", **words)


def _other_party(language: Language, plan: Plan, warned: Warned) -> str:
    words = _about(language, warned.row)
    return language._(
        "{person} has a seat for the other party in the group: {seat}, {period}.", **words
    )


def _works_elsewhere(language: Language, plan: Plan, warned: Warned) -> str:
    person = plan.person
    assert person is not None, "it is about a person"
    # Where a protected person works stands in place of the name, so it is not said twice.
    return language._(
        "{person} works in another organisation than the seat's: {organisation}.",
        person=person.shown_as(),
        organisation=person.organisation.name,
    )


def _leaves(language: Language, plan: Plan, warned: Warned) -> str:
    assert plan.person is not None, "it is about a person"
    return language._(
        "{person} leaves the cooperation; the last day is {day}.",
        person=plan.person.shown_as(),
        day=language.day(last_day(warned.first)) if warned.first else "",
    )


def _no_last_day(language: Language, plan: Plan, warned: Warned) -> str:
    assert plan.person is not None, "it is about a person"
    return language._(
        "There is no last day. {person} is then deputy until somebody ends it, "
        "and acts only when nobody else has the seat.",
        person=plan.person.shown_as(),
    )


def _cuts(language: Language, plan: Plan, warned: Warned) -> str:
    words = _about(language, warned.row)
    if warned.first is not None:
        day = language.day(warned.first)
        return language._(
            "{person} has the seat {period}, and would have it from {day} only.", day=day, **words
        )
    if warned.until is not None:
        day = language.day(last_day(warned.until))
        return language._(
            "{person} is deputy for the seat {period}, and would be so until {day} only.",
            day=day,
            **words,
        )
    return language._("{person} has a mandate {period}, which would be taken away.", **words)


def _retroactive(language: Language, plan: Plan, warned: Warned) -> str:
    return language._(
        "The change is about days that have passed. "
        "Old minutes still show what was known when they were written."
    )


def _first(language: Language, warned: Warned) -> str:
    return language.day(warned.first) if warned.first else ""


WARNINGS: dict[WarningKind, Callable[[Language, Plan, Warned], str]] = {
    WarningKind.GAP: _gap,
    WarningKind.NO_ADMINISTRATION: _no_administration,
    WarningKind.NO_POLICE: _no_police,
    WarningKind.HAS_SEAT: _has_seat,
    WarningKind.OTHER_PARTY: _other_party,
    WarningKind.WORKS_ELSEWHERE: _works_elsewhere,
    WarningKind.LEAVES: _leaves,
    WarningKind.NO_LAST_DAY: _no_last_day,
    WarningKind.CUTS: _cuts,
    WarningKind.RETROACTIVE: _retroactive,
}
