"""`samverkan digest` and `samverkan manifest`: what would be sent, what is to be pasted."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rapidfuzz import process
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import SystemClock, stored_time
from bot.commands.surroundings import Surroundings, fail, note, say, surroundings
from bot.console import as_text
from bot.settings import Settings
from bot.slack.manifest import manifest as slack_manifest
from bot.workspace.page import html_document
from digests import as_posted, decided, meeting, preview
from digests.period import next_meeting
from handlers import texts
from handlers.representation.who import group_of_place
from handlers.understanding import understand
from models.base import held_on
from models.digest_settings import Wanted, channels_of, settings_of
from models.groups import Group, GroupKind
from models.language import Language
from models.message import Message
from models.schedule import MORNING, instant


class Format(StrEnum):
    """How a digest is printed."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


class Kind(StrEnum):
    """Which of a group's digests is printed."""

    WEEK = "week"
    BEFORE = "before"
    AFTER = "after"


def digest(
    group: Annotated[str, typer.Argument(help="A group's code or name, such as FAR-BER.")],
    on: Annotated[str | None, typer.Option(help="The day of the digest, 2024-06-10.")] = None,
    form: Annotated[Format, typer.Option("--format", help="text, html or json.")] = Format.TEXT,
    language: Annotated[str | None, typer.Option(help="sv or en; else the group's.")] = None,
    kind: Annotated[Kind, typer.Option(help="week, before or after a meeting.")] = Kind.WEEK,
) -> None:
    """Print a group's digest without sending it.

    Of a day on which the weekly one fell due it is what was posted then, whatever came in since;
    of another day the seven days up to its end.
    """
    with surroundings() as around, around.database.read() as session:
        day = _day(around, on)
        found = _group(around, session, group, day)
        spoken = texts.language(language or found.language, found.zone)
        message = _DIGESTS[kind](session, found, day, spoken)
    if message is None:
        note(spoken._("{group}: nothing to tell for this time.", group=found.name))
    elif form is Format.JSON:
        say(message.model_dump_json())
    else:
        say(as_text(message) if form is Format.TEXT else html_document(message, spoken))


def _weekly(session: Session, group: Group, on: date, spoken: Language) -> Message | None:
    """What was posted on the day where the digest fell due then, else how the week stands."""
    channels = channels_of(session, group)
    settings = settings_of(session, [channel.id for channel in channels])
    for wanted in [*(Wanted.of(settings.get(channel.id)) for channel in channels), Wanted()]:
        posted = as_posted(session, group, on, spoken, wanted)
        if posted is not None:
            return posted
    return preview(session, group, on, spoken)


def _before(session: Session, group: Group, on: date, spoken: Language) -> Message | None:
    """What the members read before the next meeting, as on the morning of a day."""
    found = next_meeting(session, group, instant(on, MORNING, group.zone))
    if found is None:
        return None
    return meeting.message_before(
        meeting.gather_before(session, found, on, restricted=False), spoken, answers=False
    )


def _after(session: Session, group: Group, on: date, spoken: Language) -> Message | None:
    """What the members were told on a day after a meeting, else all that the last one agreed."""
    facts = decided.told_that_day(session, group, on)
    return decided.message_after(facts, spoken) if facts else None


_DIGESTS = {Kind.WEEK: _weekly, Kind.BEFORE: _before, Kind.AFTER: _after}


def _day(around: Surroundings, on: str | None) -> date:
    if on is None:
        now: datetime = stored_time(around.database) or SystemClock().now()
        return now.astimezone(ZoneInfo("Europe/Stockholm")).date()
    try:
        return date.fromisoformat(on)
    except ValueError:
        raise typer.BadParameter(f"{on} is no day; write 2024-06-10", param_hint="--on") from None


def _group(around: Surroundings, session: Session, named: str, on: date) -> Group:
    """The group by its code, its name, or as a member would call it."""
    query = select(Group).where((Group.code == named.upper()) | (Group.name == named))
    found = session.scalars(query).first()
    if found is None:
        wish = understand(f"vem {named}", around.desk.registry(session), on)
        kind = wish.group or GroupKind.PREPARATORY
        found = group_of_place(session, wish.model_copy(update={"group": kind}), on)
    if found is None:
        present = session.scalars(select(Group.code).where(held_on(Group, on))).all()
        near = [code for code, _, _ in process.extract(named.upper(), present, limit=3)]
        fail(f"There is no group {named}. The nearest codes are {', '.join(near)}.")
    return found


MANIFESTS = {"slack": slack_manifest}
"""The platforms whose apps are made from a manifest."""


def manifest(platform: Annotated[str, typer.Argument(help="slack")]) -> None:
    """Print the app manifest to paste, made from the list of verbs."""
    if platform not in MANIFESTS:
        raise typer.BadParameter(f"there is a manifest for {', '.join(MANIFESTS)} only")
    settings = Settings.read()
    language = texts.language(settings["BOT_LANGUAGE"])
    made = MANIFESTS[platform](language, settings["BASE_URL"])
    say(json.dumps(made, ensure_ascii=False, indent=2))
