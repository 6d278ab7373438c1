"""A closed survey's facts become audited tables, with means and changes where they may be told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.publishing.counting import count
from models.statistics.grade import Grade
from models.surveys.facts import (
    Cell,
    FigureFact,
    MemberFact,
    PreviousFact,
    QuestionFact,
    WaveFacts,
)
from models.surveys.limits import DEFAULTS, Limits
from models.surveys.published import CellKind, Method, Shown
from models.surveys.survey import Scale, Sensitivity

CELL = Cell(kind=CellKind.GROUP, code="HAL-BER", name="Panelen")


def question(scale: Scale, options: int = 0) -> QuestionFact:
    return QuestionFact(
        id=1, position=1, key="q", version=1, scale=scale, sensitivity=Sensitivity.INTERNAL,
        options=options,
    )  # fmt: skip


def counted(
    scale: Scale, counts: dict[str, int], asked: int, options: int = 0, limits: Limits = DEFAULTS
) -> WaveFacts:
    """Answers that were collected elsewhere."""
    return WaveFacts(
        questions=(question(scale, options),), cells=(CELL,), counts={1: counts},
        asked=asked, answered=sum(counts.values()), limits=limits,
    )  # fmt: skip


def given(
    scale: Scale, pairs: Sequence[tuple[str | None, str]], silent: int = 0
) -> tuple[MemberFact, ...]:
    """Members with what they answered last time and now, and some who did not answer."""
    answered = [
        MemberFact(
            cells=(0,), answered=True, values={1: now}, before={1: then} if then else None,
        )
        for then, now in pairs
    ]  # fmt: skip
    return (*answered, *[MemberFact(cells=(0,))] * silent)


def named(facts: WaveFacts) -> dict[str, FigureFact]:
    return {figure.figure: figure for figure in count(facts).figures}


def previous(count: int, n: int, asked: int) -> PreviousFact:
    return PreviousFact(
        id=7, cell=0, key="q", version=1, figure="share", n=n, asked=asked,
        count_low=count, count_high=count, value=None,
    )  # fmt: skip


def test_a_panel_of_180_of_300_is_told_as_the_page_says() -> None:
    facts = counted(Scale.YES_NO, {"yes": 99, "no": 81}, 300)
    share = named(facts.model_copy(update={"previous": (previous(84, 172, 300),)}))["share"]
    assert (share.count_low, share.count_high, share.value) == (99, 99, 0.55)
    assert (share.interval_low, share.interval_high) == (151, 179)
    assert (share.bounds_low, share.bounds_high) == (99, 219)
    assert (share.grade, share.method) == (Grade.B, Method.HYPERGEOMETRIC)
    assert share.change is not None
    assert not share.change["clear"]
    assert [round(share.change[name], 2) for name in ("difference", "low", "high")] == [
        0.06, -0.01, 0.13,
    ]  # fmt: skip
    assert round(share.change["least"], 2) == 0.07


def test_a_mean_has_one_decimal_and_stands_beside_the_share() -> None:
    found = named(counted(Scale.LIKERT, {"1": 4, "2": 5, "3": 8, "4": 9, "5": 4}, 40))
    assert (found["mean"].value, found["mean"].method) == (3.1, Method.FLOORED_T)
    assert found["share"].count_low == 13


def test_of_a_few_no_mean_is_told() -> None:
    found = named(counted(Scale.LIKERT, {"2": 3, "4": 4}, 9))
    assert (found["mean"].shown, found["mean"].grade) == (Shown.HIDDEN, Grade.X)


def test_numbers_are_told_as_a_mean_of_everybody() -> None:
    facts = counted(Scale.NUMBER, {"4": 6, "5": 6, "6": 6}, 20)
    assert named(facts)["mean"].value == 5.0
    alike = counted(Scale.NUMBER, {"4": 18}, 20)
    assert named(alike)["mean"].grade is Grade.X2


def test_a_number_that_one_more_has_given_since_is_not_told() -> None:
    members = [
        MemberFact(
            cells=(0,), answered=True, values={1: str(at % 7)}, earlier={3: (0,)} if at else {}
        )
        for at in range(12)
    ]
    facts = WaveFacts(
        questions=(question(Scale.NUMBER),), cells=(CELL,), members=tuple(members),
        asked=12, answered=12, limits=DEFAULTS,
    )  # fmt: skip
    assert named(facts)["mean"].grade is Grade.X2


def test_a_choice_is_told_from_twenty_answers() -> None:
    few = named(counted(Scale.CHOICE, {"1": 9, "2": 10}, 30, options=2))
    assert {figure.grade for figure in few.values()} == {Grade.X}
    many = named(counted(Scale.CHOICE, {"1": 9, "2": 12}, 30, options=2))
    assert [many[f"option:{at}"].count_low for at in (1, 2)] == [9, 12]


def test_what_a_survey_promised_holds_for_shares_means_and_choices() -> None:
    raised = Limits(25, 30, 4)
    four = {"yes": 4, "no": 26}
    assert named(counted(Scale.YES_NO, four, 40))["share"].count_high == 4
    told = named(counted(Scale.YES_NO, four, 40, limits=raised))["share"]
    assert (told.count_low, told.count_high, told.shown) == (0, 4, Shown.AT_MOST)
    for scale, counts in (
        (Scale.YES_NO, {"yes": 12, "no": 12}),
        (Scale.LIKERT, {"1": 8, "3": 8, "5": 8}),
        (Scale.NUMBER, {"1": 8, "3": 8, "5": 8}),
        (Scale.CHOICE, {"1": 12, "2": 12}),
    ):
        few = named(counted(scale, counts, 40, options=2, limits=raised))
        assert {figure.grade for figure in few.values()} == {Grade.X}
        assert Grade.X not in {
            figure.grade for figure in named(counted(scale, counts, 40, options=2)).values()
        }


def test_a_change_of_the_same_members_is_clear_when_many_move_one_way() -> None:
    moved = [("no", "yes")] * 9 + [("no", "no")] * 4 + [("yes", "yes")] * 4
    facts = WaveFacts(
        questions=(question(Scale.YES_NO),), cells=(CELL,),
        members=given(Scale.YES_NO, moved), asked=17, answered=17,
        limits=DEFAULTS, previous=(previous(4, 17, 17),),
    )  # fmt: skip
    change = named(facts)["share"].change
    assert change is not None
    assert (change["method"], change["clear"], change["more_yes"]) == ("paired", True, 9)


def test_who_moved_is_not_told_while_a_change_is_not_clear() -> None:
    moved = [("no", "yes")] * 2 + [("no", "no")] * 5 + [("yes", "yes")] * 5
    facts = WaveFacts(
        questions=(question(Scale.YES_NO),), cells=(CELL,),
        members=given(Scale.YES_NO, moved, silent=4), asked=16, answered=12,
        limits=DEFAULTS, previous=(previous(5, 12, 16),),
    )  # fmt: skip
    change = named(facts)["share"].change
    assert change is not None
    assert (change["clear"], change["low"], change["high"]) == (False, None, None)
