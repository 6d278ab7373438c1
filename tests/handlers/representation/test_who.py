"""Who represents whom: today, then, by alias and typo, and what is said when nobody does."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conversations.talk import EVA, Member
from tests.handlers.conftest import Asking

FORMER_DIRECTOR = "Cecilia Wrangemark"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("vem Farsta styrgrupp", "Farsta lokala styrgrupp"),
        ("who Farsta steering group", "Farsta lokala styrgrupp"),
        ("vem Frasta styrgrup", "Farsta lokala styrgrupp"),
        ("vem Skarholmen", "Skärholmens lokala styrgrupp"),
        ("vem Rinkeby beredningsgrupp", "Järva lokala beredningsgrupp"),
        ("vem FAR-ARB", "Farsta arbetsgrupp plats"),
        ("vem centrala styrgruppen", "Centrala styrgruppen"),
        ("vem Trafikkontoret", "Karim Haddad, enhetschef belysning"),
        ("vem polisen Farsta styrgrupp", "Cornelia Skarpås"),
        ("vem Jonas Lindmark", "Farsta arbetsgrupp plats"),
        ("vem LPO Farsta", "Högdalen, Rågsved och Örby i Enskede-Årsta-Vantör"),
        ("vem polisen", "1–15 av 60"),
    ],
)
def test_whatever_is_named_is_found(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line)


def test_a_neighbourhood_is_told_its_district_and_its_own_police_area(ask: Asking) -> None:
    told = ask("vem Rågsved")
    assert "Rågsved hör till Enskede-Årsta-Vantör" in told
    assert "Polisiärt ansvar: LPO Farsta." in told
    assert "LPO Farsta ansvarar för Bandhagen, Hagsätra, Högdalen, Rågsved och Örby." in told
    assert "LPO Globen ansvarar för övriga delar av området." in told


def test_a_merged_district_says_into_what_and_since_when(ask: Asking) -> None:
    told = ask("vem Östermalm styrgrupp")
    assert "Östermalm ingår sedan den 1 juli 2023 i Norra innerstaden." in told
    assert "Fredrik Adlerborn" in told


@pytest.mark.parametrize("said", ["vem Östermalm styrgrupp 2020-02-02", "vem Östermalm styrgrupp"])
def test_on_a_past_day_the_district_of_that_day_answers(ask: Asking, said: str) -> None:
    told = ask(said, on=date(2020, 2, 2))
    assert "Östermalms lokala styrgrupp" in told
    assert "Gäller den 2 februari 2020" in told


def test_who_has_left_since_still_held_the_seat_then(ask: Asking) -> None:
    told = ask("vem Östermalm styrgrupp 2020-02-02")
    assert f"{FORMER_DIRECTOR}, stadsdelsdirektör" in told
    assert "Vakant" not in told


@pytest.mark.parametrize(
    ("line", "here", "not_here"),
    [
        ("vem ordförande Farsta", "Stina Hallgren", "Maja Ekvall"),
        ("vem sekreterare Farsta beredningsgrupp", "Maja Ekvall", "Jonas Lindmark"),
        ("vem ersättare Farsta styrgrupp", "för Chef LPO Farsta", "Stina Hallgren"),
        ("vem staden Farsta styrgrupp", "Stina Hallgren", "Cornelia Skarpås"),
        ("vem utbildningsförvaltningen Farsta styrgrupp", "Fatima El Amrioui", "Maja Ekvall"),
    ],
)
def test_a_question_about_a_part_is_answered_for_that_part(
    ask: Asking, line: str, here: str, not_here: str
) -> None:
    told = ask(line)
    assert here in told
    assert not_here not in told


def test_a_vacancy_is_shown_as_a_vacancy(ask: Asking) -> None:
    told = ask("vem Farsta styrgrupp")
    assert "⚠ Vakant" in told
    assert "9 uppdrag · 1 vakant" in told


def test_one_director_speaks_for_all_districts_in_the_central_group(ask: Asking) -> None:
    told = ask("vem centrala styrgruppen")
    row = next(line for line in told.splitlines() if line.startswith("Stina Hallgren"))
    assert "talar för 11 stadsdelsområden" in row


def test_an_on_demand_seat_says_why_and_until_when(ask: Asking) -> None:
    row = next(line for line in ask("vem Farsta styrgrupp").splitlines() if "Veronica" in line)
    assert "vid behov: " in row
    assert "t.o.m. 31 december 2024" in row


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("vem Solna", "Solna är en egen kommun"),
        ("vem Blåkulla", "Jag hittar inget som heter Blåkulla."),
        ("vem Blåkulla", "Närmaste namn som jag känner till: Akalla."),
        ("vem Farsta styrgrupp 31 februari", "Det finns ingen dag 31 februari."),
        ("möten vecka 99", "Det finns ingen vecka 99. Skriv en vecka som v. 24."),
        ("vem Farsta styrgrupp 31 februari", "2024-03-01"),
        ("vem", "vem Farsta styrgrupp"),
        ("vem Järva styrgrupp 2020-02-02", "har ingen"),
    ],
)
def test_what_is_not_there_is_told_with_a_way_on(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line)


@pytest.mark.parametrize("question", ["vakanser", "åtgärder", "möten", "beslut", "representation"])
@pytest.mark.parametrize(
    ("name", "told"), [("Solna", "egen kommun"), ("Blåkulla", "inget som heter Blåkulla")]
)
def test_no_question_is_answered_for_another_place_than_the_one_named(
    ask: Asking, question: str, name: str, told: str
) -> None:
    assert told in ask(f"{question} {name}")


@pytest.mark.parametrize("question", ["vakanser Farsta", "möten Farsta", "beslut Farsta"])
def test_no_question_is_answered_for_another_day_than_the_one_named(
    ask: Asking, question: str
) -> None:
    assert "Det finns ingen dag 31 februari." in ask(f"{question} 31 februari")


def test_without_a_place_my_own_district_is_meant(ask: Asking) -> None:
    assert "Farsta lokala styrgrupp" in ask("vem styrgruppen")
    assert "Centrala styrgruppen" in ask("vem styrgruppen", by=EVA)


def test_the_other_groups_of_the_place_are_one_press_away(reader: Member) -> None:
    reader.says("vem Farsta styrgrupp 2022-05-01")
    told = reader.presses("Beredningsgrupp")
    assert "Farsta lokala beredningsgrupp" in told
    assert "Gäller den 1 maj 2022" in told


def test_a_button_for_a_group_that_is_gone_is_too_old(reader: Member) -> None:
    told = reader.sends_button("who.group", "XXX-STYR|2024-06-10|0")
    assert "Knappen är för gammal" in told


def test_a_screen_reader_hears_who_holds_what(reader: Member) -> None:
    reader.says("vem Farsta styrgrupp")
    assert "Ordförande sedan 1 september 2021: Stina Hallgren" in reader.message().summary
