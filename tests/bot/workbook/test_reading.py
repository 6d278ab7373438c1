"""Files as Excel, its Swedish owners and other programs save them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.workbook import importing
from bot.workbook.columns import Row
from bot.workbook.faults import told
from bot.workbook.importing import Draft
from handlers.texts import language


def _faults(*paths: Path) -> list[str]:
    return [told(fault, language("en")) for fault in importing.read(list(paths)).faults]


def _district(draft: Draft) -> Row:
    assert draft.faults == ()
    return draft.rows["districts"][0]


def _saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def _districts(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Stadsdelsområden"
    for row in rows:
        page.append(row)
    return _saved(book, path)


CSV = {
    "commas": b"code,name,valid_from\nFAR,Farsta,2007-01-01\n",
    "semicolons and a mark": "\ufeffKod;Namn;Gäller från\r\nFAR;Farsta;2007-01-01\r\n".encode(),
    "tabs": b"code\tname\tvalid_from\nFAR\tFarsta\t2007-01-01\n",
    "named separator": b"sep=;\r\ncode;name;valid_from\r\nFAR;Farsta;2007-01-01\r\n",
    "spaces": " Kod * ; NAMN ;Gäller  från\n FAR ;\u00a0Farsta ; 2007-01-01 \n".encode(),
    "quotes": b'"code","name","valid_from"\n"FAR","Farsta","2007-01-01"\n',
    "empty rows": b"code,name,valid_from\n,,\nFAR,Farsta,2007-01-01\n,,\n , ,\n\n",
    "empty columns": b"code,name,valid_from,,\nFAR,Farsta,2007-01-01,,\n",
    "a title above": b"Stadsdelar 2024,,\n,,\ncode,name,valid_from\nFAR,Farsta,2007-01-01\n",
    "another order": b"name,valid_from,code\nFarsta,2007-01-01,FAR\n",
    "a day first": b"code,name,valid_from\nFAR,Farsta,1/1 2007\n",
    "a time at midnight": b"code,name,valid_from\nFAR,Farsta,2007-01-01 00:00:00\n",
}


@pytest.mark.parametrize("saved", CSV.values(), ids=CSV)
def test_a_csv_file_is_read_however_it_was_saved(tmp_path: Path, saved: bytes) -> None:
    path = tmp_path / "districts.csv"
    path.write_bytes(saved)
    row = _district(importing.read([path]))
    assert row.values["code"] == "FAR"
    assert row.values["name"] == "Farsta"
    assert row.values["valid_from"] == date(2007, 1, 1)


HEADINGS: list[object] = ["Kod *", "Namn *", "Gäller från *"]

WORKBOOKS: dict[str, list[list[object]]] = {
    "real dates": [HEADINGS, ["FAR", "Farsta", datetime.fromisoformat("2007-01-01")]],
    "dates as text": [HEADINGS, ["FAR", " Farsta ", "2007-01-01"]],
    "a title above": [["Områden 2024"], [], HEADINGS, ["FAR", "Farsta", date(2007, 1, 1)]],
    "English headings": [["code", "name", "valid_from"], ["far", "Farsta", date(2007, 1, 1)]],
    "empty rows between": [HEADINGS, [], ["FAR", "Farsta", "2007-01-01"], [None, "  "]],
    "line breaks": [["Kod\n(kort)", "Namn", "Gäller\nfrån"], ["FAR", "Farsta", "1.1.2007"]],
}


@pytest.mark.parametrize("rows", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_is_read_however_it_was_typed(tmp_path: Path, rows: list[list[object]]) -> None:
    row = _district(importing.read([_districts(tmp_path / "bok.xlsx", *rows)]))
    assert row.values["code"] == "FAR"
    assert row.values["name"] == "Farsta"
    assert row.values["valid_from"] == date(2007, 1, 1)


def test_a_merged_title_above_the_headings_does_no_harm(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Stadsdelsområden"
    page["A1"] = "Stadsdelsområden i Stockholm"
    page.merge_cells("A1:C1")
    page.append(HEADINGS)
    page.append(["FAR", "Farsta", date(2007, 1, 1)])
    row = _district(importing.read([_saved(book, tmp_path / "bok.xlsx")]))
    assert row.where.row == 3


def test_numbers_and_percentages_are_what_is_seen(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Utfall"
    page.append(["Indikator", "Period", "Värde", "Antal svar", "Lägst"])
    page.append(["T", 2021, 0.565, "9 850", "49,5"])
    page["C2"].number_format = "0.0%"
    draft = importing.read([_saved(book, tmp_path / "bok.xlsx")])
    assert draft.faults == ()
    values = draft.rows["observations"][0].values
    assert values["period"] == "2021"
    assert (values["value"], values["n"], values["low"]) == (56.5, 9850, 49.5)


def test_a_workbooks_fault_names_its_sheet_row_and_column(tmp_path: Path) -> None:
    path = _districts(tmp_path / "bok.xlsx", HEADINGS, ["FAR", "Farsta", 2007])
    (fault,) = _faults(path)
    place, _, rest = fault.partition(": ")
    assert place == "bok.xlsx, sheet Stadsdelsområden, row 2, column Gäller från *"
    assert rest == "found “2007”, expected a date that exists, such as 2024-06-18."


def test_the_guidance_and_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    path = _districts(tmp_path / "bok.xlsx", HEADINGS, ["FAR", "Farsta", date(2007, 1, 1)])
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.create_sheet("Vägledning")["A1"] = "Så gör du"
    book.create_sheet("Mina listor").sheet_state = "hidden"
    book.save(path)
    assert _district(importing.read([path])).where.row == 2


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _latin(path: Path) -> Path:
    path.write_bytes("code,name\nFAR,Farsta\nJAR,Järva\n".encode("latin-1"))
    return path


def _text(path: Path) -> Path:
    path.write_text("inte en arbetsbok", encoding="utf-8")
    return path


def _other_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hej.txt", "hej")
    return path


def _broken(path: Path) -> Path:
    _districts(path, HEADINGS, ["FAR", "Farsta", date(2007, 1, 1)])
    path.write_bytes(path.read_bytes()[:-400])
    return path


def _bent(path: Path) -> Path:
    """A workbook whose cells name a style that it does not have."""
    whole = _districts(path.with_suffix(".whole"), HEADINGS, ["FAR", 1, date(2007, 1, 1)])
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(path, "w") as bent:
        for name in archive.namelist():
            bent.writestr(name, archive.read(name).replace(b't="n"', b's="999" t="n"'))
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


UNREADABLE: list[tuple[str, Callable[[Path], Path], str]] = [
    ("districts.csv", _empty, "a file that is not empty"),
    ("bok.xlsx", _empty, "a file that is not empty"),
    ("districts.csv", _latin, "text in UTF-8, which line 3 is not"),
    ("bok.xlsx", _text, "an Excel workbook (.xlsx) without a password"),
    ("bok.xlsx", _other_zip, "an Excel workbook (.xlsx) without a password"),
    ("bok.xlsx", _broken, "an Excel workbook (.xlsx) without a password"),
    ("bok.xlsx", _bent, "an Excel workbook (.xlsx) without a password"),
    ("bok.xls", _text, "a workbook (.xlsx), a CSV file or a folder"),
    ("mapp", _folder, "a folder with files that end in .xlsx or .csv"),
    ("saknas.csv", lambda path: path, "a file or a folder that exists"),
    ("districts.csv", _text, "a row with the headings code, name"),
]


@pytest.mark.parametrize(("name", "make", "expected"), UNREADABLE)
def test_what_cannot_be_read_is_a_fault_and_no_traceback(
    tmp_path: Path, name: str, make: Callable[[Path], Path], expected: str
) -> None:
    found = _faults(make(tmp_path / name))
    assert len(found) == 1
    assert expected in found[0]


def test_a_file_with_headings_alone_brings_nothing(tmp_path: Path) -> None:
    path = tmp_path / "districts.csv"
    path.write_text("code,name,valid_from\n", encoding="utf-8")
    assert _faults(path) == ["districts.csv: expected at least one row under the headings."]
