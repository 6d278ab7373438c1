"""Days, times and numbers as people write them in each language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers.texts import language

SV, EN = language("sv"), language("en")
DAY = date(2024, 6, 18)
AT = datetime(2024, 6, 18, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "swedish", "english"),
    [
        (lambda speech: speech.day(DAY), "18 juni 2024", "18 June 2024"),
        (lambda speech: speech.day(DAY, DAY), "18 juni", "18 June"),
        (lambda speech: speech.day(DAY, date(2025, 1, 1)), "18 juni 2024", "18 June 2024"),
        (lambda speech: speech.short_day(DAY), "tis 18 juni", "Tue 18 June"),
        (lambda speech: speech.long_day(DAY), "tisdag 18 juni", "Tuesday 18 June"),
        (lambda speech: speech.time(AT), "13.00", "13:00"),
        (lambda speech: speech.moment(AT), "tis 18 juni 13.00", "Tue 18 June 13:00"),
        (lambda speech: speech.number(2.5), "2,5", "2.5"),
        (lambda speech: speech.week(DAY), "v. 25", "week 25"),
        (lambda speech: speech.join(["a", "b", "c"]), "a, b och c", "a, b and c"),
        (lambda speech: speech.join(["a"]), "a", "a"),
        (lambda speech: speech._("Your settings"), "Dina inställningar", "Your settings"),
    ],
)  # fmt: skip
def test_each_language_has_its_own_way(said: object, swedish: str, english: str) -> None:
    assert callable(said)
    assert (said(SV), said(EN)) == (swedish, english)


@pytest.mark.parametrize(("number", "told"), [(0, "0 uppdrag"), (1, "1 uppdrag"), (2, "2 uppdrag")])
def test_one_and_many_are_counted(number: int, told: str) -> None:
    assert SV.n("{number} seat", "{number} seats", number) == told


@pytest.mark.parametrize(("number", "told"), [(1, "1 seat"), (0, "0 seats"), (2, "2 seats")])
def test_english_counts_too(number: int, told: str) -> None:
    assert EN.n("{number} seat", "{number} seats", number) == told


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2024, 3, 30, 23, 30, tzinfo=UTC), "sön 31 mars 00.30"),
        (datetime(2024, 3, 31, 1, 0, tzinfo=UTC), "sön 31 mars 03.00"),
        (datetime(2024, 10, 27, 0, 30, tzinfo=UTC), "sön 27 oktober 02.30"),
        (datetime(2024, 10, 27, 1, 30, tzinfo=UTC), "sön 27 oktober 02.30"),
    ],
)
def test_a_moment_is_the_readers_own_also_when_the_clocks_change(at: datetime, told: str) -> None:
    assert SV.moment(at) == told


def test_another_zone_has_another_time() -> None:
    assert language("sv", "Atlantic/Reykjavik").time(AT) == "11.00"


@pytest.mark.parametrize("code", ["de", "", "sv_SE"])
def test_a_language_that_we_do_not_speak_becomes_swedish(code: str) -> None:
    assert language(code).code == "sv"
