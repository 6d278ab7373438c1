"""Asking for a seat on demand: who may, what is wrong at which field, in both languages."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.people.organisations import Person
from tests.conversations.co_opting import (
    HAMID,
    JOHAN,
    LINE,
    REASON,
    WISH,
    asks,
    met,
    opens,
    requests,
    told,
)
from tests.conversations.talk import MAJA, Member, Talk

FATIMA = "fatima.amrioui@utbildning.stockholm.example"


@pytest.fixture
def hamid(talk: Talk) -> Member:
    """The group's secretary."""
    return met(talk, HAMID)


TWO_YEARS = "En plats vid behov gäller högst två år. Begär på nytt när den har löpt ut."
TRAFFIC = "Trafikkontoret har redan en plats i Skärholmens lokala styrgrupp: ledamot, Karim Haddad."


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"reason": " "}, {"reason": "Skriv varför platsen behövs."}),
        ({"reason": "å" * 501}, {"reason": "Skriv högst 500 tecken."}),
        ({"last": ""}, {"last": "Välj en sista dag."}),
        ({"last": "2024-02-31"},
         {"last": "Det finns ingen dag 2024-02-31. Skriv ett datum som 2024-03-01."}),
        ({"last": "2024-06-11", "first": "2024-06-12"},
         {"last": "Sista dagen ligger före den första."}),
        ({"last": "2026-06-10"}, {"last": TWO_YEARS}),
        ({"first": "2024-06-09"},
         {"first": "Välj i dag eller en senare dag: en plats ges inte i efterhand."}),
        ({"organisation": "TRAF"}, {"organisation": f"{TRAFFIC} Ingen till behövs."}),
        ({"organisation": ""}, {"organisation": "Välj en organisation."}),
        ({"person": "4711"}, {"person": "Välj någon i listan, eller lämna tomt."}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_fault_stands_at_its_field(
    shared_talk: Talk, wrong: dict[str, str], fault: dict[str, str]
) -> None:
    asker = shared_talk.member(HAMID, passing=True)
    asks(asker, **wrong)
    assert asker.errors() == fault


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Veronica Ängmarker", "Veronica Ängmarker arbetar i Socialförvaltningen."),
        ("veronica.angmarker@social.stockholm.example", "Veronica Ängmarker arbetar i"),
        ("lina.backeryd@polisen.example", "Välj någon i listan, eller lämna tomt."),
        ("Lina Backeryd", "Välj någon i listan, eller lämna tomt."),
    ],
)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_person_is_found_by_name_and_address_but_a_protected_one_is_not(
    shared_talk: Talk, typed: str, told: str
) -> None:
    asker = shared_talk.member(FATIMA, passing=True)
    asks(asker, "adjungera Storstockholms brandförsvar till Farsta styrgrupp", person=typed)
    assert told in asker.errors()["person"]


def test_only_those_of_the_group_or_the_organisation_ask(talk: Talk, hamid: Member) -> None:
    maja = met(talk, MAJA)
    assert "För din egen organisation får du begära." in maja.says(LINE)
    hamid.says(LINE)
    maja._form = hamid.form()
    maja.sends_form(WISH)
    assert "För din egen organisation får du begära." in maja.errors()["organisation"]
    assert requests(talk) == []


def test_in_english_the_same_is_said(talk: Talk) -> None:
    johan = met(talk, JOHAN)
    with talk.database.write() as session:
        person = session.scalars(select(Person).where(Person.email == HAMID)).one()
        person.language = "en"
    hamid = met(talk, HAMID)
    hamid.says("co-opt socialförvaltningen to Skärholmen steering group until 30 August 2024")
    receipt = hamid.sends_form({"reason": REASON})
    assert "Waiting for the city and the police" in receipt
    assert "10 June 2024 until 30 August 2024" in receipt
    opens(johan)
    johan.presses("Godkänn")
    assert "Approved by the city. Waiting for the police" in told(talk, HAMID)[-1]
