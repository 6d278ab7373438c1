"""Submitting a direction, goal or measure for approval, and a new wording of one."""

from __future__ import annotations

from handlers.chain.allowed import demand_change
from handlers.chain.approval_told import answerers, ask_chairs, voices_for
from handlers.chain.approval_words import approval_message
from handlers.chain.seen import shown_to, thing_named
from handlers.chain.things import Approved, find_approved, group_of, subject_of, wording
from handlers.errors import NotFound
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.chain.approvals import Subject, Version, approve, speaks_for, submit, wording_changed
from models.chain.party_voices import PARTIES
from models.message import Message
from models.people.organisations import Person


def submit_thing(visit: Visit, press: ButtonPressed) -> Message:
    """Submits what a button names as it reads now, and asks both parties' chairs."""
    person = visit.person
    thing = thing_named(visit, press.value)
    demand_change(visit, group_of(thing))
    version = submit(visit.session, subject_of(thing), wording(thing), person, visit.at)
    lines = sent(visit, thing, version)
    visit.remember(f"version:{version.id}")
    return approval_message(shown_to(visit, thing), *lines, replaces=True)


def reworded(visit: Visit, thing: Approved) -> list[str]:
    """Sends what has been changed to both chairs again, where it has been submitted before.

    Returns what to say of it, nothing where nothing that is approved has changed.
    """
    text = wording(thing)
    version = wording_changed(visit.session, subject_of(thing), text, visit.person, visit.at)
    if version is None:
        return []
    said = visit.language._(
        "The wording is new, so both parties are asked to approve it. The old one holds until then."
    )
    return [said, *sent(visit, thing, version)]


def recall_version(visit: Visit, key: str) -> Message:
    """That something is submitted, for the same event a second time."""
    version = visit.session.get_one(Version, int(key))
    thing = find_approved(visit.session, Subject(version.kind, version.subject))
    if thing is None:
        raise NotFound(
            visit.language._("I know nothing with the code {code}.", code=version.subject)
        )
    return approval_message(shown_to(visit, thing), replaces=True)


def sent(visit: Visit, thing: Approved, version: Version) -> list[str]:
    """Counts the submitter's own yes, asks the others, and says whom it reached and did not."""
    _ = visit.language._
    voices = voices_for(visit.session, thing, visit.on)
    lines = []
    if not version.approvals:
        for party in [each for each in PARTIES if speaks_for(voices, each, visit.person)][:1]:
            approve(visit.session, version, party, visit.person, visit.at)
            lines.append(_("Your own yes is counted."))
    missed = ask_chairs(visit.session, thing, version, visit.on, visit.at)
    asked = [
        each
        for each in answerers(version, voices)
        if each.id != visit.person.id and each not in missed
    ]
    if asked:
        lines.append(_("Sent to {names}.", names=_names(asked)))
    if missed:
        said = _("I cannot reach {names} here: tell them that it waits.", names=_names(missed))
        lines.append(said)
    return lines


def _names(people: list[Person]) -> str:
    return ", ".join(person.shown_as() for person in people)
