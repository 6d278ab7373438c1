"""The system's Chromium, driven by Playwright; no browser is ever downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
"""The last one keeps the page from asking anything of any other machine."""


def find_chromium() -> str | None:
    """The path of the first Chromium that this machine has."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A headless browser; skips what needs it, with the reason, where there is none."""
    path = find_chromium()
    if path is None:
        pytest.skip(f"no Chromium: none of {', '.join(NAMES)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
