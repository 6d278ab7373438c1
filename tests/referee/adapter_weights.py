"""The referee's functions of strata and weights."""

from __future__ import annotations

from typing import Any

from models.statistics.likert import mean_interval, standard_error
from models.statistics.weighted import (
    Estimate,
    Stratum,
    effective_number,
    kish,
    korn_graubard,
    logit_interval,
    share_stratum,
    stratified,
    stratified_total,
)
from tests.referee.not_covered import NotCovered
from tests.referee.verdict import Figures, Function

Rows = list[dict[str, Any]]


def mean_ci_fpc(  # noqa: PLR0913 - as the cases name it.
    n: int,
    N: int,  # noqa: N803
    mean: float,
    variance: float,
    df: int,
    level: float = 0.95,
) -> Figures:
    if df != n - 1:
        raise NotCovered("other degrees of freedom than n - 1")
    interval = mean_interval(mean, variance, n, N, level)
    error = standard_error(variance, n, N)
    return {"se": error, "lower": interval.low, "upper": interval.high}


def of_means(rows: Rows) -> list[Stratum]:
    return [
        Stratum(row["name"], row["n"], row["N"], row["mean"], row.get("variance", 0.0))
        for row in rows
    ]


def of_shares(rows: Rows) -> list[Stratum]:
    return [share_stratum(row["name"], row["x"], row["n"], row["N"]) for row in rows]


def stratified_mean(strata: Rows) -> Figures:
    found = stratified(of_means(strata))
    return {"mean": found.value, "se": found.error}


def stratified_total_of(strata: Rows) -> Figures:
    found = stratified_total(of_means(strata))
    return {"total": found.value, "se": found.error}


def stratified_proportion(strata: Rows) -> Figures:
    found = stratified(of_shares(strata))
    return {"p": found.value, "se": found.error}


def stratified_proportion_ci(strata: Rows, method: str, df: int, level: float = 0.95) -> Figures:
    rows = of_shares(strata)
    found: Estimate = stratified(rows)
    if method == "logit_t":
        interval = logit_interval(found, df, level)
    elif method in ("beta", "korn_graubard"):
        dfs = (found.answered - 1, df)
        interval = korn_graubard(found.value, effective_number(rows), level, dfs)
    else:
        raise NotCovered(method)
    return {"lower": interval.low, "upper": interval.high}


def poststratified_mean(cells: Rows) -> Figures:
    return {"mean": stratified(of_means(cells)).value}


def kish_neff(weights: list[float]) -> Figures:
    return {"n_eff": kish(weights), "neff": kish(weights)}


WEIGHTS: dict[str, Function] = {
    "mean_ci_fpc": mean_ci_fpc,
    "stratified_mean": stratified_mean,
    "stratified_total": stratified_total_of,
    "stratified_proportion": stratified_proportion,
    "stratified_proportion_ci": stratified_proportion_ci,
    "poststratified_mean": poststratified_mean,
    "kish_neff": kish_neff,
}
