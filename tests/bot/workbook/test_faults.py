"""Each kind of fault is found, with its place, what was found, what was expected, what is near."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.workbook.columns import Where
from bot.workbook.faults import Fault, told
from handlers.texts import LOCALE, language
from models.database import Database
from tests.bot.workbook.files import VILLAGE, bring_in, faults, village, with_line, write

PERSON = "811218-9876"
"""A personal number made for examples; its check digit is right."""

MEASURE = "FAR-015,Rondering,FAR-BER,SDF-FAR,city,,,social,2024-02-01,,"
SEAT = "FAR-BER-04,FAR-BER,member,SDF-FAR"

LINES = [
    ("measures", MEASURE.replace("FAR-BER", "FAR-BRE"), "group: found “FAR-BRE”", "FAR-BER"),
    (
        "measures",
        MEASURE.replace(",,,social", ",maja.ekvall@farsta.example,,social"),
        "owner",
        "maja",
    ),
    ("measures", MEASURE.replace("social", "miljö"), "category: found “miljö”", "trygg stadsmiljö"),
    (
        "measures",
        MEASURE.replace("2024-02-01", "2024-02-31"),
        "start_on: found “2024-02-31”",
        "date",
    ),
    (
        "measures",
        MEASURE.replace("2024-02-01,", "2024-02-01,2024-01-01"),
        "due_on",
        "after start_on",
    ),
    ("measures", MEASURE.replace("FAR-015", "FAR15"), "code: found “FAR15”", "such as FAR-014"),
    (
        "measures",
        MEASURE.replace("FAR-015", "far-014"),
        "code: found “FAR-014”",
        "row 2 has the same",
    ),
    ("measures", MEASURE.replace("Rondering", ""), "title: expected a value", ""),
    (
        "measures",
        MEASURE.replace("Rondering", f"Möte med {PERSON}"),
        "title: found “…”",
        "identity",
    ),
    ("measures", MEASURE[:-1] + ",fjorton", "cadence_days: found “fjorton”", "a whole number"),
    ("measures", MEASURE[:-1] + ",0", "cadence_days: found “0”", "from 1 to 366"),
    (
        "reports",
        "FAR-014,2024-03-02 09:00,,ongoing,140,,no",
        "percent: found “140”",
        "from 0 to 100",
    ),
    (
        "reports",
        "FAR-014,2024-03-02 09:00,,ongoing,4.5,,no",
        "percent: found “4.5”",
        "whole number",
    ),
    (
        "reports",
        "FAR-014,2024-03-31 02:30,,ongoing,,,no",
        "reported_at: found “2024-03-31",
        "exist",
    ),
    (
        "reports",
        "FAR-014,2024-03-02 25:00,,ongoing,,,no",
        "reported_at: found “2024-03-02",
        "exist",
    ),
    (
        "reports",
        "FAR-014,2024-03-02,,ongoing,,,no",
        "reported_at: found “2024-03-02”",
        "a day and a time",
    ),
    (
        "reports",
        "FAR-014,2024-03-02 09:00,,ongoing,,,kanske",
        "help_wanted: found “kanske”",
        "yes or no",
    ),
    ("reports", f"FAR-014,2024-03-02 09:00,,ongoing,,{'x' * 1001},no", "comment", "at most 1000"),
    ("districts", "SK1,Skarpnäck,2020-01-01,,,", "code: found “SK1”", "such as FAR"),
    ("organisations", f"{'x' * 61},Skatteverket,myndighet,extern", "code", "at most 60 characters"),
    ("districts", "SKB,Skarpnäck,2020-01-01,2019-01-01,,", "valid_to", "after valid_from"),
    ("districts", "SKB,farsta,2020-01-01,,,", "name: found “farsta”", "FAR has this"),
    ("districts", "SKB,Skarpnäck,1020-01-01,,,", "valid_from: found “1020-01-01”", "a date"),
    ("districts", "SKB,Skarpnäck,2020-01-01,,SKB,", "successor: found “SKB”", "lead back"),
    ("neighbourhoods", "Kista,FAR,2023-01-01,,", "valid_from: found “2023-01-01”", "has ended"),
    ("people", "maja,M,T,SDF-FAR,sv,shown,member,", "email: found “maja”", "e-mail address"),
    ("groups", "FAR-ARB,A,working,local,,OK-FAR,,2022-01-01,,sv", "district: expected", "local"),
    ("groups", "CEN-BER,C,preparatory,central,,OK-FAR,,2022-01-01,,sv", "agreement", "own level"),
    ("groups", "FAR-ARB,A,working,local,FAR,,,2022-01-01,Europe/Farsta,sv", "zone", "time zone"),
    ("seats", f"{SEAT},,,,on_demand,2022-01-01,2022-12-31,,,Eva", "reason: expected", "on demand"),
    ("seats", f"{SEAT},,,,on_demand,2022-01-01,2022-12-31,,Skäl,", "approved_by", "on demand"),
    ("seats", f"{SEAT},,,,on_demand,2022-01-01,,,Skäl,Eva", "valid_to: expected", "on demand"),
    (
        "seats",
        "FAR-BER-05,FAR-BER,secretary,SDF-FAR,maja@farsta.example,,,ordinary,2023-01-01,,,,",
        "valid_from: found “2023-01-01”",
        "after row 2 has ended",
    ),
    ("decisions", "FAR-BER,2024-05-22 13:00,1,Text,,", "starts_at: found “FAR-BER”", "meetings"),
    ("meetings", "FAR-BER,2024-05-22 13:00,2024-05-22 13:00,,no", "ends_at", "after starts_at"),
    (
        "surveys",
        "E-2,T,FAR-BER,,internal,2024-02-12 09:00,2024-02-11 16:00",
        "closes_at",
        "after opens_at",
    ),
    ("surveys", "E-2,T,FAR-BER,,internal,2024-02-12 09:00,2024-02-23 16:00", "code", "1 to 5"),
    ("questions", "E-1,6,Sjätte?,yes_no,", "position: found “6”", "from 1 to 5"),
    ("questions", "E-1,3,Vad?,choice,Bara ett", "choices_sv", "at least two"),
    ("answers", "E-1,4,yes,1", "position: found “4”", "a question that the survey has"),
    ("answers", "E-1,1,kanske,1", "value: found “kanske”", "one of yes, no, dk."),
    ("answers", "E-1,1,dk,1", "count: found “3”", "at most 2 answers"),
    (
        "observations",
        "TRYGG,FAR,2022,,,,,",
        "not_measured_reason: expected",
        "why there is no value",
    ),
    ("observations", "TRYGG,Kistan,2022,5,,,,", "place: found “Kistan”", "Kista"),
    ("observations", "TRYGG,FAR,2022,5,,9,1,", "high", "after low"),
    ("observations", "TRYGG,FAR,2022,femtio,,,,", "value: found “femtio”", "a number"),
    (
        "observations",
        "TRYGG,FAR,2022,5,99999999999,,,",
        "n: found “99999999999”",
        "0 to 2147483647",
    ),
    ("observations", "TRYGG,FAR,2022,#DIV/0!,,,,", "value: found “#DIV/0!”", "not an error"),
]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("case", LINES)
def test_a_faulty_row_is_told_with_its_place(
    database: Database, tmp_path: Path, case: tuple[str, str, str, str]
) -> None:
    sheet, line, found, expected = case
    outcome = bring_in(database, write(tmp_path, with_line(sheet, line)))
    row = len(VILLAGE[sheet]) + 1
    told_of = [text for text in faults(outcome) if text.startswith(f"{sheet}.csv, row {row}, ")]
    assert any(f"column {found}" in text and expected in text for text in told_of), faults(outcome)
    assert all(text.startswith(f"{sheet}.csv") for text in faults(outcome))


def test_every_fault_is_told_at_once(database: Database, tmp_path: Path) -> None:
    sheets = village(
        measures=[VILLAGE["measures"][0], MEASURE.replace("FAR-BER", "X"), MEASURE + "x"],
        districts=[*VILLAGE["districts"], "XX,,2020-13-01,,,"],
    )
    found = faults(bring_in(database, write(tmp_path, sheets)))
    places = {text.split(":")[0] for text in found}
    assert places >= {
        "districts.csv, row 5, column code",
        "districts.csv, row 5, column name",
        "districts.csv, row 5, column valid_from",
        "measures.csv, row 2, column group",
        "measures.csv, row 3, column code",
        "measures.csv, row 3, column cadence_days",
    }


@pytest.mark.parametrize(
    ("headings", "found", "nearest"),
    [
        ("code,nam,name,valid_from", "column B (nam): found “nam”", "Nearest: name."),
        ("code,name", "column valid_from: expected a column with this heading", ""),
        (
            "code,name,Namn,valid_from",
            "column C (Namn): found “Namn”, expected each heading once",
            "",
        ),
        ("code,name,valid_from", "column D: found “mer”, expected a heading above this value", ""),
        ("kod;finns;inte", "column B (finns)", ""),
    ],
)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_faulty_heading_is_told_with_what_is_near(
    database: Database, tmp_path: Path, headings: str, found: str, nearest: str
) -> None:
    lines = [headings, "FAR,Farsta,2020-01-01,mer"]
    told_of = faults(bring_in(database, write(tmp_path, {"districts": lines})))
    assert any(found in text and nearest in text for text in told_of), told_of


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_unknown_sheet_is_told_with_what_is_near(database: Database, tmp_path: Path) -> None:
    told_of = faults(bring_in(database, write(tmp_path, {"distrikts": ["code", "FAR"]})))
    assert told_of[0].startswith("distrikts.csv: found “distrikts”, expected a sheet by one of")
    assert told_of[0].endswith("Nearest: districts.")


def test_a_personal_number_is_never_repeated_whatever_column_it_stands_in() -> None:
    from bot.workbook.faults import Unreadable

    fault = Unreadable("a whole number").at(Where("a.csv"), f"om {PERSON}")
    assert PERSON not in told(fault, language("sv"))


def test_a_fault_is_told_in_swedish() -> None:
    fault = Fault(Where("bok.xlsx", "Åtgärder", 14, "Grupp"), "a value", "x", "FAR-BER")
    assert told(fault, language("sv")) == (
        "bok.xlsx, bladet Åtgärder, rad 14, kolumn Grupp: hittade ”x”, väntade ett värde. "
        "Närmast: FAR-BER."
    )


def _expected_texts() -> Iterator[str]:
    """The texts that faults are made with, wherever the code makes one."""
    places = {"Unreadable": 0, "Fault": 1, "Caution": 1}
    for file in (Path(__file__).parents[3] / "bot" / "workbook").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            at = places.get(getattr(getattr(node, "func", None), "id", ""))
            if isinstance(node, ast.Call) and at is not None and len(node.args) > at:
                text = node.args[at]
                if isinstance(text, ast.Constant):
                    yield str(text.value)


def test_every_fault_has_its_swedish() -> None:
    with (LOCALE / "sv" / "LC_MESSAGES" / "messages.po").open("rb") as lines:
        catalogue = read_po(lines, locale="sv")
    texts = list(_expected_texts())
    assert len(texts) > 30
    assert [text for text in texts if not (catalogue.get(text) and catalogue[text].string)] == []
