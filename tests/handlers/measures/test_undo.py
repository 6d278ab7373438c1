"""Undoing a report: within a day, once, and only by those who may."""

from __future__ import annotations

import pytest

from models.measures.measure import MeasureStatus
from tests.conversations.talk import JONAS, KARIM, MAJA, Member, Talk
from tests.handlers.conftest import met
from tests.handlers.measures.test_report import reports, stands


@pytest.fixture
def karim(talk: Talk) -> Member:
    """Owner of FAR-014, which is done; he has just said that it goes on."""
    karim = met(talk, KARIM)
    karim.says("rapportera FAR-014 pågår")
    karim.fills()
    return karim


def undo(member: Member, other: Member) -> str:
    """The other's undo button, pressed by the member."""
    value = next(button.value for button in other.buttons() if button.action == "report.undo")
    return member.sends_button("report.undo", value)


def test_an_undone_report_stays_but_does_not_count(talk: Talk, karim: Member) -> None:
    told = karim.presses("Ångra")
    assert "Rapporten om FAR-014 är ångrad" in told
    assert "✓ Klar" in told
    first, second = reports(talk, "FAR-014")
    assert second.undoes_id == first.id
    assert stands(talk, "FAR-014").status is MeasureStatus.DONE


def test_undoing_twice_is_undoing_once(talk: Talk, karim: Member) -> None:
    button = karim.buttons()[0]
    told = [karim.sends_button(button.action, button.value) for _ in range(2)]
    assert told[0] == told[1]
    assert len(reports(talk, "FAR-014")) == 2


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("hours", "told"), [(23.9, "är ångrad"), (24.1, "kan ångras inom ett dygn")]
)
def test_a_report_can_be_undone_within_a_day(
    talk: Talk, karim: Member, hours: float, told: str
) -> None:
    talk.later(hours=hours)
    assert told in karim.presses("Ångra")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("email", "told"), [(MAJA, "är ångrad"), (JONAS, "Bara den som rapporterade")]
)
def test_of_others_only_the_secretary_may_undo(
    talk: Talk, karim: Member, email: str, told: str
) -> None:
    assert told in undo(met(talk, email), karim)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_undo_is_not_undone(talk: Talk, karim: Member) -> None:
    karim.presses("Ångra")
    undone = reports(talk, "FAR-014")[-1]
    assert "går inte att ångra en ångring" in karim.sends_button("report.undo", str(undone.id))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("value", ["999999", "", "x; drop table"])
def test_an_undo_of_nothing_changes_nothing(karim: Member, value: str) -> None:
    assert "finns inte längre" in karim.sends_button("report.undo", value)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_after_the_undo_the_report_is_written_anew_in_the_form(karim: Member) -> None:
    karim.presses("Ångra")
    assert "Rapportera FAR-014" in karim.presses("Rapportera igen")
    assert "Öppna igen?" in karim.fills(status="delayed", obstacle="Kabeln saknas")
    assert "är uppdaterad" in karim.fills()
