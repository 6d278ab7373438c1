"""My settings: the language at once, and a pause from what comes unasked."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.digest_settings import SET_BEFORE
from models.people.organisations import Person
from models.records import AuditEntry
from tests.conversations.talk import MAJA, Member, Talk


def me(talk: Talk) -> Person:
    """Maja as she is stored."""
    with talk.database.read() as session:
        return session.scalars(select(Person).where(Person.email == MAJA)).one()


@pytest.mark.parametrize("line", ["språk engelska", "language English"])
def test_a_new_language_answers_at_once(talk: Talk, maja: Member, line: str) -> None:
    assert maja.says(line).startswith("Your settings")
    assert maja.says("mina").startswith("My measures")
    assert me(talk).language == "en"


def test_the_buttons_change_what_they_say(talk: Talk, maja: Member) -> None:
    maja.says("inställningar")
    assert maja.presses("English").startswith("Your settings")
    assert "Paused: I only answer when you write" in maja.presses("Pause messages")
    assert me(talk).paused_until is not None
    assert "Switched on" in maja.presses("Resume messages")
    assert me(talk).paused_until is None
    assert maja.presses("Svenska").startswith("Dina inställningar")


def test_a_pause_stays_until_it_is_ended(talk: Talk, maja: Member) -> None:
    assert "Pausade: jag svarar bara när du skriver" in maja.says("paus")
    talk.later(days=400)
    assert "Pausade" in maja.says("inställningar")
    assert "Direktmeddelanden: På" in maja.says("återuppta")


def test_the_same_change_twice_is_one(maja: Member) -> None:
    assert maja.says("paus", event="E1") == maja.says("paus", event="E1")


@pytest.mark.parametrize("line", ["vem Kalle Svensson", "vem är Anna Engelson"])
def test_a_name_that_resembles_a_language_changes_none(talk: Talk, maja: Member, line: str) -> None:
    maja.says("språk engelska")
    maja.says(line)
    assert me(talk).language == "en"


def test_looking_changes_nothing(talk: Talk, maja: Member) -> None:
    maja.says("inställningar")
    assert (me(talk).language, me(talk).paused_until) == ("sv", None)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_leads_a_group_sets_when_its_digest_comes_and_others_do_not(
    talk: Talk, maja: Member
) -> None:
    assert "Måndag kl. 8.00, från 1 ändring, allt" in maja.says("inställningar Farsta")
    maja.presses("Ändra")
    assert "Skriv ett tal från 1 till 50." in maja.fills(least="0")
    assert "tidszonen Mars" in maja.fills(zone="Mars")
    told = maja.fills(
        day="3", hour="14", least="2", told=("seats",), language="en", before="3", on=True
    )
    assert "Torsdag kl. 14.00, English, från 2 ändringar, vakanta platser" in told
    assert "3 arbetsdagar före" in told
    with talk.database.read() as session:
        query = select(AuditEntry).where(AuditEntry.action == SET_BEFORE)
        [kept] = session.scalars(query).all()
    assert (kept.subject, kept.detail) == ("group:FAR-BER", {"was": 2, "days": 3})
    assert "Bara gruppens ordförande eller sekreterare" in maja.says("inställningar Bromma")
