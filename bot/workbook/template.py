"""The empty workbook that a registrar is given: a sheet for each kind of row, and guidance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from bot.workbook.columns import Column, Kind, Sheet
from bot.workbook.dropdowns import Lists, add_validation
from bot.workbook.guidance import add_guidance
from bot.workbook.sheets import SHEETS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

INK, PAPER, LINE = "1F3A5F", "FFFFFF", "C9D3DF"
PALE = "E8EEF5"
TABS = {"districts": "2E7D6B", "organisations": "1F3A5F", "measures": "B7652B", "surveys": "6B4E8E"}
"""The colour of the tabs from this sheet on: places, people, work, following up."""

WIDTHS = {
    Kind.CODE: 18,
    Kind.EMAIL: 38,
    Kind.INTEGER: 12,
    Kind.DECIMAL: 12,
    Kind.CROWNS: 16,
    Kind.DATE: 14,
    Kind.LAST_DAY: 14,
    Kind.MOMENT: 18,
    Kind.YES_NO: 10,
    Kind.CHOICE: 24,
    Kind.REFERENCE: 20,
    Kind.REFERENCES: 24,
    Kind.WORDS: 28,
    Kind.TEXT: 34,
}
FORMATS = {
    Kind.INTEGER: "0",
    Kind.DECIMAL: "General",
    Kind.DATE: "yyyy-mm-dd",
    Kind.LAST_DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}
"""Everything else is text, so that Excel does not make a date of a code."""


def write_template(path: Path) -> None:
    """Writes the empty workbook to a file."""
    template().save(path)


def template() -> Workbook:
    """The empty workbook: guidance first, then the sheets in the order of filling them in."""
    book = Workbook()
    add_guidance(book)
    lists = Lists(book)
    colour = INK
    for sheet in SHEETS:
        colour = TABS.get(sheet.name, colour)
        _add_sheet(book, sheet, lists).sheet_properties.tabColor = colour
    lists.hide()
    book.active = 0
    return book


def _add_sheet(book: Workbook, sheet: Sheet, lists: Lists) -> Worksheet:
    page: Worksheet = book.create_sheet(sheet.label)
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        _add_heading(page, number, column)
        page.column_dimensions[letter].width = max(WIDTHS[column.kind], len(column.label) + 5)
        page.column_dimensions[letter].number_format = FORMATS.get(column.kind, "@")
        page.column_dimensions[letter].alignment = Alignment(vertical="top", wrap_text=True)
        add_validation(page, letter, column, lists)
    page.row_dimensions[1].height = 32
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}1"
    _prepare_print(page)
    return page


def _add_heading(page: Worksheet, number: int, column: Column) -> None:
    cell = page.cell(row=1, column=number, value=f"{column.label} *" if column.required else None)
    cell.value = cell.value or column.label
    strong = column.required
    cell.font = Font(bold=True, color=PAPER if strong else INK)
    cell.fill = PatternFill("solid", start_color=INK if strong else PALE)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = Border(bottom=Side("medium", color=INK), right=Side("thin", color=LINE))
    cell.comment = _note(column)


def _note(column: Column) -> Comment:
    """What shows when the pointer rests on a heading."""
    lines = [column.guidance]
    if column.choices.words:
        lines.append(f"Välj: {', '.join(column.choices.swedish)}.")
    if column.example:
        lines.append(f"Exempel: {column.example}")
    lines.append("Måste fyllas i." if column.required else "Får vara tom.")
    note = Comment("\n".join(lines), "Samverkansbot")
    note.width, note.height = 320, 40 + 22 * len(lines)
    return note


def _prepare_print(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
