"""The field in which a district's input is written, and what may be wrong with it."""

from __future__ import annotations

from models.language import Language
from models.message import TextField

TEXT_LENGTH = 1500


def text_field(language: Language, hint: str, initial: str = "", *, required: bool) -> TextField:
    """The field, with what was given before."""
    return TextField(
        name="text",
        label=language._("What needs to be brought along?"),
        hint=hint,
        initial=initial,
        several_lines=True,
        max_length=TEXT_LENGTH,
        required=required,
    )


def text_errors(language: Language, text: str) -> dict[str, str]:
    """What is wrong with an input that is too long; nothing else is."""
    if len(text) <= TEXT_LENGTH:
        return {}
    too_long = "At most {most} characters; this is {number}."
    return {"text": language._(too_long, most=TEXT_LENGTH, number=len(text))}
