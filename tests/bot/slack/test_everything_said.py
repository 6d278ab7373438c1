"""Whatever the product says with Stockholm's data is a message or a form that Slack takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from json import dumps
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.slack import home
from bot.slack.blocks import payloads
from bot.slack.forms import Origin, view
from bot.timetable import tick_through
from handlers import texts
from handlers.chain.things import Approved, subject_of, wording
from handlers.choices import TAKEN_BACK
from handlers.desk import Desk
from handlers.requests import (
    AnyRequest,
    ButtonPressed,
    Command,
    FormSubmitted,
    HomeOpened,
    Identity,
    Place,
    PlaceKind,
)
from handlers.router import answer
from handlers.services import BUTTONS
from handlers.understanding.verbs import VERBS
from models.chain.approvals import submit
from models.chain.links import Direction, Goal
from models.database import Database
from models.delivery import mail_links
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import Errand, queue
from models.delivery.trouble import Trouble
from models.groups import Group, Seat, SeatRole
from models.meetings.action_points import ActionPoint
from models.meetings.inputs import InputRequest, Opening, give, open_round, round_of
from models.meetings.meeting import Decision, Meeting, MeetingSeries
from models.meetings.plans import By
from models.meetings.point_questions import ask as ask_about_point
from models.meetings.points import Task, change, point_now, write
from models.meetings.questions import ask as ask_about
from models.message import Button, Form, Message, Reply, Text
from models.people.accounts import Account
from models.people.addresses import Address, switch_mail
from models.people.organisations import Organisation, Person
from models.places.place import District
from models.seats.requests import Wanted, ask
from models.surveys.survey import NamedAnswer, Survey
from tests.conversations.slack_stage import MONDAY
from tests.slack.payloads import check_message, check_view

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

COORDINATOR = "eva.nordin@slk.stockholm.example"
MEMBERS = (
    "maja.ekvall@farsta.stockholm.example",
    "petra.akerblom@polisen.example",
    COORDINATOR,
    "karim.haddad@trafik.stockholm.example",
    "nobody@elsewhere.example",
)
LINES = (
    "möten Farsta styrgrupp 2024-08-30",
    "möten centrala styrgruppen",
    "möten Farsta styrgrupp 2024-03-27",
    "veckan sedan senaste mötet Farsta beredningsgrupp",
    "",
    "?",
    "blurk",
    "vem Rågsved",
    "vem Östermalm styrgrupp 2020-02-02",
    "vem Solna",
    "vem centrala styrgruppen",
    "vem polisen",
    "åtgärder utan ansvarig",
    "försenade",
    "FAR-014",
    "åtgärder FAR-014",
    "rapportera",
    "rapportera FAR-014 försenad " + "Väntar på besked & mer. " * 30,
    "rapportera FAR-011 pågår Fältgruppen är tillbaka",
    "rapportera FAR-999 klar",
    "rapportera FAR-014 811228-9874",
    "veckan sedan senaste mötet Farsta",
    "inställningar engelska",
    "paus",
    "resultat",
    "indikator",
    "adjungera",
    "vem Maja",
    "involvering youth_risk",
    "rapportera FAR-009 pågår Allt går som det ska",
    "varför FAR-014",
    "mål FAR-M7",
    "mål Farsta",
    "ny åtgärd",
    "möten Farsta styrgrupp",
    "inspel",
    "prenumerera",
    "beslut Farsta",
    "åtgärdspunkter centrala styrgruppen",
)
MOST_VALUES = 4
INVOLVED = {
    "district": "FAR",
    "area": "unsafe_places",
    "degree": "informed",
    "first": MONDAY.date().isoformat(),
}
"""What the coordinator fills in, so that there is a change of involvement to undo."""

MADE = {
    "title": "Fler bänkar & mer ljus",
    "group": "FAR-BER",
    "organisation": "SDF-FAR",
    "category": "environment",
    "start_on": MONDAY.date().isoformat(),
    "cadence_days": "30",
}
"""A measure that the coordinator makes, so that there is one to change and to take back."""

ASKED: dict[str, str | tuple[str, ...]] = {
    "group": "CEN-STYR",
    "title": "Mer ljus & fler vuxna",
    "questions": ("m_coop",),
    "sensitivity": "internal",
    "closes_on": (MONDAY.date() + timedelta(days=7)).isoformat(),
    "repeat": "13",
    "waves": "3",
}
"""A survey that the coordinator makes, so that there is a series to end."""


@dataclass
class Explorer:
    """Asks, presses every button that it sees, and keeps all that was said."""

    desk: Desk
    email: str
    said: list[Reply] = field(default_factory=list)
    actions: set[str] = field(default_factory=set)
    pressed: set[tuple[str, str]] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def asks(self, line: str) -> None:
        self._hears(Command(line=line, **self.common()))

    def fills_in(self, form: str, values: Mapping[str, str | tuple[str, ...]]) -> None:
        self._hears(FormSubmitted(form=form, values=dict(values), **self.common()))

    def common(self) -> dict[str, Any]:
        """What all requests of theirs carry."""
        return {
            "who": Identity(platform="slack", workspace="T1", user=self.email, email=self.email),
            "where": Place(kind=PlaceKind.CHANNEL, channel="C1"),
            "at": MONDAY,
            "event": f"e{next(self.numbers)}:{self.email}",
        }

    def _hears(self, request: AnyRequest) -> None:
        reply = answer(request, self.desk).reply
        self.said.append(reply)
        for button in buttons(reply):
            values = sum(action == button.action for action, _ in self.pressed)
            if (button.action, button.value) in self.pressed or values >= MOST_VALUES:
                continue
            self.pressed.add((button.action, button.value))
            self.actions.add(button.action)
            pressed = ButtonPressed(action=button.action, value=button.value, **self.common())
            self._hears(pressed)


def buttons(reply: Reply) -> list[Button]:
    """The buttons of a message."""
    return list(reply.buttons()) if isinstance(reply, Message) else []


def check(reply: Reply, code: str) -> None:
    """Raises unless Slack takes it."""
    if isinstance(reply, Form):
        check_view(
            view(
                reply, Origin(channel="C1", response_url="https://x.example"), texts.language(code)
            )
        )
    elif isinstance(reply, Message):
        for page in payloads(reply):
            check_message(page)


def seats_asked_for(session: Session) -> None:
    """Requests for a seat: where the coordinator can answer for the police, and where not."""
    for code, name, of in (
        ("SOC", "Tomas Rydefalk", "FAR-ARB"),
        ("KUL", "Maja Ekvall", "FAR-ARB"),
        ("IDR", "Hamid Rezvanian", "SKH-STYR"),
    ):
        group = session.scalars(select(Group).where(Group.code == of)).one()
        asker = session.scalars(select(Person).where(Person.name == name)).one()
        organisation = session.scalars(select(Organisation).where(Organisation.code == code)).one()
        until = MONDAY.date() + timedelta(days=90)
        wanted = Wanted(group, organisation, None, "Behövs & mer", MONDAY.date(), until)
        ask(session, wanted, asker, MONDAY)


def wordings_that_wait(session: Session) -> None:
    """More wordings than a page shows, submitted by Farsta's secretary; one reads otherwise now."""
    maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
    goals = session.scalars(select(Goal).where(Goal.code.startswith("FAR-"))).all()
    ways = session.scalars(select(Direction).where(Direction.code.startswith("FAR-"))).all()
    things: list[Approved] = [*goals, *ways]
    for thing in things:
        submit(session, subject_of(thing), wording(thing), maja, MONDAY)
    session.scalars(select(Goal).where(Goal.code == "FAR-M7")).one().title = "Ny & annan"


def more_districts_and_a_namesake(session: Session) -> None:
    """More districts than a page shows, and a second Maja to tell from the first."""
    for number in range(8):
        name = f"Nybyggda {number}"
        session.add(District(code=f"NY{number}", name=name, valid_from=date(2024, 1, 1)))
    maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
    of = maja.organisation_id
    session.add(Person(email="maja.ek@x.example", name="Maja Ek", organisation_id=of))


def sendings_in_trouble(session: Session) -> None:
    """A message that waits for a decision, another that was refused, and nobody within reach."""
    people = session.scalars(select(Person).order_by(Person.id).limit(2)).all()
    troubles = (DeliveryState.HELD, Trouble.CANNOT_TELL), (DeliveryState.FAILED, Trouble.REFUSED)
    for person, (state, trouble) in zip(people, troubles, strict=True):
        message = Message(summary="Hej & hå", parts=(Text(text="Hej"),))
        address = Address("slack", "T1", user="U1")
        errand = Errand("asking", f"trouble:{person.id}", MONDAY, person_id=person.id)
        delivery = queue(session, message, address, errand)
        delivery.state, delivery.trouble, delivery.reason = state, trouble, "odd_<&>_reason"
    session.execute(delete(Account))


def letters_stopped(database: Database) -> None:
    """E-mail for those outside chat, and somebody who wants none."""
    with database.write() as session:
        switch_mail(session, on=True)
        ingrid = session.scalars(select(Person).where(Person.name == "Ingrid Solvang")).one()
        ingrid.paused_until = date(9999, 1, 1)


def meetings_that_ask(session: Session) -> None:
    """A deputy for the coordinator, a series, a cancelled meeting, and input before and after."""
    eva = session.scalars(select(Person).where(Person.email == COORDINATOR)).one()
    maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
    seat = session.scalars(select(Seat).where(Seat.code == "CEN-STYR-03")).one()
    deputy = Seat(
        code="CEN-STYR-03-E",
        group_id=seat.group_id,
        role=SeatRole.DEPUTY,
        organisation_id=seat.organisation_id,
        person=maja,
        deputy_for=seat,
        valid_from=seat.valid_from,
        recorded_at=MONDAY,
    )
    session.add(deputy)
    held = select(Meeting).join(Meeting.group).order_by(Meeting.starts_at)
    central = held.where(Group.code == "CEN-STYR")
    coming = session.scalars(central.where(Meeting.starts_at > MONDAY)).all()[0]
    local = held.where(Group.code == "FAR-STYR")
    past = session.scalars(local.where(Meeting.starts_at < MONDAY)).all()[-1]
    later = session.scalars(local.where(Meeting.starts_at > MONDAY)).all()
    later[0].cancelled = True
    series = MeetingSeries(group_id=later[0].group_id, rule="FREQ=MONTHLY")
    session.add(series)
    session.flush()
    for meeting in later:
        meeting.series_id = series.id
    for meeting in (coming, past, later[1]):
        opening = Opening(eva, MONDAY, MONDAY + timedelta(days=1), "Unga & plats")
        around = open_round(session, meeting, opening, MONDAY.date())
        for request in around.requests:
            request.person = eva
    give(session, past_request(session, past), eva, "Fler & ljusare", MONDAY)
    a_link_in_an_email(session, eva)


def a_link_in_an_email(session: Session, person: Person) -> None:
    """A link that may still be used, and so withdrawn."""
    until = MONDAY + timedelta(days=1)
    link = mail_links.Wanted(person.id, "meeting.coming", "1", "Jag kommer", "", until)
    mail_links.put(session, b"secret", "token", link, MONDAY)


def questions_about_a_decision_and_a_point(session: Session) -> None:
    """Somebody waits for the coordinator's answer, and another has moved the point's last day."""
    eva = session.scalars(select(Person).where(Person.email == COORDINATOR)).one()
    maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
    decision = session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert decision is not None
    ask_about(session, decision, (maja, MONDAY), eva, "Gäller det & alla?")
    point = session.scalars(select(ActionPoint).order_by(ActionPoint.id)).first()
    assert point is not None
    ask_about_point(session, point, (maja, MONDAY), eva, "Till när & av vem?")
    stands = point_now(session, point)
    longer = Task(stands.step.text, stands.step.owner, stands.step.due_on + timedelta(days=7))
    by = session.scalars(select(Person).where(Person.name == "Jonas Lindmark")).one()
    change(session, stands, longer, By(by, MONDAY))


def a_point_left_behind(session: Session) -> None:
    """Whoever was to do it has left."""
    maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
    former = Person(email="x@farsta.example", name="X", organisation=maja.organisation)
    former.left_on = MONDAY.date()
    point = session.scalars(select(ActionPoint).order_by(ActionPoint.id)).first()
    assert point is not None
    task = Task("Skicka <kartan> & mallen", former, MONDAY.date())
    write(session, ActionPoint(meeting=point.meeting), task, By(maja, MONDAY))


def a_survey_with_names(session: Session) -> None:
    """Of a survey that has closed, told as one whose answers are shown with names."""
    survey = session.scalars(select(Survey).where(Survey.code == "FAR-BILD-3")).one()
    survey.named = True
    question = survey.questions[0]
    eva = session.scalars(select(Person).where(Person.email == COORDINATOR)).one()
    session.add(NamedAnswer(question_id=question.id, person_id=eva.id, value="4"))


def past_request(session: Session, meeting: Meeting) -> InputRequest:
    """The one request before a local meeting."""
    around = round_of(session, meeting)
    assert around is not None
    return around.requests[0]


def test_every_answer_and_every_button_behind_it_is_taken_by_slack(stockholm: Database) -> None:
    with stockholm.write() as session:
        meetings_that_ask(session)
        seats_asked_for(session)
        wordings_that_wait(session)
        more_districts_and_a_namesake(session)
        sendings_in_trouble(session)
        a_survey_with_names(session)
        questions_about_a_decision_and_a_point(session)
        a_point_left_behind(session)
    desk = Desk(stockholm, b"a secret of the tests, thirty-two")
    reached: set[str] = set()
    for email in MEMBERS:
        member = Explorer(desk, email)
        for line in (*LINES, *(verb.example_sv for verb in VERBS)):
            member.asks(line)
        if email == COORDINATOR:
            member.fills_in("involvement.set", INVOLVED)
            member.fills_in("measure.make", MADE)
            member.fills_in("survey.make", ASKED)
            member.asks("enkät E-2024-005")
            member.asks("resultat FAR-BILD-3")
            letters_stopped(stockholm)
            member.asks("leverans")
        reached |= member.actions
        for reply in member.said:
            check(reply, "sv")
        assert not [reply for reply in member.said if "felnummer" in str(reply)]
    only_in_questions = {name for name in BUTTONS if name.startswith("checkin.")}
    only_in_notices = {name for name in BUTTONS if name.startswith("held.all.")}
    only_in_letters = {name for name in BUTTONS if name.startswith("letters.")}
    never_shown = {TAKEN_BACK}
    elsewhere = only_in_questions | only_in_notices | only_in_letters | never_shown
    assert set(BUTTONS) - reached - elsewhere == set()


def test_members_homes_are_taken_by_slack(stockholm: Database) -> None:
    desk = Desk(stockholm, b"a secret of the tests, thirty-two")
    with stockholm.read() as session:
        emails = session.scalars(select(Person.email)).all()
    for email in emails[::6]:
        shown = answer(HomeOpened(**Explorer(desk, email).common()), desk).reply
        assert isinstance(shown, Message)
        check_view(home.view(shown))


def test_everything_that_is_sent_in_a_week_is_taken_by_slack(stockholm: Database) -> None:
    tick_through(stockholm, MONDAY - timedelta(hours=1), MONDAY + timedelta(days=8))
    with stockholm.read() as session:
        deliveries = session.scalars(select(Delivery)).all()
    assert {row.purpose for row in deliveries} >= {"asking", "digest"}
    for different in {dumps(row.message, sort_keys=True) for row in deliveries}:
        check(Message.model_validate_json(different), "sv")
