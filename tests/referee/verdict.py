"""Holds the product's figures against a case's, within the case's tolerance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from math import isclose, isfinite
from typing import Any

from tests.referee.not_covered import NotCovered

Figures = Mapping[str, Any]
Function = Callable[..., Figures]


@dataclass(frozen=True)
class Verdict:
    """What became of a case: `found` is None where the product does not cover it."""

    case: Mapping[str, Any]
    found: Figures | None
    faults: tuple[str, ...] = ()

    @property
    def is_covered(self) -> bool:
        """Whether the product has what the case asks for."""
        return self.found is not None

    @property
    def holds(self) -> bool:
        """Whether every figure lies within the tolerance."""
        return self.is_covered and not self.faults

    @property
    def name(self) -> str:
        """The case's id, its function and, where it has one, its method."""
        method = self.case["inputs"].get("method") or self.case["inputs"].get("variant")
        return f"{self.case['id']} {self.case['function']}{f' ({method})' if method else ''}"


def judge(case: Mapping[str, Any], functions: Mapping[str, Function]) -> Verdict:
    """Asks the product and compares; a case of an unknown function is not covered."""
    function = functions.get(case["function"])
    if function is None or not _takes(function, case["inputs"]):
        return Verdict(case, None)
    try:
        found = function(**case["inputs"])
    except NotCovered:
        return Verdict(case, None)
    faults = (
        f"{name} is {found.get(_own(name))}, not {expected}"
        for name, expected in case["expected"].items()
        if not _agrees(name, found.get(_own(name)), expected, case["tolerance"])
    )
    return Verdict(case, found, tuple(faults))


def _takes(function: Function, inputs: Figures) -> bool:
    try:
        signature(function).bind(**inputs)
    except TypeError:
        return False
    return True


def _own(name: str) -> str:
    """An interval that must contain another is compared with its own ends."""
    return {"must_contain_lower": "lower_count", "must_contain_upper": "upper_count"}.get(
        name, name
    )


def _agrees(name: str, found: Any, expected: Any, tolerance: Mapping[str, float]) -> bool:
    if found is None:
        return False
    if isinstance(expected, list):
        enough = len(found) >= len(expected)
        pairs = zip(found, expected, strict=False)
        return enough and all(_agrees(name, own, other, tolerance) for own, other in pairs)
    if name == "must_contain_lower":
        return bool(found <= expected + tolerance.get("abs", 0))
    if name == "must_contain_upper":
        return bool(found >= expected - tolerance.get("abs", 0))
    absolute, relative = tolerance.get("abs", 0.0), tolerance.get("rel", 0.0)
    return isfinite(found) and isclose(found, expected, rel_tol=relative, abs_tol=absolute)
