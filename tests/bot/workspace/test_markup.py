"""The small markup of neutral texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.markup import blocks, inline


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Klar** nu", "<strong>Klar</strong> nu"),
        ("_gäller_ i dag", "<em>gäller</em> i dag"),
        ("skriv `hjälp`", "skriv <code>hjälp</code>"),
        ("`**inte fet**`", "<code>**inte fet**</code>"),
        ("filen_som_heter_så", "filen_som_heter_så"),
        ("2 * 3 ** 4", "2 * 3 ** 4"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("**<i>**", "<strong>&lt;i&gt;</strong>"),
        ("ring 08-465 004 34 nu", 'ring <span class="whole">08-465 004 34</span> nu'),
    ],
)
def test_a_line_has_bold_italic_code_and_whole_phone_numbers(text: str, html: str) -> None:
    assert inline(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("ett\ntvå", "<p>ett<br>två</p>"),
        ("ett\n\ntvå", "<p>ett</p><p>två</p>"),
        ("**Möten**\n- ett", '<p class="section"><strong>Möten</strong></p><ul><li>ett</li></ul>'),
        ("**Nej** tack", "<p><strong>Nej</strong> tack</p>"),
        ("- ett\n- två", "<ul><li>ett</li><li>två</li></ul>"),
        ("Först:\n- ett\nsist", "<p>Först:</p><ul><li>ett</li></ul><p>sist</p>"),
        (
            "**nu**, https://a.se/_b_?c&d.",
            '<p><strong>nu</strong>, <a href="https://a.se/_b_?c&amp;d" rel="noreferrer">https://a.se/_b_?c&amp;d</a>.</p>',
        ),
        ("`https://rum.example/a`", "<p><code>https://rum.example/a</code></p>"),
        ("javascript://rum.example", "<p>javascript://rum.example</p>"),
    ],
)
def test_a_text_has_paragraphs_lists_and_headed_sections(text: str, html: str) -> None:
    assert blocks(text) == html


@given(st.text(alphabet="<>&\"'*_`- \nab"))
def test_no_text_becomes_a_tag_of_its_own(text: str) -> None:
    html = str(blocks(text)).replace('<p class="section">', "<p>")
    for tag in ("strong", "em", "code", "p", "br", "ul", "li"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in html
    assert ">" not in html
