"""The plain distributions agree with scipy's, which the web process must not load."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from models.statistics import distributions as plain

CHANCES = st.sampled_from([0.001, 0.025, 0.05, 0.5, 0.8, 0.975, 0.999])
SIZES = st.floats(0.5, 4000)


@settings(max_examples=40, deadline=None)
@given(CHANCES, SIZES, SIZES)
def test_beta_and_gamma_quantiles_are_scipys(chance: float, a: float, b: float) -> None:
    assert plain.beta_quantile(chance, a, b) == pytest.approx(
        stats.beta.ppf(chance, a, b), rel=1e-8, abs=1e-12
    )
    assert plain.gamma_quantile(chance, a) == pytest.approx(
        stats.gamma.ppf(chance, a), rel=1e-9, abs=1e-12
    )


@settings(max_examples=40, deadline=None)
@given(CHANCES, st.floats(1, 500))
def test_students_quantiles_are_scipys(chance: float, df: float) -> None:
    expected = stats.t.ppf(chance, df)
    assert plain.t_quantile(chance, df) == pytest.approx(expected, rel=1e-8, abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.1, 5), st.integers(2, 100), st.floats(0, 5))
def test_the_noncentral_t_distribution_is_scipys(t: float, df: int, shift: float) -> None:
    expected = stats.nct.cdf(t, df, shift)
    assert plain.noncentral_t_cdf(t, df, shift) == pytest.approx(expected, abs=1e-9)
