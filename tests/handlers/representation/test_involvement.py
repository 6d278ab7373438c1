"""How far districts are involved: who leads, who is not placed, and changing it from a day on."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.database import Database
from models.delivery.outbox import Delivery
from models.groups import Group
from models.message import ChoiceField, DateField, Table
from models.people.organisations import Person
from models.records import AuditEntry
from models.representation.involvement import Degree, Involvement, concerned, is_asked, is_told
from tests.conversations.talk import EVA, JONAS, MAJA, ROLF, STINA, Member, Talk
from tests.handlers.conftest import Asking, met

ABDI = "abdi.nuur@jarva.stockholm.example"
TOMAS = "tomas.rydefalk@farsta.stockholm.example"
GOOD = {"district": "FAR", "area": "unsafe_places", "degree": "takes_part", "first": "2024-07-01"}


def rows(talk: Talk, area: str = "unsafe_places") -> list[tuple[str, date, date | None]]:
    """What is said of Farsta and an area: degree, first day, and the day after the last."""
    with talk.database.read() as session:
        query = select(Involvement).join(Involvement.district)
        found = session.scalars(
            query.where(Involvement.area == area).order_by(Involvement.valid_from)
        )
        return [
            (row.degree.value, row.valid_from, row.valid_until)
            for row in found
            if row.district.code == "FAR"
        ]


def told(talk: Talk) -> dict[str, str]:
    """Whom a message of a change of involvement waits for, and what it says."""
    with talk.database.read() as session:
        found = session.scalars(select(Delivery).where(Delivery.key.startswith("involvement:")))
        people = {person.id: person.email for person in session.scalars(select(Person))}
        return {people[row.person_id or 0]: str(row.message) for row in found}


def test_each_area_names_its_districts_by_degree_and_those_nobody_has_placed(ask: Asking) -> None:
    answer = ask("involvering")
    assert "Systemhotande brottslighet                Järva, Skärholmen" in answer
    assert "Kungsholmen, Skarpnäck, Södermalm" in answer
    assert "Inte placerade" in answer
    assert "- Systemhotande brottslighet: Norra innerstaden och Södermalm" in answer


def test_a_district_tells_its_degrees_and_who_sits_there_on_any_day(ask: Asking) -> None:
    today = ask("involvering Farsta")
    assert "◉ Leder       11 januari 2024  Tomas Rydefalk, Farsta arbetsgrupp plats" in today
    assert "Särskilt utsatta och sårbara brottsoffer  ● Deltar      11 januari 2024  ingen" in today
    before = ask("involvering Rinkeby-Kista 2022-05-01")
    assert "Involvering · Rinkeby-Kista" in before
    assert "Otillåten påverkan                                        ◉ Leder" in before
    assert "? Inte placerad" in before
    assert "Involvering · Järva" in ask("involvering Rinkeby-Kista")
    assert "inte till några prioriterade områden" in ask("involvering 2018-01-01")


def test_a_district_that_was_not_there_yet_says_when_it_was_made(ask: Asking) -> None:
    told = ask("involvering Järva 2020-03-01")
    assert "Det fanns inget stadsdelsområde Järva den 1 mars 2020." in told
    assert "Järva bildades den 1 juli 2023 av Rinkeby-Kista och Spånga-Tensta." in told


def test_an_area_tells_who_leads_first_and_what_it_is_called_now(ask: Asking) -> None:
    answer = ask("involvering otillåten påverkan")
    assert "Otillåten påverkan heter Systemhotande brottslighet den här dagen." in answer
    assert "2 av 11 områden leder, 3 deltar." in answer
    places = [answer.index(name) for name in ("Järva ", "Farsta ", "Bromma ", "Södermalm ")]
    assert places == sorted(places)
    assert "Inte placerade: Norra innerstaden och Södermalm." in answer
    spring = ask("involvering otrygga platser", on=date(2024, 3, 1))
    assert "6 av 11 områden leder" in spring


def test_the_matrix_fits_every_platform(reader: Member) -> None:
    reader.says("involvering")
    (table,) = [part for part in reader.message().parts if isinstance(part, Table)]
    assert len(table.columns) == 5


def test_a_change_ends_the_earlier_degree_tells_those_concerned_and_can_be_undone(
    talk: Talk,
) -> None:
    stina, before = met(talk, STINA), rows(talk)
    for email in (TOMAS, MAJA, EVA, ABDI):
        met(talk, email)
    stina.says("involvering Farsta")
    stina.presses("Ändra involvering")
    answers = [stina.sends_form(GOOD, event="E1") for _ in range(2)]
    assert answers[0] == answers[1]
    assert "Farsta · Otrygga och brottsutsatta platser: deltar från 1 juli 2024." in answers[0]
    assert "Förut: leder." in answers[0]
    assert rows(talk)[-2:] == [
        ("leads", date(2024, 1, 11), date(2024, 7, 1)),
        ("takes_part", date(2024, 7, 1), None),
    ]
    heard = told(talk)
    assert {TOMAS, MAJA, EVA} <= set(heard)
    assert not {STINA, ABDI, JONAS} & set(heard)
    assert "Ändrat av Stina Hallgren." in heard[MAJA]
    stina.presses("Ångra")
    assert "Ändringen är ångrad" in str(stina.message())
    assert rows(talk) == before
    with talk.database.read() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-2:] == ["set_involvement", "undo_involvement"]


def test_a_change_on_the_first_day_of_a_row_rewrites_it_and_comes_back(talk: Talk) -> None:
    eva, before = met(talk, EVA), rows(talk)
    eva.says("involvering Farsta otrygga platser deltar")
    form = {each.name: each for each in eva.form().fields}
    district, degree = form["district"], form["degree"]
    assert isinstance(district, ChoiceField)
    assert isinstance(degree, ChoiceField)
    assert (district.initial, degree.initial) == (("FAR",), ("takes_part",))
    assert isinstance(form["first"], DateField)
    eva.fills(first="2024-01-11")
    assert rows(talk)[-1] == ("takes_part", date(2024, 1, 11), None)
    undo = next(button for button in eva.buttons() if button.label == "Ångra")
    eva.sends_button(undo.action, undo.value)
    assert rows(talk) == before
    assert "Det har ändrats sedan dess" in eva.sends_button(undo.action, undo.value)


def test_who_was_not_placed_is_so_again_after_the_undo(talk: Talk) -> None:
    eva = met(talk, EVA)
    eva.sends_button("involvement.change", "SOD|systemic_crime")
    assert "Förut: inte placerad." in eva.fills(degree="informed")
    eva.presses("Ångra")
    assert "? Inte placerad" in eva.says("involvering Södermalm otillåten påverkan")


def test_a_change_is_undone_within_a_day_only(talk: Talk) -> None:
    eva = met(talk, EVA)
    eva.sends_button("involvement.change", "FAR|unsafe_places")
    eva.fills(degree="informed")
    undo = next(button for button in eva.buttons() if button.label == "Ångra")
    talk.later(hours=25)
    assert "inom ett dygn" in eva.sends_button(undo.action, undo.value)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"district": "BRO"}, "district", "Välj ett av dina områden."),
        ({"area": "moon"}, "area", "Välj ett prioriterat område."),
        ({"degree": ""}, "degree", "Välj hur långt området är involverat."),
        ({"first": "2024-02-31"}, "first", "Skriv en dag som finns"),
        ({"first": "2023-12-31"}, "first", "finns från 11 januari 2024."),
        ({"degree": "leads"}, "degree", "Så är det redan, sedan 11 januari 2024."),
    ],
)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_fault_stands_at_its_field(
    talk: Talk, wrong: dict[str, str], field: str, sentence: str
) -> None:
    maja = met(talk, MAJA)
    maja.sends_button("involvement.change", "FAR|")
    maja.sends_form({**GOOD, **wrong})
    assert list(maja.errors()) == [field]
    assert sentence in maja.errors()[field]
    assert rows(talk)[-1][0] == "leads"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_only_the_districts_own_leaders_and_the_coordinator_change_it(talk: Talk) -> None:
    refusal = "Bara ordföranden eller sekreteraren i områdets styrgrupp"
    for email in (JONAS, ROLF):
        member = met(talk, email)
        member.says("involvering Farsta")
        assert "Ändra involvering" not in [button.label for button in member.buttons()]
        assert refusal in member.sends_button("involvement.change", "FAR|")
    maja = met(talk, MAJA)
    assert refusal in maja.sends_button("involvement.change", "BRO|")
    maja.sends_button("involvement.change", "FAR|unsafe_places")
    field = maja.form().fields[0]
    assert isinstance(field, ChoiceField)
    assert [choice.value for choice in field.choices] == ["FAR"]
    operator = talk.member(None, operator=True, passing=True)
    assert "--as" in operator.says("involvering Farsta unga leder")


def test_notices_go_to_the_told_and_surveys_to_the_asked(stockholm: Database) -> None:
    on = date(2024, 6, 10)
    with stockholm.write() as session:
        people = {person.email: person for person in session.scalars(select(Person))}
        group = session.scalars(select(Group).where(Group.code == "CEN-BER")).one()
        some = [people[email] for email in (MAJA, ABDI, JONAS)]
        assert concerned(session, group, some, on, is_asked) == some
        group.area = "systemic_crime"
        row = session.scalars(select(Involvement).where(Involvement.code == "FAR-SYSTEM-1")).one()
        for degree, wanted, expected in (
            (Degree.TAKES_PART, is_asked, some),
            (Degree.INFORMED, is_asked, some[1:]),
            (Degree.INFORMED, is_told, some),
            (Degree.NOT_CONCERNED, is_told, some[1:]),
        ):
            row.degree = degree
            session.flush()
            assert concerned(session, group, some, on, wanted) == expected
        session.delete(row)
        session.flush()
        assert concerned(session, group, some, on, is_asked) == some
