"""What writes workbooks, loaded without numpy and Pillow.

openpyxl takes both in wherever they are installed, and they are: for the process that draws. It
needs neither for what is written here, and loading them costs every start most of a second.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

NOT_NEEDED = ("numpy", "PIL")


@contextmanager
def _without(names: tuple[str, ...]) -> Iterator[None]:
    """Lets these modules be found by nobody for a moment; what was loaded already stays."""
    modules = cast("dict[str, ModuleType | None]", sys.modules)
    loaded = {name: modules.pop(name, None) for name in names}
    modules.update(dict.fromkeys(names))
    try:
        yield
    finally:
        for name, module in loaded.items():
            del modules[name]
            if module is not None:
                modules[name] = module


with _without(NOT_NEEDED):
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "ILLEGAL_CHARACTERS_RE",
    "Alignment",
    "Cell",
    "Font",
    "Workbook",
    "Worksheet",
    "get_column_letter",
]
