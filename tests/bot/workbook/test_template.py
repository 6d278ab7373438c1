"""The empty workbook guides its reader, offers what may stand in a cell, and can be imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from bot.workbook import importing
from bot.workbook.columns import Kind, Sheet, Value
from bot.workbook.dropdowns import LISTS
from bot.workbook.guidance import WORDS
from bot.workbook.headings import GUIDANCE, plain
from bot.workbook.sheets import BY_NAME, SHEETS
from bot.workbook.storing import Counts
from bot.workbook.template import template, write_template
from models.database import Database
from models.intervals import last_day
from tests.bot.workbook.files import NUMBER_OF_ROWS, VILLAGE, imported, write


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("mall") / "mall.xlsx"
    write_template(path)
    return load_workbook(path)


def test_guidance_comes_first_and_then_the_sheets_in_order(book: Workbook) -> None:
    assert book.sheetnames == [GUIDANCE, *(sheet.label for sheet in SHEETS), LISTS]
    assert book[LISTS].sheet_state == "hidden"


def test_the_guidance_names_every_sheet_and_column_with_its_example(book: Workbook) -> None:
    cells = {str(cell.value) for row in book[GUIDANCE].iter_rows() for cell in row if cell.value}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        assert line.removeprefix("# ") in cells | {""}
    for sheet in SHEETS:
        assert {sheet.label, sheet.guidance} <= cells
        assert {column.guidance for column in sheet.columns} <= cells
        assert {column.example for column in sheet.columns} <= cells | {""}


def test_the_guidance_leads_to_every_sheet(book: Workbook) -> None:
    cells = [cell for row in book[GUIDANCE].iter_rows() for cell in row]
    links = [str(cell.hyperlink.location) for cell in cells if cell.hyperlink]
    assert [place.strip("'").removesuffix("!A1").strip("'") for place in links] == [
        sheet.label for sheet in SHEETS
    ]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_headings_are_swedish_with_notes_and_stay_in_sight(book: Workbook, sheet: Sheet) -> None:
    page = book[sheet.label]
    for cell, column in zip(page[1], sheet.columns, strict=True):
        assert cell.value == column.label + (" *" if column.required else "")
        assert cell.comment is not None
        assert column.guidance in cell.comment.text
        letter = get_column_letter(cell.column or 1)
        assert page.column_dimensions[letter].width >= len(column.label)
    assert page.freeze_panes == "B2"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_cells_offer_the_words_and_codes_that_may_stand_there(book: Workbook, sheet: Sheet) -> None:
    rules = {
        str(rule.sqref).split("2:")[0]: rule
        for rule in book[sheet.label].data_validations.dataValidation
    }
    for cell, column in zip(book[sheet.label][1], sheet.columns, strict=True):
        rule = rules.get(get_column_letter(cell.column or 1))
        if column.kind is Kind.CHOICE:
            assert _offered(book, rule.formula1 if rule else "") == column.choices.swedish
        elif column.kind is Kind.REFERENCE:
            assert rule is not None
            assert BY_NAME[column.target].label in str(rule.formula1)
        elif column.kind in (Kind.DATE, Kind.LAST_DAY, Kind.MOMENT):
            assert rule is not None
            assert rule.type == "date"


def _offered(book: Workbook, formula: str | None) -> list[str]:
    page, _, cells = str(formula).partition("!")
    return [str(row[0].value) for row in book[page][cells.replace("$", "")]]


def test_no_two_headings_of_a_sheet_can_be_taken_for_each_other() -> None:
    for sheet in SHEETS:
        names = [{plain(column.name), plain(column.label)} for column in sheet.columns]
        assert sum(len(both) for both in names) == len(set().union(*names)), sheet.name
        assert sheet.columns[-1].name == "remark"
        assert sheet.key


def test_an_empty_template_has_nothing_to_import(tmp_path: Path) -> None:
    write_template(tmp_path / "mall.xlsx")
    (fault,) = importing.read([tmp_path / "mall.xlsx"]).faults
    assert fault.expected == "at least one row under the headings"


def _filled(path: Path, rows: dict[str, list[dict[str, Value]]]) -> Path:
    """The template with rows written as a registrar writes them, in Swedish words."""
    return _saved(template(), path, rows)


def _saved(filled: Workbook, path: Path, rows: dict[str, list[dict[str, Value]]]) -> Path:
    for name, written in rows.items():
        sheet = BY_NAME[name]
        for row in written:
            cells = [_written(sheet, column.name, row.get(column.name)) for column in sheet.columns]
            filled[sheet.label].append(cells)
    filled.save(path)
    return path


def _written(sheet: Sheet, name: str, value: Value) -> str | int | float | bool | date | None:
    column = sheet.column(name)
    if column.kind is Kind.CHOICE and value is not None:
        return column.choices.words[str(value)]
    if column.kind is Kind.LAST_DAY and isinstance(value, date):
        return last_day(value)
    if column.kind is Kind.YES_NO and value is not None:
        return "ja" if value else "nej"
    return "; ".join(value) if isinstance(value, tuple) else value


def test_the_same_rows_in_the_workbook_and_in_csv_are_the_same(
    database: Database, tmp_path: Path
) -> None:
    draft = importing.read([write(tmp_path / "csv", VILLAGE)])
    rows = {name: [row.values for row in found] for name, found in draft.rows.items()}
    book = _filled(tmp_path / "mall.xlsx", rows)
    assert imported(database, book) == Counts(new=NUMBER_OF_ROWS)
    assert imported(database, tmp_path / "csv") == Counts(same=NUMBER_OF_ROWS)


LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))
NAMES = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES.filter(lambda text: any(sign.isalpha() for sign in text)),
            "valid_from": st.dates(date(1950, 1, 1), date(2050, 1, 1)),
            "valid_to": st.none() | st.dates(date(2060, 1, 1), date(2100, 1, 1)),
            "kind": st.sampled_from(["police_region", "police_area", "local_police_area"]),
            "aliases": st.just(()),
        }
    ),
    min_size=1,
    max_size=5,
)


@given(rows=ROWS)
def test_what_is_written_to_the_workbook_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Value]]
) -> None:
    coded = [{**row, "code": f"P-{number}"} for number, row in enumerate(rows)]
    book = Workbook()
    book.worksheets[0].title = BY_NAME["police_areas"].label
    book.worksheets[0].append([column.label for column in BY_NAME["police_areas"].columns])
    path = _saved(book, tmp_path_factory.mktemp("bok") / "bok.xlsx", {"police_areas": coded})
    draft = importing.read([path])
    assert draft.faults == ()
    for row, expected in zip(draft.rows["police_areas"], coded, strict=True):
        for name, value in expected.items():
            assert plain_value(row.values[name]) == plain_value(value)


def plain_value(value: Value) -> Value:
    """Letters may be composed otherwise than they were written."""
    import unicodedata

    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
