"""The press: another process counts, and whatever happens to it is told in a word."""

from __future__ import annotations

import sys

import pytest

from bot.publishing.press import CannotCount, ChildPress, Crashed, TookTooLong
from models.statistics.grade import Grade
from models.surveys.facts import Cell, MemberFact, QuestionFact, WaveFacts
from models.surveys.limits import DEFAULTS
from models.surveys.published import CellKind, Shown
from models.surveys.survey import Scale, Sensitivity

QUESTION = QuestionFact(
    id=7, position=1, key="m_coop", version=1, scale=Scale.LIKERT, sensitivity=Sensitivity.INTERNAL
)
CELL = Cell(kind=CellKind.GROUP, code="FAR-STYR", name="Farsta")


def facts(agreeing: int, others: int, silent: int) -> WaveFacts:
    """A group in which so many agree, do not, and have not answered."""
    said = ["5"] * agreeing + ["1"] * others
    members = [MemberFact(cells=(0,), answered=True, values={1: value}) for value in said]
    quiet = [MemberFact(cells=(0,))] * silent
    return WaveFacts(
        questions=(QUESTION,), cells=(CELL,), members=(*members, *quiet),
        asked=agreeing + others + silent, answered=agreeing + others,
        limits=DEFAULTS,
    )  # fmt: skip


def test_a_child_process_counts_survey_after_survey() -> None:
    with ChildPress().open() as counting:
        first, second = counting(facts(4, 2, 5)), counting(facts(1, 2, 8))
    [figure] = [each for each in first.figures if each.figure == "share"]
    assert (figure.count_low, figure.count_high, figure.n, figure.asked) == (4, 6, 6, 11)
    assert (figure.bounds_low, figure.bounds_high, figure.grade) == (4, 11, Grade.D)
    assert {each.grade for each in second.figures} == {Grade.X}


def test_what_is_too_much_to_audit_is_told_by_its_numbers_alone() -> None:
    with ChildPress().open() as counting:
        tables = counting(facts(4, 2, 5).model_copy(update={"is_too_much": True}))
    assert tables.cut_short == (1,)
    assert {(each.n, each.asked, each.shown, each.grade) for each in tables.figures} == {
        (6, 11, Shown.HIDDEN, Grade.X2),
        (6, 11, Shown.HIDDEN, Grade.X),
    }


@pytest.mark.parametrize(
    "command",
    [(sys.executable, "-c", "raise SystemExit(3)"), ("/no/such/program",)],
    ids=["it fails", "it is not there"],
)
def test_a_press_that_does_not_work_says_so(command: tuple[str, ...]) -> None:
    with pytest.raises(CannotCount), ChildPress(command).open() as counting:
        counting(facts(1, 1, 1))


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("os._exit(3)", Crashed),
        ("os.kill(os.getpid(), signal.SIGSEGV)", Crashed),
        ("os.kill(os.getpid(), signal.SIGTERM)", CannotCount),
    ],
    ids=["by itself", "by a fault", "with the whole service"],
)
def test_only_what_ends_by_itself_while_it_counts_is_a_crash(
    end: str, kind: type[CannotCount]
) -> None:
    child = f"import os, signal; print('ready', flush=True); input(); {end}"
    press = ChildPress((sys.executable, "-c", child))
    with pytest.raises(CannotCount) as found, press.open() as counting:
        counting(facts(1, 1, 1))
    assert type(found.value) is kind


def test_a_press_that_takes_too_long_is_stopped() -> None:
    slow = (sys.executable, "-c", "import sys; sys.stdin.read()")
    with pytest.raises(TookTooLong), ChildPress(slow, seconds=0.2).open() as counting:
        counting(facts(1, 1, 1))
