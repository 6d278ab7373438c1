"""Titles, shared names, several places, bare names, and places outside the city."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from models.groups import Seat
from models.message import Table
from models.people.organisations import DisplayPolicy, Organisation, Person
from models.registry_version import names_have_changed
from tests.conversations.talk import EVA, MAJA, Member, Talk
from tests.handlers.conftest import Asking


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("kommunpolisen i Farsta", "Jonas Lindmark, kommunpolis"),
        ("vem är kommunpolis i Rågsved", "Jonas Lindmark, kommunpolis"),
        ("trygghetssamordnaren i Bromma", "Oskar Fahlgrim"),
        ("who is the safety coordinator in Bromma", "Oskar Fahlgrim"),
        ("stadsdelsdirektören i Järva", "Lars-Erik Boforsson"),
        ("polischefen i Farsta", "Funktion: Chef LPO Farsta"),
        ("preventionssamordnaren i Bromma", "Ingen i Bromma har titeln preventionssamordnare."),
        ("trygghetssamordnare", "Maja Ekvall"),
        ("vem är analytiker", "Priya Ramanathan Berg"),
    ],
)
def test_a_title_is_answered_by_who_holds_it_there(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line)


def test_a_title_of_somebody_protected_is_not_told(ask: Asking) -> None:
    assert "Backeryd" not in ask("vem är analytiker")


def test_of_several_with_the_name_it_is_asked_which_one(talk: Talk, maja: Member) -> None:
    _hire(talk, "Maria Sjögren", "kurator")
    _hire(talk, "Maria Hemlig", "utredare", DisplayPolicy.PROTECTED)
    told = maja.says("vad har Maria för uppdrag?")
    assert "Vem av dem menar du?" in told
    assert "Maria Sjögren, kurator, Farsta stadsdelsförvaltning" in told
    assert "Maria Kallerman" in told
    assert "Hemlig" not in told
    told = maja.presses("Maria Kallerman, stadsdelsdirektör")
    assert "Har lämnat samverkan. Sista dagen var den 30 juni 2023." in told
    assert "Spånga-Tensta lokala styrgrupp" in maja.presses("Uppdragen den sista dagen")
    assert "Inga uppdrag den här dagen" in maja.says("vem är Maria Sjögren")
    _hire(talk, "Maria Sjögren", "ekonom")
    assert "ekonom" in maja.says("vem är Maria Sjögren")
    assert "Vem av dem menar du?" in maja.says("Maria Sjögren")


def _hire(talk: Talk, name: str, title: str, policy: DisplayPolicy = DisplayPolicy.SHOWN) -> None:
    with talk.database.write() as session:
        farsta = session.scalars(select(Organisation).where(Organisation.code == "SDF-FAR")).one()
        email = f"{name}.{title}@farsta.example".replace(" ", ".").lower()
        session.add(
            Person(
                email=email,
                name=name,
                title=title,
                organisation_id=farsta.id,
                display_policy=policy,
            )
        )
        names_have_changed(session)


@pytest.mark.parametrize(
    ("line", "button", "told"),
    [
        ("vem Farsta Skarpnäck styrgrupp", "Skarpnäck", "Skarpnäcks lokala styrgrupp"),
        ("who Bromma and Järva 2024-01-01", "Järva", "Gäller den 1 januari 2024"),
        ("vem är Jonas Lindmark och Karim Haddad", "Karim Haddad", "Trafikkontoret"),
    ],
)
def test_the_first_of_several_is_answered_and_the_others_are_a_press_away(
    reader: Member, line: str, button: str, told: str
) -> None:
    assert "Du frågade också om:" in reader.says(line)
    assert told in reader.presses(button)


def test_a_part_of_the_same_district_is_no_other_place(ask: Asking) -> None:
    assert "Du frågade också om:" not in ask("vem Hökarängen i Farsta")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Farsta", "Farsta lokala beredningsgrupp, ordförande Birgitta Olander Frisk"),
        ("Rågsved", "LPO Globen ansvarar för övriga delar"),
        ("Östermalm", "Östermalm ingår sedan den 1 juli 2023 i Norra innerstaden."),
        ("Farsta styrgrupp", "Stina Hallgren"),
        ("Maja Ekvall", "Centrala beredningsgruppen"),
        ("LPO Farsta", "Omfattar i staden:"),
        ("Solna", "egen kommun"),
    ],
)
def test_a_bare_name_is_told_what_it_is_and_nothing_is_done(
    ask: Asking, line: str, told: str
) -> None:
    assert told in ask(line)


def test_the_groups_of_a_bare_place_are_a_press_away(reader: Member) -> None:
    reader.says("Farsta")
    assert "9 uppdrag" in reader.presses("Farsta lokala styrgrupp")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("vem Solna", "Närmast i staden: Kungsholmen, Norra innerstaden och Järva."),
        ("vem Sickla", "Sickla ligger i Nacka kommun, inte i staden."),
        ("vem Sickla", "Närmast i staden: Södermalm och Skarpnäck."),
        ("vem LPO Rinkeby", "LPO Rinkeby blev LPO Järva den 1 januari 2021."),
        ("vem polisområde syd", "Claes Ahlmarker"),
        ("vem Järva 2020-02-02", "bildades den 1 juli 2023 av Rinkeby-Kista och Spånga-Tensta."),
        ("vem Rinkeby-Kista 2019-06-04", "Den första började den 17 februari 2020."),
        ("vem centrala beredningsgruppen 2019-06-04", "Den första började den 4 november 2019."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line)


def test_beside_another_municipality_the_districts_of_that_day_are_told(ask: Asking) -> None:
    assert "Norrmalm och Rinkeby-Kista" in ask("vem Solna", on=date(2019, 6, 4))


def test_a_near_name_is_one_press_away(reader: Member) -> None:
    reader.says("vem Sickla")
    assert "Skarpnäcks lokala styrgrupp" in reader.presses("vem Skarpnäck")


@pytest.mark.parametrize(("by", "may"), [(MAJA, True), (None, False)])
def test_only_who_may_change_seats_is_offered_to(
    shared_talk: Talk, by: str | None, may: bool
) -> None:
    asker = shared_talk.member(by, passing=True, operator=by is None)
    asker.says("vem Farsta styrgrupp")
    labels = [button.label for button in asker.buttons()]
    assert ("Ändra platser" in labels) is may
    assert "Ladda ner" in labels


@pytest.mark.parametrize(
    "value", ["nobody@x.example|2024-06-10|", "lina.backeryd@polisen.example|2024-06-10|"]
)
def test_a_button_for_somebody_who_is_not_shown_is_too_old(reader: Member, value: str) -> None:
    assert "Knappen är för gammal" in reader.sends_button("who.person", value)


@pytest.mark.parametrize(
    "value", ["FAR-STYR", "FAR-STYR|igår|0", "FAR-STYR|2024-06-10|x", "FAR-STYR|2024-06-10|0|1|2"]
)
def test_a_groups_button_that_cannot_be_read_is_too_old(reader: Member, value: str) -> None:
    assert "Knappen är för gammal" in reader.sends_button("who.group", value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("vem företräder Bromma i centrala styrgruppen", "Stina Hallgren"),
        ("vem talar för Järva i centrala beredningsgruppen", "Abdi Warsame Nuur"),
        ("vem företräder Bromma i centrala beredningsgruppen", "Ingen talar för Bromma i Centrala"),
        ("vem företräder Rinkeby-Kista i centrala styrgruppen 2022-06-01", "talar för 13"),
    ],
)
def test_who_speaks_for_a_district_centrally_is_told_of_the_central_group(
    ask: Asking, line: str, told: str
) -> None:
    answered = ask(line)
    assert told in answered
    assert "Bromma lokala styrgrupp" not in answered


def test_a_person_is_told_with_whoever_deputises(ask: Asking) -> None:
    told = ask("vem är ersättare för Anders Kjellmark")
    assert "- Bromma lokala styrgrupp: Mirela Hadzimov, kommunpolis" in told


def test_a_board_without_a_seat_is_told_who_speaks_for_it(reader: Member) -> None:
    told = reader.says("vem Farsta stadsdelsnämnd")
    assert "Farsta stadsdelsnämnd har ingen egen plats i Farsta lokala styrgrupp." in told
    assert "Stina Hallgren" in told
    assert "Chef LPO" not in told
    assert "[I alla grupper]" in told
    assert "Representation · Farsta" in reader.says("representation Farsta 2024-06-10")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_person_who_holds_a_seat_together_with_another_is_told_so(talk: Talk) -> None:
    maja = talk.member(MAJA, passing=True)
    assert "Dubbel" not in maja.says("vem Birgitta Frisk")
    with talk.database.write() as session:
        row = session.scalars(select(Seat).where(Seat.code == "FAR-STYR-04")).one()
        twice = Seat(code="FAR-STYR-04-2", position=row.position, person_id=1)
        for name in ("group_id", "role", "organisation_id", "valid_from", "recorded_at"):
            setattr(twice, name, getattr(row, name))
        session.add(twice)
    assert "‼ Dubbel" in maja.says("vem Birgitta Frisk")


def test_who_asks_for_the_local_groups_chooses_among_them(shared_talk: Talk) -> None:
    eva = shared_talk.member(EVA, passing=True)
    told = eva.says("vem lokala styrgrupper")
    assert "Vilken grupp?" in told
    assert "Centrala" not in told
    assert "Stina Hallgren" in eva.presses("Farsta lokala styrgrupp")


def test_a_partys_seats_come_page_by_page_with_how_many_they_are(reader: Member) -> None:
    first = reader.says("vem polisen")
    total = int(re.findall(r"1–15 av (\d+)", first)[0])
    seen = len(table_rows(reader))
    while any(each.label == "Nästa sida" for each in reader.buttons()):
        reader.presses("Nästa sida")
        seen += len(table_rows(reader))
    assert seen == total
    assert "Knappen är för gammal" in reader.sends_button("who.seats", "polisen|2024-06-10|x")


def table_rows(member: Member) -> list[object]:
    """The rows of the tables in the last message."""
    return [row for part in member.message().parts if isinstance(part, Table) for row in part.rows]
