"""A message as plain text: for scripts, operators and tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

from models.message import (
    Actions,
    Button,
    Cell,
    Choice,
    ChoiceField,
    Divider,
    Facts,
    File,
    Form,
    FormField,
    Heading,
    Image,
    Lines,
    Message,
    Note,
    NumberField,
    Quote,
    Reply,
    Status,
    Table,
    Text,
)

WIDTH = 60


def as_text(reply: Reply) -> str:
    """A reply as lines of text."""
    if isinstance(reply, Message):
        return "\n\n".join(part for part in map(_part, reply.parts) if part)
    if isinstance(reply, Form):
        return _form(reply)
    return "\n".join(f"{name}: {sentence}" for name, sentence in reply.errors.items())


def _form(form: Form) -> str:
    labels = "\n".join(map(_field, form.fields))
    lines = [form.title, "=" * len(form.title), form.intro.replace("**", ""), labels, form.note]
    return "\n".join(line for line in lines if line)


def _field(field: FormField) -> str:
    """A field's name and label, a star where it is required, its choices, and what it holds.

    What is chosen already has an arrow before it, and a hint stands below.
    """
    hint = "".join(f"\n    ({line})" for line in (field.hint or "").splitlines())
    return _held(field) + hint


def _held(field: FormField) -> str:
    words = f"  {field.name}: {field.label}{' *' if field.required else ''}"
    if isinstance(field, ChoiceField):
        chosen = field.initial
        rows = (
            f"  {'>' if each.value in chosen else ' '} {each.value} = {each.label}"
            for each in field.choices
        )
        return "\n".join([words, *rows])
    initial = getattr(field, "initial", None)
    if isinstance(field, NumberField) and field.initial is not None:
        initial = f"{field.initial:g}"
    shown = initial.label if isinstance(initial, Choice) else initial
    return f"{words} {shown}" if isinstance(shown, str | date | time) and shown != "" else words


def _heading(part: Heading) -> str:
    return f"{part.text}\n{'=' * len(part.text)}"


def _quote(part: Quote) -> str:
    lines = "\n".join(f"  | {line}" for line in part.text.splitlines())
    return f"{lines}\n  – {part.by}" if part.by else lines


def _facts(part: Facts) -> str:
    if part.figures:
        return " · ".join(f"{fact.value} {fact.label}" for fact in part.facts)
    width = max(len(fact.label) for fact in part.facts)
    return "\n".join(
        f"{fact.label + ':':<{width + 1}} {fact.value}{_ways(fact.value, fact.ways)}"
        for fact in part.facts
    )


def _ways(said: str, ways: Sequence[Button]) -> str:
    """The buttons after a line, but for those that are called as what it says already.

    Those of a table are called as its rows begin.
    """
    return "".join(f"  [{way.label}]" for way in ways if way.label not in said)


def _lines(part: Lines) -> str:
    ways = (_ways(line.text, (line.way,) if line.way else ()) for line in part.lines)
    said = (f"- {line.text}{way}" for line, way in zip(part.lines, ways, strict=True))
    return "\n".join([part.title, *map(_plain, said)])


def _table(part: Table) -> str:
    texts = [list(part.columns), *[[_cell(cell) for cell in row] for row in part.rows]]
    widths = [max(len(row[at]) for row in texts) for at in range(len(part.columns))]
    lines = [_line(part.columns, widths), _line(["-" * width for width in widths], widths)]
    for row, words in zip(part.rows, texts[1:], strict=True):
        lines.append(_line(words, widths))
        lines.extend(f"  | {cell.quote}" for cell in row if cell.quote)
    return "\n".join(lines)


def _line(words: Sequence[str], widths: Sequence[int]) -> str:
    padded = (f"{word:<{width}}" for word, width in zip(words, widths, strict=True))
    return "  ".join(padded).rstrip()


def _cell(cell: Cell) -> str:
    return cell.said().replace("\n", " ")


def _actions(part: Actions) -> str:
    return "  ".join(
        f"[{button.label}]" if isinstance(button, Button) else f"{button.label}: {button.url}"
        for button in part.buttons
    )


def _plain(text: str) -> str:
    return text.replace("**", "").replace("`", "")


PARTS: dict[type[Any], Callable[[Any], str]] = {
    Heading: _heading,
    Text: lambda part: _plain(part.text),
    Quote: _quote,
    Facts: _facts,
    Lines: _lines,
    Table: _table,
    Status: str,
    Image: lambda part: f"[{part.alt}]",
    File: lambda part: f"[{part.label}: {part.name}, {part.kilobytes} kB]",
    Note: lambda part: f"({_plain(part.text)})",
    Divider: lambda _: "-" * WIDTH,
    Actions: _actions,
}
"""How each kind of part is written."""


def _part(part: Any) -> str:
    return PARTS[type(part)](part)
