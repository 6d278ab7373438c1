"""Messages that may not have arrived: the coordinator says which are sent once more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.errors import Refusal
from handlers.requests import ButtonPressed
from handlers.seats.telling import is_reached, speech
from handlers.visit import Visit
from models.audit import record
from models.delivery.held import (
    HOLD,
    Verdict,
    decide,
    deciders,
    let_go,
    mark_told,
    told_together,
    untold,
    verdict_on,
)
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import Errand, queue, queue_update, queued_for
from models.delivery.trouble import Trouble
from models.groups import Group
from models.language import Language
from models.message import Actions, Button, Heading, Message, Note, Part, Reply, Text, Weight
from models.people.addresses import MAIL, person_address
from models.people.organisations import Person
from models.rights import Action
from models.schedule import next_daytime

SHOWN = 8
"""So many stand in one message with buttons of their own; the rest goes with "all"."""

PLATFORMS = {"slack": "Slack", "teams": "Teams"}
"""How platforms are called in any language; what has no name of its own is the page or e-mail."""


def tell_of_held(session: Session, at: datetime) -> int:
    """Asks each coordinator who can be reached about the messages held since the last time.

    What has come to be of no use meanwhile is asked about no more.
    """
    for told_at in let_go(session, at):
        _renew(session, told_at, at)
    people = [each for each in deciders(session) if is_reached(session, each, at)]
    if not people or not untold(session) or not mark_told(session, at):
        return 0
    for person in people:
        address = person_address(session, person)
        assert address is not None
        errand = Errand(HOLD, _key(at, person), next_daytime(at), person_id=person.id)
        queue(session, notice(session, speech(person), at), address, errand)
    return len(people)


def notice(session: Session, language: Language, told_at: datetime) -> Message:
    """What waits for a decision, and what has been decided of what was told of together."""
    held = told_together(session, told_at)
    heading = language.n(
        "{number} message may not have arrived", "{number} messages may not have arrived", len(held)
    )
    why = language._(
        "The connection broke, and the conversation cannot be read to see whether it is there. "
        "Send it once more, or leave it?"
    )
    parts: list[Part] = [Heading(text=heading), Text(text=why)]
    for each in held[:SHOWN]:
        parts += held_parts(session, language, each)
    if len(held) > SHOWN:
        parts.append(Note(text=_rest(language, len(held) - SHOWN)))
    waiting = [each for each in held if each.state is DeliveryState.HELD]
    if len(waiting) > 1:
        parts.append(_buttons(language, "held.all", told_at.isoformat(), len(waiting)))
    return Message(summary=heading, parts=tuple(parts))


def held_parts(session: Session, language: Language, delivery: Delivery) -> list[Part]:
    """One message: to whom, when, about what; with the two buttons, or what was decided."""
    _ = language._
    own = _("e-mail") if delivery.platform == MAIL else _("the workspace page")
    platform = PLATFORMS.get(delivery.platform) or own
    name = _receiver(session, language, delivery)
    moment = language.moment(delivery.started_at or delivery.due_at)
    to = _("To {name}, {platform}, {moment}", name=name, platform=platform, moment=moment)
    about = Text(text=f"**{to}**\n{_summary(delivery)}")
    if delivery.state is DeliveryState.HELD:
        return [about, _buttons(language, "held", delivery.id)]
    return [about, Note(text=_decided(session, language, delivery))]


def send_held(visit: Visit, press: ButtonPressed) -> Reply:
    """Sends a held message once more."""
    return _one(visit, press.value, Verdict.SEND)


def drop_held(visit: Visit, press: ButtonPressed) -> Reply:
    """Leaves a held message unsent."""
    return _one(visit, press.value, Verdict.DROP)


def send_all_held(visit: Visit, press: ButtonPressed) -> Reply:
    """Sends once more all that was told of together and still waits."""
    return _all(visit, press.value, Verdict.SEND)


def drop_all_held(visit: Visit, press: ButtonPressed) -> Reply:
    """Leaves unsent all that was told of together and still waits."""
    return _all(visit, press.value, Verdict.DROP)


def recall_decision(visit: Visit, key: str) -> Reply:
    """The answer to a decision on one message, again."""
    return _told(visit, visit.session.get_one(Delivery, key))


def recall_decisions(visit: Visit, key: str) -> Reply:
    """The answer to a decision on all, again."""
    return _told_all(visit, datetime.fromisoformat(key))


def _one(visit: Visit, delivery_id: str, verdict: Verdict) -> Reply:
    visit.demand(Action.DECIDE_DELIVERY)
    delivery = visit.session.get(Delivery, delivery_id)
    if delivery is None or (delivery.told_at is None and delivery.state is not DeliveryState.HELD):
        raise Refusal(visit.language._("This message does not wait for a decision."))
    _settle(visit, [delivery], verdict)
    visit.remember(f"held:{delivery.id}")
    return _told(visit, delivery)


def _all(visit: Visit, told: str, verdict: Verdict) -> Reply:
    visit.demand(Action.DECIDE_DELIVERY)
    at = datetime.fromisoformat(told)
    _settle(visit, told_together(visit.session, at), verdict)
    visit.remember(f"held_all:{told}")
    return _told_all(visit, at)


def _settle(visit: Visit, held: Sequence[Delivery], verdict: Verdict) -> None:
    """Decides, writes it down, and lets what each coordinator was told say so."""
    session = visit.session
    decided = decide(session, [each.id for each in held], verdict, visit.person, visit.at)
    for each in held:
        session.refresh(each)
    for name in decided:
        record(session, visit.person, f"{verdict.value}_held", f"delivery:{name}", visit.at)
    told_at = held[0].told_at if decided else None
    if told_at is not None:
        _renew(session, told_at, visit.at)


def _renew(session: Session, told_at: datetime, at: datetime) -> None:
    """Lets the message that each coordinator got say what has been decided."""
    for person in deciders(session):
        for before in queued_for(session, _key(told_at, person)):
            queue_update(session, before, notice(session, speech(person), told_at), at)


def _told(visit: Visit, delivery: Delivery) -> Message:
    words = _decided(visit.session, visit.language, delivery)
    to = _receiver(visit.session, visit.language, delivery)
    text = visit.language._("The message to {name}: {words}", name=to, words=words)
    return Message(summary=text, parts=(Text(text=text),))


def _told_all(visit: Visit, told_at: datetime) -> Message:
    held = told_together(visit.session, told_at)
    verdicts = [verdict_on(each) for each in held]
    text = visit.language._(
        "Sent once more: {again}. Not sent: {dropped}.",
        again=verdicts.count(Verdict.SEND),
        dropped=verdicts.count(Verdict.DROP),
    )
    return Message(summary=text, parts=(Text(text=text),))


def _decided(session: Session, language: Language, delivery: Delivery) -> str:
    """What a person decided, or that nothing had to be decided any more."""
    if delivery.trouble is Trouble.TOO_LATE:
        return language._("Is not sent, since what it is about has begun or closed.")
    verdict = verdict_on(delivery)
    if verdict is None or delivery.decided_by_id is None or delivery.decided_at is None:
        return language._("It does not wait for a decision any more.")
    name = session.get_one(Person, delivery.decided_by_id).shown_as()
    moment = language.moment(delivery.decided_at)
    if verdict is Verdict.SEND:
        return language._(
            "Is sent once more. {name} decided so {moment}.", name=name, moment=moment
        )
    return language._("Is not sent. {name} decided so {moment}.", name=name, moment=moment)


def _receiver(session: Session, language: Language, delivery: Delivery) -> str:
    if delivery.person_id is not None:
        return session.get_one(Person, delivery.person_id).shown_as()
    if delivery.group_id is not None:
        return session.get_one(Group, delivery.group_id).name
    return language._("a conversation")


def _summary(delivery: Delivery) -> str:
    return str(delivery.message.get("summary", ""))[:300]


def _rest(language: Language, number: int) -> str:
    return language.n(
        "And {number} more, which goes with all of these.",
        "And {number} more, which go with all of these.",
        number,
    )


def _buttons(language: Language, action: str, value: str, number: int = 0) -> Actions:
    _ = language._
    send = _("Send all {number}", number=number) if number else _("Send")
    drop = _("Send none of them") if number else _("Do not send")
    return Actions(
        buttons=(
            Button(label=send, action=f"{action}.send", value=value, weight=Weight.PRIMARY),
            Button(label=drop, action=f"{action}.drop", value=value),
        )
    )


def _key(told_at: datetime, person: Person) -> str:
    return f"{HOLD}:{told_at.isoformat()}:{person.id}"
