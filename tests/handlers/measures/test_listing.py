"""Lists of measures: mine, late, silent, without an owner; pages and the single card."""

from __future__ import annotations

import pytest

from models.message import ChoiceField
from tests.conversations.talk import EVA, JONAS, MAJA, Member, Talk
from tests.handlers.conftest import Asking, met


@pytest.mark.parametrize(
    ("line", "here", "not_here"),
    [
        ("mina", "FAR-011", "FAR-014"),
        ("my measures", "FAR-011", "FAR-014"),
        ("åtgärder Farsta", "(14 åtgärder", "BRO-001"),
        ("åtgärder Hökarängen", "FAR-014", "FAR-011"),
        ("åtgärder gångtunneln", "FAR-014", "FAR-008"),
        ("åtgärder Tallkrogen", "FAR-003", "FAR-014"),
        ("åtgärder Svedmyra", "Ingen åtgärd här nämner Svedmyra: det här är alla.", "BRO-001"),
        ("åtgärder Farsta hundkurs", "Ingen åtgärd här nämner hundkurs", "BRO-001"),
        ("tysta åtgärder Farsta", "FAR-006", "FAR-014"),
        ("åtgärder före nästa möte Farsta", "FAR-011", "FAR-001"),
        ("åtgärder före nästa möte Farsta styrgrupp", "nästa möte", "FAR-001"),
        ("min organisations åtgärder", "Åtgärder · Farsta stadsdelsförvaltning", "LPO"),
        ("åtgärder Trafikkontoret", "FAR-014", "FAR-011"),
        ("polisens åtgärder Farsta", "FAR-009", "FAR-014"),
        ("åtgärder LPO Farsta", "FAR-009", "FAR-011"),
        ("åtgärder LPO Farsta", "Åtgärder · LPO Farsta", "FAR-011"),
        ("gemensamma åtgärder Farsta", "FAR-001", "FAR-011"),
        ("åtgärder sociala insatser", "FAR-011", "FAR-012"),
        ("åtgärder kamerabevakning", "FAR-012", "FAR-011"),
        ("åtgärder ordningsvakter", "Ingen åtgärd har det området", "FAR-011"),
        ("åtgärder utan orsak före nästa möte", "möte · Åtgärder utan orsak", "FAR-011"),
        ("åtgärder Farsta", "[Handlingsplan]", "BRO-001"),
        ("åtgärder Karim Haddad", "Åtgärder · Karim Haddad", "FAR-011"),
        ("åtgärder pågår Farsta", "Åtgärder: pågår · Farsta", "FAR-014"),
        ("försenade Farsta", "FAR-011", "FAR-014"),
        ("åtgärder utan ansvarig Farsta", "FAR-006", "FAR-011"),
        ("åtgärder utan orsak Farsta", "FAR-013", "FAR-011"),
        ("åtgärder utan mål", "Åtgärder utan mål", "FAR-014"),
        ("medborgarlöften", "Åtgärder · medborgarlöften", "FAR-011"),
        ("mina löften", "Mina åtgärder · medborgarlöften", "FAR-011"),
        ("förebyggande åtgärder Farsta", "FAR-012", "FAR-011"),
        ("åtgärder Farsta klar", "FAR-014", "FAR-011"),
        ("åtgärder FAR-ARB", "Farsta arbetsgrupp plats", "FAR-010"),
        ("åtgärder centrala", "CEN-004", "FAR-011"),
        ("åtgärder centrala styrgruppen", "CEN-001", "BRO-001"),
        ("åtgärder styrgruppen", "Farsta lokala styrgrupp", "BRO-001"),
        ("åtgärder Järva otillåten påverkan", "JAR-", "FAR-011"),
    ],
)
def test_a_list_holds_what_was_asked_for(ask: Asking, line: str, here: str, not_here: str) -> None:
    told = ask(line)
    assert here in told
    assert not_here not in told


def test_what_is_late_says_whether_it_was_reported_or_the_date_passed(ask: Asking) -> None:
    told = ask("försenade Farsta")
    assert "▲ Försenad 12 dagar" in told
    late = next(line for line in told.splitlines() if "FAR-012" in line)
    assert "▲ Försenad  " in late


def test_an_old_report_does_not_look_fresh(ask: Asking) -> None:
    silent = next(line for line in ask("åtgärder Farsta").splitlines() if "FAR-006" in line)
    assert "? Ingen rapport på 47 dagar" in silent
    assert "Ingen ansvarig (Farsta stadsdelsförvaltning)" in silent


def test_what_is_late_and_silent_says_both(ask: Asking) -> None:
    rows = [line for line in ask("tysta åtgärder").splitlines() if "▲" in line]
    assert rows
    assert all("Ingen rapport på" in row or "Aldrig rapporterad" in row for row in rows)


def test_any_measure_of_a_page_can_be_reported_on_at_once(talk: Talk) -> None:
    jonas = met(talk, JONAS)
    jonas.says("polisens åtgärder Farsta")
    jonas.presses("Rapportera")
    assert "FAR-009 är uppdaterad" in jonas.fills(measure="FAR-009", status="ongoing")


def test_of_a_page_only_what_one_may_report_on_can_be_chosen(reader: Member) -> None:
    reader.says("åtgärder Farsta")
    reader.presses("Rapportera")
    field = reader.form().fields[0]
    assert isinstance(field, ChoiceField)
    mine, *others = [choice.value for choice in field.choices]
    assert mine == "FAR-011"
    assert len(others) == 9


def test_a_page_of_strange_measures_says_who_may_report(ask: Asking, reader: Member) -> None:
    reader.says("åtgärder Bromma")
    assert "egna åtgärder" in reader.presses("Rapportera")


def test_the_most_urgent_stand_first(ask: Asking) -> None:
    told = ask("åtgärder Farsta")
    assert told.index("FAR-011") < told.index("FAR-006") < told.index("FAR-001")


def test_a_long_list_has_pages_that_hold_everything_once(reader: Member) -> None:
    pages = [reader.says("åtgärder Farsta"), reader.presses("Nästa sida")]
    told = "".join(pages)
    assert "sida 1 av 2" in pages[0]
    assert "sida 2 av 2" in pages[1]
    assert [told.count(f"\nFAR-{number:03d} ") for number in range(1, 15)] == [1] * 14
    assert "Nästa sida" not in [button.label for button in reader.buttons()]


def test_the_next_page_keeps_the_question(reader: Member) -> None:
    reader.says("försenade")
    assert "Försenade åtgärder" in reader.presses("Nästa sida")


def test_a_page_after_the_last_says_that_there_is_nothing(reader: Member) -> None:
    assert "Inga åtgärder" in reader.sends_button("measures.page", '{"page": 99}')


@pytest.mark.parametrize("code", ["GONE-ARB", ""])
def test_the_list_of_a_group_that_is_gone_is_no_fault(reader: Member, code: str) -> None:
    assert "Åtgärder" in reader.sends_button("measures.group", code)


def test_a_card_says_who_when_and_what_was_last_said(ask: Asking) -> None:
    told = ask("FAR-009")
    assert "Jonas Lindmark, LPO Farsta" in told
    assert "| 19 av 24 helger, enligt plan" in told
    assert "Senast rapporterad:" in told
    assert "(för 3 dagar sedan)" in told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("EAV-001", "Part: staden och polisen gemensamt"),
        ("EAV-001", "Prioriterat samverkansområde: Otrygga och brottsutsatta platser"),
        ("EAV-001", "Startar: 14 november 2022"),
        ("EAV-001", "Stäms av: med 28 dagars mellanrum"),
        ("EAV-001", "Tidshorisont: lång sikt"),
        ("EAV-001", "Medverkande organisationer: LPO Farsta och SL"),
        ("EAV-001", "Finansiering: 1 800 000 kr, Trygghetsinvesteringar"),
        ("EAV-001", "Orsak: Otydligt ansvar för ytan och dålig sikt"),
        ("FAR-014", "FAR-M5 Tunneln i Hökarängen är ljus"),
        ("FAR-014", "Orsak: FAR-O3 Skymd sikt"),
        ("FAR-013", "Orsak: ⚠ Ingen orsak är kopplad"),
    ],
)
def test_a_card_says_all_that_a_measure_is(ask: Asking, code: str, told: str) -> None:
    said = " ".join(ask(code).replace("\u00a0", " ").split())
    assert told in said


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_card_holds_even_when_everything_is_said_of_a_measure(talk: Talk) -> None:
    maja = met(talk, "maja.ekvall@farsta.stockholm.example")
    maja.says("varför FAR-009")
    maja.presses("Godkännande")
    maja.presses("Lämna in för godkännande")
    card = maja.says("FAR-009")
    assert "Godkännande:" in card
    assert "Finansiering:" in card


def test_a_card_leads_to_the_form_and_to_the_cause(talk: Talk) -> None:
    jonas = met(talk, JONAS)
    jonas.says("FAR-009")
    assert "Rapportera FAR-009" in jonas.presses("Rapportera")
    jonas.says("FAR-009")
    assert "Orsak FAR-O1" in jonas.presses("Varför gör vi detta?")


def test_who_has_no_measures_is_told_so(ask: Asking) -> None:
    assert "Inga åtgärder stämmer med frågan." in ask("mina", by=EVA)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("varför FAR-014", "→ Orsak FAR-O3 (plats): Skymd sikt och svag belysning"),
        ("varför FAR-014", "→ Problem FAR-P2 (rang 2): Boende väljer bort tunnlar"),
        ("why FAR-014", "Otrygga och brottsutsatta platser"),
        ("varför FAR-013", "⚠ Ingen orsak är kopplad"),
        ("varför", "Ange vilken åtgärd"),
        ("varför FAR-099", "Det finns ingen åtgärd FAR-099"),
    ],
)
def test_why_tells_the_chain_and_flags_what_is_missing(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line, by=MAJA)
