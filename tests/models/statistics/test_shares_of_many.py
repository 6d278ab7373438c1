"""Choices, weights, pooled waves and several sources."""

from datetime import date

import pytest

from models.statistics.bands import Coarseness
from models.statistics.choice import choice_fact
from models.statistics.grade import Grade
from models.statistics.pooling import Window, comparable, latest_answers, pooled
from models.statistics.share_fact import Asked
from models.statistics.sources import Apart, SourceFigure, benchmarked, combined
from models.statistics.weighted import collapsed, kish, share_stratum, weighted_share
from models.surveys.survey import Sensitivity

OPEN = Asked(300, Sensitivity.OPEN)
FIRST = Window(1, 3, date(2024, 1, 1), date(2024, 7, 1))


@pytest.mark.parametrize(
    ("counts", "most_common"),
    [((120, 30, 30), 0), ((30, 30, 120), 2), ((70, 60, 50), None), ((90, 90, 0), None)],
)
def test_an_option_is_most_common_only_if_it_lies_above_all_others(
    counts: tuple[int, ...], most_common: int | None
) -> None:
    assert choice_fact(counts, OPEN).most_common == most_common


def test_a_choice_of_few_or_hidden_for_another_tells_its_reason() -> None:
    few = choice_fact((1, 2), Asked(11, Sensitivity.INTERNAL))
    hidden = choice_fact((5, 6), Asked(11, Sensitivity.INTERNAL), Coarseness.HIDDEN)
    reasons = [fact.hidden.grade for fact in (few, hidden) if fact.hidden]
    assert reasons == [Grade.X, Grade.X2]
    assert few.options == hidden.options == ()


def test_a_weighted_share_counts_a_district_by_its_size_and_is_told_beside_the_plain_one() -> None:
    strata = [share_stratum("Farsta", 40, 50, 100), share_stratum("Bromma", 10, 50, 200)]
    found = weighted_share(strata)
    assert found.plain == 0.5
    assert found.weighted == pytest.approx(0.4)
    assert found.tells_plain
    assert found.interval.holds(0.4)
    assert found.effective <= 100


def test_small_strata_are_joined_and_heavy_weights_cut() -> None:
    strata = [
        share_stratum("A", 2, 3, 50),
        share_stratum("B", 3, 4, 40),
        share_stratum("C", 30, 60, 80),
    ]
    joined = collapsed(strata)
    assert [(each.name, each.answered, each.eligible) for each in joined] == [
        ("B + A", 7, 90),
        ("C", 60, 80),
    ]
    found = weighted_share(strata)
    assert found.collapsed == ("B + A",)
    heaviest = 4 * 80 / 60 * 7
    assert found.weighted == pytest.approx((int(heaviest) * 5 / 7 + 40) / (int(heaviest) + 80))


def test_everybody_of_one_mind_has_kishs_effective_number() -> None:
    strata = [share_stratum("A", 10, 10, 20), share_stratum("B", 10, 10, 40)]
    assert weighted_share(strata).effective == pytest.approx(kish([2] * 10 + [4] * 10))


def test_the_same_eleven_asked_three_times_are_eleven() -> None:
    answers = [(person, wave, wave >= 2) for person in range(11) for wave in (1, 2, 3)]
    assert latest_answers(answers) == dict.fromkeys(range(11), True)
    with pytest.raises(ValueError, match="use each one's latest"):
        pooled(FIRST, [(4, 11), (5, 11), (6, 11)], respondents=11)


def test_panels_of_different_people_are_pooled_by_their_answers() -> None:
    found = pooled(FIRST, [(4, 10), (9, 30)], respondents=40)
    assert (found.yes, found.answered) == (13, 40)


def test_windows_that_share_time_are_not_compared() -> None:
    assert not comparable(FIRST, Window(3, 5, date(2024, 6, 30), date(2025, 1, 1)))
    assert comparable(FIRST, Window(4, 6, date(2024, 7, 1), date(2025, 1, 1)))


def source(name: str, value: float, **other: str) -> SourceFigure:
    said = {"construct": "trygghet", "population": "boende"} | other
    return SourceFigure(name, said["construct"], said["population"], value, 0.03)


@pytest.mark.parametrize(
    ("second", "apart"),
    [
        (source("b", 0.52), None),
        (source("b", 0.70), Apart.CONTRADICT),
        (source("b", 0.52, construct="anmälda brott"), Apart.OTHER_CONSTRUCT),
        (source("b", 0.52, population="medlemmar"), Apart.OTHER_POPULATION),
    ],
)
def test_sources_are_put_together_only_where_they_agree(
    second: SourceFigure, apart: Apart | None
) -> None:
    found = combined([source("a", 0.50), second])
    assert found.apart is apart
    assert (found.value is None) == (apart is not None)
    assert len(found.sources) == 2


def test_districts_are_brought_in_line_with_a_source_that_agrees() -> None:
    own, other = source("panel", 0.50), source("survey", 0.55)
    assert benchmarked([0.4, 0.6], [100, 100], other, own) == pytest.approx((0.44, 0.66))
    assert benchmarked([0.4, 0.6], [100, 100], source("survey", 0.9), own) is None
