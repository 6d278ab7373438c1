"""A late wave with five questions ends: what is too much to audit is hidden, and it says so."""

from __future__ import annotations

import pytest

from bot.publishing.counting import count
from models.statistics.grade import Grade
from models.surveys.published import Shown
from tests.late_wave import CITY, MEMBERS, POSITIONS, late_wave

DISTRICTS = 3
LITTLE = 200_000


@pytest.mark.parametrize("work", [LITTLE, 5 * LITTLE])
def test_however_little_work_there_is_a_late_wave_ends_and_says_why_a_total_is_hidden(
    work: int,
) -> None:
    tables = count(late_wave(DISTRICTS), work)
    totals = [each for each in tables.figures if (each.cell, each.figure) == (CITY, "share")]
    assert [each.question for each in totals] == list(POSITIONS)
    assert {each.n for each in totals} == {DISTRICTS * MEMBERS}
    hidden = [each for each in totals if each.shown is Shown.HIDDEN]
    assert {each.grade for each in hidden} <= {Grade.X2}
    assert len(hidden) < len(totals) or tables.cut_short


def test_the_same_late_wave_has_the_same_tables_though_its_work_is_limited() -> None:
    assert count(late_wave(DISTRICTS), LITTLE) == count(late_wave(DISTRICTS), LITTLE)


def test_without_work_nothing_is_told_and_every_question_is_named() -> None:
    tables = count(late_wave(DISTRICTS), 0)
    assert {each.shown for each in tables.figures} == {Shown.HIDDEN}
    assert tables.cut_short == tuple(POSITIONS)
