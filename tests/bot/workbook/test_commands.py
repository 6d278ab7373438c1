"""The registrar's two commands: what they print, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot import cli
from bot.commands.importing import run
from bot.workbook import importing
from handlers.texts import language
from models.database import Database
from models.places.place import District
from models.storage import schema
from tests.bot.workbook.files import NUMBER_OF_ROWS, VILLAGE, with_line, write

SWEDISH, ENGLISH = language("sv"), language("en")

Printed = pytest.CaptureFixture[str]


def test_an_import_prints_what_it_did_sheet_by_sheet(
    database: Database, tmp_path: Path, capsys: Printed
) -> None:
    folder = write(tmp_path, VILLAGE)
    assert run([folder], database, SWEDISH, check=False) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "  Stadsdelsområden: 3 nya, 0 ändrade, 0 oförändrade"
    assert out[-1] == f"{NUMBER_OF_ROWS} nya, 0 ändrade, 0 oförändrade"
    assert run([folder], database, SWEDISH, check=False) == 0
    assert capsys.readouterr().out == f"0 nya, 0 ändrade, {NUMBER_OF_ROWS} oförändrade\n"


def test_a_check_prints_what_would_happen(
    database: Database, tmp_path: Path, capsys: Printed
) -> None:
    assert run([write(tmp_path, VILLAGE)], database, ENGLISH, check=True) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1].startswith(f"No faults. Importing would give: {NUMBER_OF_ROWS} new rows")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(District)) == 0


@pytest.mark.parametrize("check", [True, False])
def test_faults_go_to_the_error_stream_and_end_with_1(
    database: Database, tmp_path: Path, capsys: Printed, check: bool
) -> None:
    folder = write(tmp_path, with_line("districts", "SKB,,2020-01-01,,,"))
    assert run([folder], database, SWEDISH, check=check) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "districts.csv, rad 5, kolumn name: väntade ett värde.",
        "1 fel. Inget har ändrats.",
    ]


def test_a_row_that_the_database_refuses_is_told_in_one_sentence(
    database: Database, tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed: x\nDETAIL: y"))

    monkeypatch.setattr(importing, "store", refuse)
    assert run([write(tmp_path, VILLAGE)], database, ENGLISH, check=False) == 1
    assert capsys.readouterr().err == (
        "The database refused a row and nothing was changed: UNIQUE constraint failed: x.\n"
    )


def _samverkan(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """Runs the command line as the shell does, and returns its exit code."""
    monkeypatch.setattr("sys.argv", ["samverkan", *map(str, words)])
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A migrated, empty database that the settings name."""
    address = f"sqlite:///{tmp_path}/installation.sqlite"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("BOT_LANGUAGE", "sv")
    database = Database.connect(address)
    schema.upgrade(database)
    database.close()
    return tmp_path


def test_the_command_line_imports_a_folder(
    installation: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    folder = write(installation / "by", VILLAGE)
    assert _samverkan(monkeypatch, "import", folder, "--check") == 0
    assert _samverkan(monkeypatch, "import", folder) == 0
    assert _samverkan(monkeypatch, "import", folder) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"0 nya, 0 ändrade, {NUMBER_OF_ROWS} oförändrade"


def test_the_command_line_writes_a_template_once(
    installation: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert _samverkan(monkeypatch, "template", "mall.xlsx") == 0
    assert "mall.xlsx är klar att fylla i" in capsys.readouterr().out
    assert _samverkan(monkeypatch, "template", "mall.xlsx") == 1
    assert "finns redan" in capsys.readouterr().err


@pytest.mark.parametrize(
    "case",
    [
        (("template", "mall.csv"), 2, "sluta på .xlsx"),
        (("template", "saknas/mall.xlsx"), 1, "går inte att skriva"),
        (("import",), 2, "Missing argument"),
        (("import", "saknas", "--language", "en"), 1, "expected a file or a folder"),
        (("import", "saknas"), 1, "väntade en fil eller mapp som finns"),
    ],
)
def test_wrong_use_ends_with_a_sentence(
    installation: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Printed,
    case: tuple[tuple[str, ...], int, str],
) -> None:
    words, code, sentence = case
    assert _samverkan(monkeypatch, *words) == code
    assert sentence in capsys.readouterr().err
