"""The chain in chat: why a measure is done, what hangs on a problem, made and linked by form."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.chain.approvals import Approvable, Subject, history
from models.chain.links import Goal, without_cause
from models.database import Database
from models.measures.measure import Measure
from tests.conversations.talk import EVA, KARIM, MAJA, Talk


@pytest.fixture
def talk(stockholm: Database) -> Talk:
    """Stockholm's cooperation."""
    return Talk(stockholm)


def test_why_says_each_step_up_with_its_code_and_what_it_lacks(shared_talk: Talk) -> None:
    maja = shared_talk.member(MAJA, passing=True)
    told = maja.says("varför FAR-014")
    steps = ["Åtgärd FAR-014", "Mål FAR-M4", "Mål FAR-M5", "Inriktning FAR-I3", "Orsak FAR-O3"]
    steps += ["Problem FAR-P2 (rang 2)", "Källa: Lägesbild 2024, stad + polis"]
    assert [told.index(step) for step in steps] == sorted(told.index(step) for step in steps)
    assert "⚠ ofullständigt: saknar utgångsvärde och datum" in told
    several = maja.says("varför FAR-011")
    assert several.index("FAR-O4") < several.index("FAR-P3") < several.index("FAR-O1")
    assert "→ Orsak: Låg upptäcktsrisk" in maja.says("varför FAR-012")
    assert "Ingen orsak är kopplad" in maja.says("varför FAR-013")


def test_the_chain_downward_is_paged_and_flags_what_is_incomplete(shared_talk: Talk) -> None:
    maja = shared_talk.member(MAJA, passing=True)
    first = maja.says("kedjan Farsta")
    assert "→ → → → Åtgärd FAR-009: Helginsats Farsta centrum · ● Enligt plan" in first
    assert "FAR-P3" not in first
    assert "Problem FAR-P4 (inte rangordnat)" in maja.presses("Nästa sida")
    assert "2 öppna åtgärder saknar orsak." in first
    assert "FAR-M5" in maja.says("ofullständiga mål Farsta")
    assert "FAR-M2" not in maja.says("ofullständiga mål Farsta")
    assert "CEN-P2" in maja.says("problem centrala styrgruppen")
    assert "▲ JAR-006" in maja.says("orsaker Järva")
    assert "Här är inget inlagt ännu." in maja.says("mål Bromma")
    assert "Jag hittar inget med koden FAR-M99." in maja.says("mål FAR-M99")


def test_only_what_has_neither_link_nor_words_is_without_cause(stockholm: Database) -> None:
    with stockholm.write() as session:
        lit = session.scalars(select(Measure).where(Measure.code == "FAR-014")).one()
        lit.cause = ""
        codes = set(session.scalars(select(Measure.code).where(without_cause())))
    assert codes >= {"FAR-010", "FAR-013", "JAR-008", "SKH-008"}
    assert not codes & {"FAR-014", "FAR-012"}


def test_a_chain_is_made_from_problem_to_goal_and_a_measure_linked_to_it(talk: Talk) -> None:
    maja = talk.member(MAJA)
    maja.says("problem Farsta")
    maja.presses("Nytt problem")
    maja.fills(title="", rank="2")
    assert maja.errors() == {
        "title": "Skriv vad det är.",
        "rank": "FAR-P2 har redan den rangen: ändra det först.",
    }
    assert "Problem FAR-P5 (rang 4)" in maja.fills(title="Inbrott i källare", rank="4", event="E")
    maja.presses("Ny orsak")
    assert "Orsak FAR-O7 (plats)" in maja.fills(title="Olåsta källare")
    maja.presses("Ny inriktning")
    maja.fills(title="Låsta källare överallt")
    maja.presses("Nytt mål")
    maja.fills(title="Färre källarinbrott", baseline="många", due_on="i höst")
    assert set(maja.errors()) == {"baseline", "due_on"}
    made = maja.fills(title="Färre källarinbrott", baseline="12,5", target="6")
    assert "Mål FAR-M8: Färre källarinbrott · 12,5 → 6" in made
    assert "ofullständigt: saknar datum och indikator" in made
    maja.says("varför FAR-013")
    maja.presses("Koppla")
    maja.sends_form({"goals": ("FAR-M99",)})
    assert maja.errors() == {"goals": "Välj något i listan."}
    linked = maja.sends_form({"goals": ("FAR-M8",), "causes": ("FAR-O7",)}, event="L")
    assert "Problem FAR-P5" in linked
    assert "Ingen orsak" not in linked
    with talk.database.read() as session:
        goals = list(session.scalars(select(Goal.code).where(Goal.title == "Färre källarinbrott")))
        assert goals == ["FAR-M8"]


def test_a_changed_goal_is_sent_to_both_parties_again(talk: Talk) -> None:
    eva = talk.member(EVA)
    eva.says("mål FAR-M2")
    eva.presses("Lämna in för godkännande")
    eva.says("mål FAR-M2")
    eva.presses("Ändra")
    assert "Lydelsen är ny, så båda parter tillfrågas." in eva.fills(target="42")
    with talk.database.read() as session:
        versions = history(session, Subject(Approvable.GOAL, "FAR-M2"))
        assert [each.number for each in versions] == [1, 2]
        assert "31 → 42 helger per år" in versions[1].wording


def test_others_see_the_chain_and_change_nothing(talk: Talk) -> None:
    karim = talk.member(KARIM)
    assert "[Ändra]" not in karim.says("mål FAR-M1")
    refusal = "Bara ordförande och sekreterare i områdets grupper och samordnaren"
    assert refusal in karim.sends_button("chain.form", "change|FAR-M1")
    assert refusal in karim.sends_button("chain.link", "FAR-013")
    assert "Knappen är för gammal" in karim.sends_button("chain.form", "new|goal|FAR-P1")


ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@ONE_STORE
def test_a_link_of_a_measure_is_told_stands_in_its_history_and_can_be_undone(talk: Talk) -> None:
    maja = talk.member(MAJA)
    maja.says("varför FAR-013")
    maja.presses("Koppla")
    linked = maja.sends_form({"causes": ("FAR-O6",), "goals": ()}, event="L")
    assert "Besked går till Jonas Lindmark." in linked
    undone = maja.presses("Ångra")
    assert "Ångrat: FAR-013" in undone
    history = maja.says("historik FAR-013")
    assert "Orsaker: inget → FAR-O6" in history
    assert "Orsaker: FAR-O6 → inget" in history
    maja.says("varför FAR-013")
    maja.presses("Koppla")
    assert "Inget är ändrat." in maja.sends_form({"causes": (), "goals": ()})


@ONE_STORE
def test_of_two_who_change_a_link_at_once_the_second_sees_what_the_first_wrote(
    talk: Talk,
) -> None:
    maja, eva = talk.member(MAJA), talk.member(EVA)
    for member in (maja, eva):
        member.says("FAR-M1")
        member.presses("Ändra")
    maja.fills(target="12")
    again = eva.fills(target="18")
    assert "Någon har ändrat detta medan du skrev." in again
    assert "12" in again
    assert "24 → 18 anmälda rån per år" in eva.fills(target="18")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("FAR-P1", "→ → → → Åtgärd FAR-009: Helginsats Farsta centrum"),
        ("varför far-m1?", "→ Inriktning FAR-I1"),
        ("ändra FAR-M1", "[Ändra]"),
        ("historik JAR-M2", "godkänt av staden: Lars-Erik Boforsson"),
        ("att godkänna FAR-011", "Åtgärd FAR-011 har inte lämnats in för godkännande."),
        ("att godkänna FAR-011", "Mål: FAR-M6"),
        ("att godkänna", "Inget väntar på dig. Det här väntar på andra."),
        ("mål FAR-M6", "Så lyder det nu"),
    ],
)
def test_every_code_that_is_shown_can_be_written(shared_talk: Talk, line: str, said: str) -> None:
    assert said in shared_talk.member(MAJA, passing=True).says(line)
