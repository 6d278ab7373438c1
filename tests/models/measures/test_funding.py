"""Amounts as people write them."""

from __future__ import annotations

import pytest

from models.measures.funding import crowns


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1200000", 1_200_000),
        ("1 200 000", 1_200_000),
        ("1\u00a0200\u202f000 kr", 1_200_000),
        ("1.200.000 kronor", 1_200_000),
        ("1,200,000", 1_200_000),
        ("1,2 mnkr", 1_200_000),
        ("1.2 Mkr", 1_200_000),
        ("1,2 miljoner kronor", 1_200_000),
        ("0,5 MSEK", 500_000),
        ("350 tkr", 350_000),
        ("45 000:-", 45_000),
        ("300 tusen kr", 300_000),
        ("0", 0),
        ("1,2", None),
        ("12 00 000", None),
        ("-5000", None),
        ("dyrt", None),
        ("1,2 mdkr", None),
        ("3 000 mnkr", None),
        ("", None),
    ],
)
def test_an_amount_is_understood_as_it_is_written(written: str, amount: int | None) -> None:
    assert crowns(written) == amount
