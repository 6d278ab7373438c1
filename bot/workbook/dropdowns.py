"""What a cell of the template offers and refuses: drop-downs, dates, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from bot.workbook.columns import Choices, Column, Kind
from bot.workbook.sheets import BY_NAME

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LISTS = "Listor"
"""The hidden tab that holds what the drop-downs offer."""

LAST_ROW = 5000
"""As far down as a sheet is prepared."""

LONGEST_PROMPT = 255
"""Excel's limit for the text beside a cell."""

YES_NO = Choices({"yes": "ja", "no": "nej"})


class Lists:
    """The hidden tab with one column of words for each enumeration."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._page: Worksheet = book.create_sheet(LISTS)
        self._places: dict[tuple[str, ...], str] = {}

    def place(self, choices: Choices) -> str:
        """The cells in which an enumeration's words stand, as a formula names them."""
        words = tuple(choices.swedish)
        if words not in self._places:
            number = len(self._places) + 1
            for row, word in enumerate(words, start=1):
                self._page.cell(row=row, column=number, value=word)
            letter = get_column_letter(number)
            self._places[words] = f"{LISTS}!${letter}$1:${letter}${len(words)}"
        return self._places[words]

    def hide(self) -> None:
        """Puts the tab last and out of sight."""
        self._book.move_sheet(self._page, offset=len(self._book.sheetnames))
        self._page.sheet_state = "hidden"


def add_validation(page: Worksheet, letter: str, column: Column, lists: Lists) -> None:
    """Makes a column's cells offer and refuse what the column says."""
    rule = _rule(column, lists)
    if rule is None:
        return
    rule.allow_blank = True
    rule.showInputMessage = rule.showErrorMessage = True
    rule.promptTitle = column.label[:32]
    rule.prompt = column.guidance[:LONGEST_PROMPT]
    rule.errorTitle = column.label[:32]
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    page.add_data_validation(rule)


def _rule(column: Column, lists: Lists) -> DataValidation | None:
    if column.kind is Kind.CHOICE:
        return _one_of(lists.place(column.choices))
    if column.kind is Kind.YES_NO:
        return _one_of(lists.place(YES_NO))
    if column.kind is Kind.REFERENCE:
        return _known_code(column)
    if column.kind in (Kind.DATE, Kind.LAST_DAY, Kind.MOMENT):
        return _day(column)
    if column.kind in (Kind.INTEGER, Kind.DECIMAL):
        return _number(column)
    return None


def _one_of(place: str) -> DataValidation:
    rule = DataValidation(type="list", formula1=place)
    rule.error = "Välj ett av värdena i listan."
    return rule


def _known_code(column: Column) -> DataValidation:
    target = BY_NAME[column.target]
    place = f"{quote_sheetname(target.label)}!$A$2:$A${LAST_ROW}"
    rule = DataValidation(type="list", formula1=place, errorStyle="warning")
    rule.error = f"Finns inte på bladet {target.label}. Behåll det om det redan är importerat."
    return rule


def _day(column: Column) -> DataValidation:
    # Excel takes the formula in English whatever language its owner has.
    rule = DataValidation(type="date", operator="greaterThan", formula1="DATE(1900,1,1)")
    rule.error = f"Skriv ett datum, till exempel {column.example or '2024-06-18'}."
    return rule


def _number(column: Column) -> DataValidation:
    least = column.least if column.least is not None else -999_999_999
    most = column.most if column.most is not None else 999_999_999
    rule = DataValidation(
        type="whole" if column.kind is Kind.INTEGER else "decimal",
        operator="between",
        formula1=str(least),
        formula2=str(most),
    )
    rule.error = "Skriv ett tal." if column.most is None else f"Skriv ett tal {least}–{most}."
    return rule
