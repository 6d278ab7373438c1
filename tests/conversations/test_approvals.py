"""Both parties' approval: submitted, approved by one, by both, changed, refused, reminded."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.console import as_text
from bot.timetable import begin, tick
from models.chain.approvals import Approvable, Subject, history, in_force
from models.chain.links import Goal
from models.database import Database
from models.delivery.outbox import Delivery
from models.groups import Seat
from models.message import Message
from models.people.organisations import Person
from tests.conversations.talk import EVA, KARIM, MAJA, STINA, Member, Talk, as_queued
from tests.stores import BOTH_STORES

PETRA = "petra.akerblom@polisen.example"
CORNELIA = "cornelia.skarpas@polisen.example"
FIRST = 4
"""The id of the first version that a story submits, after the demo's three."""

GOAL = Subject(Approvable.GOAL, "FAR-M1")


@pytest.fixture
def talk(stockholm: Database) -> Talk:
    """Stockholm's cooperation."""
    return Talk(stockholm)


def met(talk: Talk, email: str) -> Member:
    """A member who has met the bot before."""
    member = talk.member(email)
    member.says("hjälp")
    return member


def told(talk: Talk, email: str) -> list[str]:
    """All direct messages to a member, as texts."""
    with talk.database.read() as session:
        person = session.scalars(select(Person).where(Person.email == email)).one()
        rows = session.scalars(
            select(Delivery)
            .where(Delivery.person_id == person.id)
            .order_by(Delivery.due_at, as_queued(session))
        )
        return [as_text(Message.model_validate(row.message)) for row in rows]


def submits(maja: Member, code: str = "FAR-M1") -> str:
    """The secretary opens a goal and submits it."""
    maja.says(f"mål {code}")
    return maja.presses("Lämna in för godkännande")


def opens(chair: Member, called: str = "Mål FAR-M1") -> str:
    """Opens what waits in the chair's home."""
    chair.opens_home()
    return chair.presses(f"Läs: {called}")


def rewrites(talk: Talk, title: str, code: str = "FAR-M1") -> None:
    """The goal reads otherwise, as after an import."""
    with talk.database.write() as session:
        session.scalars(select(Goal).where(Goal.code == code)).one().title = title


def at_once(*turns: Callable[[], str]) -> list[str]:
    """Starts them all together; returns what each was told."""
    with ThreadPoolExecutor(len(turns)) as pool:
        return [turn.result(30) for turn in [pool.submit(turn) for turn in turns]]


@BOTH_STORES
def test_a_goal_holds_when_both_chairs_have_approved_it(talk: Talk) -> None:
    maja, stina, petra = met(talk, MAJA), met(talk, STINA), met(talk, PETRA)
    assert "utkast" in maja.says("mål FAR-M1")
    receipt = submits(maja)
    assert "väntar på staden och polisen" in receipt
    assert "Skickat till Stina Hallgren, Chef LPO Farsta." in receipt
    [question] = told(talk, PETRA)
    assert "Maja Ekvall ber om ditt godkännande." in question
    assert "24 → 16 anmälda rån per år" in question
    assert "[Godkänn]  [Föreslå ändring]" in question

    assert "1 lydelse väntar på ditt godkännande" in stina.says("min roll")
    assert "[Godkänn]" in opens(stina)
    halfway = "Mål FAR-M1 är godkänt av staden. Väntar på polisen."
    assert halfway in stina.presses("Godkänn", event="E1")
    assert halfway in stina.sends_button("approval.approve", f"{FIRST}|city", event="E1")
    assert "Du har redan godkänt." in stina.sends_button("approval.approve", f"{FIRST}|city")
    assert halfway in "".join(told(talk, MAJA))
    assert halfway in "".join(told(talk, PETRA))

    opens(petra)
    assert "båda parter har godkänt" in petra.presses("Godkänn")
    assert "båda parter har godkänt" in "".join(told(talk, MAJA))
    assert "godkänt av båda parter" in maja.says("varför FAR-009")
    maja.says("mål FAR-M1")
    past = maja.presses("Historik")
    assert "godkänt av staden: Stina Hallgren, mån 10 juni" in past
    assert "godkänt av polisen: Chef LPO Farsta" in past
    assert "Inget väntar på godkännande." in petra.says("att godkänna Farsta")


def test_nobody_approves_for_the_other_party_and_the_coordinator_for_none(talk: Talk) -> None:
    submits(met(talk, MAJA))
    stina, eva, cornelia = met(talk, STINA), met(talk, EVA), met(talk, CORNELIA)
    only = "Bara ordföranden för polisen i styrgruppen kan svara på detta"
    assert only in stina.sends_button("approval.approve", f"{FIRST}|police")
    assert only in eva.sends_button("approval.approve", f"{FIRST}|police")
    assert only in cornelia.sends_button("approval.propose", f"{FIRST}|police")
    assert "[Godkänn]" not in eva.says("mål FAR-M1")
    assert "Knappen är för gammal" in eva.sends_button("approval.approve", "999|police")
    assert "Bara ordförande och sekreterare" in met(talk, KARIM).sends_button(
        "approval.submit", "goal:FAR-M2"
    )


def test_a_proposed_change_leads_to_a_new_version_while_the_old_one_holds(talk: Talk) -> None:
    maja, stina, petra = met(talk, MAJA), met(talk, STINA), met(talk, PETRA)
    submits(maja)
    for chair in (stina, petra):
        opens(chair)
        chair.presses("Godkänn")
    rewrites(talk, "Halverade personrån i Farsta centrum")
    changed = maja.says("mål FAR-M1")
    assert "ändrad lydelse, inte inlämnad" in changed
    assert "Så lyder det nu" in changed
    maja.presses("Lämna in för godkännande")

    assert "Gällande lydelse" in opens(petra)
    assert "Ny lydelse" in opens(petra)
    petra.presses("Föreslå ändring")
    petra.fills(text=" ")
    assert petra.errors() == {"text": "Skriv vad som bör ändras."}
    assert "Ditt förslag är skickat." in petra.fills(text="En fjärdedel är rimligare.")
    assert "En fjärdedel är rimligare." in "".join(told(talk, MAJA))
    assert "föreslår en ändring av Mål FAR-M1" in "".join(told(talk, MAJA))

    rewrites(talk, "En fjärdedel färre personrån i Farsta centrum")
    submits(maja)
    old = petra.sends_button("approval.approve", f"{FIRST + 1}|police")
    assert "Det finns en nyare lydelse." in old
    with talk.database.read() as session:
        versions = history(session, GOAL)
        held = in_force(versions)
        assert [version.number for version in versions] == [1, 2, 3]
        assert held is not None
        assert held.wording.startswith("Färre personrån")


@BOTH_STORES
def test_both_at_once_and_twice_at_once_make_one_approval_of_each(talk: Talk) -> None:
    submits(met(talk, MAJA))
    stina, petra, again = met(talk, STINA), met(talk, PETRA), talk.member(PETRA)
    at_once(
        lambda: stina.sends_button("approval.approve", f"{FIRST}|city"),
        lambda: petra.sends_button("approval.approve", f"{FIRST}|police"),
        lambda: again.sends_button("approval.approve", f"{FIRST}|police"),
    )
    with talk.database.read() as session:
        [version] = history(session, GOAL)
        assert sorted(each.party.value for each in version.approvals) == ["city", "police"]


@BOTH_STORES
def test_two_who_submit_at_once_make_one_version(talk: Talk) -> None:
    maja, eva = met(talk, MAJA), met(talk, EVA)
    at_once(
        lambda: maja.sends_button("approval.submit", "goal:FAR-M1"),
        lambda: eva.sends_button("approval.submit", "goal:FAR-M1"),
    )
    with talk.database.read() as session:
        assert len(history(session, GOAL)) == 1
    assert len(told(talk, PETRA)) == 1


def morning(talk: Talk, day: int) -> None:
    """Eight o'clock on a day in June, and all that is due then."""
    talk.at = datetime(2024, 6, day, 6, 0, tzinfo=UTC)
    tick(talk.database, talk.at)


def test_chairs_are_reminded_once_and_the_weekly_digest_says_since_when(talk: Talk) -> None:
    begin(talk.database, talk.at)
    maja, stina = met(talk, MAJA), met(talk, STINA)
    submits(maja)
    opens(stina)
    stina.presses("Godkänn")
    morning(talk, 14)
    waited = "Begäran har väntat på svar sedan 10 juni."
    assert waited not in "".join(told(talk, PETRA))
    for day in (17, 24):
        morning(talk, day)
    assert "".join(told(talk, PETRA)).count(waited) == 1
    assert waited not in "".join(told(talk, STINA))
    week = maja.says("veckan Farsta")
    assert "Mål FAR-M1 (polisen, sedan 10 juni)" in week


def test_who_acts_for_the_chair_may_approve_and_a_former_chair_may_not(talk: Talk) -> None:
    submits(met(talk, MAJA))
    petra, cornelia = met(talk, PETRA), met(talk, CORNELIA)
    with talk.database.write() as session:
        seat = session.scalars(select(Seat).where(Seat.code == "FAR-STYR-02")).one()
        seat.person_id = None
    opened = opens(cornelia)
    assert "[Godkänn]" in opened
    refused = petra.sends_button("approval.approve", f"{FIRST}|police")
    assert "Bara ordföranden för polisen i styrgruppen kan svara på detta" in refused
    assert "godkänt av polisen" in cornelia.presses("Godkänn")


def test_without_a_chair_nobody_approves_and_it_is_said(talk: Talk) -> None:
    with talk.database.write() as session:
        for code in ("FAR-STYR-02", "FAR-STYR-07"):
            seat = session.scalars(select(Seat).where(Seat.code == code)).one()
            seat.person_id = None
    receipt = submits(met(talk, MAJA))
    assert "I styrgruppen saknas ordförande för polisen" in receipt
    eva = met(talk, EVA)
    assert "saknas ordförande" in eva.sends_button("approval.approve", f"{FIRST}|police")
    assert "[Godkänn]" not in eva.says("mål FAR-M1")


def test_a_chair_who_submits_has_said_yes_with_it(talk: Talk) -> None:
    receipt = submits(met(talk, STINA))
    assert "Ditt eget ja är räknat." in receipt
    assert "Mål FAR-M1 är godkänt av staden. Väntar på polisen." in receipt
