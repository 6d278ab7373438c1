"""Files and folders become grids of cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.workbook.columns import Where
from bot.workbook.csvfile import read_csv
from bot.workbook.excel import read_workbook
from bot.workbook.faults import Fault, Unreadable
from bot.workbook.grid import Grid

WORKBOOKS = (".xlsx", ".xlsm")
FILES = (*WORKBOOKS, ".csv")


def grids(paths: list[Path]) -> tuple[list[Grid], list[Fault]]:
    """Reads all files and folders; what cannot be read is a fault and the rest goes on."""
    read: list[Grid] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            for file in files_of(path):
                found, wrong = _of_file(file)
                read += found
                faults += wrong
        except Unreadable as problem:
            faults.append(problem.at(Where(str(path)), ""))
    return read, faults


def files_of(path: Path) -> list[Path]:
    """A file itself, or a folder's files in the order of their names."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise Unreadable("a file or a folder that exists")
    found = sorted(file for file in path.iterdir() if _is_ours(file))
    if not found:
        raise Unreadable("a folder with files that end in .xlsx or .csv")
    return found


def _is_ours(file: Path) -> bool:
    # Excel leaves a file that begins with ~$ beside a workbook that is open.
    return file.suffix.lower() in FILES and not file.name.startswith(("~$", "."))


def _of_file(path: Path) -> tuple[list[Grid], list[Fault]]:
    try:
        return list(_read(path)), []
    except Unreadable as problem:
        return [], [problem.at(Where(path.name), "")]
    except OSError:
        return [], [Fault(Where(path.name), "a file that may be read")]


def _read(path: Path) -> Iterator[Grid]:
    suffix = path.suffix.lower()
    if suffix not in FILES:
        raise Unreadable("a workbook (.xlsx), a CSV file or a folder of CSV files")
    if path.stat().st_size == 0:
        raise Unreadable("a file that is not empty")
    return read_csv(path) if suffix == ".csv" else read_workbook(path)
