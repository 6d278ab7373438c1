"""What all tests share: databases of both kinds, a browser, no network, and honest skips."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from handlers.desk import Desk
from models.database import Database
from tests import network
from tests.browser import running_chromium
from tests.conversations.talk import SECRET
from tests.postgres import running_server
from tests.stores import (
    PostgresStore,
    SqliteStore,
    Store,
    Templates,
    copied,
    store_named,
    undone,
)

# Other work on the machine must not make a test fail, and every run tries the same examples.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")

# Importing and collecting make much and leave no garbage; it is looked for when they are done.
gc.disable()

COPIES = count(1)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Nothing under test reaches another machine."""
    with pytest.MonkeyPatch.context() as patch:
        network.shut(patch)
        yield


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all pytest processes of the run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def sqlite_store(
    tmp_path_factory: pytest.TempPathFactory, shared_folder: Path, worker_id: str
) -> Iterator[SqliteStore]:
    """SQLite databases of this pytest process."""
    templates = Templates(shared_folder / "templates-sqlite", worker_id)
    store = SqliteStore(tmp_path_factory.mktemp("sqlite"), templates)
    yield store
    store.close()


@pytest.fixture(scope="session")
def postgres_store(
    testrun_uid: str, shared_folder: Path, worker_id: str
) -> Iterator[PostgresStore]:
    """PostgreSQL databases of this pytest process."""
    templates = Templates(shared_folder / "templates-postgresql", worker_id)
    with running_server(testrun_uid) as server:
        store = PostgresStore(server, testrun_uid[:8], templates)
        yield store
        store.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """Both kinds of database, one after the other.

    A test that needs only one says `@pytest.mark.parametrize("store", ["sqlite"], indirect=True)`.
    """
    return store_named(request)


@pytest.fixture
def database(store: Store) -> Database:
    """An empty database with all tables; what the test before has done to it is gone."""
    return store.fresh("empty", Database.create_all)


@pytest.fixture
def stockholm(store: Store) -> Database:
    """A database with the demo's data; what the test before has done to it is gone."""
    return store.fresh("stockholm", _load_stockholm)


@pytest.fixture(scope="session")
def _shared_empty(store: Store) -> Iterator[Database]:
    with copied(store, "empty", Database.create_all, _new_copy()) as found:
        yield found


@pytest.fixture(scope="session")
def _shared_stockholm(store: Store) -> Iterator[Database]:
    with copied(store, "stockholm", _load_stockholm, _new_copy()) as found:
        yield found


@pytest.fixture
def session(_shared_empty: Database) -> Iterator[Session]:
    """A session on an empty database; what it does is undone after the test."""
    with undone(_shared_empty) as found:
        yield found


@pytest.fixture
def stockholm_session(_shared_stockholm: Database) -> Iterator[Session]:
    """A session on the demo's data; what it does is undone after the test."""
    with undone(_shared_stockholm) as found:
        yield found


@pytest.fixture(scope="session")
def desk(_shared_stockholm: Database) -> Desk:
    """A desk that has read the demo's names, for tests that change nothing.

    Others say `Talk(stockholm, knowing=desk)`, and the names are not read again for them.
    """
    desk = Desk(_shared_stockholm, SECRET)
    desk.warm()
    return desk


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless browser for the tests of one module, which are all plain functions.

    Playwright's own event loop runs as long as the browser does, so it ends with the module.
    """
    with running_chromium() as browser:
        yield browser


def pytest_configure(config: pytest.Config) -> None:
    """Ends the first of two tracers in a worker: it would trace on wherever the other pauses.

    The plugin starts one as it is loaded and the worker's own later, and knows only of that.
    """
    if (tracing := _tracing(config)) is not None and hasattr(config, "workerinput"):
        tracing.cov.stop()


def _tracing(config: pytest.Config) -> Any:
    """What traces for coverage now; None where nothing does."""
    return getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs the browser, so that `-m 'not browser'` can leave it out.

    Tracing doubles what a test takes, so it is left out where it shows nothing new: in a test
    whose twin on SQLite reaches the same lines, where processes are killed, worlds are simulated,
    or all that there is is walked through again and again, and where others reach the same lines
    (seen from `--cov-context=test`: all of these together reach 110 of 57,000 lines alone).
    """
    names = {item.nodeid for item in items}
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        is_twin = "postgresql" in item.nodeid and _on_sqlite(item.nodeid) in names
        if is_twin or item.nodeid.startswith(UNTRACED):
            item.add_marker(pytest.mark.no_cover)


UNTRACED = (
    "tests/acceptance/",
    "tests/attack/",
    "tests/bot/publishing/test_late_waves.py",
    "tests/bot/slack/test_every_word.py",
    "tests/bot/slack/test_everything_said.py",
    "tests/bot/test_benchmarks.py",
    "tests/bot/test_slowed.py",
    "tests/bot/test_timetable.py",
    "tests/bot/test_year_of_asking.py",
    "tests/bot/workbook/test_importing.py",
    "tests/bot/workbook/test_stockholm.py",
    "tests/bot/workbook/test_template.py",
    "tests/bot/workspace/browser/",
    "tests/conversations/",
    "tests/digests/test_weekly.py",
    "tests/faults/",
    "tests/handlers/test_acquaintance.py",
    "tests/handlers/test_number_of_queries.py",
    "tests/handlers/understanding/test_any_text.py",
    "tests/models/measures/test_progress.py",
    "tests/models/measures/test_workload.py",
    "tests/models/representation/test_coverage.py",
    "tests/models/seats/test_occupancy.py",
    "tests/models/storage/test_backups.py",
    "tests/models/storage/test_schema.py",
)

PREPARED_UNTRACED = ("tests/digests/", "tests/handlers/", "tests/models/", "tests/bot/workbook/")
"""Where only databases are prepared; elsewhere it starts threads, which stay as they began."""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Databases are prepared untraced: that is half of all tracing, and reaches no line alone."""
    tracing = _tracing(item.config)
    is_dull = item.get_closest_marker("no_cover") or item.nodeid.startswith(PREPARED_UNTRACED)
    if tracing is None or not is_dull:
        yield
        return
    tracing.pause()
    yield
    tracing.resume()


def _on_sqlite(nodeid: str) -> str:
    return nodeid.replace("postgresql", "sqlite")


def pytest_collection_finish() -> None:
    """What is imported by now stays, so it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In continuous integration a skipped test has proved nothing, so it is a failure."""
    if session.exitstatus == 0 and _must_not_skip() and _skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The last line says what was skipped and why."""
    if skips := _skips(config):
        verdict = "Skipped, which counts as failed here" if _must_not_skip() else "Skipped"
        reasons = "; ".join(f"{number} × {reason}" for reason, number in skips.items())
        print(f"{verdict}: {reasons}")  # noqa: T201 - the terminal's reporter has already ended.


def _must_not_skip() -> bool:
    return os.environ.get("CI") == "true"


def _skips(config: pytest.Config) -> Counter[str]:
    """How many tests were skipped for each reason, as the process that reports knows it."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return Counter(_reason(report.longrepr) for report in reports)


def _reason(told: tuple[str, int, str] | object) -> str:
    return told[2].removeprefix("Skipped: ") if isinstance(told, tuple) else str(told)


def _new_copy() -> str:
    return f"copy{next(COPIES)}"


def _load_stockholm(database: Database) -> None:
    from bot.demo import seed
    from models.storage.schema import upgrade
    from tests.presses import PressHere

    upgrade(database)
    seed.load(database, PressHere())
