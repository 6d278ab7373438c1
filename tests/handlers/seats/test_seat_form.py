"""The forms of a seat's change: each fault at its field, and what a line has said filled in."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from handlers.seats.seat_words import FAULTS
from handlers.texts import catalogue
from models.groups import Seat
from models.message import Choice, ChoiceField, PersonField
from models.people.organisations import Organisation
from models.seats.faults import FaultKind
from tests.conversations.talk import EVA, Member

TOMAS = "tomas.rydefalk@farsta.stockholm.example"
BIRGITTA = "birgitta.frisk@farsta.stockholm.example"
JULY = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("verb", "wrong", "errors"),
    [
        ("replace", {"first": "31 februari"}, {"first": "Det finns ingen dag 31 februari."}),
        ("replace", {"first": "snart"}, {"first": "Skriv en dag som 2024-06-18."}),
        ("replace", {"first": "9999-12-31"}, {"first": "Skriv en dag mellan 1990 och 2099."}),
        ("replace", {"last": "2024-06-30"},
         {"last": "Sista dagen är före den första, 1 juli 2024."}),
        ("replace", {"first": "2019-01-01"}, {"first": "Gruppen börjar 16 mars 2020."}),
        ("replace", {"person": ""}, {"person": "Välj en person."}),
        ("replace", {"person": "Lina Backeryd"},
         {"person": "Jag hittar ingen som heter Lina Backeryd. Välj ett namn i listan."}),
        ("replace", {"person": BIRGITTA},
         {"person": "Birgitta Olander Frisk har redan platsen från och med 16 mars 2020."}),
        ("replace", {"represents": ("OST",)},
         {"represents": "Östermalm är inte ett stadsdelsområde den första dagen. Välj ett annat."}),
        ("replace", {"organisation": "XYZ"}, {"organisation": "Välj ett av alternativen."}),
        ("end", {"last": "2019-01-01"}, {"last": "Gruppen börjar 16 mars 2020."}),
        ("end", {"last": ""}, {"last": "Välj en dag."}),
        ("end", {"reason": "å" * 301}, {"reason": "Skriv högst 300 tecken."}),
        ("deputise", {"person": BIRGITTA},
         {"person": "Birgitta Olander Frisk har själv platsen. Välj någon annan som ersättare."}),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_field_and_what_was_typed_stays(
    reader: Member, verb: str, wrong: dict[str, str], errors: dict[str, str]
) -> None:
    reader.sends_button("seats.open", f"{verb}|FAR-STYR|FAR-STYR-04")
    good = {"person": TOMAS, "first": str(JULY), "last": ""} if verb != "end" else {}
    reader.sends_form({**good, **wrong})
    assert reader.errors() == errors


@pytest.mark.parametrize(
    ("action", "value", "said"),
    [
        ("seats.open", "x", "för gammal"),
        ("seats.open", "replace|NOPE|", "för gammal"),
        ("seats.open", "replace|FAR-STYR|FAR-BER-01", "Platsen finns inte längre."),
        ("seats.open", "end|FAR-STYR|new", "Platsen finns inte längre."),
        ("seats.menu", "NOPE", "för gammal"),
        ("seats.menu", "FAR-STYR|99", "sida 2"),
        ("seats.changes", "NOPE", "för gammal"),
    ],
)
def test_a_button_of_another_time_is_told_so(
    reader: Member, action: str, value: str, said: str
) -> None:
    assert said in reader.sends_button(action, value)


def test_a_form_without_its_state_is_told_to_be_too_old(reader: Member) -> None:
    reader.sends_button("seats.open", "replace|FAR-STYR|FAR-STYR-04")
    for state in ("", "{}", '{"group":"NOPE"}', '{"group":"FAR-STYR","seat":"FAR-BER-01"}'):
        reader._form = reader.form().model_copy(update={"state": state})
        reader.fills(person=TOMAS, first=str(JULY))
        assert set(reader.errors()) == {"person"}


def test_a_personal_number_in_a_reason_is_not_kept_and_the_rest_is(reader: Member) -> None:
    reader.sends_button("seats.open", "end|FAR-STYR|FAR-STYR-04")
    reader.fills(reason="Se 811228-9874")
    assert list(reader.errors()) == ["reason"]
    assert "personnummer" in reader.errors()["reason"]


def test_a_bad_day_in_a_line_opens_the_form_with_all_the_rest(reader: Member) -> None:
    said = reader.says(
        "byt Birgitta Olander Frisk till Tomas Rydefalk Farsta styrgrupp 31 februari"
    )
    assert "Det finns ingen dag 31 februari" in said
    assert "ledamot, Farsta stadsdelsförvaltning: Birgitta Olander Frisk" in said
    person = reader.form().fields[0]
    assert isinstance(person, PersonField)
    assert isinstance(person.initial, Choice)
    assert person.initial.label == "Tomas Rydefalk, Farsta stadsdelsförvaltning"


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("byt Chef LPO Farsta Farsta styrgrupp", "ordförande, LPO Farsta: Chef LPO Farsta sedan"),
        ("byt biträdande chef LPO Farsta i Farsta styrgrupp", "LPO Farsta: Cornelia Skarpås sedan"),
        ("avsluta Trafikkontoret i Farsta styrgrupp", "ledamot, Trafikkontoret: vakant"),
        ("byt kommunpolisen Farsta styrgrupp", "Ingen i gruppen har titeln kommunpolis."),
    ],
)
def test_a_seat_is_named_by_its_holders_title_or_its_organisation(
    reader: Member, line: str, about: str
) -> None:
    reader.says(line)
    assert about in reader.form().intro


def test_organisations_of_the_group_come_first_and_those_that_are_gone_last(reader: Member) -> None:
    with reader.talk.database.read() as session:
        gone = session.scalars(select(Organisation).where(Organisation.code == "SDF-RIK")).one()
        groups = session.scalars(select(Seat).where(Seat.organisation_id == gone.id)).unique()
        code = next(seat.group.code for seat in groups if seat.group.valid_until is None)
    reader = Member(reader.talk, reader.who.model_copy(update={"email": EVA}))
    reader.sends_button("seats.open", f"appoint|{code}|new")
    (field,) = (each for each in reader.form().fields if each.name == "organisation")
    assert isinstance(field, ChoiceField)
    labels = [choice.label for choice in field.choices]
    own = [label.endswith("(i gruppen)") for label in labels]
    assert own == sorted(own, reverse=True)
    assert 0 < sum(own) < len(own)
    assert labels[-1] == "Rinkeby-Kista stadsdelsförvaltning (till och med 30 juni 2023)"


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("byt ordförande Farsta styrgrupp", ["FAR-STYR-01", "FAR-STYR-02"]),
        ("utse sekreterare i Farsta styrgrupp", ["new"]),
        ("utse Farsta styrgrupp", ["FAR-STYR-06", "new"]),
    ],
)
def test_only_the_seats_that_a_line_can_mean_are_offered(
    reader: Member, line: str, offered: list[str]
) -> None:
    reader.says(line)
    field = reader.form().fields[0]
    assert isinstance(field, ChoiceField)
    assert [choice.value for choice in field.choices] == offered


@pytest.mark.parametrize("kind", list(FaultKind))
def test_every_fault_has_its_sentence_in_swedish(kind: FaultKind) -> None:
    assert catalogue("sv").gettext(FAULTS[kind]) != FAULTS[kind]
