"""Answers to a check-in that concern others: who is needed, who answers instead, all at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.database import Database
from models.delivery.outbox import Delivery
from models.measures.measure import Prompt, PromptState
from models.measures.prompts import ask
from models.message import Actions, Button, FieldErrors, Message
from models.people.organisations import Person
from tests.conversations.talk import as_queued
from tests.digests.village import NOW, Village
from tests.handlers.measures.test_checkin import Caller, form_of, said


@pytest.fixture
def world(database: Database) -> Database:
    """Maja, the secretary, owns two measures and was asked about one; Jonas owns a third."""
    with database.write() as session:
        village = Village(session)
        mine = village.measure("FAR-011", village.maja, date(2024, 5, 29))
        village.measure("FAR-012", village.maja, date(2024, 6, 20))
        village.measure("FAR-030", village.jonas, date(2024, 6, 20))
        ask(session, mine, village.maja.id, NOW)
        for person in (village.maja, village.jonas):
            person.noticed_at = NOW
        village.person("Olle Ny", village.organisation("Grannstaden", village.city.party))
    return database


def person_id(database: Database, name: str) -> str:
    with database.read() as session:
        return str(session.scalars(select(Person.id).where(Person.name == name)).one())


def told(database: Database, name: str) -> list[Message]:
    """What a member was told in direct messages."""
    with database.read() as session:
        rows = session.scalars(
            select(Delivery)
            .join(Person, Person.id == Delivery.person_id)
            .where(Person.name == name)
            .order_by(Delivery.due_at, as_queued(session))
        )
        return [Message.model_validate(row.message) for row in rows]


def states(database: Database, code: str = "") -> list[PromptState]:
    with database.read() as session:
        return list(session.scalars(select(Prompt.state).order_by(Prompt.id)))


def test_whoever_is_needed_is_told_by_role_by_name_and_only_once(world: Database) -> None:
    jonas = Caller(world, "Jonas Lindmark")
    form = form_of(jonas.press("checkin.help", "FAR-030"))
    assert [field.name for field in form.fields] == ["obstacle", "needed", "person"]
    maja = person_id(world, "Maja Ekvall")
    reply = jonas.send(form, obstacle="Lokal saknas", needed="role:secretary", person=maja)
    assert isinstance(reply, Message)
    assert "Sekreterare och Maja Ekvall" in str(reply.parts)
    assert "Maja Ekvall får veta det." in str(reply.parts)
    [notice] = told(world, "Maja Ekvall")
    assert notice.summary == "Du behövs för FAR-030: Lokal saknas"
    assert told(world, "Jonas Lindmark") == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"obstacle": "x", "needed": "role:king"}, "needed"),
        ({"obstacle": "x", "person": "Ingen Alls"}, "person"),
        ({"obstacle": "", "needed": "role:secretary"}, "obstacle"),
    ],
)
def test_a_wish_that_cannot_be_is_told_at_its_field(
    world: Database, values: dict[str, str], field: str
) -> None:
    maja = Caller(world)
    reply = maja.send(form_of(maja.press("checkin.delayed")), **values)
    assert isinstance(reply, FieldErrors)
    assert list(reply.errors) == [field]
    assert maja.reports() == []


def test_a_colleague_is_asked_instead_and_answers(world: Database) -> None:
    maja, jonas = Caller(world), Caller(world, "Jonas Lindmark")
    form = form_of(maja.press("checkin.hand_on"))
    for name, fault in (("Maja Ekvall", "Det är du själv"), ("Olle Ny", "får inte rapportera")):
        reply = maja.send(form, person=person_id(world, name))
        assert isinstance(reply, FieldErrors)
        assert fault in reply.errors["person"]
    reply = maja.send(form, person=person_id(world, "Jonas Lindmark"), words="Du var där")
    assert said(reply) == "Jonas Lindmark får frågan om FAR-011 i stället för dig."
    assert states(world) == [PromptState.PASSED_ON, PromptState.OPEN]
    [question] = told(world, "Jonas Lindmark")
    assert question.summary == "Maja Ekvall ber dig svara för FAR-011"
    assert "Du var där" in str(question.parts)
    assert said(jonas.press("checkin.on_plan")).startswith("Tack. FAR-011 är uppdaterad")
    assert states(world) == [PromptState.PASSED_ON, PromptState.ANSWERED]


def test_one_form_saves_all_of_the_week_or_nothing(world: Database) -> None:
    maja = Caller(world)
    form = form_of(maja.press("checkin.week", ""))
    assert form.state.split() == ["FAR-011", "FAR-012"]
    reply = maja.send(form, status_far_011="delayed", status_far_012="ongoing")
    assert isinstance(reply, FieldErrors)
    assert reply.errors == {"words_far_011": "Skriv vad som hindrar."}
    assert maja.reports() == []
    reply = maja.send(form, status_far_011="delayed", words_far_011="Snö", status_far_012="ongoing")
    assert said(reply) == "Tack. 2 åtgärder är uppdaterade: FAR-011, FAR-012."
    assert [report.obstacle for report in maja.reports()] == ["Snö", ""]
    assert states(world) == [PromptState.ANSWERED]
    assert "Inget väntar på din rapport" in said(maja.press("checkin.week", ""))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "status_far_011"),
        ({"words_far_012": "Bara ord"}, "status_far_012"),
        ({"status_far_012": "perhaps"}, "status_far_012"),
    ],
)
def test_a_week_that_says_too_little_is_told_at_its_field(
    world: Database, values: dict[str, str], field: str
) -> None:
    maja = Caller(world)
    reply = maja.send(form_of(maja.press("checkin.week", "")), **values)
    assert isinstance(reply, FieldErrors)
    assert list(reply.errors) == [field]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_answers_speak_english_too(world: Database) -> None:
    with world.write() as session:
        for person in session.scalars(select(Person)):
            person.language = "en"
    maja = Caller(world)
    week = form_of(maja.press("checkin.week", ""))
    assert (week.title, week.submit) == ("This week's measures", "Save all")
    form = form_of(maja.press("checkin.hand_on"))
    assert said(maja.send(form, person=person_id(world, "Jonas Lindmark"))) == (
        "Jonas Lindmark is asked about FAR-011 instead of you."
    )
    later = form_of(maja.press("checkin.later", "FAR-012"))
    assert said(maja.send(later, when="week")).startswith("I will ask about FAR-012 again on")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_week_asks_before_it_opens_what_somebody_ended_meanwhile(world: Database) -> None:
    maja, jonas = Caller(world), Caller(world, "Jonas Lindmark")
    form = form_of(maja.press("checkin.week", ""))
    jonas.press("checkin.done", "FAR-012")
    values = {"status_far_011": "ongoing", "status_far_012": "delayed", "words_far_012": "Snö"}
    asked = form_of(maja.send(form, **values))
    assert "FAR-012 rapporterades som klar den 10 juni. Öppna igen?" in asked.intro
    assert asked.submit == "Öppna igen och spara"
    kept = {field.name: getattr(field, "initial", "") for field in asked.fields}
    assert (kept["status_far_012"], kept["words_far_012"]) == (("delayed",), "Snö")
    assert len(maja.reports()) == 1
    saved = maja.send(asked, **values)
    assert said(saved).startswith("Tack. 2 åtgärder är uppdaterade")
    assert "Jonas Lindmark rapporterade Klar alldeles nyss" in str(saved)
    assert [report.status.value for report in maja.reports()] == ["done", "ongoing", "delayed"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_hinders_asks_before_it_opens_a_measure_that_had_ended(world: Database) -> None:
    maja, jonas = Caller(world), Caller(world, "Jonas Lindmark")
    form = form_of(maja.press("checkin.delayed"))
    assert form.submit == "Spara"
    jonas.press("checkin.done")
    values = {"obstacle": "Snö", "needed": "role:secretary", "person": ""}
    asked = form_of(maja.send(form, **values))
    assert "Öppna igen?" in asked.intro
    assert [getattr(field, "initial", None) for field in asked.fields] == [
        "Snö",
        ("role:secretary",),
        None,
    ]
    # Whoever presses when it has ended already is asked in the first form, not in a second.
    assert form_of(maja.press("checkin.help")).submit == "Öppna igen"
    assert said(maja.send(asked, **values)).startswith("Tack. FAR-011 är uppdaterad")
    assert [report.status.value for report in maja.reports()] == ["done", "delayed"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_correction_keeps_who_is_needed_and_a_second_press_changes_nothing(
    world: Database,
) -> None:
    maja = Caller(world)
    form = form_of(maja.press("checkin.delayed"))
    for role in ("", "role:secretary", "role:secretary"):
        maja.send(form, obstacle="Snö", needed=role)
    assert [report.needed for report in maja.reports()] == ["", "role:secretary"]
    correcting = form_of(maja.press("report.correct", str(maja.reports()[-1].id)))
    assert "Sekreterare" in str(maja.send(correcting, status="delayed", obstacle="Is"))
    assert (maja.reports()[-1].obstacle, maja.reports()[-1].needed) == ("Is", "role:secretary")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_owner_can_ask_a_colleague_to_report_from_the_card_unasked(world: Database) -> None:
    maja, jonas = Caller(world), Caller(world, "Jonas Lindmark")
    card = maja.press("measure.show", "FAR-012")
    assert isinstance(card, Message)
    offered = Button(label="Be en kollega rapportera", action="checkin.hand_on", value="FAR-012")
    assert any(offered in part.buttons for part in card.parts if isinstance(part, Actions))
    assert "checkin.hand_on" not in str(jonas.press("measure.show", "FAR-012"))
    form = form_of(maja.press("checkin.hand_on", "FAR-012"))
    maja.send(form, person=person_id(world, "Jonas Lindmark"))
    jonas.press("checkin.done", "FAR-012")
    assert len(maja.reports()) == 1
    assert "checkin.hand_on" not in str(maja.press("measure.show", "FAR-012"))
