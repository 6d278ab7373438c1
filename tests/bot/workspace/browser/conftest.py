"""The demo, fresh for each test, and patience."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.delivery.sending import drain
from bot.demo.seed import STARTS_AT
from bot.processes import make_demo
from bot.settings import beside
from bot.survey_keys import KeysInFolder
from bot.timetable import tick
from bot.workspace.broadcast import Broadcaster
from bot.workspace.sender import WorkspaceSender
from models.database import Database
from tests.bot.workspace.browser.site import PATIENCE, running_demo
from tests.presses import PressHere

expect.set_options(timeout=PATIENCE)


def keys_beside(path: Path) -> Path:
    """Where the keys of the surveys in a demo's database are."""
    return beside(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def new_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database as it is when nobody has been there yet."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    database = Database.connect(f"sqlite:///{path}")
    make_demo(database, KeysInFolder(keys_beside(path)), PressHere())
    # The first morning's digests are there already, so that no test has to wait for them.
    tick(database, STARTS_AT)
    drain(database, {"workspace": WorkspaceSender(database, Broadcaster())}, STARTS_AT)
    database.close()
    return path


@pytest.fixture
def demo(new_demo: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a running demo that is the test's own."""
    path = tmp_path / "demo.sqlite"
    shutil.copyfile(new_demo, path)
    shutil.copytree(keys_beside(new_demo), keys_beside(path))
    with running_demo(path) as address:
        yield address
