"""With the keyboard alone, on a narrow screen, and when something is refused."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, Route, expect

from tests.bot.workspace.browser.site import NARROW, WIDE, fits, form, go, last, sit_down, write

PATHS = ["/", "/direct", "/groups/FAR-BER", "/representation", "/measures", "/meetings", "/surveys"]
NUMBER = "19121212-1212"
"""A made-up personal identity number, as the library's own examples have it."""


def test_nothing_scrolls_sideways_on_a_narrow_screen(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Maja Ekvall", NARROW)
    for path in PATHS:
        go(page, path)
        assert fits(page), path
    go(page, "/groups/FAR-BER")
    for line in ("vem Rågsved", "åtgärder Farsta", "hjälp", "vakanser Järva"):
        before = page.locator(".post").count()
        write(page, line)
        expect(page.locator(".post")).to_have_count(before + 2)
        assert fits(page), line
    write(page, "rapportera")
    expect(form(page)).to_be_visible()
    assert fits(page)


def test_on_a_narrow_screen_a_row_is_stacked_with_its_labels(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Maja Ekvall", NARROW)
    go(page, "/groups/FAR-BER")
    expect(page.locator("main")).to_contain_text("Vecka 24")
    first, second = page.locator("tbody tr").first.locator("th, td").all()[:2]
    above, below = first.bounding_box(), second.bounding_box()
    assert above is not None
    assert below is not None
    assert below["y"] >= above["y"] + above["height"] - 1
    label = second.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert label == '"Läge"'


def test_on_a_narrow_screen_the_menu_opens_closes_and_gives_the_focus_back(
    demo: str, chromium: Browser
) -> None:
    page = sit_down(chromium, demo, "Jonas Lindmark", NARROW)
    link = page.get_by_role("link", name="Farsta · beredning")
    expect(link).to_be_hidden()
    opener = page.get_by_role("link", name=re.compile("^Meny"))
    opener.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Farsta lokala beredningsgrupp")


def test_a_menu_that_the_address_opened_closes_as_well(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Jonas Lindmark", NARROW)
    go(page, "/#menu")
    link = page.get_by_role("link", name="Farsta · beredning")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()


def test_everything_can_be_done_with_the_keyboard(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Karim Haddad")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till samtalet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    go(page, "/direct")
    field = page.get_by_role("combobox", name="Skriv till Samverkansbot")
    expect(field).to_be_focused()
    page.keyboard.type("rap")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(field).to_have_value("rapportera ")
    page.keyboard.press("Enter")
    expect(form(page).get_by_label("Åtgärd")).to_be_focused()
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    expect(field).to_be_focused()


def test_the_arrows_choose_a_verb_and_escape_closes_the_list(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Maja Ekvall")
    go(page, "/direct")
    field = page.get_by_role("combobox", name="Skriv till Samverkansbot")
    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = page.locator("#verbs [aria-selected=true]")
    expect(chosen).to_contain_text("rapportera")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    field.press("Escape")
    expect(page.locator("#verbs")).to_be_hidden()
    field.fill("atg")
    field.press("Tab")
    expect(field).to_have_value("åtgärder ")


def test_what_may_not_be_stored_goes_back_to_the_composer(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Jonas Lindmark")
    go(page, "/groups/FAR-BER")
    before = page.locator(".post").count()
    line = f"rapportera FAR-009 pågår Vi träffade {NUMBER} i centrum"
    write(page, line)
    expect(page.get_by_role("alert")).to_contain_text("Jag sparade inte texten")
    expect(page.get_by_role("combobox", name="Skriv till Samverkansbot")).to_have_value(line)
    expect(page.locator(".post")).to_have_count(before)
    page.reload()
    expect(page.locator("main")).not_to_contain_text(NUMBER)


def test_a_form_keeps_what_was_typed_beside_what_was_wrong(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Karim Haddad")
    go(page, "/direct")
    write(page, "rapportera")
    said = form(page).get_by_label(re.compile("Vad har hänt"))
    said.fill(f"Vi talade med {NUMBER}")
    form(page).get_by_role("button", name="Spara").click()
    expect(form(page).locator(".error:visible").first).to_have_text("Här behövs ett svar.")
    form(page).get_by_role("radio").nth(1).check()
    form(page).get_by_role("button", name="Spara").click()
    expect(said).to_have_attribute("aria-invalid", "true")
    expect(said).to_have_value(f"Vi talade med {NUMBER}")
    expect(said).to_be_focused()
    said.fill("Stolparna är på plats")
    form(page).get_by_role("button", name="Spara").click()
    expect(last(page)).to_contain_text("Stolparna är på plats")


def test_the_clock_says_that_time_passes_until_it_has(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Maja Ekvall")
    moves: list[Route] = []

    def hold(route: Route) -> None:
        moves.append(route)

    page.route("**/demo/clock", hold)
    page.get_by_role("button", name="Nästa måndag").click()
    word = page.locator(".clock [aria-live]")
    expect(word).to_have_text("Tiden går …")
    expect(page.locator(".clock time")).to_have_text("mån 10 juni 2024 08.00")
    moves[0].abort()
    expect(word).to_be_empty()
    expect(page.locator("#notice")).to_contain_text("försök igen")


def test_one_can_be_somebody_else(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, "Maja Ekvall")
    page.get_by_role("link", name="Byt person").click()
    page.get_by_label("Sök bland alla").fill("registrator")
    page.get_by_role("button", name="Sök").click()
    page.get_by_role("button", name="Rolf Sandin").click()
    expect(page.locator("nav")).to_contain_text("Rolf Sandin")


def test_without_scripts_the_page_can_still_be_read_and_asked(demo: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(demo)
    page.get_by_role("button", name="Maja Ekvall").click()
    go(page, "/groups/FAR-BER")
    expect(page.locator("main")).to_contain_text("Vecka 24")
    page.locator("#line").fill("vem Rågsved")
    page.get_by_role("button", name="Skicka").click()
    expect(page.locator("main")).to_contain_text("Rågsved hör till Enskede-Årsta-Vantör")


UNNAMED = """() => [...document.querySelectorAll("a, button, input, select, textarea, img, table")]
    .filter((part) => part.type !== "hidden" && part.getClientRects().length > 0)
    .filter((part) => !(part.textContent.trim() && part.matches("a, button, table")))
    .filter((part) => !part.ariaLabel && !part.alt && !(part.labels && part.labels.length))
    .map((part) => part.outerHTML)"""
TWICE = """() => {
    const ids = [...document.querySelectorAll("[id]")].map((part) => part.id);
    return ids.filter((id, place) => ids.indexOf(id) !== place);
}"""
LOST = """() => [...document.querySelectorAll("[aria-describedby], [aria-controls]")]
    .flatMap((part) => `${part.getAttribute("aria-describedby") ?? ""} ${
        part.getAttribute("aria-controls") ?? ""}`.trim().split(/\\s+/))
    .filter((id) => id && !document.getElementById(id))"""
SMALL = """() => [...document.querySelectorAll("button, nav a, .button")]
    .map((part) => [part.textContent.trim(), part.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.height < 24 || box.width < 24))
    .map(([text]) => text)"""


def test_everything_has_a_name_an_own_id_and_room_for_a_finger(
    demo: str, chromium: Browser
) -> None:
    page = sit_down(chromium, demo, "Maja Ekvall")
    for path in PATHS:
        go(page, path)
        write(page, "rapportera")
        expect(form(page)).to_be_visible()
        assert found(page) == {"unnamed": [], "twice": [], "lost": [], "small": []}, path
        assert page.locator("h1").count() == 1, path
        assert page.locator("html").get_attribute("lang") == "sv", path


def found(page: Page) -> dict[str, list[str]]:
    questions = {"unnamed": UNNAMED, "twice": TWICE, "lost": LOST, "small": SMALL}
    return {name: page.evaluate(question) for name, question in questions.items()}
