"""What may be told of a share: the two examples that the method was made for, and its promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.statistics.bands import Coarseness
from models.statistics.grade import Grade
from models.statistics.ranges import Persons
from models.statistics.response_rate import Basis
from models.statistics.share_fact import Asked, share_fact
from models.surveys.survey import Sensitivity


def test_four_of_six_in_a_group_of_eleven_is_a_range_and_no_figure() -> None:
    fact = share_fact(4, 6, Asked(11, Sensitivity.INTERNAL))
    assert fact.told == Persons(4, 6, 6)
    assert fact.bounds == fact.persons == Persons(4, 11, 11)
    assert fact.grading.grade is Grade.D
    assert fact.share is None


def test_an_open_fact_of_the_same_group_is_told_exactly() -> None:
    fact = share_fact(4, 6, Asked(11, Sensitivity.OPEN))
    assert (fact.told, fact.bounds, fact.persons) == (
        Persons(4, 4, 6),
        Persons(4, 9, 11),
        Persons(4, 9, 11),
    )


def test_99_of_180_among_300_is_fairly_reliable_since_three_of_five_answered() -> None:
    fact = share_fact(99, 180, Asked(300, Sensitivity.INTERNAL))
    assert fact.persons == Persons(151, 179, 300)
    assert fact.bounds == Persons(99, 219, 300)
    assert (fact.grading.by_width, fact.grading.grade) == (Grade.A, Grade.B)
    assert fact.share == pytest.approx(0.55)


def test_everybody_who_answered_leaves_no_uncertainty() -> None:
    fact = share_fact(5, 12, Asked(12, Sensitivity.INTERNAL))
    assert fact.persons == fact.bounds == Persons(5, 5, 12)
    assert fact.grading.grade is Grade.A


@pytest.mark.parametrize(
    ("answered", "coarseness", "reason"),
    [(4, Coarseness.EXACT, Grade.X), (9, Coarseness.HIDDEN, Grade.X2)],
)
def test_what_is_hidden_has_its_reason_and_nothing_else(
    answered: int, coarseness: Coarseness, reason: Grade
) -> None:
    fact = share_fact(3, answered, Asked(12, Sensitivity.INTERNAL), coarseness)
    assert fact.grading.grade is reason
    assert (fact.told, fact.bounds, fact.interval, fact.persons) == (None, None, None, None)


def test_a_panel_of_volunteers_has_no_margin_and_is_never_better_than_cautious() -> None:
    fact = share_fact(500, 1000, Asked(1000, Sensitivity.INTERNAL, Basis.OPT_IN))
    assert (fact.grading.grade, fact.interval, fact.bounds) == (Grade.C, None, None)
    assert fact.grading.only_those_who_answered


@given(st.integers(1, 40), st.data())
def test_the_bounds_hold_the_interval_and_both_hold_what_was_answered(
    eligible: int, data: st.DataObject
) -> None:
    answered = data.draw(st.integers(1, eligible))
    yes = data.draw(st.integers(0, answered))
    fact = share_fact(yes, answered, Asked(eligible, Sensitivity.OPEN))
    assert fact.bounds is not None
    assert fact.persons is not None
    assert fact.bounds.hull(fact.persons) == fact.bounds
    assert fact.persons.least <= yes / answered * eligible <= fact.persons.most
