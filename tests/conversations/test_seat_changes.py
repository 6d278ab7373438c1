"""Changing who sits where: appoint, conflict, replace, notice, undo; by those who may."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.database import Database
from models.delivery.outbox import Delivery
from models.groups import Group, Seat
from models.message import Form
from models.people.organisations import Person
from models.seats.changes import ChangeKind, Ledger, SeatChange
from models.seats.holders import seats_of_group
from tests.conversations.talk import EVA, JONAS, KARIM, MAJA, STINA, Member, Talk, as_queued
from tests.handlers.conftest import met
from tests.stores import BOTH_STORES

TOMAS = "tomas.rydefalk@farsta.stockholm.example"
BIRGITTA = "birgitta.frisk@farsta.stockholm.example"
JULY = date(2024, 7, 1)
"""For what no database can make a difference to."""


@pytest.fixture
def talk(stockholm: Database) -> Talk:
    """Farsta on the Monday morning on which the demo begins."""
    return Talk(stockholm)


@pytest.fixture
def maja(talk: Talk) -> Member:
    """Secretary of the steering group."""
    return met(talk, MAJA)


def sitting(talk: Talk, on: date, code: str = "FAR-STYR") -> dict[str, str]:
    """Who holds which seat on a day, by the seats' positions."""
    with talk.database.read() as session:
        group = session.scalars(select(Group).where(Group.code == code)).one()
        seats = seats_of_group(session, group, on)
        return {seat.position: seat.person.name if seat.person else "–" for seat in seats}


def told(talk: Talk, email: str) -> list[str]:
    """What was queued for somebody, the headings of it."""
    with talk.database.read() as session:
        query = select(Delivery).join(Person, Person.id == Delivery.person_id)
        rows = session.scalars(
            query.where(Person.email == email).order_by(Delivery.due_at, as_queued(session))
        )
        return [str(row.message["summary"]) for row in rows if row.purpose == "seat"]


def changes(talk: Talk) -> list[ChangeKind]:
    """The changes that were made."""
    with talk.database.read() as session:
        return [each.kind for each in session.scalars(select(SeatChange).order_by(SeatChange.id))]


@BOTH_STORES
def test_appoint_conflict_replace_notice_and_undo(talk: Talk, maja: Member) -> None:
    menu = maja.sends_button("seats.menu", "FAR-STYR")
    assert "⚠ Vakant – ledamot, Trafikkontoret" in menu.split("\n\n")[2]
    maja.presses("Utse")
    saved = maja.fills(person=KARIM, event="E1")
    assert "Karim Haddad är ledamot för Trafikkontoret" in saved
    assert "från och med 10 juni 2024" in saved
    assert told(talk, KARIM)[0].startswith("Du har en plats i Farsta lokala styrgrupp.")
    form = maja.says("utse Tomas Rydefalk trafikkontoret Farsta styrgrupp")
    assert "Plats" in form, "nothing is vacant, so the form asks which seat"

    maja.sends_button("seats.open", "appoint|FAR-STYR|FAR-STYR-06")
    maja.fills(person=TOMAS, first=str(JULY))
    assert maja.errors() == {
        "first": "Karim Haddad har platsen från och med 10 juni 2024. "
        "Välj andra dagar, eller byt ut Karim Haddad."
    }
    talk.later(hours=2)
    maja.says("byt Karim Haddad Farsta styrgrupp")
    maja.fills(person=TOMAS, first=str(JULY))
    assert maja.form().submit == "Spara ändå"
    assert "arbetar i en annan organisation än platsens" in maja.form().intro
    assert "Uppdraget för Karim Haddad slutar 30 juni 2024." in maja.fills(event="E2")
    assert sitting(talk, JULY)["FAR-STYR-06"] == "Tomas Rydefalk"
    assert sitting(talk, date(2024, 6, 30))["FAR-STYR-06"] == "Karim Haddad"
    assert [len(told(talk, email)) for email in (KARIM, TOMAS, STINA, MAJA)] == [2, 1, 2, 0]

    stina = met(talk, STINA)
    assert "10.00, Maja Ekvall" in stina.says("ändringar Farsta styrgrupp")
    assert "är ångrad" in stina.presses("Ångra", event="E3")
    assert sitting(talk, JULY)["FAR-STYR-06"] == "Karim Haddad"
    assert [len(told(talk, email)) for email in (KARIM, TOMAS, STINA, MAJA)] == [3, 2, 2, 1]
    assert "**" not in told(talk, MAJA)[0]
    assert "Ångrat: Tomas Rydefalk" in stina.says("ändringar Farsta styrgrupp")


@BOTH_STORES
def test_the_same_event_gives_the_same_answer_and_one_message_each(
    talk: Talk, maja: Member
) -> None:
    maja.sends_button("seats.open", "replace|FAR-STYR|FAR-STYR-04")
    said = [maja.fills(person=TOMAS, first=str(JULY), event="E1") for _ in range(2)]
    assert said[0] == said[1]
    assert "Sparat" in said[0]
    undone = [maja.sends_button("seats.undo", "1", event="E2") for _ in range(2)]
    assert undone[0] == undone[1]
    assert "är ångrad" in maja.sends_button("seats.undo", "1", event="E3"), "pressed once more"
    assert changes(talk) == [ChangeKind.REPLACED, ChangeKind.UNDONE]
    assert len(told(talk, TOMAS)) == 2


@pytest.mark.parametrize("line", ["byt Farsta styrgrupp", "avsluta Maja Ekvall", "utse", "vikarie"])
def test_others_are_told_who_changes_seats(talk: Talk, line: str) -> None:
    karim = met(talk, KARIM)
    assert "ändrar platser" in karim.says(line)
    assert "Ändringar av platser visas för registratorn" in karim.says("ändringar Farsta styrgrupp")
    shown = karim.sends_button("seats.changes", "FAR-STYR")
    assert "Ändringar av platser visas för registratorn" in shown
    for action, value in (("seats.menu", "FAR-STYR"), ("seats.open", "end|FAR-STYR|FAR-STYR-03")):
        assert "ändrar platser" in karim.sends_button(action, value)


def test_a_forged_form_and_a_forged_undo_have_no_more_rights(talk: Talk, maja: Member) -> None:
    maja.sends_button("seats.open", "replace|FAR-STYR|FAR-STYR-04")
    karim = met(talk, KARIM)
    karim._form = maja.form()
    assert "ändrar platser" in karim.fills(person=KARIM)
    maja.fills(person=TOMAS, first=str(JULY))
    assert "ändrar platser" in karim.sends_button("seats.undo", "1")
    assert changes(talk) == [ChangeKind.REPLACED]
    for value in ("", "99999", "-1", "²", "9" * 40):
        assert "finns inte längre" in maja.sends_button("seats.undo", value)


def test_gaps_broken_rules_and_days_gone_by_are_shown_before_saving(
    talk: Talk, maja: Member
) -> None:
    maja.says("avsluta Cornelia Skarpås Farsta styrgrupp")
    maja.fills(withdrawn=True)
    maja.sends_button("seats.open", "end|FAR-STYR|FAR-STYR-02")
    maja.fills(last="2024-05-31", reason="Ny tjänst.")
    intro = maja.form().intro
    assert "Från och med 11 juni 2024 sitter ingen från ett lokalpolisområde i gruppen." in intro
    assert "Gamla protokoll visar fortfarande vad som var känt då." in intro
    maja.fills(last="2024-07-31")
    assert "Från och med 1 augusti 2024" in maja.form().intro, "new warnings are shown first"
    assert "Gamla protokoll" not in maja.form().intro
    assert "Platsen är vakant från och med 1 augusti 2024." in maja.fills()
    maja.sends_button("seats.open", "appoint|FAR-STYR|FAR-STYR-02")
    maja.fills(person=JONAS, first="2024-09-01")
    assert "Platsen är vakant i 31 dagar: från och med 1 augusti" in maja.form().intro
    assert "är ordförande för LPO Farsta" in maja.fills()
    with talk.database.read() as session:
        messages = [str(row.message) for row in session.scalars(select(Delivery))]
    assert any("Ny tjänst." in message for message in messages), "the reason is told"


def test_who_comes_second_sees_what_the_first_has_done(talk: Talk, maja: Member) -> None:
    stina = met(talk, STINA)
    for member in (maja, stina):
        member.sends_button("seats.open", "replace|FAR-STYR|FAR-STYR-04")
    talk.later(hours=2, minutes=42)
    stina.fills(person=JONAS, first=str(JULY))
    stina.fills()
    talk.later(minutes=1)
    maja.fills(person=TOMAS, first="2024-06-20")
    assert "Stina Hallgren ändrade platsen kl. 10.42:" in maja.form().intro
    assert "Jonas Lindmark är ledamot" in maja.form().intro
    assert [getattr(each, "initial", None) for each in maja.form().fields[1:2]] == [
        date(2024, 6, 20)
    ], "what was typed stays"
    maja.fills()
    assert "Jonas Lindmark har ett uppdrag från och med 1 juli 2024, som skulle" in (
        maja.form().intro
    )
    maja.fills()
    assert sitting(talk, JULY)["FAR-STYR-04"] == "Tomas Rydefalk"
    refused = stina.sends_button("seats.undo", "1")
    assert "Maja Ekvall har ändrat platsen sedan dess, mån 10 juni 10.43." in refused
    assert changes(talk) == [ChangeKind.REPLACED, ChangeKind.REPLACED]


@BOTH_STORES
def test_two_who_save_at_once_do_not_both_succeed(talk: Talk, maja: Member) -> None:
    stina = met(talk, STINA)
    for member in (maja, stina):
        member.sends_button("seats.open", "appoint|FAR-STYR|FAR-STYR-06")
    wanted = ((maja, KARIM), (stina, "monika.svardfelt@trafik.stockholm.example"))
    start = threading.Barrier(2)

    def save(member: Member, person: str) -> None:
        start.wait(5)
        member.fills(person=person)

    threads = [threading.Thread(target=save, args=each) for each in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert changes(talk) == [ChangeKind.APPOINTED]
    late = [member for member, _ in wanted if isinstance(member.reply(), Form)]
    assert len(late) == 1
    assert "ändrade platsen kl. 08.00" in late[0].form().intro


def test_an_import_meanwhile_is_told_too(talk: Talk, maja: Member) -> None:
    maja.sends_button("seats.open", "replace|FAR-STYR|FAR-STYR-04")
    with talk.database.write() as session:
        row = session.scalars(select(Seat).where(Seat.code == "FAR-STYR-04")).one()
        row.recorded_at = talk.at
    maja.fills(person=TOMAS, first=str(JULY))
    assert "Platsen ändrades mån 10 juni 08.00." in maja.form().intro


def test_a_deputy_stands_in_for_a_time_and_the_deputised_is_told(talk: Talk, maja: Member) -> None:
    maja.says("vikarie Tomas Rydefalk för Birgitta Olander Frisk Farsta styrgrupp 2024-07-01")
    maja.fills()
    assert "Sista dag saknas. Tomas Rydefalk är då ersättare tills någon" in maja.form().intro
    maja.fills(last="2024-07-31")
    assert told(talk, BIRGITTA)[0].startswith("Platserna i Farsta lokala styrgrupp har ändrats.")
    assert told(talk, TOMAS)[0].startswith("Du är ersättare i Farsta lokala styrgrupp.")
    talk.later(days=25)
    assert "◐ Ersättare: Tomas Rydefalk" in maja.sends_button("seats.menu", "FAR-STYR")
    assert "Innehavare: Birgitta Olander Frisk" in maja.sends_button("seats.menu", "FAR-STYR")


def test_a_standing_deputy_takes_the_deputys_seat_that_is_vacant(talk: Talk) -> None:
    eva = met(talk, EVA)
    eva.says("utse ersättare för Stina Hallgren centrala styrgruppen")
    eva.fills(person="leyla.brandt@eav.stockholm.example")
    assert "arbetar i en annan organisation" in eva.form().intro
    assert "Leyla Aksoy Brandt är ersättare för Stina Hallgren" in eva.fills()
    assert sitting(talk, date(2024, 6, 10), "CEN-STYR")["CEN-STYR-12"] == "Leyla Aksoy Brandt"


def test_a_new_seat_speaks_for_the_district_and_can_be_withdrawn(talk: Talk, maja: Member) -> None:
    maja.sends_button("seats.open", "appoint|FAR-STYR|new")
    maja.fills(person=TOMAS)
    assert maja.errors() == {"role": "Välj en roll för den nya platsen."}
    maja.fills(person=TOMAS, role="member", withdrawn=True)
    assert "Ange en sista dag" in maja.errors()["last"]
    said = maja.fills(person=TOMAS, role="member", withdrawn=True, last="2024-12-31")
    assert "till och med 31 december 2024" in said
    assert "vakant" not in said
    with talk.database.read() as session:
        row = session.scalars(select(Seat).where(Seat.code == "FAR-STYR-10")).one()
        assert [each.name for each in row.represents] == ["Farsta"]
    assert "FAR-STYR-10" not in sitting(talk, date(2025, 1, 1))


def test_a_vacant_seat_is_withdrawn_and_comes_back_when_that_is_undone(
    talk: Talk, maja: Member
) -> None:
    maja.says("avsluta Trafikkontoret i Farsta styrgrupp")
    maja.fills(withdrawn=False)
    assert maja.errors() == {"withdrawn": "Platsen är redan vakant. Välj om den ska dras in."}
    maja.fills(last="2024-06-30")
    assert "Därefter är platsen indragen." in maja.fills(last="2024-06-30")
    assert "FAR-STYR-06" not in sitting(talk, JULY)
    maja.sends_button("seats.undo", "1")
    assert sitting(talk, JULY)["FAR-STYR-06"] == "–"


def test_an_undo_comes_within_a_day_and_is_itself_not_undone(talk: Talk, maja: Member) -> None:
    maja.sends_button("seats.open", "end|FAR-STYR|FAR-STYR-04")
    maja.fills(reason="Ny tjänst.")
    assert "Platsen är vakant från och med 11 juni 2024, och ingen tar över" in maja.form().intro
    maja.fills(reason="Ny tjänst.")
    talk.later(days=1, minutes=1)
    assert "inom ett dygn" in maja.sends_button("seats.undo", "1")
    assert "[Ångra]" not in maja.says("ändringar Farsta styrgrupp")
    talk.at -= timedelta(days=1)
    maja.sends_button("seats.undo", "1")
    assert "kan inte ångras" in maja.sends_button("seats.undo", "2")
    assert sitting(talk, date(2024, 6, 12))["FAR-STYR-04"] == "Birgitta Olander Frisk"


def test_what_was_built_on_a_withdrawn_seat_keeps_it_withdrawn(talk: Talk, maja: Member) -> None:
    maja.sends_button("seats.open", "end|FAR-STYR|FAR-STYR-04")
    maja.fills(last="2024-06-30", withdrawn=True)
    maja.sends_button("seats.open", "replace|FAR-STYR|FAR-STYR-04")
    maja.fills(person=TOMAS, first="2024-08-01")
    assert "Platsen är vakant i 31 dagar" in maja.form().intro
    maja.fills()
    assert "Därför går det inte att ångra" in maja.sends_button("seats.undo", "1")
    assert changes(talk) == [ChangeKind.ENDED, ChangeKind.REPLACED]


def test_everything_is_said_in_english_too(talk: Talk) -> None:
    with talk.database.write() as session:
        for email in (MAJA, TOMAS):
            session.scalars(select(Person).where(Person.email == email)).one().language = "en"
    maja = met(talk, MAJA)
    assert "Vacant – member, Trafikkontoret" in maja.sends_button("seats.menu", "FAR-STYR")
    maja.says("replace Birgitta Olander Frisk Farsta steering group")
    saved = maja.fills(person=TOMAS, first=str(JULY))
    assert "Tomas Rydefalk is member for Farsta stadsdelsförvaltning" in saved
    assert "The mandate of Birgitta Olander Frisk ends on 30 June 2024." in saved
    assert told(talk, TOMAS)[0].startswith("You have a seat in Farsta lokala styrgrupp.")
    assert told(talk, BIRGITTA)[0].startswith("Ditt uppdrag i Farsta lokala styrgrupp är ändrat.")
    assert "1 July 2024" in maja.says("changes Farsta steering group")


def test_no_name_of_the_protected_stands_in_a_form_a_notice_or_the_changes(
    talk: Talk, maja: Member
) -> None:
    maja.sends_button("seats.open", "replace|FAR-STYR|FAR-STYR-02")
    maja.fills(person=JONAS, first=str(JULY))
    for line in ("byt ordförande Farsta styrgrupp", "ändringar Farsta styrgrupp"):
        maja.says(line)
        assert "Åkerblom" not in maja.reply().model_dump_json()
    with talk.database.read() as session:
        messages = [str(row.message) for row in session.scalars(select(Delivery))]
    assert messages
    assert not any("Åkerblom" in message for message in messages)


def test_who_leads_several_groups_is_asked_which(talk: Talk, maja: Member) -> None:
    assert "skriva den: byt sekreterare i Farsta styrgrupp." in maja.says("byt")
    assert "Vilken grupp?" in maja.says("avsluta")
    maja.presses("Farsta lokala styrgrupp")
    assert maja.form().name == "seats.end"
    changed = met(talk, MAJA)
    changed.says("ändringar")
    assert "Ingen har ändrat någon plats här ännu." in changed.presses("Farsta lokala styrgrupp")


def test_a_change_by_a_ledger_elsewhere_is_listed_without_a_name(talk: Talk, maja: Member) -> None:
    with talk.database.write() as session:
        row = session.scalars(select(Seat).where(Seat.code == "FAR-STYR-04")).one()
        ledger = Ledger.open(session, ChangeKind.ENDED, row.group, None, talk.at)
        ledger.revise(row, valid_until=JULY)
    said = maja.says("ändringar Farsta styrgrupp")
    assert "Någon" in said
    assert "Sista dagen är 30 juni 2024. Därefter är platsen indragen." in said


def test_a_mandate_is_prolonged_with_a_button_and_a_last_day_or_none(
    talk: Talk, maja: Member
) -> None:
    maja.sends_button("seats.open", "end|FAR-STYR|FAR-STYR-04")
    maja.fills(last="2024-07-14")
    maja.fills(last="2024-07-14")
    maja.sends_button("seats.menu", "FAR-STYR")
    assert "Förläng uppdraget" in maja.presses("Förläng")
    assert maja.form().title == "Förläng uppdraget"
    maja.fills(last="2024-07-01")
    assert "last" in maja.errors()
    assert "Birgitta Olander Frisk" in maja.fills()
    for day in (date(2024, 7, 14), date(2024, 7, 15), date(2026, 1, 1)):
        assert sitting(talk, day)["FAR-STYR-04"] == "Birgitta Olander Frisk"
    too_late = maja.sends_button("seats.open", "renew|FAR-STYR|FAR-STYR-04")
    assert "fortsätter av sig självt" in too_late
    assert "Platsen finns inte längre" in maja.sends_button("seats.open", "renew|FAR-STYR|x")


def test_who_is_to_be_appointed_may_sit_in_no_group_yet(talk: Talk, maja: Member) -> None:
    asked = maja.says("utse Jonas Lindmark")
    assert "[Farsta lokala styrgrupp]" in asked
    maja.presses("Farsta lokala styrgrupp")
    person = next(each for each in maja.form().fields if each.name == "person")
    assert "Jonas Lindmark" in str(person)
