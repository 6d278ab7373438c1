"""Messages and forms as HTML."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from bot.drawing.studio import Studio
from bot.workspace.attached import OfPost
from bot.workspace.page import Filled, Scene, html_document, initials, render, render_form, said_at
from handlers.texts import language
from models.drawings import Mark, Matrix, MatrixCell, MatrixRow
from models.message import (
    Actions,
    Button,
    Cell,
    Choice,
    ChoiceField,
    Confirm,
    DateField,
    Divider,
    Fact,
    Facts,
    File,
    Form,
    Heading,
    Image,
    Line,
    Lines,
    Link,
    Message,
    Note,
    NumberField,
    PersonField,
    Quote,
    Status,
    Table,
    Text,
    TextField,
    TimeField,
    Tone,
    YesNoField,
)
from tests.bot.drawing.quick import quick_studio

SWEDISH = language("sv")
MATRIX = Matrix(
    title="Representation",
    columns=("Farsta",),
    rows=(MatrixRow(label="Centrala styrgruppen", cells=(MatrixCell(mark=Mark.HELD),)),),
)
LATE = Status(sign="▲", word="Försenad 12 dagar", tone=Tone.BAD)
WAY = Button(label="FAR-012", action="measure.show", value="FAR-012", spoken="FAR-012 Larsboda")
SEATS = Button(label="Visa platserna", action="who.group", value="FAR-BER")
DIGEST = Message(
    summary="Vecka 24: 2 försenade",
    parts=(
        Heading(text="Vecka 24"),
        Note(text="Sedan mötet 21 maj"),
        Facts(figures=True, facts=(Fact(label="försenade", value="2"),)),
        Facts(facts=(Fact(label="Plats", value="Storforsplan"),)),
        Facts(
            facts=(
                Fact(
                    label="Före mötet",
                    value="FAR-01 sedan FAR-012 (i maj)",
                    ways=(WAY, SEATS),
                    choose="Öppna",
                ),
            )
        ),
        Lines(title="Punkter", lines=(Line(text="Ring", way=WAY),), choose="Öppna"),
        Table(
            columns=("Åtgärd", "Läge"),
            rows=((Cell(text="FAR-011", quote="<b>ont om folk</b>"), Cell(status=LATE)),),
            ways=(Button(label="Öppna", action="measure.show", value="FAR-011"),),
            choose="Öppna",
        ),
        LATE,
        Heading(text="Mer"),
        Text(text="**Tack** alla"),
        Quote(text="Rad ett\n<script>", by="Maja Ekvall"),
        Image(drawing=MATRIX, alt="Två av tre har egen plats", name="tackning"),
        File.holding(b"a;b" * 4000, label="Som tabell", name="täckning.csv"),
        Divider(),
        Actions(
            buttons=(
                Button(
                    label="Ta bort",
                    action="remove",
                    value="7",
                    spoken="Ta bort FAR-011",
                    confirm=Confirm(title="Säker?", text="Den försvinner.", yes="Ja", no="Nej"),
                ),
                Link(label="Karta", url="https://karta.example/a"),
            )
        ),
    ),
)


def sealed(button: Button) -> str:
    return f"sealed:{button.action}:{button.value}"


def card() -> str:
    hooks = {"channel": "FAR-BER"}
    return str(render(DIGEST, Scene(SWEDISH, sealed, hooks, attached=OfPost(7))))


@pytest.mark.parametrize(
    "piece",
    [
        '<section class="card" aria-label="Vecka 24: 2 försenade">',
        '<h2 class="card-heading">Vecka 24</h2>',
        '<h3 class="card-heading">Mer</h3>',
        '<dl class="figures">',
        "<dt>Plats</dt><dd>Storforsplan</dd>",
        'scope="col">Åtgärd</th>',
        'class="led"',
        'scope="col" class="state">Läge</th>',
        'data-label="Läge"',
        'value="sealed:measure.show:FAR-011" class="way">FAR-011</button>',
        'FAR-01 sedan <button type="submit" name="seal" value="sealed:measure.show:FAR-012"',
        'class="way" aria-label="FAR-012 Larsboda">FAR-012</button> (i maj)',
        'value="sealed:who.group:FAR-BER" class="button plain">Visa platserna</button>',
        "<li><span>Ring</span> <button",
        '<q class="said">&lt;b&gt;ont om folk&lt;/b&gt;</q>',
        '<span class="pill bad"><span aria-hidden="true">▲</span> Försenad 12 dagar</span>',
        "<strong>Tack</strong>",
        "Rad ett\n&lt;script&gt;",
        "<figcaption>Maja Ekvall</figcaption>",
        '<img src="/drawings/7/11.svg" alt="Två av tre har egen plats" loading="lazy">',
        '<a href="/drawings/7/11.png" target="_blank" rel="noopener">Öppna bilden</a>',
        'href="/files/7/12/t%C3%A4ckning.csv" download="täckning.csv">Som tabell</a>',
        "täckning.csv, 12 kB",
        'value="sealed:remove:7"',
        'aria-label="Ta bort FAR-011"',
        'data-confirm-yes="Ja"',
        'href="https://karta.example/a"',
        '<input type="hidden" name="channel" value="FAR-BER">',
    ],
)
def test_every_part_of_a_message_is_drawn(piece: str) -> None:
    assert piece in card()


def test_a_status_is_never_colour_alone() -> None:
    pills = re.findall(r'<span class="pill \w+">(.*?)</span> ([^<]+)</span>', card())
    assert [word for _, word in pills] == ["Försenad 12 dagar"] * 2


def test_a_status_and_the_words_beside_it_do_not_run_together() -> None:
    before = Cell(text="19 av 24 helger", status=LATE, leads=True)
    rows = ((Cell(text="FAR-009"), before), (Cell(text="FAR-011", status=LATE), Cell()))
    table = Table(columns=("Åtgärd", "Läge"), rows=rows)
    page = html_document(Message(summary="x", parts=(table,)), language("sv"))
    words = " ".join(re.sub("<[^>]+>", "", page).split())
    assert "Försenad 12 dagar 19 av 24 helger" in words
    assert "FAR-011 ▲ Försenad 12 dagar" in words


def test_without_somebody_to_answer_there_are_no_buttons_but_links_stay() -> None:
    html = str(render(DIGEST, Scene(SWEDISH, attached=OfPost(7))))
    assert "<button" not in html
    assert "https://karta.example/a" in html


def test_a_document_stands_alone() -> None:
    html = html_document(DIGEST, SWEDISH, quick_studio())
    assert html.startswith("<!doctype html>")
    assert '<html lang="sv">' in html
    assert '<h1 class="card-heading">Vecka 24</h1>' in html
    assert "<title>Vecka 24: 2 försenade</title>" in html
    assert not re.search(r"<(script|link|button|form)\b", html)
    assert not re.search(r"(src|url\()=?[\"'(]?(https?:|/)", html)
    assert '<img src="data:image/svg+xml;base64,' in html
    assert 'href="data:text/csv;base64,' in html


def test_a_picture_that_cannot_be_drawn_for_a_document_is_said_in_words() -> None:
    html = html_document(DIGEST, SWEDISH, Studio(("no-such-program",)))
    assert '<p class="note">Två av tre har egen plats</p>' in html


FORM = Form(
    name="report",
    title="Rapportera",
    submit="Spara",
    cancel="Avbryt",
    intro="Kort.",
    note="Inget om enskilda.",
    fields=(
        ChoiceField(name="measure", label="Åtgärd", choices=(Choice(label="FAR-011", value="11"),)),
        ChoiceField(
            name="status",
            label="Läge",
            choices=(Choice(label="Klar", value="done"), Choice(label="Pågår", value="ongoing")),
            open_list=True,
            initial=("done",),
        ),
        TextField(name="comment", label="Kommentar", several_lines=True, hint="Två meningar."),
        NumberField(name="percent", label="Procent", initial=50, required=False),
        DateField(name="due", label="Dag", required=False),
        TimeField(name="at", label="Tid", required=False),
        PersonField(name="who", label="Vem", required=False),
        YesNoField(name="wanted", label="Behöver hjälp", required=False),
    ),
)


@pytest.mark.parametrize(
    "piece",
    [
        '<h2 id="form-title">Rapportera</h2>',
        '<label for="field-comment">Kommentar</label>',
        "<legend>Läge</legend>",
        'value="done" checked',
        'id="field-comment-hint">Två meningar.</p>',
        'aria-describedby="field-comment-hint field-comment-error"',
        'value="50"',
        'type="date"',
        'type="time"',
        'role="combobox"',
        'type="checkbox" id="field-wanted"',
        'name="form" value="the token"',
    ],
)
def test_every_kind_of_field_is_drawn_with_its_label(piece: str) -> None:
    assert piece in re.sub(r"\s+(?=>)", "", str(render_form(FORM, Scene(SWEDISH), "the token")))


def test_a_form_comes_back_with_what_was_typed_and_what_was_wrong() -> None:
    filled = Filled({"comment": "Vi <väntar>", "status": ("ongoing",)}, {"comment": "För kort."})
    html = str(render_form(FORM, Scene(SWEDISH), "token", filled))
    assert "Vi &lt;väntar&gt;</textarea>" in html
    assert 'value="ongoing" checked' in html
    assert 'value="done" checked' not in html
    assert 'id="field-comment-error">För kort.</p>' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Maja Ekvall", "ME"), ("Chef LPO Farsta", "CF"), ("Anna", "A"), ("Samverkansbot", "SB")],
)
def test_a_name_becomes_two_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2024-06-10T08:12", "08.12"),
        ("2024-06-09T14:00", "sön 14.00"),
        ("2024-06-04T08:00", "tis 08.00"),
        ("2024-06-03T08:00", "3 juni 08.00"),
        ("2023-12-31T23:59", "31 december 2023 23.59"),
    ],
)
def test_a_post_says_when_as_shortly_as_can_be_understood(at: str, words: str) -> None:
    now = datetime.fromisoformat("2024-06-10T09:00+02:00")
    assert said_at(SWEDISH, datetime.fromisoformat(f"{at}{zone(at)}"), now) == words


def zone(at: str) -> str:
    return "+01:00" if at.startswith("2023-12") else "+02:00"
