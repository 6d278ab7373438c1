"""Answering a request for a seat on demand: yes, no with a reason, or taken back by its asker."""

from __future__ import annotations

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.co_opt_form import REASON_LENGTH
from handlers.seats.co_opt_told import tell_answer, tell_withdrawal
from handlers.seats.co_opt_words import (
    Shown,
    names,
    party_names,
    request_message,
    row_id,
    subject,
)
from handlers.visit import Visit
from models.chain.party_voices import PARTIES, voices_of
from models.message import FieldErrors, Form, Message, Reply, TextField
from models.people.organisations import Party
from models.rights import Action
from models.seats.requests import (
    Answer,
    Hindrance,
    RequestState,
    SeatRequest,
    SeatVerdict,
    give_verdict,
    held_request,
    hindrance,
    state_on,
    verdict_of,
    withdraw,
)


def show(visit: Visit, press: ButtonPressed) -> Reply:
    """Shows a request with the buttons of whoever looks."""
    visit.demand(Action.LOOK_UP)
    return _shown(visit, _found(visit, visit.session.get(SeatRequest, row_id(press.value))))


def approve(visit: Visit, press: ButtonPressed) -> Reply:
    """A party's yes."""
    person = visit.person
    request, party = _asked(visit, press.value)
    return _answered(visit, request, Answer(party, person, approves=True))


def decline(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks why a party says no; whoever cannot answer is told so at once."""
    person = visit.person
    key, party = _named(visit, press.value)
    request = _found(visit, visit.session.get(SeatRequest, key))
    answer = Answer(party, person, approves=False)
    voices = voices_of(visit.session, request.group, visit.on)
    hindered = hindrance(request, answer, voices, visit.on)
    return (
        _why_not(visit, request, answer, hindered)
        if hindered
        else _decline_form(visit, request, party)
    )


def _decline_form(visit: Visit, request: SeatRequest, party: Party) -> Form:
    _ = visit.language._
    return Form(
        name="co_opt.decline",
        title=_("Decline"),
        submit=_("Decline"),
        cancel=_("Cancel"),
        intro=f"**{subject(visit.language, request)}**",
        note=_("Write nothing that points out an individual."),
        fields=(
            TextField(
                name="comment",
                label=_("Why is the seat not needed?"),
                hint=_("Whoever asked reads this."),
                several_lines=True,
                max_length=REASON_LENGTH,
            ),
        ),
        state=f"{request.id}|{party.value}",
    )


def declined(visit: Visit, form: FormSubmitted) -> Reply:
    """A party's no, with its reason."""
    person = visit.person
    comment = str(form.values.get("comment") or "").strip()
    _ = visit.language._
    if not comment:
        return FieldErrors(errors={"comment": _("Write why.")})
    if len(comment) > REASON_LENGTH:
        sentence = _("Write at most {limit} characters.", limit=REASON_LENGTH)
        return FieldErrors(errors={"comment": sentence})
    request, party = _asked(visit, form.state)
    return _answered(visit, request, Answer(party, person, approves=False, comment=comment))


def take_back(visit: Visit, press: ButtonPressed) -> Reply:
    """Takes back what the asker has asked for, while it waits."""
    person = visit.person
    request = _found(visit, held_request(visit.session, row_id(press.value)))
    if request.asked_by_id != person.id:
        asker = request.asked_by.shown_as()
        raise NotAllowed(visit.language._("Only {name}, who asked, can withdraw it.", name=asker))
    if withdraw(visit.session, request, person, visit.at, visit.on):
        tell_withdrawal(visit.session, request, visit.on, visit.at)
        visit.remember(f"seat_withdrawn:{request.id}")
    return _shown(visit, request, replaces=True)


def recall_answer(visit: Visit, key: str) -> Reply:
    """What was said of an answer, for the same event a second time."""
    verdict = visit.session.get_one(SeatVerdict, int(key))
    return _shown(visit, visit.session.get_one(SeatRequest, verdict.request_id), replaces=True)


def recall_withdrawal(visit: Visit, key: str) -> Reply:
    """That a request is withdrawn, for the same event a second time."""
    return _shown(visit, visit.session.get_one(SeatRequest, int(key)), replaces=True)


def _answered(visit: Visit, request: SeatRequest, answer: Answer) -> Message:
    hindered = give_verdict(visit.session, request, answer, visit.at, visit.on)
    if hindered is not None:
        return _why_not(visit, request, answer, hindered)
    verdict = verdict_of(request, answer.party)
    assert verdict is not None
    tell_answer(visit.session, verdict, request, visit.on)
    visit.remember(f"seat_verdict:{verdict.id}")
    return _shown(visit, request, replaces=True)


def _why_not(visit: Visit, request: SeatRequest, answer: Answer, hindered: Hindrance) -> Message:
    """Why an answer does not count; who has no say, or would make a second seat, is refused."""
    if hindered is Hindrance.NOT_A_CHAIR:
        raise NotAllowed(_not_a_chair(visit, request, answer.party))
    if hindered is Hindrance.NO_GROUP:
        name = request.group.name
        raise Refusal(visit.language._("{group} ends before the seat would begin.", group=name))
    if hindered is Hindrance.SEATED:
        raise Refusal(
            visit.language._(
                "{organisation} has got a seat in {group} meanwhile. No other is needed: "
                "decline the request, or let {name} withdraw it.",
                organisation=request.organisation.name,
                group=request.group.name,
                name=request.asked_by.shown_as(),
            )
        )
    return _shown(visit, request, _already(visit, request, answer), replaces=True)


def _already(visit: Visit, request: SeatRequest, answer: Answer) -> str:
    """That it is settled, or that the party has answered before."""
    _ = visit.language._
    verdict = verdict_of(request, answer.party)
    if verdict is None:
        return _settled(visit, request)
    if verdict.person_id == answer.person.id and verdict.approves:
        return _("You have approved this already.")
    of = party_names(visit.language, [verdict.party])
    by = verdict.person.shown_as()
    if verdict.approves:
        return _("Already approved by {party} ({name}).", party=of, name=by)
    return _("Already declined by {party}.", party=of)


def _settled(visit: Visit, request: SeatRequest) -> str:
    _ = visit.language._
    no = next((each for each in request.verdicts if not each.approves), None)
    if no is not None:
        return _("Already declined by {party}.", party=party_names(visit.language, [no.party]))
    if state_on(request, visit.on) is RequestState.WITHDRAWN:
        return _("The request has been withdrawn, so no answer is needed.")
    return _("The request has lapsed: its last day has passed.")


def _not_a_chair(visit: Visit, request: SeatRequest, party: Party) -> str:
    _ = visit.language._
    voice = voices_of(visit.session, request.group, visit.on)[party]
    of = party_names(visit.language, [party])
    if not voice.people:
        return _("There is no chair of {party} in the group.", party=of)
    return _(
        "Only the chair of {party} in {group} can answer this: {names}.",
        party=of,
        group=request.group.name,
        names=names(voice.people),
    )


def _shown(visit: Visit, request: SeatRequest, *lead: str, replaces: bool = False) -> Message:
    voices = voices_of(visit.session, request.group, visit.on)
    shown = Shown(request, voices, visit.on, visit.person, visit.language)
    return request_message(shown, *lead, replaces=replaces)


def _asked(visit: Visit, value: str) -> tuple[SeatRequest, Party]:
    """The request that a button or form names, held until the answer is written, and for whom."""
    key, party = _named(visit, value)
    return _found(visit, held_request(visit.session, key)), party


def _named(visit: Visit, value: str) -> tuple[int, Party]:
    key, _, party = value.partition("|")
    if party not in PARTIES:
        raise NotFound(visit.language._("The request is not there any more."))
    return row_id(key), Party(party)


def _found(visit: Visit, request: SeatRequest | None) -> SeatRequest:
    if request is None:
        raise NotFound(visit.language._("The request is not there any more."))
    return request
