"""What figures bear: intervals, grades, changes beyond chance, targets, many marks at once."""

from __future__ import annotations

from typing import Any

import pytest

from models.figures.family import marked
from models.figures.figure import Certainty, Figure, State, figure_of
from models.figures.target import Reached, reached
from models.figures.theme import Accord, accord
from models.figures.trend import Trend, Verdict, against, betterment, compared, trend_of
from models.indicators.indicator import Basis, Direction, Indicator, Observation
from models.periods import period_of
from models.statistics.grade import Grade
from models.statistics.ranges import Interval
from models.surveys.survey import Sensitivity


def indicator(unit: str = "%", basis: Basis = Basis.SAMPLE, *, persons: bool = False) -> Indicator:
    """An indicator of the city's own."""
    return Indicator(
        code="x", unit=unit, basis=basis, persons=persons, sensitivity=Sensitivity.OPEN
    )


def observed(period: str = "2023", value: float | None = 50.0, **more: Any) -> Observation:
    """One observation."""
    return Observation(period=period, value=value, **{"series_break": "", **more})


@pytest.mark.parametrize(
    ("more", "low", "high", "grade"),
    [
        ({"n": 100}, 40.4, 59.6, Grade.B),
        ({"n": 1190, "population": 1500}, 47.2, 52.8, Grade.A),
        ({"n": 1190, "population": 2400}, 47.2, 52.8, Grade.B),
        ({"n": 58}, 37.5, 62.5, Grade.C),
        ({"n": 20}, 29.9, 70.1, Grade.D),
        ({"n": 58, "margin": 4}, 46, 54, Grade.B),
        ({"n": 58, "low": 45, "high": 66}, 45, 66, Grade.C),
    ],
)
def test_a_sample_has_the_sources_interval_or_wilsons(
    more: dict[str, Any], low: float, high: float, grade: Grade
) -> None:
    figure = figure_of(indicator(), observed(**more))
    assert figure.interval is not None
    assert (figure.interval.low, figure.interval.high) == pytest.approx((low, high), abs=0.06)
    assert figure.grading is not None
    assert figure.grading.grade is grade
    assert (figure.value is None) == (grade is Grade.D)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.69), (3, 0.62, 8.77), (20, 12.2, 30.9)]
)
def test_a_registers_count_has_the_poisson_interval(count: int, low: float, high: float) -> None:
    figure = figure_of(indicator("antal", Basis.REGISTER), observed(value=count, count=count))
    assert figure.interval is not None
    assert (figure.interval.low, figure.interval.high) == pytest.approx((low, high), abs=0.05)
    assert figure.certainty is Certainty.CHANCE


@pytest.mark.parametrize("count", range(7))
def test_one_to_four_persons_are_never_shown(count: int) -> None:
    figure = figure_of(
        indicator("antal", Basis.REGISTER, persons=True), observed(value=count, count=count)
    )
    assert (figure.state is State.FEW_PERSONS) == (1 <= count <= 4)
    assert figure.is_measured or (figure.value, figure.count, figure.interval) == (None,) * 3


def a(value: float, half: float, period: str = "2023") -> Figure:
    """A surveyed figure with an even interval."""
    found = period_of(period)
    assert found is not None
    interval = Interval(value - half, value + half)
    return Figure(found, State.MEASURED, Certainty.SURVEY, None, value, interval)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (a(49, 7), a(55, 7), Verdict.CHANCE),
        (a(49, 3), a(55, 3), Verdict.CLEAR),
        (a(49, 7), a(40, 0.1), Verdict.CLEAR),
        (a(50, 3), a(50, 3), Verdict.CHANCE),
    ],
)
def test_a_change_is_clear_only_beyond_both_intervals(
    before: Figure, now: Figure, verdict: Verdict
) -> None:
    found = compared(before, now)
    assert found.verdict is verdict
    assert found.interval is not None
    assert found.interval.holds(0) == (verdict is Verdict.CHANCE)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [(12, 25, Verdict.CLEAR), (120, 150, Verdict.CHANCE), (0, 0, Verdict.CHANCE)],
)
def test_counts_are_compared_by_the_conditional_test(
    first: int, second: int, verdict: Verdict
) -> None:
    rows = [
        observed("2023", second, count=second),
        observed("2022", first, count=first),
    ]
    assert trend_of(indicator("antal", Basis.REGISTER), rows).verdict is verdict


def test_nothing_is_said_across_a_break_also_where_it_stands_in_between() -> None:
    rows = [
        observed("2023-T1", n=900),
        observed("2022-T3", n=900, series_break="Ny metod"),
        observed("2022-T1", n=900),
    ]
    assert trend_of(indicator(), rows).verdict is Verdict.BROKEN


@pytest.mark.parametrize(
    ("periods", "verdict"),
    [
        (("2023-T1", "2022-T3"), Verdict.FIRST),
        (("2023-T1", "2022-T3", "2022-T1"), Verdict.CHANCE),
        (("2023", "2022-T1"), Verdict.FIRST),
        (("2023-HT", "2022-HT"), Verdict.CHANCE),
    ],
)
def test_only_the_same_part_of_another_year_is_compared(
    periods: tuple[str, ...], verdict: Verdict
) -> None:
    assert trend_of(indicator(), [observed(each, n=900) for each in periods]).verdict is verdict


@pytest.mark.parametrize(
    ("direction", "target", "verdict"),
    [
        (Direction.LOWER, 30, Reached.YES),
        (Direction.LOWER, 26, Reached.UNSURE),
        (Direction.LOWER, 20, Reached.NO),
        (Direction.HIGHER, 20, Reached.YES),
        (Direction.HIGHER, 26, Reached.UNSURE),
        (Direction.HIGHER, 30, Reached.NO),
        (Direction.CONTEXT, 20, Reached.NOT_SAID),
    ],
)
def test_a_target_is_reached_only_with_the_whole_interval(
    direction: Direction, target: float, verdict: Reached
) -> None:
    assert reached(a(26, 2), target, direction) is verdict


def test_sources_agree_only_where_two_show_a_clear_change() -> None:
    up, down = (Trend(Verdict.CLEAR, a(50, 1), each) for each in (9.0, -9.0))
    still = Trend(Verdict.CHANCE, a(50, 1), 1.0)
    assert accord([(Direction.LOWER, down), (Direction.HIGHER, up)]) is Accord.BETTER
    assert accord([(Direction.LOWER, up), (Direction.HIGHER, up)]) is Accord.DIFFERENT
    assert accord([(Direction.LOWER, up), (Direction.CONTEXT, up)]) is Accord.ONE_ONLY
    assert accord([(Direction.LOWER, still)]) is Accord.UNCLEAR
    assert betterment(Direction.CONTEXT, 1) == 0


def test_many_comparisons_are_marked_as_a_family() -> None:
    assert marked({"a": 0.001, "b": 0.02, "c": 0.9}) == {"a", "b"}
    assert marked({str(at): 0.04 for at in range(20)} | {"x": 0.9}) == {str(a) for a in range(20)}
    assert marked({str(at): 0.5 for at in range(20)} | {"x": 0.04}) == set()
    assert marked({}) == set()


def test_a_district_is_held_against_the_city_by_both_intervals() -> None:
    assert against(a(22, 1), a(34, 3)).way == 1
    assert against(a(22, 1), a(23, 3)).way == 0


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2023", "2023"),
        ("2023 Q4", "2023-K4"),
        ("2023-T2", "2023-T2"),
        ("HT 2023", "2023-HT"),
        ("2023ht", "2023-HT"),
        ("2023-05", "2023-05"),
        ("2023/5", "2023-05"),
        ("2023-13", None),
        ("2023-T4", None),
        ("i fjol", None),
        ("1492", None),
    ],
)
def test_a_period_has_one_way_to_be_stored(written: str, stored: str | None) -> None:
    found = period_of(written)
    assert (found.text if found else None) == stored
