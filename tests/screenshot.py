"""Makes the README's pictures: the week in Farsta on the demo's page, and as Slack shows it.

Run by `make screenshot`.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page

from bot.demo import seed
from bot.timetable import begin, tick
from models.database import Database
from models.storage.schema import upgrade
from tests.browser import running_chromium
from tests.conversations.slack_stage import MONDAY, linked, running_bot
from tests.presses import PressHere
from tests.slack.drawn import page_of
from tests.slack.fixtures import watched_slack

FOLDER = Path(__file__).parents[1] / "bot/demo"
SECONDS_TO_START = 60


def main() -> None:
    """Looks at a demo and at a bot on the fake Slack, both of its own, and keeps what is seen."""
    with running_chromium() as browser:
        with running_demo() as address:
            page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=2)
            page.goto(address)
            choose(page, "Maja Ekvall")
            choose(page, "Farsta · beredning")
            page.get_by_role("heading", name="Vecka 24").wait_for()
            page.screenshot(path=FOLDER / "page.png")
        page = browser.new_page(viewport={"width": 700, "height": 400}, device_scale_factor=2)
        page.set_content(week_on_slack())
        page.screenshot(path=FOLDER / "slack.png", full_page=True)


def week_on_slack() -> str:
    """The channel of Farsta's preparatory group on a Monday morning, as a page."""
    with tempfile.TemporaryDirectory() as folder, watched_slack() as slack:
        database = Database.connect(f"sqlite:///{folder}/demo.sqlite")
        upgrade(database)
        seed.load(database, PressHere())
        maja = slack.user("Maja Ekvall", "maja.ekvall@farsta.stockholm.example")
        room = slack.channel("farsta-beredning", [maja])
        with running_bot(slack, database) as bot:
            linked(database, slack, room, "FAR-BER")
            begin(database, MONDAY - timedelta(hours=1))
            tick(database, bot.clock.now())
            bot.courier.wake()
            if not slack.bell.wait(lambda: room.messages, SECONDS_TO_START):
                raise SystemExit("the week's digest did not come to the fake Slack")
        database.close()
        return page_of(f"# {room.name}", room.messages)


def choose(page: Page, name: str) -> None:
    """Presses what bears the name: who to be, then which channel to read."""
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()
    page.wait_for_load_state("load")


@contextmanager
def running_demo() -> Iterator[str]:
    """The address of a demo on a new database, which ends with the block."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "demo.sqlite")
        program = Path(sys.executable).with_name("samverkan")
        demo = subprocess.Popen([program, "demo", "--port", str(port), "--database", database])
        try:
            _wait_until_it_answers(address, demo)
            yield address
        finally:
            demo.terminate()
            demo.wait(timeout=20)


def _wait_until_it_answers(address: str, demo: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up_at and demo.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"the demo did not answer at {address}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
