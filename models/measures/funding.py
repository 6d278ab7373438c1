"""What measures cost: amounts as people write them, and their sums."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST_CROWNS = 2_000_000_000
"""The largest amount that a measure may have."""

_UNITS = {
    "": 1,
    "kr": 1,
    "kronor": 1,
    "sek": 1,
    ":-": 1,
    "tkr": 1_000,
    "tusen": 1_000,
    "mnkr": 1_000_000,
    "mkr": 1_000_000,
    "msek": 1_000_000,
    "miljon": 1_000_000,
    "miljoner": 1_000_000,
    "million": 1_000_000,
}
_AMOUNT = re.compile(r"(\d[\d .,]*?)\s*(:-|[a-z]*)\s*(?:kr|kronor|sek)?")
_GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3})+|\d{1,3}(?:,\d{3}){2,}")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


def crowns(written: str) -> int | None:
    """Whole Swedish crowns as people write them: 1 200 000, 350 tkr, 1,2 mnkr; else None."""
    text = " ".join(written.replace("\u2212", "-").split()).casefold()
    found = _AMOUNT.fullmatch(text)
    if found is None or found[2] not in _UNITS:
        return None
    number = _number(found[1], grouped=_UNITS[found[2]] == 1)
    if number is None:
        return None
    amount = number * _UNITS[found[2]]
    if amount != amount.to_integral_value() or amount > MOST_CROWNS:
        return None
    return int(amount)


def _number(text: str, *, grouped: bool) -> Decimal | None:
    """A number with a decimal comma, or in groups of three where it is in crowns."""
    text = text.strip()
    if (grouped or " " in text) and _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[ .,]", "", text))
    return Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


@dataclass(frozen=True)
class Sum:
    """What some measures cost together; `said` of `measures` say an amount, and only they count."""

    key: str
    amount: int
    said: int
    measures: int


def sums(pairs: Iterable[tuple[str, int | None]]) -> list[Sum]:
    """The sums by what each measure's amount is counted under, the largest first."""
    found: dict[str, list[int | None]] = {}
    for key, amount in pairs:
        found.setdefault(key, []).append(amount)
    told = [
        Sum(key, sum(each or 0 for each in amounts), _said(amounts), len(amounts))
        for key, amounts in found.items()
    ]
    return sorted(told, key=lambda one: (-one.amount, one.key))


def _said(amounts: Iterable[int | None]) -> int:
    return sum(amount is not None for amount in amounts)
