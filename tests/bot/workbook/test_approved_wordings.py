"""A file cannot change an approved wording unseen: both parties are asked, those concerned told."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.console import as_text
from bot.demo import seed
from bot.workbook import importing
from bot.workbook.faults import cautioned
from bot.workbook.importing import Outcome
from handlers.chain.things import find_approved, wording
from handlers.texts import language
from models.chain.approvals import (
    Approvable,
    ApprovalState,
    Subject,
    approve,
    history,
    state,
    submit,
)
from models.chain.links import Goal
from models.chain.removal import take_away
from models.database import Database
from models.delivery.outbox import Delivery
from models.measures.following import follow
from models.measures.measure import Measure
from models.message import Message
from models.people.organisations import Party, Person

AT = seed.STARTS_AT
ABDI, LARS = "abdi.nuur@jarva.stockholm.example", "lars-erik.boforsson@jarva.stockholm.example"
KATARINA, MAJA = "katarina.wennerbeck@polisen.example", "maja.ekvall@farsta.stockholm.example"
GOAL = Subject(Approvable.GOAL, "JAR-M1")

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def heard(database: Database) -> dict[str, str]:
    """What each member was sent, by e-mail."""
    with database.read() as session:
        rows = session.execute(
            select(Person.email, Delivery.message).join(Delivery, Delivery.person_id == Person.id)
        ).all()
    return {email: as_text(Message.model_validate(message)) for email, message in rows}


def goals(folder: Path, line: str) -> Path:
    """A file with one goal."""
    folder.mkdir()
    headings = "code,title,direction,baseline,target,unit,due_on,indicator"
    (folder / "goals.csv").write_text(f"{headings}\n{line}\n", encoding="utf-8")
    return folder


def cautions(outcome: Outcome) -> list[str]:
    """What the operator is told beside the numbers."""
    return [cautioned(each, language("sv")) for each in outcome.cautions]


def test_an_approved_goal_that_a_file_words_anew_waits_for_both_parties(
    stockholm: Database, tmp_path: Path
) -> None:
    line = "JAR-M1,Första kontakt inom två dygn,JAR-I1,55,100,procent av ärendena,2024-12-20,Tid"
    draft = importing.read([goals(tmp_path / "new", line)])
    (warned,) = cautions(importing.compare(draft, stockholm, AT))
    assert "kolumn title: JAR-M1 är inlämnad för godkännande" in warned
    assert cautions(importing.bring_in(draft, stockholm, AT)) == [warned]
    with stockholm.read() as session:
        thing = find_approved(session, GOAL)
        assert thing is not None
        versions = history(session, GOAL)
        assert [(each.number, each.by) for each in versions[1:]] == [(2, None)]
        assert state(versions, wording(thing)) is ApprovalState.WAITING
    told = heard(stockholm)
    for chair in (LARS, KATARINA):
        assert "En import har ändrat lydelsen, så ditt godkännande behövs." in told[chair]
        assert "[Godkänn]" in told[chair]
    assert "En import har ändrat lydelsen. Båda parter får frågan" in told[ABDI]
    assert importing.bring_in(draft, stockholm, AT).cautions == ()
    assert heard(stockholm) == told


def test_the_owner_and_the_followers_of_an_approved_measure_hear_of_its_new_wording(
    stockholm: Database, tmp_path: Path
) -> None:
    with stockholm.write() as session:
        people = {person.email: person for person in session.scalars(select(Person))}
        measure = session.scalars(select(Measure).where(Measure.code == "JAR-001")).one()
        owner, title = measure.owner.email if measure.owner else "", measure.title
        version = submit(
            session, Subject(Approvable.MEASURE, "JAR-001"), wording(measure), people[ABDI], AT
        )
        for party, chair in ((Party.CITY, LARS), (Party.POLICE, KATARINA)):
            approve(session, version, party, people[chair], AT)
        follow(session, measure, people[MAJA], AT)
    sheet = (seed.FOLDER / "measures.csv").read_text(encoding="utf-8")
    heading, line = (row for row in sheet.splitlines() if row.startswith(("code,", "JAR-001,")))
    file = tmp_path / "measures.csv"
    file.write_text(f"{heading}\n{line.replace(title, 'Något annat')}\n", encoding="utf-8")
    assert importing.bring_in(importing.read([file]), stockholm, AT).counts.changed == 1
    told = heard(stockholm)
    assert {owner, MAJA, LARS, KATARINA} <= set(told)
    assert "Något annat" in told[MAJA]
    assert "[Godkänn]" not in told[MAJA]


def test_a_file_that_brings_back_what_was_taken_away_says_so(
    stockholm: Database, tmp_path: Path
) -> None:
    with stockholm.write() as session:
        goal = session.scalars(select(Goal).where(Goal.code == "FAR-M7")).one()
        goal.measures.clear()
        session.flush()
        take_away(session, goal, "goal", None, AT)
    line = "FAR-M7,Färre elever med hög frånvaro,FAR-I5,9.5,6,procent,2025-06-13,Frånvaro"
    draft = importing.read([goals(tmp_path / "old", line)])
    (warned,) = cautions(importing.bring_in(draft, stockholm, AT))
    assert "FAR-M7 togs bort här, och filen lägger tillbaka det." in warned
