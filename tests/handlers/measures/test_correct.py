"""Correcting a report: a new row undoes the old and another says it anew, in one commit."""

from __future__ import annotations

import pytest

from models.measures.measure import MeasureStatus
from models.message import ChoiceField, NumberField, TextField
from tests.conversations.talk import JONAS, Member, Talk
from tests.handlers.conftest import met
from tests.handlers.measures.test_report import reports, stands


def test_a_correction_opens_with_what_was_said_and_keeps_both(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 försenad 40 % Personalen saknas")
    assert "Rätta FAR-011" in maja.presses("Rätta")
    status, percent, comment, *_ = maja.form().fields
    assert isinstance(status, ChoiceField)
    assert isinstance(percent, NumberField)
    assert isinstance(comment, TextField)
    assert (status.initial, percent.initial) == (("delayed",), 40)
    assert comment.initial == "Personalen saknas"

    told = maja.fills(status="ongoing", next_step="Nytt pass på fredag")
    assert "är uppdaterad" in told
    assert "Nästa steg: Nytt pass på fredag" in told
    wrong, undoing, right = reports(talk)
    assert undoing.undoes_id == wrong.id
    assert (right.status, right.comment) == (MeasureStatus.ONGOING, "Personalen saknas")
    assert stands(talk, "FAR-011").id == right.id


def test_what_was_undone_meanwhile_is_not_corrected(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 försenad Personal saknas")
    undo, correct, _ = maja.buttons()
    maja.sends_button(correct.action, correct.value)
    other = talk.member(maja.who.email)
    other.sends_button(undo.action, undo.value)
    maja.fills(status="ongoing")
    assert "har ångrats under tiden" in maja.errors()["status"]
    assert len(reports(talk)) == 2
    assert "har ångrats under tiden" in maja.sends_button(correct.action, correct.value)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_only_within_a_day_and_only_by_those_who_may_undo(talk: Talk, maja: Member) -> None:
    maja.says("rapportera FAR-011 försenad Personal saknas")
    correct = maja.buttons()[1]
    stranger = met(talk, JONAS)
    told = stranger.sends_button(correct.action, correct.value)
    assert "Bara den som rapporterade" in told
    talk.later(hours=25)
    assert "inom ett dygn" in maja.sends_button(correct.action, correct.value)
