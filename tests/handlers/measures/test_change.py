"""Making a measure, changing it, moving it, and taking it back; those concerned are told."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.database import Database
from models.delivery.outbox import Delivery
from models.measures.measure import Measure, MeasureChange, MeasureEvent
from models.people.organisations import Party, Person
from tests.conversations.talk import EVA, JONAS, KARIM, MAJA, Member, Talk, as_queued
from tests.handlers.conftest import met

TOMAS = "tomas.rydefalk@farsta.stockholm.example"
LIGHTS = {"title": "Bättre ljus på torget", "category": "environment"}
ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
"""For what no database can make a difference to."""


def told(database: Database, email: str) -> list[str]:
    """What was queued for somebody about measures, how it is announced."""
    with database.read() as session:
        query = select(Delivery.message).join(Person, Person.id == Delivery.person_id)
        rows = session.scalars(
            query.where(Person.email == email, Delivery.key.startswith("measure:")).order_by(
                Delivery.due_at, as_queued(session)
            )
        )
        return [str(row["summary"]) for row in rows]


def measure(database: Database, code: str) -> Measure | None:
    """A measure as it stands."""
    with database.read() as session:
        found = session.scalars(select(Measure).where(Measure.code == code)).first()
        if found is not None:
            assert found.group.code
            assert found.organisation.code
            assert found.owner is None or found.owner.name
        return found


def test_a_measure_is_made_said_more_of_and_taken_back(talk: Talk, maja: Member) -> None:
    maja.says("ny åtgärd Farsta")
    assert maja.form().title == "Ny åtgärd"
    maja.fills(title="", due_on="2024-06-01", owner="Nobody Here", cadence_days="400")
    assert set(maja.errors()) == {"title", "due_on", "owner", "cadence_days", "category"}
    assert maja.errors()["due_on"] == "Sista dagen ligger före den första."

    maja.fills(title="Belysning gångtunneln i Hökarängen", category="environment", owner=JONAS)
    assert "FAR-014 liknar den: Belysning gångtunneln Hökarängen" in maja.form().intro
    assert maja.form().submit == "Spara ändå"
    maja.fills(title=LIGHTS["title"], due_on="2024-11-30", owner=JONAS, joint=True, event="E1")
    said = maja.message().summary
    assert said == "Upplagd: FAR-015. Bättre ljus på torget"
    assert told(talk.database, JONAS)[0].startswith("Du ansvarar för FAR-015 Bättre ljus")
    made = measure(talk.database, "FAR-015")
    assert made is not None
    assert (made.party, made.organisation.code) == (Party.JOINT, "SDF-FAR")
    assert made.group.code == "FAR-BER"

    maja.presses("Mer")
    maja.fills(funding_kr="dyrt", promised="12", promise_unit="")
    assert set(maja.errors()) == {"funding_kr", "promise_unit"}
    more = maja.fills(
        funding_kr="1,2 mnkr", funding_source="Nämnden", promised="12", promise_unit="kvällar",
        horizon="long", contributors=("LPO-FARSTA", "TRAF"), goals=("FAR-M4",),
    )  # fmt: skip
    assert "Belopp: inget → 1 200 000 kr" in more.replace("\u00a0", " ")
    assert "Medverkande organisationer: inget → LPO Farsta och Trafikkontoret" in more
    assert "Trygghet" not in more
    assert "FAR-015" in maja.says("åtgärder Farsta"), "the names are read again"

    again = [maja.sends_button("measure.undo", "1", event="E2") for _ in range(2)]
    assert again[0] == again[1]
    assert "FAR-015 är borttagen" in again[0]
    assert told(talk.database, JONAS)[-1].startswith("FAR-015 är borttagen")
    assert measure(talk.database, "FAR-015") is None


def test_a_change_is_told_shown_to_the_second_and_undone(talk: Talk, maja: Member) -> None:
    eva = met(talk, EVA)
    eva.says("ändra FAR-014")
    maja.says("ändra FAR-014")
    assert maja.form().title == "Ändra FAR-014"
    said = maja.fills(owner=TOMAS, due_on="2024-09-30", event="E1")
    assert "Ansvarig: Karim Haddad → Tomas Rydefalk" in said
    assert "Klar senast: 7 juni 2024 → 30 september 2024" in said
    assert said == maja.fills(owner=TOMAS, due_on="2024-09-30", event="E1")
    assert "Besked går till Karim Haddad och Tomas Rydefalk." in said
    assert told(talk.database, KARIM)[0].startswith("Du ansvarar inte längre för FAR-014")
    assert told(talk.database, TOMAS)[0].startswith("Du ansvarar för FAR-014")

    eva.fills(title="Ljus i tunneln")
    form = eva.form()
    assert "**Maja Ekvall ändrade åtgärden" in form.intro
    initial = {each.name: getattr(each, "initial", None) for each in form.fields}
    assert str(initial["due_on"]) == "2024-09-30", "what she did not touch is as it is now"
    assert initial["title"] == "Ljus i tunneln"
    assert "Vad som ska göras: Belysning" in eva.fills()
    now = measure(talk.database, "FAR-014")
    assert now is not None
    assert now.owner is not None
    assert (now.title, now.owner.name) == ("Ljus i tunneln", "Tomas Rydefalk")

    assert "Ångrat: FAR-014" in maja.sends_button("measure.undo", "1", event="E2")
    assert "Ångrat: FAR-014" in maja.sends_button("measure.undo", "1")
    assert "kan inte ångras" in maja.sends_button("measure.undo", "3")
    now = measure(talk.database, "FAR-014")
    assert now is not None
    assert now.owner is not None
    assert (now.title, now.owner.name) == ("Ljus i tunneln", "Karim Haddad")
    assert now.party is Party.CITY


def test_a_moved_measure_keeps_its_id_and_its_new_group_is_told(talk: Talk, maja: Member) -> None:
    maja.says("flytta FAR-014")
    maja.fills(group="FAR-ARB")
    moved = measure(talk.database, "FAR-014")
    assert moved is not None
    assert moved.group.code == "FAR-ARB"
    with talk.database.read() as session:
        (row,) = session.scalars(select(MeasureChange))
        assert row.event is MeasureEvent.MOVED
        assert row.fields == {"group": ["FAR-BER", "FAR-ARB"]}
    assert any("har flyttats till" in line for line in told(talk.database, KARIM))
    maja.sends_button("measure.change", "FAR-014")
    maja.fills(group="SKN-BER")
    assert "group" in maja.errors(), "another district's group is not hers"


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_two_who_make_measures_at_once_get_an_id_each(talk: Talk, maja: Member) -> None:
    eva = met(talk, EVA)
    start = threading.Barrier(2)

    def make(member: Member, title: str) -> None:
        start.wait(5)
        member.fills(title=title, category="environment")

    wanted = ((maja, "Fler bänkar"), (eva, "Nya cykelställ"))
    for member, _ in wanted:
        member.says("ny åtgärd Farsta beredningsgrupp")
    threads = [threading.Thread(target=make, args=each) for each in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    said = sorted(member.message().summary[:16] for member, _ in wanted)
    assert said == ["Upplagd: FAR-015", "Upplagd: FAR-016"]


def test_of_what_was_said_or_is_old_nothing_is_undone(talk: Talk, maja: Member) -> None:
    maja.says("ny åtgärd Farsta beredningsgrupp")
    maja.fills(**LIGHTS)
    maja.says("rapportera FAR-015 pågår")
    assert "Rapportera den som avbruten" in maja.sends_button("measure.undo", "1")
    maja.says("ändra FAR-015")
    maja.fills(place="Torget")
    maja.says("ändra FAR-015")
    maja.fills(place="Norra torget")
    assert "har ändrats igen" in maja.sends_button("measure.undo", "2")
    assert "Inget i FAR-015 är ändrat." in _same(maja)
    talk.at += timedelta(days=2)
    assert "kan ångras inom ett dygn" in maja.sends_button("measure.undo", "3")
    assert "finns inte längre" in maja.sends_button("measure.undo", "99")


def _same(member: Member) -> str:
    member.says("ändra FAR-015")
    return member.fills()


def test_what_nobody_answers_for_is_taken_over_by_a_colleague_or_given(
    talk: Talk, maja: Member
) -> None:
    jonas = met(talk, JONAS)
    jonas.says("åtgärder utan ansvarig Farsta")
    jonas.presses("Vem tar över?")
    assert jonas.form().intro == "Du blir ansvarig."
    assert [each.name for each in jonas.form().fields] == ["measure"]
    maja.says("FAR-006")
    maja.presses("Vem tar över?")
    assert "Ansvarig: ingen → Jonas Lindmark" in jonas.fills()
    maja.fills(owner=TOMAS)
    assert maja.errors() == {"measure": "Jonas Lindmark är redan ansvarig för den."}
    jonas.sends_button("measure.owner", "FAR-006 FAR-001 nonsense")
    assert "inget här som du kan ta över" in jonas.message().summary
    assert "Ångrat" in jonas.sends_button("measure.undo", "1")
    maja.sends_button("measure.owner", "FAR-006")
    assert "Ansvarig: ingen → Tomas Rydefalk" in maja.fills(owner=TOMAS)


@ONE_STORE
def test_others_are_told_who_changes_measures(talk: Talk) -> None:
    karim = met(talk, KARIM)
    assert "Bara gruppens ordförande och sekreterare" in karim.says("ändra FAR-014")
    assert "Bara gruppens ordförande och sekreterare" in karim.says("ny åtgärd Farsta")
    assert "Säg vilken åtgärd" in karim.says("ändra")
    assert "Jag förstod inte" in met(talk, MAJA).says("ändra FAR-014 lite grann")
    assert "Det finns ingen åtgärd FAR-099" in met(talk, MAJA).says("ändra FAR-099")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_owner_is_taken_away_where_the_field_cannot_be_emptied(talk: Talk, maja: Member) -> None:
    maja.says("ändra FAR-003")
    assert "Ansvarig: Maja Ekvall → ingen" in maja.fills(nobody=True)
    assert "FAR-003" in maja.says("åtgärder utan ansvarig Farsta")
    maja.says("ändra FAR-003")
    assert "nobody" not in {field.name for field in maja.form().fields}


@ONE_STORE
def test_the_history_says_what_a_new_measure_said_at_first_also_when_it_has_changed(
    talk: Talk, maja: Member
) -> None:
    maja.says("ny åtgärd Farsta beredningsgrupp")
    maja.fills(**LIGHTS, due_on="2024-11-30", owner=JONAS)
    talk.later(minutes=5)
    maja.says("ändra FAR-015")
    maja.fills(due_on="2024-12-31", owner=KARIM)
    first = maja.says("historik FAR-015").split("lade till åtgärden")[1]
    assert "Ansvarig: Jonas Lindmark" in first
    assert "Klar senast: 30 november" in first
    assert "Slag: trygg och attraktiv stadsmiljö" in first
    assert "31 december" not in first
    assert "→" not in first
