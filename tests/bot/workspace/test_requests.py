"""What the browser posts, read field by field."""

from __future__ import annotations

import pytest

from bot.workspace.requests import line, place, read_form, spot
from handlers.requests import PlaceKind
from handlers.texts import language
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    Form,
    FormField,
    NumberField,
    PersonField,
    TextField,
    TimeField,
    YesNoField,
)

TWO = (Choice(label="Ett", value="one"), Choice(label="Två", value="two"))
TEXT = TextField(name="x", label="X", max_length=5)
NUMBER = NumberField(name="x", label="X", low=0, high=100)
ANY_NUMBER = NumberField(name="x", label="X", whole=False)
DAY = DateField(name="x", label="X")
TIME = TimeField(name="x", label="X")
ONE = ChoiceField(name="x", label="X", choices=TWO)
MANY = ChoiceField(name="x", label="X", choices=TWO, several=True)
WHO = PersonField(name="x", label="X")
TICK = YesNoField(name="x", label="X")


def form(field: FormField) -> Form:
    return Form(name="f", title="F", submit="S", cancel="C", fields=(field,))


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (TEXT, ["hej"], "hej"),
        (TEXT, ["a\r\nb"], "a\nb"),
        (NUMBER, [" 50 "], "50"),
        (ANY_NUMBER, ["2,5"], "2.5"),
        (ANY_NUMBER, ["1 000"], "1000"),
        (DAY, ["2024-06-18"], "2024-06-18"),
        (TIME, ["13.00"], "13:00"),
        (ONE, ["two"], "two"),
        (MANY, ["one", "two"], ("one", "two")),
        (TICK, ["yes"], True),
    ],
)
def test_a_field_is_read_as_its_kind(field: FormField, typed: list[str], value: object) -> None:
    values, filled = read_form(form(field), {"x": typed}, language("sv"))
    assert values == {"x": value}
    assert not filled.errors


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (TEXT, [""], "Här behövs ett svar."),
        (TEXT, ["för långt"], "Skriv högst 5 tecken."),
        (NUMBER, ["mycket"], "Skriv ett tal."),
        (NUMBER, ["nan"], "Skriv ett tal."),
        (NUMBER, ["1,5"], "Skriv ett heltal."),
        (NUMBER, ["101"], "Skriv ett tal från 0 till 100."),
        (DAY, ["18 juni"], "Skriv en dag som 2024-06-18."),
        (TIME, ["efter lunch"], "Skriv en tid som 13:00."),
        (ONE, ["three"], "Välj ett av alternativen."),
        (ONE, [], "Här behövs ett svar."),
        (MANY, [], "Här behövs ett svar."),
        (WHO, ["Maja"], "Välj ett namn i listan."),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(
    field: FormField, typed: list[str], sentence: str
) -> None:
    values, filled = read_form(form(field), {"x": typed}, language("sv"))
    assert values == {}
    assert filled.errors == {"x": sentence}


@pytest.mark.parametrize(
    ("low", "high", "typed", "sentence"),
    [(1, None, "0", "Skriv 1 eller mer."), (None, 9, "10", "Skriv 9 eller mindre.")],
)
def test_bounds_may_be_open_at_one_end(
    low: float | None, high: float | None, typed: str, sentence: str
) -> None:
    asked = form(NumberField(name="x", label="X", low=low, high=high))
    assert read_form(asked, {"x": [typed]}, language("sv"))[1].errors == {"x": sentence}


def test_a_person_is_the_one_chosen_in_the_list() -> None:
    fields = {"x": ["Maja Ekvall"], "x.value": ["12"]}
    assert read_form(form(WHO), fields, language("sv"))[0] == {"x": "12"}


def test_an_empty_field_that_may_be_empty_is_empty() -> None:
    optional = NUMBER.model_copy(update={"required": False})
    assert read_form(form(optional), {}, language("sv"))[0] == {"x": ""}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/samverkan vem Rågsved", "vem Rågsved"),
        ("  /Samverkan  hjälp ", "hjälp"),
        ("vem Rågsved", "vem Rågsved"),
        ("samverkan är bra", "samverkan är bra"),
        ("a\x00b", "ab"),
    ],
)
def test_a_line_is_read_with_or_without_the_commands_name(typed: str, read: str) -> None:
    assert line({"line": [typed]}) == read


@pytest.mark.parametrize("page", ["//elsewhere.example", "/\\elsewhere", "https://x.example", ""])
def test_nobody_is_sent_to_another_site(page: str) -> None:
    assert spot({"page": [page]}).page == "/"


@pytest.mark.parametrize("event", ["", "short", "å" * 20, "x" * 65])
def test_a_key_that_is_none_is_replaced(event: str) -> None:
    assert spot({"event": [event]}).event not in ("", event)


@pytest.mark.parametrize("post", ["-1", "²", "x", "9" * 20, ""])
def test_a_post_that_is_none_is_no_post(post: str) -> None:
    assert spot({"post": [post]}).post == 0


@pytest.mark.parametrize(
    ("channel", "kind"),
    [("", PlaceKind.HOME), ("@7", PlaceKind.DIRECT), ("FAR-BER", PlaceKind.CHANNEL)],
)
def test_a_conversation_is_a_place(channel: str, kind: PlaceKind) -> None:
    assert place(channel).kind is kind
