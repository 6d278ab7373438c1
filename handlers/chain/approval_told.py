"""Whom a version is sent to for approval, and who is told what became of it.

Nothing here counts as "one prompt a week": an approval concerns its receiver and is asked for once,
and once more after five working days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from handlers import texts
from handlers.chain.approval_words import Shown, approval_message
from handlers.chain.things import Approved, find_approved, group_of, subject_of
from handlers.chain.words import name
from handlers.seats.telling import is_reached, speech, tell
from handlers.visit import Visit
from models.chain.approvals import (
    Approval,
    ChangeProposal,
    Subject,
    Version,
    deciding_group,
    history,
    proposals_to,
    silent_parties,
    waiting_versions,
)
from models.chain.party_voices import Voices, voices_of
from models.language import Language
from models.measures.following import followers
from models.measures.measure import Measure
from models.message import Message, Quote, Text
from models.people.organisations import Person
from models.schedule import local_day, working_days_after

REMIND_AFTER = 5
"""How many working days a chair has before being asked once more."""


def voices_for(session: Session, thing: Approved, on: date) -> Voices:
    """Who may approve a thing on a day, for each party."""
    return voices_of(session, deciding_group(session, group_of(thing), on), on)


def answerers(version: Version, voices: Voices) -> list[Person]:
    """Those who may approve for a party that has not, each once; a missing chair has nobody."""
    silent = [party for party in silent_parties(version) if not voices[party].chair_is_missing]
    people = [person for party in silent for person in voices[party].people]
    return list({person.id: person for person in people}.values())


def ask_chairs(
    session: Session, thing: Approved, version: Version, on: date, at: datetime
) -> list[Person]:
    """Sends a new version to those who may approve it; returns whom it could not reach."""
    shown = _shown(session, thing, on)
    people = [each for each in answerers(version, shown.voices) if each.id != version.by_id]
    for person in people:
        mine = shown.to(person, speech(person))
        lead = _asking(version, mine.language)
        tell(session, person, approval_message(mine, lead), _key(version, "asked"), at)
    return [person for person in people if not is_reached(session, person, at)]


def tell_rewording(
    session: Session, thing: Approved, version: Version, on: date, at: datetime
) -> None:
    """Tells whom else a wording that came with a file concerns; the chairs have been asked.

    They are those who submitted and approved the one before, a measure's owner and followers.
    """
    shown = _shown(session, thing, on)
    asked = {each.id for each in answerers(version, shown.voices)}
    before = [each for each in shown.versions if each.number < version.number][-1:]
    people = [each.by for each in before]
    people += [given.person for each in before for given in each.approvals]
    if isinstance(thing, Measure):
        people += [thing.owner, *followers(session, thing)]
    for person in list({each.id: each for each in people if each}.values()):
        if person.id not in asked:
            mine = shown.to(person, speech(person))
            lead = mine.language._(
                "An import has changed the wording. Both parties are asked to approve it."
            )
            tell(session, person, approval_message(mine, lead), _key(version, "reworded"), at)


def tell_approval(session: Session, thing: Approved, approval: Approval, on: date) -> None:
    """Tells whoever submitted it, and the other party's chair while it waits for them."""
    version = approval.version
    shown = _shown(session, thing, on)
    people = [version.by, *answerers(version, shown.voices)]
    if not silent_parties(version):
        people += [each.person for each in version.approvals]
    for person in _others(people, approval.person):
        message = approval_message(shown.to(person, speech(person)))
        tell(session, person, message, _key(version, approval.party.value), approval.at)


def tell_proposal(session: Session, thing: Approved, proposal: ChangeProposal, on: date) -> None:
    """Tells whoever submitted a version what somebody wants changed in it."""
    shown = _shown(session, thing, on)
    for person in _others([proposal.version.by], proposal.person):
        mine = replace(shown.to(person, speech(person)), may_submit=True)
        lead = mine.language._(
            "**{person}** proposes a change to {name}. Change it, and both are asked again.",
            person=proposal.person.shown_as(),
            name=name(mine.language, thing),
        )
        key = f"proposal:{proposal.id}"
        tell(session, person, approval_message(mine, lead), key, proposal.at)


def tell_removed(visit: Visit, thing: Approved, why: str) -> None:
    """Tells those who submitted something, and who have been asked of it, that it is gone."""
    shown = _shown(visit.session, thing, visit.on)
    last = shown.newest
    if last is None:
        return
    for person in _others([last.by, *answerers(last, shown.voices)], visit.person):
        language = speech(person)
        said = language._(
            "**{person}** has taken away {name}.",
            person=visit.person.shown_as(),
            name=f"{name(language, thing)} {thing.title}",
        )
        message = Message(
            summary=said.replace("**", "")[:1000],
            parts=(Text(text=said), Quote(text=why, by=visit.person.shown_as())),
        )
        tell(visit.session, person, message, _key(last, "removed"), visit.at)


def remind_chairs(session: Session, on: date, at: datetime) -> int:
    """Asks once more those who have let a version wait five working days; returns how many."""
    waiting = [
        version
        for version in waiting_versions(session)
        if working_days_after(local_day(version.at), REMIND_AFTER) <= on
    ]
    told = 0
    for version in waiting:
        thing = find_approved(session, Subject(version.kind, version.subject))
        if thing is not None:
            told += _remind(session, _shown(session, thing, on), version, on, at)
    return told


def _shown(session: Session, thing: Approved, on: date) -> Shown:
    group = group_of(thing)
    versions = history(session, subject_of(thing))
    proposals = proposals_to(session, versions[-1]) if versions else []
    language = texts.language(group.language, group.zone)
    return Shown(thing, versions, proposals, voices_for(session, thing, on), None, language)


def _remind(session: Session, shown: Shown, version: Version, on: date, at: datetime) -> int:
    told = 0
    for person in answerers(version, shown.voices):
        mine = shown.to(person, speech(person))
        since = mine.language.day(local_day(version.at), on)
        lead = mine.language._("This has waited for an answer since {day}.", day=since)
        told += tell(session, person, approval_message(mine, lead), _key(version, "reminder"), at)
    return told


def _asking(version: Version, language: Language) -> str:
    """Who asks for an approval; a wording that came with a file has nobody."""
    if version.by is None:
        return language._("An import has changed the wording, so your approval is needed.")
    return language._("**{name}** asks for your approval.", name=version.by.shown_as())


def _others(people: Iterable[Person | None], but: Person) -> list[Person]:
    """Each of the people once, without the one who did it."""
    return list({each.id: each for each in people if each and each.id != but.id}.values())


def _key(version: Version, what: str) -> str:
    return f"version:{version.id}:{what}"
