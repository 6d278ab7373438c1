"""Asking about a measure: the question reaches its owner, and the answer comes back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.delivery.outbox import Delivery
from models.measures.changes import Made, change
from models.measures.measure import Measure, MeasureQuestion
from models.message import ChoiceField
from models.people.organisations import Person
from tests.conversations.talk import EVA, JONAS, KARIM, MAJA, Member, Talk, as_queued
from tests.handlers.conftest import met


def told(talk: Talk, email: str) -> list[str]:
    """The direct messages that wait to be sent to somebody, as text."""
    with talk.database.read() as session:
        query = select(Delivery).join(Person, Delivery.person_id == Person.id)
        query = query.where(Person.email == email)
        rows = session.scalars(query.order_by(Delivery.due_at, as_queued(session)))
        return [str(row.message) for row in rows]


def asked(talk: Talk) -> MeasureQuestion:
    """The one question that was asked."""
    with talk.database.read() as session:
        return session.scalars(select(MeasureQuestion)).one()


def test_a_question_reaches_the_owner_and_the_answer_comes_back(talk: Talk, maja: Member) -> None:
    karim = met(talk, KARIM)
    seen = maja.says("fråga FAR-014 När lyser det?")
    assert "Din fråga om FAR-014 är ställd" in seen
    assert "Karim Haddad har fått frågan. Svaret kommer till dig." in seen
    (message,) = told(talk, KARIM)
    assert "När lyser det?" in message
    assert "Maja Ekvall frågar" in message

    assert "1 fråga väntar på ditt svar" in karim.opens_home()
    assert "1 fråga väntar på ditt svar" in karim.says("min roll")
    karim.opens_home()
    assert "När lyser det?" in karim.presses("Svara: FAR-014")
    karim.fills(answer="")
    assert karim.errors() == {"answer": "Skriv något."}
    talk.later(hours=1)
    assert "Frågan om FAR-014 är besvarad" in karim.fills(answer="Sedan i fredags")
    (message,) = told(talk, MAJA)
    assert "Sedan i fredags" in message
    assert "väntar på ditt svar" not in karim.opens_home()

    history = maja.says("historik FAR-014")
    places = [history.index(words) for words in ("Haddad: svarade", "Maja Ekvall: frågade")]
    assert places == sorted(places)
    assert "När lyser det?" in history


def test_the_card_asks_in_a_form_and_only_once_for_one_event(talk: Talk, maja: Member) -> None:
    maja.says("FAR-014")
    maja.presses("Jag har en fråga")
    maja.fills(question="å" * 1001)
    assert "högst 1000 tecken" in maja.errors()["question"]
    first = maja.fills(question="Vem städar?", event="E7")
    maja._form = None
    maja.presses("Historik")
    maja.sends_button("question.ask", "FAR-014")
    assert first == maja.fills(question="Vem städar?", event="E7")
    assert asked(talk).text == "Vem städar?"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_nobody_asks_themselves_and_not_everybody_answers(talk: Talk, maja: Member) -> None:
    assert "Du ansvarar själv för FAR-011" in maja.says("fråga FAR-011 När?")
    assert "Säg om vilken åtgärd" in maja.says("fråga")
    assert "Det finns ingen åtgärd FAR-099" in maja.says("fråga FAR-099 Hur?")
    maja.says("fråga JAR-005 När?")
    number = str(asked(talk).id)
    assert "Bara den som ansvarar" in met(talk, JONAS).sends_button("question.answer", number)
    assert "finns inte längre" in maja.sends_button("question.answer", "99999")


def test_the_second_of_two_answers_is_told_the_first(talk: Talk, maja: Member) -> None:
    karim, eva = met(talk, KARIM), met(talk, EVA)
    maja.says("fråga FAR-014 När lyser det?")
    number = str(asked(talk).id)
    karim.sends_button("question.answer", number)
    eva.sends_button("question.answer", number)
    karim.fills(answer="I höst")
    assert "I höst" in eva.fills(answer="I vår")
    assert asked(talk).answer == "I höst"
    assert len(told(talk, MAJA)) == 1


def test_what_is_not_answered_goes_to_the_successor(talk: Talk, maja: Member) -> None:
    maja.says("fråga FAR-014 När lyser det?")
    with talk.database.write() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-014")).one()
        heir = session.scalars(select(Person).where(Person.email == JONAS)).one()
        change(session, measure, {"owner": heir}, Made(None, talk.at, "handover"))
    assert "1 fråga väntar på ditt svar" in met(talk, JONAS).opens_home()


def test_without_an_owner_the_groups_secretary_is_asked(talk: Talk) -> None:
    with talk.database.write() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-014")).one()
        measure.owner = None
    seen = met(talk, JONAS).says("fråga FAR-014 Vem tar över?")
    assert "Åtgärden saknar ansvarig, så Maja Ekvall har fått frågan" in seen


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_digest_lets_one_ask_about_any_measure_it_tells_of(talk: Talk, maja: Member) -> None:
    karim = met(talk, KARIM)
    karim.says("veckan Farsta beredningsgrupp")
    assert "Fråga om en åtgärd" in karim.presses("Jag har en fråga")
    measures = karim.form().fields[0]
    assert isinstance(measures, ChoiceField)
    codes = [choice.value for choice in measures.choices]
    assert "FAR-011" in codes
    assert "FAR-014" not in codes  # his own
    karim.fills(measure="", question="När?")
    assert karim.errors() == {"measure": "Välj en åtgärd."}
    assert "Maja Ekvall har fått frågan" in karim.fills(measure="FAR-011", question="När?")
    maja.sends_button("question.among", "FAR-011 FAR-003")
    assert maja.message().summary == "Du ansvarar själv för alla de här åtgärderna."
    maja.sends_button("question.among", "FAR-011 FAR-014")
    assert maja.form().state == "FAR-014"


def test_a_second_press_asks_no_second_question(talk: Talk, maja: Member) -> None:
    met(talk, KARIM)
    for _ in range(2):
        assert "är ställd" in maja.says("fråga FAR-014 När lyser det?")
        talk.later(seconds=20)
    assert asked(talk).text == "När lyser det?"
    assert len(told(talk, KARIM)) == 1
