"""The buttons of the check-in: each answer is one press, and a delay says why."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from handlers.desk import Desk
from handlers.measures.checkin_later import askable_from
from handlers.requests import ButtonPressed, FormSubmitted, Identity, Place, PlaceKind
from handlers.router import answer
from models.database import Database
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.message import FieldErrors, Form, Message
from models.people.accounts import Account
from models.people.organisations import Person
from tests.digests.village import NOW, Village

HERE = Place(kind=PlaceKind.DIRECT)


class Caller:
    """A member at the desk, who presses buttons and sends forms."""

    def __init__(self, database: Database, name: str = "Maja Ekvall") -> None:
        self.database = database
        self.desk = Desk(database, b"a secret of the tests, long enough")
        with database.read() as session:
            person = session.scalars(select(Person).where(Person.name == name)).one()
        self.who = Identity(platform="workspace", workspace="stockholm", user=str(person.id))
        self.events = 0

    def press(self, action: str, value: str = "FAR-011", event: str = "") -> object:
        press = ButtonPressed(
            who=self.who,
            where=HERE,
            at=NOW,
            event=event or self._event(),
            action=action,
            value=value,
        )
        return answer(press, self.desk).reply

    def send(self, form: Form, **values: str) -> object:
        sent = FormSubmitted(
            who=self.who,
            where=HERE,
            at=NOW,
            event=self._event(),
            form=form.name,
            values=dict(values),
            state=form.state,
        )
        return answer(sent, self.desk).reply

    def reports(self) -> list[ProgressReport]:
        with self.database.read() as session:
            return list(session.scalars(select(ProgressReport).order_by(ProgressReport.id)))

    def measure(self) -> Measure:
        with self.database.read() as session:
            return session.scalars(select(Measure)).one()

    def _event(self) -> str:
        self.events += 1
        return f"event-{self.events}"


@pytest.fixture
def maja(database: Database) -> Caller:
    with database.write() as session:
        village = Village(session)
        village.measure("FAR-011", village.maja, date(2024, 5, 29))
        for person in (village.maja, village.jonas):
            person.noticed_at = NOW
    return Caller(database)


def form_of(reply: object) -> Form:
    assert isinstance(reply, Form)
    return reply


def said(reply: object) -> str:
    assert isinstance(reply, Message)
    return reply.summary


@pytest.mark.parametrize(
    ("action", "status", "words"),
    [
        ("checkin.on_plan", MeasureStatus.ONGOING, "Tack. FAR-011 är uppdaterad"),
        ("checkin.done", MeasureStatus.DONE, "Tack. FAR-011 är uppdaterad"),
    ],
)
def test_one_press_is_a_report(
    maja: Caller, action: str, status: MeasureStatus, words: str
) -> None:
    reply = maja.press(action)
    assert said(reply).startswith(words)
    assert isinstance(reply, Message)
    assert not reply.replaces
    assert [report.status for report in maja.reports()] == [status]


@pytest.mark.parametrize(
    ("action", "status", "help_wanted", "question"),
    [
        ("checkin.delayed", MeasureStatus.DELAYED, False, "Vad hindrar?"),
        ("checkin.help", MeasureStatus.AT_RISK, True, "Vad behöver ni hjälp med?"),
    ],
)
def test_a_delay_and_a_wish_for_help_say_what_hinders(
    maja: Caller, action: str, status: MeasureStatus, help_wanted: bool, question: str
) -> None:
    form = form_of(maja.press(action))
    assert [field.label for field in form.fields][:1] == [question]
    assert maja.reports() == []
    maja.send(form, obstacle="Två tjänster är vakanta")
    [report] = maja.reports()
    assert (report.status, report.help_wanted) == (status, help_wanted)
    assert report.obstacle == "Två tjänster är vakanta"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("obstacle", ["", "   ", "x" * 1001])
def test_an_obstacle_that_says_nothing_or_too_much_is_asked_for_again(
    maja: Caller, obstacle: str
) -> None:
    reply = maja.send(form_of(maja.press("checkin.delayed")), obstacle=obstacle)
    assert isinstance(reply, FieldErrors)
    assert list(reply.errors) == ["obstacle"]
    assert maja.reports() == []


def test_not_now_asks_again_on_the_chosen_day(maja: Caller) -> None:
    form = form_of(maja.press("checkin.later"))
    first = maja.send(form, when="week", day="")
    assert said(first) == "Jag frågar om FAR-011 igen måndag 17 juni."
    assert maja.measure().snoozed_until == date(2024, 6, 17)
    assert said(maja.send(form, when="own", day="2024-07-02")).endswith("torsdag 1 augusti.")
    assert maja.reports() == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("when", "day", "field"),
    [
        ("own", "", "day"),
        ("own", "2024-06-10", "day"),
        ("own", "2024-12-24", "day"),
        ("own", "snart", "day"),
        ("meeting", "", "when"),
        ("", "", "when"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field(
    maja: Caller, when: str, day: str, field: str
) -> None:
    reply = maja.send(form_of(maja.press("checkin.later")), when=when, day=day)
    assert isinstance(reply, FieldErrors)
    assert list(reply.errors) == [field]
    assert maja.measure().snoozed_until is None


def test_a_report_ends_the_pause(maja: Caller) -> None:
    maja.send(form_of(maja.press("checkin.later")), when="week")
    maja.press("checkin.on_plan")
    assert maja.measure().snoozed_until is None


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_stranger_to_the_measure_cannot_answer_for_it(maja: Caller) -> None:
    with maja.database.write() as session:
        village = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
        other = Person(
            email="olle@annan.example",
            name="Olle Ny",
            organisation_id=village.organisation_id + 1,
            noticed_at=NOW,
        )
        session.add(other)
        session.flush()
        session.add(
            Account(
                platform="workspace",
                workspace="stockholm",
                user=str(other.id),
                person_id=other.id,
                linked_at=NOW,
            )
        )
    reply = Caller(maja.database, "Olle Ny").press("checkin.done")
    assert "Du kan rapportera" in said(reply)
    assert maja.reports() == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_measure_that_is_gone_is_told(maja: Caller) -> None:
    assert "FAR-999" in said(maja.press("checkin.done", "FAR-999"))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_form_of_another_time_is_told_to_be_too_old(maja: Caller) -> None:
    form = form_of(maja.press("checkin.delayed")).model_copy(update={"state": "FAR-011 whatever"})
    reply = maja.send(form, obstacle="x")
    assert isinstance(reply, FieldErrors)
    assert "för gammalt" in reply.errors["obstacle"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_in_summer_not_now_means_august(maja: Caller) -> None:
    assert askable_from(date(2024, 7, 3)) == date(2024, 8, 1)
    assert askable_from(date(2024, 6, 29)) == date(2024, 8, 1)
    assert askable_from(date(2024, 6, 21)) == date(2024, 6, 24)
