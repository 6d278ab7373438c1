"""The house's own promises: to whom writes a test, and to whom runs one."""

from __future__ import annotations

import json
import socket
import subprocess
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.cli import app
from models.database import Database
from tests.network import NetworkRefused

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
REMEMBER = text("INSERT INTO small_fact (name, value) VALUES ('test', 'made')")
REMEMBERED = text("SELECT count(*) FROM small_fact")


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_one_test_commits_the_next_does_not_see(database: Database, turn: str) -> None:
    with database.write() as session:
        assert session.scalar(REMEMBERED) == 0
        session.execute(REMEMBER)
    with database.read() as session:
        assert session.scalar(REMEMBERED) == 1


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_session_of_a_test_may_commit_and_is_undone_all_the_same(
    session: Session, turn: str
) -> None:
    assert session.scalar(REMEMBERED) == 0
    session.execute(REMEMBER)
    session.commit()
    assert session.scalar(REMEMBERED) == 1


def test_a_session_of_a_test_survives_a_broken_promise(session: Session) -> None:
    session.execute(REMEMBER)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(REMEMBER)
    assert session.scalar(REMEMBERED) == 1


def test_both_databases_are_what_they_say(database: Database, store: object) -> None:
    assert database.is_sqlite == (type(store).__name__ == "SqliteStore")


@pytest.mark.parametrize("host", ["192.0.2.1", "slack.example"])
def test_a_test_cannot_reach_another_machine(host: str) -> None:
    with pytest.raises(NetworkRefused):
        socket.create_connection((host, 443), timeout=1)


def test_the_browser_is_real(chromium: Browser) -> None:
    with closing(chromium.new_page()) as page:
        page.set_content("<h1>Hökarängen</h1>")
        assert page.inner_text("h1") == "Hökarängen"


@pytest.mark.parametrize("address", ["http://slack.example/", "http://192.0.2.1/"])
def test_the_browser_cannot_reach_another_machine(chromium: Browser, address: str) -> None:
    with closing(chromium.new_page()) as page, pytest.raises(Error, match="NAME_NOT_RESOLVED"):
        page.goto(address, timeout=5000)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address_and_has_a_hash_for_each_package(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("--")]
    packages = [place for place, line in enumerate(lines) if "==" in line]
    assert packages
    assert all("--hash=sha256:" in lines[place + 1] for place in packages)


def test_both_locks_choose_the_same_versions() -> None:
    runtime, development = (_versions(name) for name in LOCKS)
    assert runtime.items() <= development.items()


def test_the_emulators_lock_names_no_address_either() -> None:
    lock = (ROOT / "tests" / "emulator" / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    packages = [each for path, each in json.loads(lock)["packages"].items() if path]
    assert packages
    assert all(each["integrity"].startswith("sha512-") for each in packages)


def _versions(name: str) -> dict[str, str]:
    chosen = (line.split()[0] for line in (ROOT / name).read_text().splitlines() if "==" in line)
    return dict(line.split("==") for line in chosen)


def test_continuous_integration_does_what_a_person_does() -> None:
    commands = (ROOT / ".ci/run").read_text().splitlines()[-1]
    assert commands.endswith("make test")


def test_the_procfile_starts_commands_that_exist() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    processes = dict(line.split(": samverkan ") for line in lines)
    assert set(processes) == {"release", "web", "worker"}
    assert set(processes.values()) <= {command.name for command in app.registered_commands}


def test_make_help_has_a_sentence_for_each_target_that_people_use() -> None:
    listed = subprocess.run(
        ["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    for target in (
        "help",
        "demo",
        "test",
        "lint",
        "bench",
        "emulator",
        "referee",
        "acceptance",
        "lock",
        "screenshot",
    ):
        assert f"make {target} " in listed


def test_everything_that_is_imported_across_folders_is_installed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert set(settings["tool"]["importlinter"]["root_packages"]) == folders
    assert set(settings["tool"]["coverage"]["run"]["source"]) == folders
