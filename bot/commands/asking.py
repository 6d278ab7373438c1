"""`samverkan ask` and `samverkan guard`: one line in, text or JSON out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.clock import stored_time
from bot.commands.dialogue import Dialogue
from bot.commands.surroundings import Surroundings, fail, say, surroundings
from bot.console import as_text
from handlers.desk import ZONE
from handlers.requests import Identity
from handlers.understanding import understand
from models.guard import check
from models.message import FieldErrors


@dataclass(frozen=True)
class Row:
    """A line to ask, as whom and on which day, and what is pressed and filled in after it."""

    line: str
    email: str | None = None
    on: date | None = None
    press: tuple[str, ...] = ()
    fill: Mapping[str, str] = field(default_factory=dict)
    then: tuple[str, ...] = ()


def ask(
    line: Annotated[str, typer.Argument(help="What a member would write.")] = "",
    email: Annotated[
        str | None, typer.Option("--as", help="Ask as the member with this e-mail.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(help="The day that counts as today, 2024-05-15.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="sv or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the neutral message.")] = False,
    explain: Annotated[bool, typer.Option(help="Print only how the line was understood.")] = False,
    batch: Annotated[Path | None, typer.Option(help="A file with one JSON object a row.")] = None,
    press: Annotated[list[str] | None, typer.Option(help="Then press this button.")] = None,
    fill: Annotated[
        list[str] | None, typer.Option(help="Then fill in the form: FIELD=VALUE, once a field.")
    ] = None,
    then: Annotated[
        list[str] | None, typer.Option(help="After the form, press this, or its own button again.")
    ] = None,
) -> None:
    """Ask one line as a member, or many with --batch, and print the answers."""
    if language not in (None, "sv", "en"):
        raise typer.BadParameter("give sv or en", param_hint="--language")
    pressed, filled = tuple(press or ()), _given(fill or [])
    row = Row(line, email, _day(on, "--on"), pressed, filled, tuple(then or ()))
    rows = _batch(batch) if batch else iter([row])
    with surroundings(language) as around:
        for row in rows:
            if explain:
                say(_dumped(_explained(around, row)))
            else:
                _answer(around, row, as_json=as_json or batch is not None)


def _batch(file: Path) -> Iterator[Row]:
    """The rows of a batch file; a row that is no JSON object is named and nothing more is done."""
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}", param_hint="--batch")
    for number, text in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if text.strip():
            row = _parsed(text, number)
            yield Row(str(row.get("line", "")), row.get("as"), _day(row.get("on"), f"row {number}"))


def _parsed(text: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        fail(f"Row {number} is not a JSON object: {text[:60]}")
    return dict(row)


def _day(text: str | None, where: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no day; write 2024-05-15", param_hint=where) from None


def _now(around: Surroundings, on: date | None) -> datetime:
    """The time of the question: the day given at noon, else the demo's or the machine's clock."""
    if on is not None:
        return datetime.combine(on, time(12), ZoneInfo(ZONE)).astimezone(UTC)
    return stored_time(around.database) or datetime.now(UTC)


def _explained(around: Surroundings, row: Row) -> dict[str, Any]:
    on = _now(around, row.on).astimezone(ZoneInfo(ZONE)).date()
    with around.database.read() as session:
        return understand(row.line, around.desk.registry(session), on).explain()


def _given(pairs: list[str]) -> dict[str, str]:
    """The fields of a form as they were given on the command line."""
    split = [pair.partition("=") for pair in pairs]
    for name, sign, _ in split:
        if not (name and sign):
            raise typer.BadParameter("write FIELD=VALUE", param_hint="--fill")
    return {name: value for name, _, value in split}


def _answer(around: Surroundings, row: Row, *, as_json: bool) -> None:
    dialogue = Dialogue(around.desk, _identity(row.email), _now(around, row.on))
    answer = dialogue.says(row.line)
    for label in row.press:
        answer = dialogue.presses(label, answer.reply)
    if row.fill:
        answer = dialogue.fills(row.fill, answer.reply)
    for label in row.then:
        answer = dialogue.presses(label, answer.reply)
    text = answer.reply.model_dump_json() if as_json else as_text(answer.reply)
    wrong = isinstance(answer.reply, FieldErrors) or answer.refused or answer.declined
    if not as_json and (answer.failed or wrong):
        fail(text)
    say(text)


def _identity(email: str | None) -> Identity:
    user = email or "operator"
    return Identity(
        platform="console",
        workspace="local",
        user=user,
        email=email,
        passing=True,
        operator=email is None,
    )


def guard(
    text: Annotated[str | None, typer.Argument(help="A text to judge.")] = None,
    batch: Annotated[Path | None, typer.Option(help="A file with one JSON text a row.")] = None,
) -> None:
    """Judge free texts: allow, warn or block, with the rules that decided it."""
    for each in _texts(text, batch):
        found = check(each)
        say(_dumped({"verdict": found.verdict.value, "rules": list(found.rules)}))


def _texts(text: str | None, batch: Path | None) -> Iterator[str]:
    if batch is None:
        yield text if text is not None else sys.stdin.read()
        return
    if not batch.is_file():
        raise typer.BadParameter(f"there is no file {batch}", param_hint="--batch")
    for row in batch.read_text(encoding="utf-8-sig").splitlines():
        if row.strip():
            yield _text_of(row)


def _text_of(row: str) -> str:
    """A row's text: a JSON string, an object's `text`, or the row as it stands."""
    try:
        found = json.loads(row)
    except ValueError:
        return row
    if isinstance(found, dict):
        return str(found.get("text", ""))
    return found if isinstance(found, str) else row


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
