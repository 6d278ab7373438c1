"""Maps each logical function of the referee's cases to the product's own."""

from __future__ import annotations

from typing import Any

from models.statistics.change_independent import Wave, mover
from models.statistics.change_paired import (
    Moves,
    bonett_price,
    mcnemar_midp,
    newcombe_paired,
    paired_means,
)
from models.statistics.counts import count_change, garwood
from models.statistics.multiplicity import benjamini_hochberg, bonferroni, holm
from models.statistics.ranges import Interval
from models.statistics.response_rate import Dispositions, response_rate
from models.statistics.sample_size import (
    detectable_share,
    needed_for_mean,
    needed_for_share,
    power_for_means,
    power_for_shares,
)
from models.statistics.share_checks import clopper_pearson, jeffreys
from models.statistics.share_finite import exact_interval, standard_error
from models.statistics.share_wilson import wilson
from models.statistics.thresholds import Thresholds
from tests.acceptance.coverage import binomial_coverage, wald
from tests.referee.adapter_areas import AREAS
from tests.referee.adapter_weights import WEIGHTS
from tests.referee.not_covered import NotCovered
from tests.referee.verdict import Figures, Function

DISPOSITIONS = {
    "I": "complete",
    "P": "partial",
    "R": "refused",
    "NC": "not_reached",
    "O": "other",
    "UH": "unknown_household",
    "UO": "unknown_other",
    "NE": "not_eligible",
}
ADJUSTED = {"bh": benjamini_hochberg, "holm": holm, "bonferroni": bonferroni}


def ends(interval: Interval) -> Figures:
    return {"lower": interval.low, "upper": interval.high}


def first_less_second(interval: Interval) -> Figures:
    """The product subtracts the first from the second; the cases do the opposite."""
    return {"lower": -interval.high, "upper": -interval.low}


def known(methods: dict[str, Any], method: str) -> Any:
    """The product's function for a method; raises NotCovered."""
    if method not in methods:
        raise NotCovered(method)
    return methods[method]


def prop_ci(x: int, n: int, method: str, level: float = 0.95) -> Figures:
    methods = {
        "wilson": wilson,
        "clopper_pearson": clopper_pearson,
        "modified_jeffreys": jeffreys,
        "jeffreys": lambda *given: jeffreys(*given, modified=False),
    }
    return ends(known(methods, method)(x, n, level))


def prop_ci_finite(x: int, n: int, N: int, method: str, level: float = 0.95) -> Figures:  # noqa: N803
    persons = known({"hypergeometric_exact": exact_interval}, method)(x, n, N, level)
    return {
        "lower_count": persons.least,
        "upper_count": persons.most,
        "lower": persons.least / N,
        "upper": persons.most / N,
    }


def prop_se_fpc(x: int, n: int, N: int) -> Figures:  # noqa: N803
    return {"se": standard_error(x, n, N)}


def poisson_rate_ci(count: int, level: float = 0.95, exposure: float = 1.0) -> Figures:
    return ends(garwood(count, level, exposure))


def poisson_change_p(x1: int, x2: int, t1: float = 1.0, t2: float = 1.0) -> Figures:
    return {"p": count_change(x1, x2, exposures=(t1, t2)).p}


def aapor(counts: dict[str, int], rate: str) -> Figures:
    which = known({f"RR{number}": number for number in range(1, 7)}, rate)
    found = Dispositions(**{DISPOSITIONS[code]: count for code, count in counts.items()})
    return {"rate": response_rate(found, which)}


def moves(table: list[list[int]]) -> Moves:
    (yes_both, down), (up, no_both) = table
    return Moves(down, up, yes_both, no_both)


def mcnemar(table: list[list[int]], variant: str) -> Figures:
    return {"p": known({"midp": mcnemar_midp}, variant)(moves(table))}


def paired_diff_ci(table: list[list[int]], method: str, level: float = 0.95) -> Figures:
    methods = {"newcombe": newcombe_paired, "bonett_price": bonett_price}
    return first_less_second(known(methods, method)(moves(table), level))


def paired_t(first: list[float], second: list[float], level: float = 0.95) -> Figures:
    found = paired_means(first, second, thresholds=Thresholds(level=level))
    return {"mean_change": found.change, "t": found.t, "p": found.p, **ends(found.interval)}


def indep_diff_ci(  # noqa: PLR0913 - as the cases name it.
    x1: int, n1: int, x2: int, n2: int, method: str, level: float = 0.95
) -> Figures:
    combined = known({"newcombe": mover}, method)
    return first_less_second(combined(Wave(x1, n1), Wave(x2, n2), level))


def exact_coverage_wald_binomial(n: int, p: float, level: float = 0.95) -> Figures:
    return {"coverage": binomial_coverage(n, p, lambda x, of: wald(x, of, level))}


def sample_size_prop(half_width: float, p: float, N: int | None, level: float = 0.95) -> Figures:  # noqa: N803
    return {"n": needed_for_share(half_width, p, N, level)}


def sample_size_mean(half_width: float, sd: float, N: int | None, level: float = 0.95) -> Figures:  # noqa: N803
    return {"n": needed_for_mean(half_width, sd, N, level)}


def detectable_p2(n_per_group: int, p1: float, power: float, level: float = 0.95) -> Figures:
    return {"p2": detectable_share(n_per_group, p1, power, level)}


def power_two_means(n_per_group: int, delta: float, sd: float, level: float = 0.95) -> Figures:
    return {"power": power_for_means(n_per_group, delta, sd, level)}


def power_two_props(n_per_group: int, p1: float, p2: float, level: float = 0.95) -> Figures:
    return {"power": power_for_shares(n_per_group, p1, p2, level)}


def adjusted_p(p: list[float], method: str) -> Figures:
    return {"adjusted": known(ADJUSTED, method)(p)}


def reject_count(p: list[float], method: str, q: float) -> Figures:
    return {"rejected": sum(each <= q for each in known(ADJUSTED, method)(p))}


FUNCTIONS: dict[str, Function] = {
    **{
        function.__name__: function
        for function in (
            prop_ci,
            prop_ci_finite,
            prop_se_fpc,
            poisson_rate_ci,
            poisson_change_p,
            aapor,
            mcnemar,
            paired_diff_ci,
            paired_t,
            indep_diff_ci,
            exact_coverage_wald_binomial,
            sample_size_prop,
            sample_size_mean,
            detectable_p2,
            power_two_means,
            power_two_props,
            adjusted_p,
            reject_count,
        )
    },
    "prop_ci_finite_count": prop_ci_finite,
    "prop_ci_finite_contains": prop_ci_finite,
    "poisson_ci": poisson_rate_ci,
    **WEIGHTS,
    **AREAS,
}
