"""Whole numbers from buttons and forms: plain digits, and nothing else."""

from __future__ import annotations

import pytest

from handlers.whole import whole


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("999999999", 10**9 - 1)]
)
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    "text", ["", " 7", "-1", "+1", "1.0", "²", "٣", "1_000", "7a", "1000000000"]
)
def test_all_else_is_none(text: str) -> None:
    assert whole(text) is None


def test_fewer_digits_can_be_asked_for() -> None:
    assert whole("2024", digits=4) == 2024
    assert whole("20240", digits=4) is None
