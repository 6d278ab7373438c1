"""What measures cost: amounts as people write them."""

from __future__ import annotations

import re
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
