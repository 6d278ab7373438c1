"""The whole demo on a port of this machine, and members who sit down at a browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
from playwright.sync_api import Browser, Locator, Page, ViewportSize

from bot.processes import demo_house
from bot.settings import Settings

WIDE = ViewportSize(width=1280, height=860)
NARROW = ViewportSize(width=375, height=800)
PATIENCE = 20_000
"""Milliseconds that a busy machine may take for one thing on the page."""


class DidNotStart(Exception):
    """The demo was not up in time."""


@contextmanager
def running_demo(path: Path) -> Iterator[str]:
    """The demo on a database of its own, with its senders and timetable; yields its address."""
    settings = Settings.read({"SECRET_KEY": "a secret for the tests of the page"})
    house = demo_house(settings, path)
    server = uvicorn.Server(
        uvicorn.Config(
            house.application(),
            host="127.0.0.1",
            port=0,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
    )
    thread = Thread(target=server.run, name="demo")
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port(server)}"
    finally:
        house.broadcaster.close()
        server.should_exit = True
        thread.join()
        house.database.close()


def _port(server: uvicorn.Server) -> int:
    for _ in range(600):
        if server.started:
            port: int = server.servers[0].sockets[0].getsockname()[1]
            return port
        time.sleep(0.05)
    raise DidNotStart


def sit_down(browser: Browser, address: str, name: str, size: ViewportSize = WIDE) -> Page:
    """A browser of one's own in which a member has just signed in, and whose scripts have come.

    Before they have, a form is sent the way it is sent without scripts: a story about what
    the scripts do must not begin then.
    """
    page = browser.new_context(viewport=size, locale="sv-SE").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.get_by_role("button", name=name).click()
    page.get_by_role("heading", level=1, name="Hem").wait_for()
    page.wait_for_load_state("load")
    return page


def go(page: Page, path: str) -> None:
    """Opens a page of the same site."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)


def write(page: Page, line: str) -> None:
    """Writes a line in the composer and sends it."""
    field = page.get_by_role("combobox", name="Skriv till Samverkansbot")
    field.fill(line)
    field.press("Enter")


def last(page: Page) -> Locator:
    """The last post of the conversation."""
    return page.locator("#posts > .post").last


def form(page: Page) -> Locator:
    """The form that is open."""
    return page.get_by_role("dialog")


def fits(page: Page) -> bool:
    """Whether neither the page nor its conversation can be scrolled sideways."""
    wide: bool = page.evaluate(
        """() => [document.documentElement, document.querySelector("main")]
            .every((part) => part.scrollWidth <= part.clientWidth)"""
    )
    return wide
