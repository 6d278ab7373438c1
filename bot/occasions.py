"""What is done when something falls due: who is told, asked, or shown what.

Each returns in a few words what came of it, for the row that remembers the occasion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from digests import asking, checkin, meeting, weekly
from digests.asking import Asking, Round, askable, may_be_told, prompt
from digests.period import week_until
from handlers import texts
from handlers.acquaintance import first_notice
from handlers.survey import invitation_parts
from handlers.survey_result import result_card
from models import survey_box
from models.addresses import group_addresses, person_address
from models.groups import Group
from models.language import Language
from models.meetings import Meeting
from models.message import Audience, Divider, Message
from models.organisations import Person
from models.outgoing import Errand, queue
from models.schedule import ZONE, may_ask_at, week_code
from models.seats import members_of
from models.surveys import Invitation, Survey

NOTHING = "nothing to say"


@dataclass(frozen=True)
class Occasion:
    """Something that fell due: the schedule, its local day, the moment, and what to do then.

    `subject` is the id of the group, meeting or survey that it is about.
    """

    schedule: str
    day: date
    at: datetime
    act: Callable[[Session, Occasion], str]
    subject: int = 0


def speech(person: Person) -> Language:
    """How a member is spoken to."""
    return texts.language(person.language, ZONE)


def post_week(session: Session, occasion: Occasion) -> str:
    """The weekly digest, in each channel of the group."""
    group = session.get_one(Group, occasion.subject)
    facts = weekly.gather(session, group, week_until(occasion.day, group.zone), occasion.day)
    language = texts.language(group.language, group.zone)
    message = weekly.message(facts, language)
    return _post(session, group, message, "digest", occasion) if message else NOTHING


def tell_before(session: Session, occasion: Occasion) -> str:
    """The digest before a meeting, to each member."""
    found = session.get_one(Meeting, occasion.subject)
    facts = meeting.gather_before(session, found, occasion.day)
    return _tell(session, found, occasion, lambda words: meeting.message_before(facts, words))


def tell_after(session: Session, occasion: Occasion) -> str:
    """The decisions after a meeting, to each member, also those who were absent."""
    found = session.get_one(Meeting, occasion.subject)
    facts = meeting.gather_after(session, found, occasion.day)
    return _tell(session, found, occasion, lambda words: meeting.message_after(facts, words))


def ask(session: Session, occasion: Occasion) -> str:
    """The one message of the week to everybody who is to be asked for something."""
    return ask_people(session, askable(session, occasion.day), occasion)


def ask_people(session: Session, people: Iterable[Person], occasion: Occasion) -> str:
    """Gathers all askings to the people, and queues one message to each."""
    addressed = {person.id: person for person in people if person_address(session, person)}
    asked = Round(occasion.day, occasion.at, tuple(addressed.values()), speech)
    by_person: dict[int, list[Asking]] = {}
    for source in (checkin.askings, survey_askings):
        for found in source(session, asked):
            by_person.setdefault(found.person_id, []).append(found)
    for person_id, found_for in by_person.items():
        person = addressed[person_id]
        message = prompt(person, found_for, speech(person))
        key = f"asking:{week_code(occasion.day)}:{person_id}"
        errand = Errand(asking.PURPOSE, key, occasion.at, person_id=person_id)
        _queue(session, person, message, errand)
    return _sent(len(by_person))


def survey_askings(session: Session, asked: Round) -> Sequence[Asking]:
    """The open surveys that still wait for a member's answer: an invitation, then a reminder."""
    people = {person.id: person for person in asked.people}
    waiting = session.scalars(
        select(Invitation)
        .join(Invitation.survey)
        .where(
            Invitation.answered.is_(False),
            Invitation.person_id.in_(people),
            Survey.opened_at <= asked.at,
            Survey.closes_at > asked.at,
            Survey.closed_at.is_(None),
        )
        .options(joinedload(Invitation.survey))
        .order_by(Survey.closes_at, Invitation.id)
    )
    return [_survey_asking(people[row.person_id], row.survey, asked) for row in waiting]


def open_survey(session: Session, occasion: Occasion) -> str:
    """Invites the group's members; who has been asked this week already is asked next week."""
    found = session.get_one(Survey, occasion.subject)
    invited = {person.id for person in survey_box.invite(session, found, occasion.at)}
    if not may_ask_at(occasion.at):
        return "waits for the morning"
    people = [person for person in askable(session, occasion.day) if person.id in invited]
    return ask_people(session, people, occasion)


def close_survey(session: Session, occasion: Occasion) -> str:
    """Freezes the result and shows it in the group's channels."""
    found = session.get_one(Survey, occasion.subject)
    result = survey_box.close(session, found, occasion.at)
    language = texts.language(found.group.language, found.group.zone)
    card = result_card(language, found, result)
    return _post(session, found.group, card, "survey_result", occasion)


def close_survey_quietly(session: Session, occasion: Occasion) -> str:
    """Freezes the result of a survey that closed long ago; nobody waits to be told."""
    survey_box.close(session, session.get_one(Survey, occasion.subject), occasion.at)
    return "closed"


def _survey_asking(person: Person, survey: Survey, asked: Round) -> Asking:
    language = asked.speech(person)
    topic = language._("the survey {title}", title=survey.title(language.code))
    return Asking(person.id, topic, tuple(invitation_parts(language, survey)))


def _post(
    session: Session, group: Group, message: Message, purpose: str, occasion: Occasion
) -> str:
    addresses = group_addresses(session, group)
    message = message.model_copy(update={"audience": Audience.EVERYONE})
    key = f"{occasion.schedule}:{occasion.day}"
    for address in addresses:
        queue(session, message, address, Errand(purpose, key, occasion.at, group_id=group.id))
    return _sent(len(addresses)) if addresses else "no channel"


def _tell(
    session: Session,
    found: Meeting,
    occasion: Occasion,
    say: Callable[[Language], Message | None],
) -> str:
    members = members_of(session, found.group, occasion.day)
    people = [person for person in members if may_be_told(person, occasion.day)]
    messages = {code: say(texts.language(code, ZONE)) for code in {p.language for p in people}}
    told = 0
    for person in people:
        message = messages[person.language]
        if message is None:
            return NOTHING
        key = f"{occasion.schedule}:{occasion.day}:{person.id}"
        errand = Errand("meeting", key, occasion.at, person_id=person.id)
        told += _queue(session, person, message, errand)
    return _sent(told)


def _queue(session: Session, person: Person, message: Message, errand: Errand) -> bool:
    address = person_address(session, person)
    if address is None:
        return False
    if person.noticed_at is None:
        person.noticed_at = errand.due_at
        parts = (*first_notice(speech(person)).parts, Divider(), *message.parts)
        message = message.model_copy(update={"parts": parts})
    queue(session, message, address, errand)
    return True


def _sent(number: int) -> str:
    return f"queued {number}" if number else NOTHING
