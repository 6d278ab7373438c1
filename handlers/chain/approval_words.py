"""An approval in words: where it stands, which wordings there are, and what the viewer can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from handlers.chain.things import Approved, subject_of, wording
from handlers.chain.words import approval_status, name, party_names
from models.chain.approvals import (
    Approvable,
    ApprovalState,
    ChangeProposal,
    Version,
    in_force,
    newest,
    silent_parties,
    speaks_for,
    state,
)
from models.chain.party_voices import PARTIES, Voices
from models.language import Language
from models.measures.measure import Measure
from models.message import Actions, Button, Heading, Message, Note, Part, Quote, Text, Weight
from models.people.organisations import Party, Person

HALFWAY: dict[Approvable, str] = {
    Approvable.DIRECTION: "Direction {code} is approved by **{party}**. Waiting for **{other}**.",
    Approvable.GOAL: "Goal {code} is approved by **{party}**. Waiting for **{other}**.",
    Approvable.MEASURE: "Measure {code} is approved by **{party}**. Waiting for **{other}**.",
}


@dataclass(frozen=True)
class Shown:
    """A thing with its versions and what is proposed to the newest, shown to somebody.

    `voices` are who may approve on the day; `may_submit` whether the viewer may submit it.
    """

    thing: Approved
    versions: Sequence[Version]
    proposals: Sequence[ChangeProposal]
    voices: Voices
    viewer: Person | None
    language: Language
    may_submit: bool = False

    def to(self, viewer: Person, language: Language) -> Shown:
        """The same, shown to somebody who is told of it."""
        return replace(self, viewer=viewer, language=language, may_submit=False)

    @cached_property
    def state(self) -> ApprovalState:
        """Where the approval stands."""
        return state(self.versions, wording(self.thing))

    @property
    def newest(self) -> Version | None:
        """The version that was submitted last."""
        return newest(self.versions)

    @property
    def is_waiting(self) -> bool:
        """Whether the newest version waits for a party, also where the thing reads otherwise."""
        return self.newest is not None and bool(silent_parties(self.newest))

    @property
    def own_parties(self) -> tuple[Party, ...]:
        """The parties that have not approved and for which the viewer speaks."""
        if self.newest is None or self.viewer is None:
            return ()
        silent, viewer = silent_parties(self.newest), self.viewer
        return tuple(party for party in silent if speaks_for(self.voices, party, viewer))


def approval_message(shown: Shown, *lead: str, replaces: bool = False) -> Message:
    """An approval as a message of its own."""
    heading = f"{name(shown.language, shown.thing)} {shown.thing.title}"[:150]
    lines = [line for line in lead if line]
    parts: list[Part] = [
        Heading(text=heading),
        *([Text(text="\n".join(lines))] if lines else []),
        *approval_parts(shown),
    ]
    buttons = (*approval_buttons(shown), *_change_button(shown))
    if buttons:
        parts.append(Actions(buttons=buttons[:5]))
    summary = f"{name(shown.language, shown.thing)}: {standing_line(shown).replace('**', '')}"
    return Message(summary=summary[:1000], parts=tuple(parts), replaces=replaces)


def approval_parts(shown: Shown) -> list[Part]:
    """Where it stands, the wordings that matter, and what is proposed."""
    status = approval_status(shown.language, shown.versions, wording(shown.thing))
    parts: list[Part] = [status, Text(text=standing_line(shown)), *_wordings(shown)]
    parts += [Quote(text=each.text, by=each.person.shown_as()) for each in shown.proposals]
    parts += [Note(text=line) for line in _missing_chairs(shown)]
    return parts


def standing_line(shown: Shown) -> str:
    """Mål FAR-M1 är godkänt av **staden**. Väntar på **polisen**."""
    _, last = shown.language._, shown.newest
    called = name(shown.language, shown.thing)
    if last is None:
        return _("{name} has not been submitted for approval.", name=called)
    if last.removes:
        return _removal_line(shown, last)
    left = silent_parties(last)
    done = [party for party in PARTIES if party not in left]
    if not left:
        said = _("{name}: both parties have approved.", name=called)
    elif done:
        said = _(
            HALFWAY[subject_of(shown.thing).kind],
            code=shown.thing.code,
            party=party_names(shown.language, done),
            other=party_names(shown.language, left),
        )
    else:
        parties = party_names(shown.language, left)
        said = _("{name} waits for **{parties}**.", name=called, parties=parties)
    if shown.state is ApprovalState.CHANGED:
        said += " " + _("It has been changed since and has to be submitted again.")
    return said


def _removal_line(shown: Shown, last: Version) -> str:
    """That it is asked whether it goes, and who has said yes to that."""
    _, called = shown.language._, name(shown.language, shown.thing)
    left = silent_parties(last)
    other = party_names(shown.language, left)
    done = party_names(shown.language, [party for party in PARTIES if party not in left])
    if not left:
        return _("Both parties have approved that {name} is taken away.", name=called)
    if not done:
        return _(
            "{name} is to be taken away. Waiting for **{parties}**.", name=called, parties=other
        )
    said = "**{party}** has approved that {name} is taken away. Waiting for **{other}**."
    return _(said, party=done[:1].upper() + done[1:], name=called, other=other)


def _wordings(shown: Shown) -> Iterator[Part]:
    """The wording in force, and the one that waits; one alone needs no name."""
    force, last, language = in_force(shown.versions), shown.newest, shown.language
    if force is not None and force is not last and force.wording != (last and last.wording):
        yield Text(text=f"**{language._('Wording in force')}** · {submitted(language, force)}")
        yield Quote(text=force.wording)
    if last is not None:
        label = language._(_label(last, force))
        yield Text(text=f"**{label}** · {submitted(language, last)}")
        yield Quote(text=last.wording)
    if shown.state in (ApprovalState.CHANGED, ApprovalState.DRAFT):
        yield Text(text=f"**{language._('As it reads now')}**")
        yield Quote(text=wording(shown.thing))


def _label(last: Version, force: Version | None) -> str:
    if last.removes:
        return "To be taken away"
    return "New wording" if last.number > 1 and last is not force else "Wording"


def submitted(language: Language, version: Version) -> str:
    """Which version, from whom, and when: version 2, Maja Ekvall, 10 juni 2024."""
    day = language.day(language.local(version.at).date())
    number = language._("version {number}", number=version.number)
    words = [number, version.by.shown_as() if version.by else "", day]
    return ", ".join(word for word in words if word)


def _missing_chairs(shown: Shown) -> Iterator[str]:
    """Which silent parties have no chair: nobody else approves for them."""
    if shown.newest is None:
        return
    for party in silent_parties(shown.newest):
        if shown.voices[party].chair_is_missing:
            of = party_names(shown.language, [party])
            said = (
                "There is no chair of {party} in the steering group: it waits until there is one."
            )
            yield shown.language._(said, party=of)


def approval_buttons(shown: Shown) -> tuple[Button, ...]:
    """What the viewer can do: approve or propose for their party, submit, see the history."""
    _ = shown.language._
    buttons = [each for party in shown.own_parties for each in _answers(shown, party)]
    subject = subject_of(shown.thing)
    if shown.may_submit and shown.newest is not None and shown.newest.removes:
        buttons.append(_button(shown, _("Keep it"), "approval.submit", subject.key))
    elif shown.may_submit and shown.state in (ApprovalState.DRAFT, ApprovalState.CHANGED):
        submit = _("Submit for approval")
        buttons.append(_button(shown, submit, "approval.submit", subject.key))
    if shown.versions:
        buttons.append(_button(shown, _("History"), "approval.history", subject.key))
    return tuple(buttons[:5])


def _change_button(shown: Shown) -> Iterator[Button]:
    """Changing what it says, for those who submit it: what was proposed can be followed at once."""
    if shown.may_submit:
        is_measure = isinstance(shown.thing, Measure)
        action = "measure.change" if is_measure else "chain.form"
        value = shown.thing.code if is_measure else f"change|{shown.thing.code}"
        yield _button(shown, shown.language._("Change"), action, value)


def _answers(shown: Shown, party: Party) -> list[Button]:
    _ = shown.language._
    assert shown.newest is not None
    value = f"{shown.newest.id}|{party.value}"
    yes = _("Approve taking away") if shown.newest.removes else _("Approve")
    approve = _button(shown, yes, "approval.approve", value)
    propose = _button(shown, _("Propose a change"), "approval.propose", value)
    return [approve.model_copy(update={"weight": Weight.PRIMARY}), propose]


def _button(shown: Shown, label: str, action: str, value: str) -> Button:
    spoken = f"{label}: {name(shown.language, shown.thing)}"[:75]
    return Button(label=label, action=action, value=value, spoken=spoken)
