"""The referee's functions of areas that borrow strength, and of tables with hidden cells."""

from __future__ import annotations

from math import sqrt

from bot.estimates.program import Program
from models.statistics.disclosure import Atom, Cell, Statement
from models.statistics.small_area import Areas, Between, Fit, fit, heterogeneity, intercept_alone
from tests.referee.not_covered import NotCovered
from tests.referee.verdict import Figures, Function

METHODS = {
    "REML": Between.REML,
    "FH": Between.MOMENT,
    "PM": Between.MOMENT,
    "DL": Between.DERSIMONIAN_LAIRD,
}
Cells = list[list[int]]


def fitted(areas: Areas, method: str) -> Fit:
    if method not in METHODS:
        raise NotCovered(method)
    return fit(areas, METHODS[method])


def fay_herriot(y: list[float], sd: list[float], group: list[int], method: str) -> Figures:
    dummies = sorted(set(group))[1:]
    rows = tuple((1.0, *(float(each == dummy) for dummy in dummies)) for each in group)
    found = fitted(Areas(tuple(y), tuple(d * d for d in sd), rows), method)
    of = {f"eblup_first{n}": found.estimates[:n] for n in range(1, len(y) + 1)}
    if method == "REML":
        of |= {f"mse_first{n}": found.errors[:n] for n in range(1, len(y) + 1)}
    return {"refvar": found.between, **of}


def pooled_random_effects(y: list[float], sd: list[float], method: str) -> Figures:
    areas = intercept_alone(y, [d * d for d in sd])
    found = fitted(areas, method)
    mean, error = found.mean
    return {
        "tau2": found.between,
        "tau": sqrt(found.between),
        "mean": mean,
        "se": error,
        "Q": heterogeneity(areas),
    }


def empirical_bayes_normal(y: list[float], sd: list[float], method: str) -> Figures:
    found = fitted(intercept_alone(y, [d * d for d in sd]), method)
    eb = {f"eb_first{n}": found.estimates[:n] for n in range(1, len(y) + 1)}
    return {**pooled_random_effects(y, sd, method), **eb}


def audit_ranges(table: Cells, suppressed: Cells, published: str) -> Figures:
    """Each hidden cell is an atom; what is left of each row and column's sum is told."""
    top = sum(map(sum, table))
    hidden = [(row, column) for row, column in suppressed]
    atoms = {
        place: Atom(frozenset({f"row:{place[0]}", f"column:{place[1]}"}), frozenset({1}), top)
        for place in hidden
    }
    told = []
    for axis, name in enumerate(("row", "column")):
        for line in {place[axis] for place in hidden}:
            left = sum(table[row][column] for row, column in hidden if (row, column)[axis] == line)
            told.append(Statement(Cell(1, f"{name}:{line}"), (0, 1), left, left))
    program = Program.of(list(atoms.values()), told, 2)
    return {
        f"{row},{column}": list(program.range_of(atom, [1]))
        for (row, column), atom in atoms.items()
    }


def audit_pattern(table: Cells, suppressed: Cells, published: str) -> Figures:
    ranges = audit_ranges(table, suppressed, published).values()
    return {"cells_exactly_recomputable": sum(low == high for low, high in ranges)}


AREAS: dict[str, Function] = {
    function.__name__: function
    for function in (
        fay_herriot,
        pooled_random_effects,
        empirical_bayes_normal,
        audit_ranges,
        audit_pattern,
    )
}
