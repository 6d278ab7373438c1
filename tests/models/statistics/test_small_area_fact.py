"""A model of districts is shown only where it may be, and hides no district that differs."""

import pytest

from models.statistics.linear import Singular
from models.statistics.small_area import Areas, Between, fit, intercept_alone
from models.statistics.small_area_fact import DistrictShare, Panel, Refusal, model_fact
from models.surveys.survey import Sensitivity

RESIDENTS = Panel(14, Sensitivity.INTERNAL, of_residents=True)
SPREAD = [3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 12]


def districts(yes: list[int], covariates: int = 0) -> list[DistrictShare]:
    """Of twelve who answered in each; what the covariates say has nothing to do with it."""
    known = [
        tuple(float(place * 7 % 5 == each) for each in range(covariates)) for place in range(14)
    ]
    return [DistrictShare(f"{at}", count, 12, 2_000, known[at]) for at, count in enumerate(yes)]


@pytest.mark.parametrize(
    ("yes", "panel", "covariates", "refusal"),
    [
        (SPREAD, Panel(14, Sensitivity.INTERNAL, of_residents=False), 0, Refusal.NOT_RESIDENTS),
        (SPREAD, Panel(14, Sensitivity.SENSITIVE, of_residents=True), 0, Refusal.SENSITIVE),
        (
            SPREAD[:7],
            Panel(7, Sensitivity.INTERNAL, of_residents=True),
            0,
            Refusal.TOO_FEW_DISTRICTS,
        ),
        (SPREAD[:8], RESIDENTS, 0, Refusal.TOO_FEW_DISTRICTS),
        (SPREAD, RESIDENTS, 3, Refusal.TOO_MANY_COVARIATES),
        ([6] * 14, RESIDENTS, 0, Refusal.NO_SPREAD),
        ([0] * 14, RESIDENTS, 0, Refusal.NO_SPREAD),
        (SPREAD, RESIDENTS, 2, None),
        (SPREAD, RESIDENTS, 0, None),
    ],
)
def test_the_model_is_refused_with_its_reason(
    yes: list[int], panel: Panel, covariates: int, refusal: Refusal | None
) -> None:
    fact = model_fact(districts(yes, covariates), panel)
    assert fact.refusal is refusal
    assert bool(fact.figures) == (refusal is None)


def test_the_district_that_differs_still_does_and_moves_one_standard_error_at_most() -> None:
    last = model_fact(districts([*SPREAD[:13], 12]), RESIDENTS).figures[-1]
    assert last.differs
    assert last.is_limited
    error = (last.direct - last.direct_interval.low) / 1.96
    assert last.direct - last.estimate == pytest.approx(error, rel=1e-3)


def test_the_variance_between_areas_is_never_negative() -> None:
    areas = intercept_alone([1.0, 1.1, 0.9, 1.0], [1.0] * 4)
    assert [fit(areas, method).between for method in Between] == [0, 0, 0]


def test_a_model_of_too_little_is_refused() -> None:
    with pytest.raises(ValueError, match="more areas"):
        intercept_alone([1.0], [1.0])
    with pytest.raises(ValueError, match="more than 0"):
        intercept_alone([1.0, 2.0], [1.0, 0.0])
    with pytest.raises(Singular):
        fit(Areas((1.0, 2.0, 4.0), (1.0, 1.0, 1.0), ((1.0, 1.0),) * 3))
