"""How a request for a seat on demand is shown: the same card to everybody, with their buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from models.chain.party_voices import PARTIES, PartyVoice, Voices
from models.intervals import last_day
from models.language import Language
from models.message import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Quote,
    Status,
    Text,
    Tone,
    Weight,
)
from models.people.organisations import Party, Person
from models.seats.requests import (
    RequestState,
    SeatRequest,
    silent_parties,
    state_on,
    verdict_of,
)
from models.wording import PARTIES as PARTY_WORDS


@dataclass(frozen=True)
class Shown:
    """A request on a day, who may answer it then, and to whom it is shown in which language."""

    request: SeatRequest
    voices: Voices
    on: date
    viewer: Person
    language: Language

    def to(self, viewer: Person, language: Language) -> Shown:
        """The same, shown to somebody else."""
        return replace(self, viewer=viewer, language=language)


def request_message(shown: Shown, *lead: str, replaces: bool = False) -> Message:
    """A request as a message: what is new, where it stands, what was asked, what can be done."""
    heading = subject(shown.language, shown.request)
    status = standing(shown.language, shown.request, shown.on)
    lines = [line for line in lead if line]
    buttons = buttons_for(shown)
    parts: list[Part] = [
        Heading(text=heading[:150]),
        status,
        *([Text(text="\n".join(lines))] if lines else []),
        Facts(facts=_facts(shown)),
        Quote(text=shown.request.reason),
        *_said_no(shown),
        *[Note(text=line) for line in missing_chairs(shown)],
        *([Actions(buttons=buttons)] if buttons else []),
    ]
    return Message(
        summary=f"{heading}: {status.word}"[:1000], parts=tuple(parts), replaces=replaces
    )


def subject(language: Language, request: SeatRequest) -> str:
    """What a request is about: Socialförvaltningen i Skärholmens lokala styrgrupp."""
    return language._(
        "{organisation} in {group}",
        organisation=request.organisation.name,
        group=request.group.name,
    )


def standing(language: Language, request: SeatRequest, on: date) -> Status:
    """Where a request stands, as sign, word and tone."""
    _ = language._
    match state_on(request, on):
        case RequestState.APPROVED if request.seat and request.seat.superseded_at:
            return Status(sign="×", word=_("Approved, but undone since"), tone=Tone.PLAIN)
        case RequestState.APPROVED:
            last = language.day(last_day(_time(request)[1]))
            word = _("Approved by both parties, valid until {day}", day=last)
            return Status(sign="✓", word=word, tone=Tone.GOOD)
        case RequestState.DECLINED:
            word = _("Declined by {party}", party=party_names(language, _decliners(request)))
            return Status(sign="×", word=word, tone=Tone.BAD)
        case RequestState.WITHDRAWN:
            return Status(sign="×", word=_("Withdrawn by whoever asked"), tone=Tone.PLAIN)
        case RequestState.LAPSED:
            return Status(sign="×", word=_("Lapsed without both answers"), tone=Tone.WARNING)
    return Status(sign="◇", word=_waiting(language, request), tone=Tone.PLAIN)


def _waiting(language: Language, request: SeatRequest) -> str:
    silent = silent_parties(request)
    left = party_names(language, silent)
    done = [party for party in PARTIES if party not in silent]
    if not done:
        return language._("Waiting for {parties}", parties=left)
    return language._(
        "Approved by {party}. Waiting for {other}", party=party_names(language, done), other=left
    )


def party_names(language: Language, parties: Iterable[Party]) -> str:
    """Parties in a row: staden och polisen."""
    return language.join([language._(PARTY_WORDS[party]) for party in parties])


def period(language: Language, first: date, until: date) -> str:
    """From which day until and with which."""
    return language._(
        "{start} until {end}", start=language.day(first), end=language.day(last_day(until))
    )


def names(people: Iterable[Person]) -> str:
    """People in a row, each as their protection lets them be shown."""
    return ", ".join(person.shown_as() for person in people)


def missing_chairs(shown: Shown) -> list[str]:
    """Which parties that have not answered have no chair, and who can answer instead."""
    if state_on(shown.request, shown.on) is not RequestState.WAITING:
        return []
    return [
        missing_line(shown.language, party, shown.voices[party])
        for party in silent_parties(shown.request)
        if shown.voices[party].chair_is_missing
    ]


def missing_line(language: Language, party: Party, voice: PartyVoice) -> str:
    """That a party has no chair in the group, and who can answer in the chair's place."""
    _ = language._
    line = _("There is no chair of {party} in the group.", party=party_names(language, [party]))
    if not voice.people:
        return line
    can = _("{names}, the coordinator, can answer instead.", names=names(voice.people))
    return f"{line} {can}"


def buttons_for(shown: Shown) -> tuple[Button, ...]:
    """What the viewer can do with a request: answer for their party, take back what they asked."""
    if state_on(shown.request, shown.on) is not RequestState.WAITING:
        return ()
    _ = shown.language._
    buttons: list[Button] = []
    for party in silent_parties(shown.request):
        if shown.voices[party].includes(shown.viewer):
            buttons += _answers(shown, party)
    if shown.request.asked_by_id == shown.viewer.id:
        withdraw = Button(
            label=_("Withdraw"), action="co_opt.withdraw", value=str(shown.request.id)
        )
        buttons.append(withdraw)
    return tuple(buttons)


def _answers(shown: Shown, party: Party) -> list[Button]:
    """Yes and no; whoever answers in a chair's place is told for whom."""
    _ = shown.language._
    value = f"{shown.request.id}|{party.value}"
    yes, no = _("Approve"), _("Decline")
    if shown.voices[party].chair_is_missing:
        of = party_names(shown.language, [party])
        yes, no = _("Approve for {party}", party=of), _("Decline for {party}", party=of)
    about = subject(shown.language, shown.request)
    return [
        Button(
            label=yes,
            action="co_opt.approve",
            value=value,
            weight=Weight.PRIMARY,
            spoken=f"{yes}: {about}"[:75],
        ),
        Button(label=no, action="co_opt.decline", value=value, spoken=f"{no}: {about}"[:75]),
    ]


def _facts(shown: Shown) -> tuple[Fact, ...]:
    _ = shown.language._
    request = shown.request
    facts = [Fact(label=_("Time"), value=period(shown.language, *_time(request)))]
    if request.person is not None:
        facts.append(Fact(label=_("Person"), value=request.person.shown_as()))
    asked = shown.language.day(shown.language.local(request.asked_at).date(), shown.on)
    by = _("{name}, {day}", name=request.asked_by.shown_as(), day=asked)
    return (*facts, Fact(label=_("Asked for by"), value=by))


def _time(request: SeatRequest) -> tuple[date, date]:
    """The days `[first, until)` of the seat, or those that were asked for while there is none."""
    if request.seat is None:
        return request.valid_from, request.valid_until
    return request.seat.valid_from, request.seat.valid_until or request.valid_until


def _said_no(shown: Shown) -> list[Part]:
    """Why the request was declined, in the decliner's own words."""
    verdicts = [verdict_of(shown.request, party) for party in _decliners(shown.request)]
    return [
        Quote(text=verdict.comment, by=verdict.person.shown_as())
        for verdict in verdicts
        if verdict is not None and verdict.comment
    ]


def _decliners(request: SeatRequest) -> list[Party]:
    return [verdict.party for verdict in request.verdicts if not verdict.approves]


def row_id(text: str) -> int:
    """The id of a row that a button or a form names; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
