"""What one cell means, whatever somebody wrote there."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workbook.cells import value_of
from bot.workbook.columns import Column, Kind, Value
from bot.workbook.faults import Unreadable
from bot.workbook.grid import Raw
from bot.workbook.sheets import SHEETS
from bot.workbook.sheets.groups import SEATS
from bot.workbook.sheets.work import MEASURES, REPORTS


def _column(kind: Kind) -> Column:
    return Column("x", "X", kind, "")


def _wall(clock: str) -> datetime:
    """A time without a zone, as Excel has it."""
    return datetime.fromisoformat(clock)


READ: list[tuple[Kind, Raw, Value]] = [
    (Kind.TEXT, 5.0, "5"),
    (Kind.TEXT, date(2024, 6, 18), "2024-06-18"),
    (Kind.TEXT, "A\u030angstro\u0308m", "Ångström"),
    (Kind.CODE, " FAR   BER ", "FAR BER"),
    (Kind.EMAIL, " Maja@Farsta.Example ", "maja@farsta.example"),
    (Kind.INTEGER, "1 234", 1234),
    (Kind.INTEGER, "1\u00a0234", 1234),
    (Kind.INTEGER, 45.0, 45),
    (Kind.INTEGER, "45 %", 45),
    (Kind.DECIMAL, "56,5", 56.5),
    (Kind.DECIMAL, "\u22121.5", -1.5),
    (Kind.DATE, "18/6 2024", date(2024, 6, 18)),
    (Kind.DATE, "18.6.2024", date(2024, 6, 18)),
    (Kind.DATE, "20240618", date(2024, 6, 18)),
    (Kind.DATE, _wall("2024-06-18 09:00"), date(2024, 6, 18)),
    (Kind.LAST_DAY, "2024-06-30", date(2024, 7, 1)),
    (Kind.MOMENT, "2024-06-18T13:00:00", _wall("2024-06-18 13:00")),
    (Kind.MOMENT, "2024-06-18 kl. 13.30", _wall("2024-06-18 13:30")),
    (Kind.MOMENT, _wall("2024-06-18 13:00:00.000999"), _wall("2024-06-18 13:00")),
    (Kind.YES_NO, "Ja", True),
    (Kind.YES_NO, False, False),
    (Kind.YES_NO, 1, True),
    (Kind.WORDS, "EÅV; Enskede, Årsta ;;", ("EÅV", "Enskede, Årsta")),
    (Kind.REFERENCES, "FAR, SKN;\nJAR", ("FAR", "SKN", "JAR")),
    (Kind.WORDS, None, ()),
    (Kind.TEXT, "   ", None),
]


@pytest.mark.parametrize(("kind", "raw", "value"), READ)
def test_a_cell_means_what_its_writer_meant(kind: Kind, raw: Raw, value: Value) -> None:
    assert value_of(_column(kind), raw) == value


REFUSED: list[tuple[Kind, Raw]] = [
    (Kind.INTEGER, "1.234,5"),
    (Kind.INTEGER, True),
    (Kind.INTEGER, 10**12),
    (Kind.INTEGER, "१२"),
    (Kind.DECIMAL, "nan"),
    (Kind.DECIMAL, float("inf")),
    (Kind.DECIMAL, "1e5"),
    (Kind.DATE, "2024-02-30"),
    (Kind.DATE, "31 februari 2024"),
    (Kind.DATE, 45000),
    (Kind.DATE, "i morgon"),
    (Kind.MOMENT, "2024-06-18"),
    (Kind.MOMENT, date(2024, 6, 18)),
    (Kind.TEXT, "a\x00b"),
    (Kind.TEXT, "Ring 811218-9876"),
    (Kind.TEXT, "811218\u20109876"),
    (Kind.WORDS, "x; 19811218 9876"),
    (Kind.TEXT, "#REF!"),
    (Kind.EMAIL, "maja@farsta"),
]


@pytest.mark.parametrize(("kind", "raw"), REFUSED)
def test_a_cell_that_means_nothing_is_refused(kind: Kind, raw: Raw) -> None:
    with pytest.raises(Unreadable):
        value_of(_column(kind), raw)


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        (REPORTS.column("status"), "Pågår", "ongoing"),
        (REPORTS.column("status"), "Enligt plan", "ongoing"),
        (REPORTS.column("status"), "at_risk", "at_risk"),
        (REPORTS.column("status"), "at risk", "at_risk"),
        (SEATS.column("role"), " ordförande", "chair"),
        (MEASURES.column("code"), "far-014", "FAR-014"),
        (MEASURES.column("cadence_days"), "", 30),
    ],
)
def test_words_of_both_languages_are_understood(column: Column, written: str, value: Value) -> None:
    assert value_of(column, written) == value


ANYTHING = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
COLUMNS = st.sampled_from([column for sheet in SHEETS for column in sheet.columns])


@given(column=COLUMNS, raw=ANYTHING)
def test_any_cell_at_all_is_a_value_or_a_fault(column: Column, raw: Raw) -> None:
    with suppress(Unreadable):
        value = value_of(column, raw)
        assert value is None or isinstance(value, str | int | float | bool | date | tuple)
