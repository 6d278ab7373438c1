"""Replacing the holder of a seat on a telephone: a form, its warnings, and what was saved."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.bot.workspace.browser.site import NARROW, fits, form, last, sit_down, write


def test_a_form_with_warnings_comes_back_in_its_place_and_is_saved_anyway(
    demo: str, chromium: Browser
) -> None:
    page = sit_down(chromium, demo, "Maja Ekvall", NARROW)
    write(page, "byt Birgitta Olander Frisk Farsta styrgrupp")
    person = form(page).get_by_role("combobox", name="Person")
    person.press_sequentially("jonas lind")
    form(page).get_by_role("option", name="Jonas Lindmark").click()
    form(page).get_by_label("Första dagen").fill("2024-07-01")
    form(page).get_by_label("Sista dagen").fill("2024-06-01")
    form(page).get_by_role("button", name="Spara").click()
    expect(form(page).get_by_text("Sista dagen är före den första")).to_be_visible()
    form(page).get_by_label("Sista dagen").fill("")
    form(page).get_by_role("button", name="Spara").click()
    expect(form(page).get_by_text("arbetar i en annan organisation")).to_be_visible()
    expect(form(page).get_by_label("Första dagen")).to_have_value("2024-07-01")
    form(page).get_by_role("button", name="Spara ändå").click()
    expect(last(page)).to_contain_text("Uppdraget för Birgitta Olander Frisk slutar 30 juni 2024.")
    assert form(page).count() == 0
    last(page).get_by_role("button", name="Ändra mer").click()
    expect(last(page)).to_contain_text("Ändra platser: Farsta lokala styrgrupp")
    assert fits(page)


def test_after_warnings_a_closed_form_gives_the_focus_back_to_what_opened_it(
    demo: str, chromium: Browser
) -> None:
    page = sit_down(chromium, demo, "Maja Ekvall")
    write(page, "vem Farsta styrgrupp")
    last(page).get_by_role("button", name="Ändra platser").click()
    expect(last(page)).to_contain_text("Ändra platser: Farsta lokala styrgrupp")
    opener = last(page).get_by_role("button", name="Avsluta").first
    opener.focus()
    page.keyboard.press("Enter")
    form(page).get_by_label("Sista dagen").fill("2024-06-20")
    form(page).get_by_role("button", name="Spara").click()
    expect(form(page).get_by_text("Innan du sparar")).to_be_visible()
    expect(form(page).get_by_label("Sista dagen")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
