"""A group's plan: the whole chain, what is missing said, and a page that anyone can read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from handlers import texts
from handlers.measures.change_words import HORIZONS
from handlers.measures.pictures import LAMPS
from handlers.measures.plan_words import AGREEMENTS
from models.measures import Measure
from models.message import File
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
