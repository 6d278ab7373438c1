"""Taking links of the chain away: from the lower end, and what is approved only by both parties."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.chain.links import Cause, Goal
from models.database import Database
from models.measures.measure import Measure, MeasureChange
from tests.conversations.talk import KARIM, MAJA, STINA, Talk
from tests.conversations.test_approvals import PETRA, met, opens, told

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def talk(stockholm: Database) -> Talk:
    """Stockholm's cooperation."""
    return Talk(stockholm)


def codes(talk: Talk, kind: type[Goal | Cause]) -> set[str]:
    """The codes that are there."""
    with talk.database.read() as session:
        return set(session.scalars(select(kind.code)))


def test_a_goal_that_nobody_has_approved_is_taken_from_its_measures_and_goes(talk: Talk) -> None:
    maja = talk.member(MAJA)
    assert "[Ta bort]" not in maja.says("FAR-P3")
    card = maja.says("FAR-M6")
    assert "[Ta bort]" in card
    form = maja.presses("Ta bort")
    assert "De här åtgärderna förlorar kopplingen: FAR-008 och FAR-011." in form
    maja.fills(why=" ")
    assert maja.errors() == {"why": "Skriv varför."}
    said = maja.fills(why="Det går inte att mäta.", event="E")
    assert said == maja.fills(why="Det går inte att mäta.", event="E")
    assert "Borttaget: Mål FAR-M6. Koden används inte igen." in said
    assert "FAR-M6" not in codes(talk, Goal)
    with talk.database.read() as session:
        changes = session.scalars(select(MeasureChange)).all()
        lost = {each.measure.code: each.fields["goals"] for each in changes}
    assert lost == {"FAR-008": [["FAR-M6"], []], "FAR-011": [["FAR-M6"], []]}
    assert "Jag hittar inget med koden FAR-M6." in maja.says("mål FAR-M6")


def test_a_code_that_was_taken_away_is_not_used_again(talk: Talk) -> None:
    maja = talk.member(MAJA)
    maja.says("FAR-M7")
    maja.presses("Ta bort")
    maja.fills(why="Ersätts.")
    maja.says("FAR-I5")
    maja.presses("Nytt mål")
    assert "Mål FAR-M8" in maja.fills(title="Färre elever med hög frånvaro")


def test_what_hangs_together_goes_from_the_lower_end(talk: Talk) -> None:
    maja = talk.member(MAJA)
    maja.says("FAR-O6")
    maja.presses("Ta bort")
    assert "Borttaget: Orsak FAR-O6" in maja.fills(why="Samma som FAR-O5.")
    with talk.database.read() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-005")).one()
        assert measure.causes == []
    maja.says("FAR-P4")
    form = maja.presses("Ta bort")
    assert "förlorar" not in form
    stina = talk.member(STINA)
    stina.says("FAR-P4")
    stina.presses("Ny orsak")
    stina.fills(title="Signaler i boendet")
    assert maja.fills(why="Fel") == "why: Ta först bort det som hänger på FAR-P4: FAR-O7."
    assert "[Ta bort]" not in talk.member(KARIM).says("FAR-O7")


def test_what_both_parties_have_approved_goes_when_both_approve_that(talk: Talk) -> None:
    stina, petra, maja = met(talk, STINA), met(talk, PETRA), met(talk, MAJA)
    maja.says("FAR-M1")
    maja.presses("Lämna in för godkännande")
    for chair in (stina, petra):
        opens(chair)
        chair.presses("Godkänn")
    maja.says("FAR-M1")
    assert "Båda parter har godkänt lydelsen" in maja.presses("Ta bort")
    asked = maja.fills(why="Polisen räknar på annat sätt.")
    assert "Mål FAR-M1 föreslås tas bort. Väntar på staden och polisen." in asked
    assert "Polisen räknar på annat sätt." in asked
    assert "[Behåll]" in asked
    assert "Ska tas bort" in told(talk, STINA)[-1]
    opens(stina)
    half = stina.presses("Godkänn borttagning")
    assert "Staden har godkänt att Mål FAR-M1 tas bort. Väntar på polisen." in half
    assert "FAR-M1" in codes(talk, Goal)
    opens(petra)
    assert "Borttaget: Mål FAR-M1." in petra.presses("Godkänn borttagning")
    assert "FAR-M1" not in codes(talk, Goal)
    assert "Båda parter har godkänt att Mål FAR-M1 tas bort." in told(talk, MAJA)[-1]


def test_a_removal_that_is_taken_back_is_a_wording_that_both_are_asked_about(talk: Talk) -> None:
    stina, petra, maja = met(talk, STINA), met(talk, PETRA), met(talk, MAJA)
    maja.says("FAR-I2")
    maja.presses("Lämna in för godkännande")
    for chair in (stina, petra):
        opens(chair, "Inriktning FAR-I2")
        chair.presses("Godkänn")
    maja.says("FAR-M3")
    maja.presses("Ta bort")
    maja.fills(why="Slås ihop.")
    maja.says("FAR-I2")
    maja.presses("Ta bort")
    maja.fills(why="Slås ihop.")
    kept = maja.presses("Behåll")
    assert "◇ väntar på staden och polisen" in kept
    assert "föreslås tas bort" not in kept
    history = maja.presses("Historik")
    assert "version 2, Maja Ekvall, 10 juni 2024 · Ska tas bort" in history
    assert "Maja Ekvall skrev mån 10 juni 08.00:" in history
    assert "Slås ihop." in history
