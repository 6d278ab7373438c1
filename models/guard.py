"""The guard of free text: numbers that identify a person are refused (rule R8).

Personnummer and samordningsnummer, with or without separators and century, are found by their
date and check digit as the library `personnummer` reads them. Organisation numbers pass, since
their third digit is at least 2 and so never a month.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from personnummer import personnummer


class Verdict(StrEnum):
    """What becomes of a text: it is stored, asked about, or refused."""

    ALLOW = "allow"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True)
class Finding:
    """The verdict on a text and the rules that decided it; never any of the text."""

    verdict: Verdict
    rules: tuple[str, ...] = ()


_CANDIDATE = re.compile(
    r"(?<!\d)(?:\d{2})?\d{2}[ ]?\d{2}[ ]?\d{2}(?P<sign>[ ]?[-+][ ]?|[ ])?\d{3}[ ]?\d(?!\d)"
)
_MOBILE = re.compile(r"07[02369]\d{7}")


def check(text: str) -> Finding:
    """Judges a free text before it is stored."""
    plain = _plain(text)
    found = sorted({rule for match in _CANDIDATE.finditer(plain) if (rule := _rule(match))})
    return Finding(Verdict.BLOCK, tuple(found)) if found else Finding(Verdict.ALLOW)


def _plain(text: str) -> str:
    """The text with full-width digits, odd spaces, long dashes and hidden signs made plain."""
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub(r"[\u2010-\u2015\u2212]", "-", folded)
    folded = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    return re.sub(r"[ \t\u00a0]+", " ", folded)


def _rule(match: re.Match[str]) -> str | None:
    digits = re.sub(r"[^\d+-]", "", match[0])
    if match["sign"] is None and _MOBILE.fullmatch(digits):
        return None
    try:
        number = personnummer.parse(digits)
    except personnummer.PersonnummerException:
        return None
    return "samordningsnummer" if number.is_coordination_number() else "personnummer"
