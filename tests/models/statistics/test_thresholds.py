"""Limits, grades, response rates, counts and numbers of answers."""

from __future__ import annotations

import pytest

from models.statistics.counts import count_change, count_fact, garwood
from models.statistics.grade import Grade, grading
from models.statistics.response_rate import Basis, Dispositions, Response, response_rate
from models.statistics.sample_size import (
    answers_needed,
    detectable_change,
    planned_change,
    share_error,
)
from models.statistics.thresholds import DEFAULT, LeastAnswers, Thresholds, Widths
from models.surveys.survey import Sensitivity


@pytest.mark.parametrize(
    "wrong",
    [
        {"least_answers": LeastAnswers(open=0)},
        {"extreme": -1},
        {"level": 1.0},
        {"share_widths": Widths(0.3, 0.2, 0.1)},
    ],
)
def test_a_table_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"needed|level|wide"):
        Thresholds(**wrong)  # type: ignore[arg-type]


def test_a_city_may_ask_for_more_answers() -> None:
    stricter = Thresholds(least_answers=LeastAnswers(internal=8))
    assert not stricter.enough(7, Sensitivity.INTERNAL)
    assert DEFAULT.enough(7, Sensitivity.INTERNAL)


@pytest.mark.parametrize(
    ("width", "answered", "basis", "grade", "only"),
    [
        (0.10, 80, Basis.MEMBER_LIST, Grade.A, False),
        (0.10, 79, Basis.MEMBER_LIST, Grade.B, False),
        (0.10, 59, Basis.MEMBER_LIST, Grade.C, False),
        (0.10, 49, Basis.MEMBER_LIST, Grade.C, True),
        (0.21, 100, Basis.MEMBER_LIST, Grade.C, False),
        (0.31, 100, Basis.MEMBER_LIST, Grade.D, False),
        (0.05, 47, Basis.EXTERNAL_SAMPLE, Grade.B, False),
        (0.05, 70, Basis.EXTERNAL_SAMPLE, Grade.A, False),
        (0.05, 90, Basis.OPT_IN, Grade.C, True),
    ],
)
def test_the_response_caps_the_grade_however_narrow_the_interval(
    width: float, answered: int, basis: Basis, grade: Grade, only: bool
) -> None:
    found = grading(width, DEFAULT.share_widths, Response(answered, 100), basis)
    assert (found.grade, found.only_those_who_answered) == (grade, only)


def test_what_each_grade_shows() -> None:
    assert [grade for grade in Grade if grade.shows_percent] == [Grade.A, Grade.B, Grade.C]
    assert [grade for grade in Grade if grade.shows_range] == list(Grade)[:4]
    assert [grade for grade in Grade if grade.asks_for_caution] == [Grade.C]


def test_who_left_is_not_eligible_and_a_partial_answer_counts() -> None:
    counts = Dispositions(complete=5, partial=1, refused=1, not_reached=4, not_eligible=3)
    assert response_rate(counts) == pytest.approx(6 / 11)
    assert counts.response == Response(6, 11)
    assert counts.response.missing == 5
    with pytest.raises(ValueError, match="eligible"):
        response_rate(Dispositions(not_eligible=2))
    with pytest.raises(ValueError, match="1 to 6"):
        response_rate(counts, 7)


@pytest.mark.parametrize(
    ("eligible", "needed"),
    [
        (8, [6, 7, 8]),
        (11, [8, 9, 10]),
        (12, [9, 10, 11]),
        (20, [13, 16, 18]),
        (40, [21, 28, 36]),
        (300, [40, 76, 171]),
    ],
)
def test_how_many_answers_a_grade_needs_at_worst(eligible: int, needed: list[int]) -> None:
    assert [answers_needed(eligible, width) for width in (0.3, 0.2, 0.1)] == needed


@pytest.mark.parametrize(
    ("answered", "eligible", "noise", "planned"),
    [(180, 300, 0.07, 0.09), (60, 300, 0.16, 0.23), (9, 12, 0.25, 0.35), (6, 11, 0.42, 0.60)],
)
def test_the_least_change_that_could_be_told(
    answered: int, eligible: int, noise: float, planned: float
) -> None:
    error = share_error(0.5, answered, eligible)
    assert detectable_change(error, error) == pytest.approx(noise, abs=0.0051)
    assert planned_change(error, error) == pytest.approx(planned, abs=0.0051)


@pytest.mark.parametrize(
    ("count", "of_persons", "hidden"),
    [(0, True, False), (1, True, True), (4, True, True), (5, True, False), (3, False, False)],
)
def test_one_to_four_victims_are_not_told(count: int, of_persons: bool, hidden: bool) -> None:
    assert count_fact(count, of_persons=of_persons).is_hidden is hidden


def test_register_counts_change_by_chance_too() -> None:
    assert count_change(12, 25).is_clear
    assert not count_change(120, 150).is_clear
    assert count_change(0, 0).p == 1
    assert count_change(10, 20, exposures=(1.0, 2.0)).p == pytest.approx(1.0)
    with pytest.raises(ValueError, match="no count"):
        garwood(-1)
