"""A survey on the page, from the form that makes it to its frozen result, as the clock is moved."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.bot.workspace.browser.site import form, go, last, sit_down, write

CODE, QUESTION = "E-2024-005", "Har du nyckel till fritidsgården?"


def test_a_survey_is_made_answered_closed_and_shown(demo: str, chromium: Browser) -> None:
    maja = sit_down(chromium, demo, "Maja Ekvall")
    go(maja, "/direct")
    write(maja, "ny enkät Farsta beredningsgrupp")
    form(maja).get_by_label("Vad handlar den om?").fill("Nycklar")
    form(maja).get_by_label("En egen fråga").fill(QUESTION)
    form(maja).get_by_label("Rena fakta: visas alltid").check()
    form(maja).get_by_label("Sista dag att svara").fill("2024-06-11")
    form(maja).get_by_role("button", name="Skicka ut").click()
    expect(last(maja)).to_contain_text(f"Enkäten {CODE} skickas ut")
    later(maja, "+1 timme", "mån 10 juni 2024 09.00")

    jonas = sit_down(chromium, demo, "Jonas Lindmark")
    go(jonas, "/direct")
    write(jonas, f"enkät {CODE}")
    # The week's message tells of it as well; the answer has come when it stands last.
    expect(last(jonas)).not_to_contain_text("Hej Jonas.")
    expect(last(jonas)).to_contain_text("1 snabb fråga")
    last(jonas).get_by_role("button", name="Svara", exact=True).click()
    expect(form(jonas)).to_contain_text("Svaren är anonyma.")
    form(jonas).get_by_role("radio", name="Ja").check()
    form(jonas).get_by_role("button", name="Skicka").click()
    expect(last(jonas)).to_contain_text("Tack, ditt svar är sparat")

    later(maja, "+1 dag", "tis 11 juni 2024 09.00")
    later(maja, "+1 dag", "ons 12 juni 2024 09.00")
    write(maja, f"resultat {CODE}")
    expect(last(maja)).to_contain_text(f"”{QUESTION}”")
    expect(last(maja)).to_contain_text("1 av de 1 som svarat säger ja")
    expect(last(maja)).to_contain_text("D – bara spann")
    last(maja).get_by_role("button", name="Visa tabell").click()
    expect(last(maja)).to_contain_text("Låst när enkäten stängde")


def later(page: Page, step: str, told: str) -> None:
    """Moves the demo's clock, on which the survey opens and closes."""
    page.get_by_label("Fler steg").click()
    page.get_by_role("button", name=step).click()
    expect(page.locator(".clock time")).to_contain_text(told)
    go(page, "/direct")
