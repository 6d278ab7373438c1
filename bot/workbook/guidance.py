"""The first tab of the template: what the sheets are, in which order, with examples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from bot.workbook.headings import GUIDANCE
from bot.workbook.sheets import SHEETS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

WORDS = Path(__file__).parent / "guidance.txt"
INK, GREY, PALE, LINE = "1F3A5F", "5A6675", "E8EEF5", "C9D3DF"
TITLE = "Samverkan – register till import"
WIDTHS = {"A": 4, "B": 26, "C": 26, "D": 14, "E": 62, "F": 42}
LAST = "F"


def add_guidance(book: Workbook) -> None:
    """Fills the workbook's first tab."""
    page: Worksheet = book.worksheets[0]
    page.title = GUIDANCE
    page.sheet_view.showGridLines = False
    page.sheet_properties.tabColor = "7A8794"
    for letter, width in WIDTHS.items():
        page.column_dimensions[letter].width = width
    page["B2"] = TITLE
    page["B2"].font = Font(size=20, bold=True, color=INK)
    row = _prose(page, 4)
    row = _sheets(page, row + 1)
    _columns(page, row + 1)
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _prose(page: Worksheet, row: int) -> int:
    """Headings and sentences from the file of words; returns the next free row."""
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        cell = page[f"B{row}"]
        if line.startswith("# "):
            _heading(cell, line[2:])
        elif line:
            cell.value = line
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            page.merge_cells(f"B{row}:{LAST}{row}")
            page.row_dimensions[row].height = 18
        row += 1
    return row


def _heading(cell: Cell, words: str) -> None:
    cell.value = words
    cell.font = Font(size=14, bold=True, color=INK)


def _sheets(page: Worksheet, row: int) -> int:
    """The sheets in the order of filling them in, each with a link."""
    _heading(page[f"B{row}"], "Bladen, i ordning")
    _table_head(page, row + 1, ("Blad", "Namn i CSV-filer", "Kolumner", "Vad som står där"))
    row += 2
    for number, sheet in enumerate(SHEETS, start=1):
        page[f"A{row}"] = number
        page[f"A{row}"].font = Font(color=GREY)
        texts = (sheet.label, f"{sheet.name}.csv", len(sheet.columns), sheet.guidance)
        _table_row(page, row, texts, tall=len(sheet.guidance) > 95)
        page.merge_cells(f"E{row}:{LAST}{row}")
        link = page[f"B{row}"]
        place = f"{quote_sheetname(sheet.label)}!A1"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=place)
        link.font = Font(color="1155AA", underline="single")
        row += 1
    return row


def _columns(page: Worksheet, row: int) -> None:
    """Every column of every sheet, with an example."""
    _heading(page[f"B{row}"], "Kolumnerna, med exempel")
    _table_head(page, row + 1, ("Blad", "Kolumn", "Måste", "Vad som ska stå där", "Exempel"))
    row += 2
    for sheet in SHEETS:
        for column in sheet.columns:
            must = "ja" if column.required else ""
            texts = (sheet.label, column.label, must, column.guidance, column.example)
            _table_row(page, row, texts, tall=len(column.guidance) > 62)
            row += 1


def _table_head(page: Worksheet, row: int, texts: tuple[str, ...]) -> None:
    for cell, words in zip(page[f"B{row}:{LAST}{row}"][0], texts, strict=False):
        cell.value = words
    for cell in page[f"B{row}:{LAST}{row}"][0]:
        cell.font = Font(bold=True, color=INK)
        cell.fill = PatternFill("solid", start_color=PALE)
        cell.border = Border(bottom=Side("medium", color=INK))


def _table_row(page: Worksheet, row: int, texts: tuple[str | int, ...], *, tall: bool) -> None:
    for cell, words in zip(page[f"B{row}:{LAST}{row}"][0], texts, strict=False):
        cell.value = words
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        cell.border = Border(bottom=Side("thin", color=LINE))
    if tall:
        page.row_dimensions[row].height = 32
