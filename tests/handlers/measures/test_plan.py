"""A group's plan: the whole chain, what is missing said, and a page that anyone can read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from handlers import texts
from handlers.measures.change_words import HORIZONS
from handlers.measures.plan_words import AGREEMENTS
from models.measures.measure import Measure
from models.message import File
from models.wording import LAMPS
from tests.conversations.talk import Member, Talk
from tests.handlers.conftest import met


class Outline(HTMLParser):
    """What a screen reader goes by: headings, tables, and that all that is opened is closed."""

    EMPTY = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[str] = []
        self.scopes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.EMPTY:
            return
        self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(tag)
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope") or "none")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(member: Member) -> str:
    """The page of the plan that was just handed over."""
    (file,) = (part for part in member.message().parts if isinstance(part, File))
    assert file.name.endswith(".html")
    return file.content.decode()


def words(html: str) -> str:
    """What a reader reads, on one line."""
    text = re.sub(r"<style>.*</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+([.,:)])", r"\1", " ".join(text.split()))


def test_the_plan_tells_the_chain_the_measures_and_what_is_missing(reader: Member) -> None:
    reader.says("åtgärder Farsta beredningsgrupp")
    told = reader.presses("Handlingsplan")
    assert "2 åtgärder saknar orsak, 2 ofullständiga mål" in told
    said = words(page(reader))
    chain = ("Problem FAR-P1:", "Orsak FAR-O1:", "Inriktning FAR-I1:", "Mål FAR-M1:")
    places = [said.index(link) for link in chain]
    assert places == sorted(places)
    assert "Tunneln i Hökarängen är ljus" in said
    assert "ofullständigt: saknar utgångsvärde och datum" in said
    row = said[said.index("FAR-006 Trygghetsvandring") :]
    assert "? Ingen rapport på 47 dagar" in row
    assert "orsak saknas" in said[said.index("FAR-010 Gemensam") :]
    assert "2 400 000 kr, Trygghetsinvesteringar" in said.replace("\u00a0", " ")


def test_the_page_has_its_language_one_heading_and_scopes_in_every_table(reader: Member) -> None:
    reader.says("handlingsplan Farsta")
    html = page(reader)
    outline = Outline()
    outline.feed(html)
    assert outline.open == []
    assert '<html lang="sv">' in html
    assert outline.headings.count("h1") == 1
    assert outline.headings[:3] == ["h1", "h2", "h3"]
    assert set(outline.scopes) == {"col", "row"}
    assert html.count("<caption>") == html.count("<table>")


@pytest.mark.parametrize("line", ["handlingsplan centrala styrgruppen", "plan Bromma arbetsgrupp"])
def test_a_plan_with_little_in_it_says_so(reader: Member, line: str) -> None:
    reader.says(line)
    assert "Inget problem är beskrivet för området." in words(page(reader))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_members_wrote_is_text_and_no_markup(talk: Talk) -> None:
    with talk.database.write() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-011")).one()
        measure.title = "<script>alert(1)</script>"
    maja = met(talk, "maja.ekvall@farsta.stockholm.example")
    maja.says("handlingsplan Farsta")
    assert "<script>" not in page(maja)
    assert "&lt;script&gt;" in page(maja)


def test_a_plan_of_a_group_that_is_gone_is_told(reader: Member) -> None:
    assert "Knappen är för gammal" in reader.sends_button("measures.plan", "GONE")


def test_every_word_of_a_closed_list_is_translated() -> None:
    catalogue = texts.language("sv", "Europe/Stockholm").catalogue
    told = [*LAMPS.values(), *HORIZONS.values(), *AGREEMENTS.values()]
    assert [word for word in told if catalogue.gettext(word) == word] == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_plan_of_an_earlier_day_tells_that_day(talk: Talk) -> None:
    maja = met(talk, "maja.ekvall@farsta.stockholm.example")
    maja.says("handlingsplan Farsta")
    before = words(page(maja))
    talk.later(days=3)
    maja.says("rapportera FAR-006 klar")
    maja.says("ändra FAR-011")
    maja.fills(title="Fältarbete på nya platser", due_on="2024-12-31")
    maja.says("ändra FAR-013")
    maja.fills(group="FAR-ARB")
    maja.says("ny åtgärd Farsta")
    maja.fills(title="Ny skylt", group="FAR-BER", organisation="SDF-FAR", category="prevention")
    maja.says("FAR-I5")
    maja.presses("Nytt mål")
    maja.fills(title="Helt nytt mål")
    maja.says("FAR-M1")
    maja.presses("Lämna in för godkännande")
    maja.says("handlingsplan Farsta")
    now = words(page(maja))
    assert all(word in now for word in ("nya platser", "Ny skylt", "Helt nytt mål", "väntar på"))
    maja.says("handlingsplan Farsta 2024-06-10")
    then = words(page(maja))
    assert "Gäller den 10 juni 2024" in then
    note = "Åtgärder, rapporter och godkännanden visas som de var den dagen."
    assert note in then
    foot = "Läget är det som senast rapporterades."
    assert then.partition(foot)[0] == before.partition(foot)[0] != before
    maja.says("handlingsplan Farsta arbetsgrupp 2024-06-10")
    assert "FAR-013" not in words(page(maja))


def test_a_plan_of_an_earlier_day_names_the_agreement_that_held_then(reader: Member) -> None:
    reader.says("handlingsplan Farsta 2024-01-15")
    said = words(page(reader))
    assert "Farsta – LPO Farsta 2022, gällande, dnr FAR 2022/87" in said
    assert "Nästa möte tisdag 30 januari 2024" in said


def test_the_plan_names_who_has_approved_what_and_when(reader: Member) -> None:
    reader.says("handlingsplan Järva")
    said = words(page(reader))
    assert "Godkännande 2 av" in said
    assert "1 väntar" in said
    goal = said[said.index("Mål JAR-M2") :]
    assert goal.index("◇ väntar på polisen (staden: Lars-Erik Boforsson, 6 juni 2024)") < 250
    assert "polisen: Chef LPO Järva, " in said
