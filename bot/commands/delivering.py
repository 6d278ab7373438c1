"""`samverkan leverans`: how sending stands, for whoever runs the bot."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import typer
from rich.console import Console, RenderableType
from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot.clock import stored_time
from bot.commands.surroundings import Surroundings, fail, say, surroundings
from bot.console import as_text
from handlers import router
from handlers.desk import ZONE
from handlers.requests import Command, Identity, Place, PlaceKind
from models.delivery.overview import Overview, overview
from models.delivery.pulses import Pulse
from models.message import Actions, Facts, Heading, Message, Part, Status, Table, Tone

LINE = "leverans"
COLOURS = {Tone.GOOD: "green", Tone.WARNING: "yellow", Tone.BAD: "bold red"}


def leverans(
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    language: Annotated[str | None, typer.Option(help="sv or en.")] = None,
) -> None:
    """Show what is queued, sent, failed and held, who cannot be reached, and what to do."""
    if language not in (None, "sv", "en"):
        raise typer.BadParameter("give sv or en", param_hint="--language")
    with surroundings(language) as around:
        at = stored_time(around.database) or datetime.now(UTC)
        if as_json:
            with around.database.read() as session:
                found = overview(session, at, at.astimezone(ZoneInfo(ZONE)).date())
            say(json.dumps(_figures(found), ensure_ascii=False, default=_plain))
            return
        _show(_message(around, at))


def _message(around: Surroundings, at: datetime) -> Message:
    who = Identity(
        platform="console", workspace="local", user="operator", passing=True, operator=True
    )
    where = Place(kind=PlaceKind.DIRECT)
    asked = Command(who=who, where=where, at=at, event=uuid4().hex, line=LINE)
    answer = router.answer(asked, around.desk)
    if answer.failed or answer.declined or not isinstance(answer.reply, Message):
        fail(as_text(answer.reply))
    return answer.reply


def _show(message: Message) -> None:
    """As tables on a terminal, as plain text elsewhere; buttons are pressed in the chat."""
    console = Console()
    parts = tuple(part for part in message.parts if not isinstance(part, Actions))
    if not console.is_terminal:
        say(as_text(message.model_copy(update={"parts": parts})))
        return
    for part in parts:
        console.print(_drawn(part))


def _drawn(part: Part) -> RenderableType:
    if isinstance(part, Heading):
        return RichText(f"\n{part.text}", style="bold")
    if isinstance(part, Status):
        return RichText(str(part), style=COLOURS.get(part.tone, ""))
    if isinstance(part, Facts):
        return RichText("   ".join(f"{fact.value} {fact.label}" for fact in part.facts))
    if isinstance(part, Table):
        drawn = RichTable(*part.columns, header_style="bold")
        for row in part.rows:
            drawn.add_row(*(RichText(cell.text) for cell in row))
        return drawn
    return RichText(as_text(Message(summary=LINE, parts=(part,))))


def _figures(found: Overview) -> dict[str, Any]:
    """The overview as scripts read it: names as in the code, times as ISO, spans in seconds."""
    plain = {each.name: getattr(found, each.name) for each in fields(found)}
    return plain | {
        "failures": [asdict(each) for each in found.failures],
        "put_off": [asdict(each) for each in found.put_off],
        "held": [asdict(each) for each in found.held],
        "out_of_reach": [asdict(each) for each in found.out_of_reach],
        "large": [asdict(each) for each in found.large],
        "skipped": [asdict(each) for each in found.skipped],
        "silent": [_pulse(each) for each in found.silent],
        "lag_seconds": found.lag.total_seconds(),
    }


def _pulse(pulse: Pulse) -> dict[str, Any]:
    return {
        "host": pulse.host,
        "pid": pulse.pid,
        "lane": pulse.lane,
        "part": pulse.part,
        "beat_at": pulse.beat_at,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else str(value)
