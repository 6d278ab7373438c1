"""Pictures that are looked at and files that are kept, on the narrowest of screens."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.bot.workspace.browser.site import NARROW, fits, go, last, sit_down, write


def test_the_matrix_is_a_picture_within_its_frame_and_a_file_to_keep(
    demo: str, chromium: Browser
) -> None:
    page = sit_down(chromium, demo, "Eva Nordin", NARROW)
    go(page, "/direct")
    write(page, "representation")
    expect(last(page).get_by_role("button", name="CSV")).to_be_visible()
    asked = last(page)
    asked.get_by_role("button", name="Visa som bild").click()
    picture = page.locator(".picture img")
    expect(picture).to_have_attribute("alt", re.compile("Farsta"))
    picture.scroll_into_view_if_needed()
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    assert fits(page)
    page.locator(".post").filter(has_text="Vakanser").get_by_role("button", name="CSV").click()
    link = page.locator(".file a")
    with page.expect_download() as kept:
        link.click()
    name = kept.value.suggested_filename
    assert name.endswith(".csv")
    assert "Farsta" in Path(kept.value.path()).read_text("utf-8-sig")
    assert fits(page)
