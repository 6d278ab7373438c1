"""A change is called one only when chance is no fair explanation."""

import pytest

from models.statistics.change import Change, Method, flagged, share_change
from models.statistics.change_exact import same_share_p
from models.statistics.change_independent import Wave, mover, welch
from models.statistics.change_paired import Moves, bonett_price, mcnemar_midp, paired_means
from models.statistics.likert import FIVE
from models.statistics.ranges import Interval


@pytest.mark.parametrize(("moved", "told"), [(3, False), (4, False), (5, True), (6, True)])
@pytest.mark.parametrize("n", [8, 11, 20, 40])
def test_five_must_move_the_same_way_and_none_back(moved: int, told: bool, n: int) -> None:
    moves = Moves(0, moved, 1, n - moved - 1)
    assert (mcnemar_midp(moves) < 0.05) is told
    assert (bonett_price(moves).low > 0) is told


def test_the_panel_of_the_example_cannot_be_told_from_chance() -> None:
    change = share_change(Wave(84, 172, 300), Wave(99, 180, 300))
    assert change.method is Method.INDEPENDENT
    assert (round(change.difference, 2), round(change.least, 2)) == (0.06, 0.07)
    assert (round(change.interval.low, 2), round(change.interval.high, 2)) == (-0.01, 0.13)
    assert not change.excludes_none


def test_the_same_persons_are_compared_when_most_answered_twice() -> None:
    moves = Moves(0, 6, 3, 1)
    paired = share_change(Wave(3, 11, 12), Wave(9, 11, 12), moves)
    assert (paired.method, paired.difference) == (Method.PAIRED, 0.6)
    few = share_change(Wave(3, 11, 12), Wave(9, 11, 12), Moves(0, 4, 2, 1))
    assert few.method is Method.INDEPENDENT


def test_everybody_both_times_gives_the_plain_number_of_persons() -> None:
    whole = share_change(Wave(3, 11, 11), Wave(5, 11, 11), Moves(0, 2, 3, 6))
    assert (whole.more_yes, whole.excludes_none) == (2, False)


def test_two_waves_that_all_but_one_answered_are_not_different_by_one_person() -> None:
    first, second = Wave(3, 7, 8), Wave(4, 7, 8)
    assert mover(first, second).low > 0
    assert same_share_p(first, second) > 0.4
    assert not share_change(first, second).excludes_none


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Wave(2, 9, 12), Wave(9, 9, 12)),
        (Wave(1000, 2500, 5000), Wave(1300, 2500, 5000)),
        (Wave(40, 100), Wave(70, 100)),
    ],
)
def test_a_great_difference_is_told_whatever_is_known_of_the_groups(
    first: Wave, second: Wave
) -> None:
    change = share_change(first, second)
    assert change.excludes_none
    assert change.p < 0.01


def test_no_difference_is_no_change() -> None:
    assert share_change(Wave(40, 100), Wave(40, 100)).p == 1
    assert share_change(Wave(4, 9, 12), Wave(4, 9, 12)).p == 1


def test_one_flag_among_many_comparisons_must_be_stronger_than_one_alone() -> None:
    alone = Change(Method.INDEPENDENT, 0.3, Interval(0.01, 0.6), 0.04, 0.3)
    quiet = Change(Method.INDEPENDENT, 0.0, Interval(-0.3, 0.3), 1.0, 0.3)
    assert flagged([alone])[0].is_clear
    assert not flagged([alone, *[quiet] * 19])[0].is_clear


def test_means_of_one_mind_do_not_look_certain() -> None:
    same = paired_means([4, 4, 4, 4, 4], [5, 5, 5, 5, 4], FIVE)
    assert same.interval.width > 0.5
    others = welch([4, 4, 4, 4], [4, 4, 4, 4], FIVE)
    assert others.interval.holds(0)
    assert others.interval.width > 0.5


def test_a_change_of_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="two"):
        paired_means([1], [2])
    with pytest.raises(ValueError, match="two"):
        welch([1], [2, 3])
