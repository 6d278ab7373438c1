"""What the browser hands back is what it was handed."""

from __future__ import annotations

from bot.workspace.seals import Seals, session_person, session_token
from models.message import Button, Form, TextField

SECRET = b"one secret"
BUTTON = Button(label="Klar", action="report.done", value="FAR-011")
FORM = Form(
    name="report",
    title="Rapportera",
    submit="Spara",
    cancel="Avbryt",
    state="FAR-011",
    fields=(TextField(name="comment", label="Kommentar"),),
)


def test_a_button_comes_back_as_it_was() -> None:
    token = Seals(SECRET, 1).button(BUTTON, "mark")
    pressed = Seals(SECRET, 1).pressed(token)
    assert pressed is not None
    assert (pressed.action, pressed.value, pressed.mark) == ("report.done", "FAR-011", "mark")


def test_a_form_comes_back_with_its_state() -> None:
    assert Seals(SECRET, 1).opened(Seals(SECRET, 1).form(FORM)) == FORM


def test_what_was_sealed_for_another_member_does_not_open() -> None:
    assert Seals(SECRET, 2).pressed(Seals(SECRET, 1).button(BUTTON, "mark")) is None
    assert Seals(SECRET, 2).opened(Seals(SECRET, 1).form(FORM)) is None


def test_a_button_is_not_a_form() -> None:
    assert Seals(SECRET, 1).opened(Seals(SECRET, 1).button(BUTTON, "mark")) is None


def test_a_session_is_only_believed_under_our_secret() -> None:
    token = session_token(SECRET, 7)
    assert session_person(SECRET, token) == 7
    assert session_person(b"another secret", token) is None
    assert session_person(SECRET, token + "x") is None
    assert session_person(SECRET, "") is None
