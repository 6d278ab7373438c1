"""Merging two records of one person: the coordinator sees what will happen, and does it once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.requests import OptionsAsked
from handlers.router import options
from models.groups import Seat, SeatRole
from models.message import ChoiceField, PersonField
from models.people.organisations import DisplayPolicy, Person, PersonMerge
from models.surveys.survey import Invitation, Survey
from tests.conversations.talk import EVA, JONAS, MAJA, ROLF, STINA, Member, Talk
from tests.handlers.conftest import met

TWIN = "maja.ekwall@farsta.stockholm.example"
LINE = f"slå ihop {MAJA} och {TWIN}"


def person(talk: Talk, email: str) -> Person:
    """A record by its e-mail."""
    with talk.database.read() as session:
        return session.scalars(select(Person).where(Person.email == email)).one()


@pytest.fixture
def talk(talk: Talk) -> Talk:
    """Stockholm, where somebody has entered Maja a second time, with a seat in Farsta."""
    with talk.database.write() as session:
        maja = session.scalars(select(Person).where(Person.email == MAJA)).one()
        twin = Person(
            email=TWIN,
            name="Maja Ekwall",
            title="samordnare",
            organisation_id=maja.organisation_id,
            display_policy=DisplayPolicy.FUNCTION_ONLY,
        )
        session.add(twin)
        session.flush()
        seat = session.scalars(select(Seat).where(Seat.code == "FAR-ARB-01")).one()
        session.add(
            Seat(
                code="FAR-ARB-99",
                group_id=seat.group_id,
                role=SeatRole.MEMBER,
                organisation_id=maja.organisation_id,
                person_id=twin.id,
                valid_from=talk.at.date(),
                recorded_at=talk.at,
            )
        )
    return talk


@pytest.fixture
def eva(talk: Talk) -> Member:
    """The coordinator."""
    return met(talk, EVA)


def offered(member: Member, typed: str, field: str = "person") -> list[str]:
    """What a person field offers a member."""
    asked = OptionsAsked(
        who=member.who, where=member.where, at=member.talk.at, event="O", field=field, typed=typed
    )
    return [choice.label for choice in options(asked, member.talk.desk)]


def test_the_coordinator_sees_what_will_happen_and_then_it_has(talk: Talk, eva: Member) -> None:
    met(talk, TWIN)
    eva.says(LINE)
    form = eva.form()
    assert "1. Maja Ekvall, trygghetssamordnare, Farsta stadsdelsförvaltning" in form.intro
    assert "2. samordnare, Farsta stadsdelsförvaltning: 1 uppdrag och 1 konto." in form.intro
    assert "Det strängare skyddet gäller för båda: bara funktionen visas." in form.intro
    assert "Båda har uppdrag i Farsta arbetsgrupp plats." in form.intro
    assert "kan inte ångras" in form.note
    told = [eva.fills(event="E1") for _ in range(2)]
    assert told[0] == told[1]
    assert "De två posterna är nu en" in told[0]
    assert "Flyttat: 1 uppdrag och 1 konto." in told[0]
    # Whoever comes with the old address, or from its account, is the kept record.
    for who in (talk.member(TWIN), talk.member(TWIN, user="new"), talk.member(TWIN, passing=True)):
        assert "3 åtgärder · 1 försenad" in who.says("mina")
    assert "Maja Ekwall" not in eva.says("vem har Maja Ekwall")
    assert offered(eva, "trygghetssamordnare, Farsta")[0] == (
        "trygghetssamordnare, Farsta stadsdelsförvaltning"
    )


def test_the_form_asks_which_two_and_lets_one_choose_which_to_keep(talk: Talk, eva: Member) -> None:
    eva.says("slå ihop")
    fields = eva.form().fields
    assert [type(field) for field in fields] == [PersonField, PersonField]
    kept, merged = (str(person(talk, email).id) for email in (MAJA, TWIN))
    eva.sends_form({"kept_record": kept, "merged_record": merged})
    choice = eva.form().fields[0]
    assert isinstance(choice, ChoiceField)
    assert [each.value for each in choice.choices] == [kept, merged]
    assert "De två posterna är nu en" in eva.fills(kept=merged)
    with talk.database.read() as session:
        assert session.scalars(select(PersonMerge.kept_id)).all() == [int(merged)]


def test_what_cannot_be_merged_is_told_and_nothing_happens(talk: Talk, eva: Member) -> None:
    assert "Ingen här har e-postadressen x@y.example" in eva.says(
        f"slå ihop {MAJA} och x@y.example"
    )
    assert "Båda är samma post" in eva.says(f"slå ihop {MAJA} och {MAJA}")
    assert "Du är själv inloggad" in eva.says(f"slå ihop {MAJA} och {EVA}")
    eva.says("slå ihop Maja Ekvall")
    first = eva.form().fields[0]
    assert isinstance(first, PersonField)
    assert first.initial is not None
    eva.sends_form({"merged_record": "x", "kept_record": first.initial.value})
    assert eva.errors() == {
        "merged_record": "Jag hittar ingen post, eller flera, för x. Skriv e-postadressen."
    }
    eva.sends_form({"merged_record": "", "kept_record": first.initial.value})
    assert eva.errors() == {"merged_record": "Välj en person."}
    eva.sends_form({"merged_record": TWIN, "kept_record": "Maja Ekvall"})
    assert "1. Maja Ekvall, trygghetssamordnare" in eva.form().intro
    eva.says(LINE)
    eva.fills(kept="0")
    assert eva.errors() == {"kept": "Välj vilken av de två posterna som ska behållas."}
    eva.says(LINE)
    eva.fills()
    old = met(talk, EVA)
    assert "Båda är samma post" in old.says(LINE)


def test_an_old_preview_merges_nothing_twice(talk: Talk, eva: Member) -> None:
    second = met(talk, EVA, user="U2")
    for member in (eva, second):
        member.says(LINE)
    eva.fills()
    second.fills()
    assert second.errors() == {"kept": "En av posterna har redan gått upp i en annan."}


def test_two_answers_to_an_open_survey_wait_for_its_close(talk: Talk, eva: Member) -> None:
    with talk.database.write() as session:
        asked = select(Invitation).join(Invitation.survey).join(Invitation.person)
        asked = asked.where(Person.email == MAJA, Survey.code == "E-2024-004")
        mine = session.scalars(asked).one()
        mine.answered = True
        twin = session.scalars(select(Person).where(Person.email == TWIN)).one()
        session.add(Invitation(survey_id=mine.survey_id, person_id=twin.id, answered=True))
    told = eva.says(LINE)
    assert "Båda posterna har svarat på enkäten Läget i Farsta inför sommaren, som är öppen" in told


@pytest.mark.parametrize("email", [MAJA, STINA, ROLF])
def test_nobody_else_merges(talk: Talk, email: str) -> None:
    member = met(talk, email)
    assert "Bara samordnaren kan slå ihop" in member.says(LINE)


def test_a_person_field_offers_the_protected_only_to_those_who_change_seats(talk: Talk) -> None:
    karim, maja = met(talk, "karim.haddad@trafik.stockholm.example"), met(talk, MAJA)
    assert "Polisområde Stockholm syd" not in offered(karim, "Polisområde Stockholm syd")
    assert "Polisområde Stockholm syd" in offered(maja, "Polisområde Stockholm syd")
    assert not any("Lina" in label or "analytiker" in label for label in offered(maja, "Lina"))


def test_namesakes_are_told_apart_by_what_they_do_and_the_left_are_for_merging_only(
    talk: Talk,
) -> None:
    with talk.database.write() as session:
        for email, name in ((JONAS, "Kim Ek"), ("kent.rosellius@polisen.example", "Kim Ek")):
            session.scalars(select(Person).where(Person.email == email)).one().name = name
        twin = session.scalars(select(Person).where(Person.email == TWIN)).one()
        twin.display_policy, twin.name = DisplayPolicy.SHOWN, "Maja Ekvall"
    eva = met(talk, EVA)
    home = "Farsta stadsdelsförvaltning"
    assert sorted(offered(eva, "Maja Ekvall"))[:2] == [
        f"Maja Ekvall, {home}, samordnare",
        f"Maja Ekvall, {home}, trygghetssamordnare",
    ]
    assert len([label for label in offered(eva, "Kim Ek") if "Kim" in label]) == 1
    for_merging = offered(eva, "Kim Ek", "kept_record")
    assert len([label for label in for_merging if "Kim" in label]) == 2
    assert any("@polisen.example" in label for label in for_merging)
    maja = met(talk, MAJA)
    assert not any("@" in label for label in offered(maja, "Kim Ek", "kept_record"))
