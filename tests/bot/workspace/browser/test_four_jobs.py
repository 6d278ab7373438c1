"""Each of the four jobs in a real browser, by one of three members from three organisations."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.bot.workspace.browser.site import form, go, last, sit_down, write

MAJA, JONAS, KARIM = "Maja Ekvall", "Jonas Lindmark", "Karim Haddad"
UNDONE = re.compile("borttagen|ångrad|tillbaka|ångrat", re.IGNORECASE)


def test_a_member_reports_in_one_line_and_can_undo_it(demo: str, chromium: Browser) -> None:
    page, measure = sit_down(chromium, demo, JONAS), "FAR-009"
    go(page, "/direct")
    write(page, f"rapportera {measure} pågår Allt är beställd till vecka 32")
    expect(last(page)).to_contain_text(f"Tack. {measure} är uppdaterad")
    expect(last(page)).to_contain_text("Allt är beställd till vecka 32")
    last(page).get_by_role("button", name=re.compile("^Ångra")).click()
    expect(last(page)).to_contain_text(UNDONE)


def test_a_member_reports_with_the_form(demo: str, chromium: Browser) -> None:
    page, measure = sit_down(chromium, demo, KARIM), "JAR-005"
    go(page, "/direct")
    write(page, "rapportera")
    value = form(page).locator("option", has_text=measure).get_attribute("value")
    form(page).get_by_label("Åtgärd").select_option(value)
    form(page).get_by_role("radio", name=re.compile("Riskerar")).check()
    form(page).get_by_label(re.compile("procent")).fill("40")
    form(page).get_by_label(re.compile("Vad har hänt")).fill("Leveransen dröjer en vecka.")
    form(page).get_by_role("button", name="Spara").click()
    expect(last(page)).to_contain_text(measure)
    expect(last(page)).to_contain_text("Riskerar försening")
    expect(last(page)).to_contain_text("Leveransen dröjer en vecka.")


def test_a_member_asks_who_represents_and_shares_it_with_the_group(
    demo: str, chromium: Browser
) -> None:
    asker, other = sit_down(chromium, demo, KARIM), sit_down(chromium, demo, MAJA)
    for page in (asker, other):
        go(page, "/groups/FAR-BER")
    write(asker, "/samverkan vem Rågsved styrgrupp")
    expect(last(asker)).to_contain_text("Rågsved hör till Enskede-Årsta-Vantör")
    expect(last(asker)).to_contain_text("LPO Farsta")
    expect(last(asker)).to_contain_text("Bara du ser detta")
    expect(other.locator("main")).not_to_contain_text("Rågsved hör till")
    last(asker).get_by_role("button", name="Dela i kanalen").click()
    expect(other.locator("main")).to_contain_text("Rågsved hör till Enskede-Årsta-Vantör")
    expect(last(other)).to_contain_text(f"Delat av {KARIM}")


def test_next_monday_the_digest_arrives_before_ones_eyes(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, KARIM)
    go(page, "/groups/FAR-BER")
    expect(page.locator("main")).to_contain_text("Vecka 24")
    expect(page.locator("main")).not_to_contain_text("Vecka 25")
    page.get_by_role("button", name="Nästa måndag").click()
    expect(page.locator("main")).to_contain_text("Vecka 25 · Farsta lokala beredningsgrupp")
    expect(page.locator(".clock time")).to_have_text("mån 17 juni 2024 08.00")
    expect(page.locator("[data-room^='@']")).to_contain_text(re.compile(r"\d nya"))


def test_a_member_answers_the_survey_and_sees_no_result_before_it_closes(
    demo: str, chromium: Browser
) -> None:
    page = sit_down(chromium, demo, JONAS)
    page.get_by_role("button", name=re.compile("^Svara")).click()
    expect(form(page)).to_be_visible()
    for question in form(page).get_by_role("group").all():
        question.get_by_role("radio").nth(1).check()
    form(page).get_by_role("button", name="Skicka").click()
    page.wait_for_url("**/direct")
    expect(last(page)).to_contain_text("Tack")
    write(page, "resultat")
    expect(last(page)).not_to_contain_text("Något bättre")


def test_a_check_in_is_answered_with_a_button(demo: str, chromium: Browser) -> None:
    page = sit_down(chromium, demo, MAJA)
    go(page, "/direct")
    page.get_by_role("button", name="Nästa måndag").click()
    card = page.locator(".post", has_text="ska stämmas av den här veckan").last
    expect(card).to_contain_text("FAR-011 Fältarbete Larsboda")
    card.get_by_role("button", name=re.compile("Försenad")).first.click()
    expect(form(page)).to_contain_text(re.compile("hindrar", re.IGNORECASE))
