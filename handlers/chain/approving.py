"""Approving for a party: yes, or a change that is proposed, and what stands in the way of it."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.chain.approval_told import tell_approval, tell_proposal, voices_for
from handlers.chain.approval_words import approval_message
from handlers.chain.removing import finished
from handlers.chain.seen import shown_to
from handlers.chain.things import Approved, find_approved, subject_of
from handlers.chain.words import name, party_names
from handlers.errors import NotAllowed, NotFound
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.chain.approvals import (
    Approval,
    ChangeProposal,
    Obstacle,
    Subject,
    Version,
    approve,
    held_history,
    newest,
    obstacle,
    propose_change,
    version_of,
)
from models.chain.party_voices import PARTIES
from models.message import FieldErrors, Form, Message, Reply, TextField
from models.people.organisations import Party, Person

PROPOSAL_LENGTH = 1000


@dataclass(frozen=True)
class Asked:
    """What a button asks about: a thing's version, for which party, and if it is the newest."""

    thing: Approved
    version: Version
    party: Party
    is_newest: bool


def approve_version(visit: Visit, press: ButtonPressed) -> Reply:
    """A party's yes to the version that a button names."""
    person = visit.person
    asked = _asked(visit, press.value)
    if (hindered := _hindered(visit, asked)) is not None:
        return _why_not(visit, asked, hindered)
    approval = approve(visit.session, asked.version, asked.party, person, visit.at)
    tell_approval(visit.session, asked.thing, approval, visit.on)
    if (ended := finished(visit, asked.thing)) is not None:
        return ended
    visit.remember(f"approval:{approval.id}")
    return _shown(visit, asked.thing)


def propose(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks what should be changed; whoever cannot answer is told so at once."""
    person = visit.person
    asked = _asked(visit, press.value)
    if (hindered := _hindered(visit, asked)) is not None:
        return _why_not(visit, asked, hindered)
    _ = visit.language._
    by = asked.version.by if asked.version.by and asked.version.by_id != person.id else None
    hint = _("{name}, who submitted it, reads this.", name=by.shown_as()) if by else None
    return Form(
        name="approval.propose",
        title=_("Propose a change"),
        submit=_("Send"),
        cancel=_("Cancel"),
        intro=f"**{name(visit.language, asked.thing)}**\n{asked.version.wording}",
        note=_("Write nothing that points out an individual."),
        fields=(
            TextField(
                name="text",
                label=_("What should be changed?"),
                hint=hint,
                several_lines=True,
                max_length=PROPOSAL_LENGTH,
            ),
        ),
        state=press.value,
    )


def proposed(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves what a party wants changed, and sends it to whoever submitted the version."""
    person, _ = visit.person, visit.language._
    text = str(form.values.get("text") or "").strip()
    if not text:
        return FieldErrors(errors={"text": _("Write what should be changed.")})
    if len(text) > PROPOSAL_LENGTH:
        sentence = _("Write at most {limit} characters.", limit=PROPOSAL_LENGTH)
        return FieldErrors(errors={"text": sentence})
    asked = _asked(visit, form.state)
    if (hindered := _hindered(visit, asked)) is not None:
        return _why_not(visit, asked, hindered)
    proposal = propose_change(visit.session, asked.version, text, person, visit.at)
    tell_proposal(visit.session, asked.thing, proposal, visit.on)
    visit.remember(f"proposal:{proposal.id}")
    return _shown(visit, asked.thing, _("Your proposal is sent."))


def recall_approval(visit: Visit, key: str) -> Reply:
    """What was said of an approval, for the same event a second time."""
    return _shown(visit, _of(visit, visit.session.get_one(Approval, int(key)).version))


def recall_proposal(visit: Visit, key: str) -> Reply:
    """That a proposal is sent, for the same event a second time."""
    proposal = visit.session.get_one(ChangeProposal, int(key))
    return _shown(visit, _of(visit, proposal.version), visit.language._("Your proposal is sent."))


def _shown(visit: Visit, thing: Approved, *lead: str) -> Message:
    return approval_message(shown_to(visit, thing), *lead, replaces=True)


def _of(visit: Visit, version: Version) -> Approved:
    found = find_approved(visit.session, Subject(version.kind, version.subject))
    if found is None:
        raise NotFound(
            visit.language._("I know nothing with the code {code}.", code=version.subject)
        )
    return found


def _asked(visit: Visit, value: str) -> Asked:
    """What a button or form names; nobody else approves or submits it until this is written."""
    key, _, word = value.partition("|")
    version = version_of(visit.session, int(key)) if key.isdecimal() and len(key) < 10 else None
    if version is None or word not in {party.value for party in PARTIES}:
        raise NotFound(visit.language._("This button is too old. Write `hjälp` to start again."))
    thing = _of(visit, version)
    versions = held_history(visit.session, subject_of(thing))
    held = next(each for each in versions if each.id == version.id)
    return Asked(thing, held, Party(word), newest(versions) is held)


def _hindered(visit: Visit, asked: Asked) -> Obstacle | None:
    voices = voices_for(visit.session, asked.thing, visit.on)
    return obstacle(asked.version, asked.party, visit.person, voices, is_newest=asked.is_newest)


def _why_not(visit: Visit, asked: Asked, hindered: Obstacle) -> Message:
    """Why an answer does not count; who has no say is refused, others see where it stands."""
    _ = visit.language._
    if hindered is Obstacle.NOT_A_CHAIR:
        raise NotAllowed(_not_a_chair(visit, asked))
    if hindered is Obstacle.SUPERSEDED:
        return _shown(visit, asked.thing, _("There is a newer wording. It is the one that waits."))
    given = next(each for each in asked.version.approvals if each.party is asked.party)
    if given.person_id == visit.person.id:
        return _shown(visit, asked.thing, _("You have approved this already."))
    of, by = party_names(visit.language, [asked.party]), given.person.shown_as()
    said = _("Already approved by {party} ({name}).", party=of, name=by)
    return _shown(visit, asked.thing, said)


def _not_a_chair(visit: Visit, asked: Asked) -> str:
    _ = visit.language._
    voice = voices_for(visit.session, asked.thing, visit.on)[asked.party]
    of = party_names(visit.language, [asked.party])
    if voice.chair_is_missing:
        said = "There is no chair of {party} in the steering group: it waits until there is one."
        return _(said, party=of)
    return _(
        "Only the chair of {party} in the steering group can answer this: {names}.",
        party=of,
        names=_names(voice.people),
    )


def _names(people: tuple[Person, ...]) -> str:
    return ", ".join(person.shown_as() for person in people)
