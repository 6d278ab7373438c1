"""What is measured, by name."""

from __future__ import annotations

from collections.abc import Callable

from tests.acceptance import (
    areas,
    attacks,
    changes,
    insiders,
    means,
    missing,
    shares,
    worlds,
)
from tests.acceptance.figure import Figure, Size

PARTS: dict[str, Callable[[Size], list[Figure]]] = {
    "shares": shares.measure,
    "means": means.measure,
    "changes": changes.measure,
    "missing": missing.measure,
    "areas": areas.measure,
    "audit": worlds.measure,
    "attack": attacks.measure,
    "insiders": insiders.measure,
}
