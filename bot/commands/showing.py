"""`samverkan digest` and `samverkan manifest`: what would be sent, what is to be pasted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import SystemClock, stored_time
from bot.commands.named_group import group_named
from bot.commands.own_digest import own_digest
from bot.commands.surroundings import Surroundings, fail, note, say, surroundings
from bot.console import as_text
from bot.occasions.meetings import Letter, letters_after, letters_before
from bot.settings import Settings
from bot.slack.manifest import manifest as slack_manifest
from bot.workspace.page import html_document
from digests import as_posted, decided, meeting, preview
from digests.recorded import (
    ThatDay,
    WeekThen,
    after_name,
    after_that_day,
    before_that_day,
    weeks_that_day,
    went_to,
)
from handlers import texts
from handlers.errors import NotFound
from handlers.seats.telling import speech
from models.audit import record
from models.delivery.outbox import DeliveryState
from models.digest_settings import Wanted
from models.groups import Group
from models.language import Language
from models.meetings.meeting import Meeting
from models.meetings.usefulness import before_name
from models.message import Message, Note
from models.people.organisations import Person
from models.schedule import local_day


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
    group: Annotated[str, typer.Argument(help="A group's code or name, such as FAR-BER.")] = "",
    on: Annotated[str | None, typer.Option(help="The day of the digest, 2024-06-10.")] = None,
    form: Annotated[Format, typer.Option("--format", help="text, html or json.")] = Format.TEXT,
    language: Annotated[str | None, typer.Option(help="sv or en; else the group's.")] = None,
    kind: Annotated[Kind, typer.Option(help="week, before or after a meeting.")] = Kind.WEEK,
    email: Annotated[
        str | None, typer.Option("--as", help="As the member with this e-mail got it.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Instead of a group: the own week of who has this e-mail.")
    ] = None,
) -> None:
    """Print a group's digest, or a member's own, without sending it.

    Of a day on which one was sent it is what was sent then, whatever came in since; of another
    day it is how things stood. Whether it was sent is told beside it.
    """
    if language not in (None, "sv", "en"):
        raise typer.BadParameter("give sv or en", param_hint="--language")
    of_group = bool(email or language) or kind is not Kind.WEEK
    _check_one(group, person, of_group=of_group)
    with surroundings() as around:
        with around.database.read() as session:
            day = _day(around, on)
            if person:
                whose, shown = _own(session, person, day)
            else:
                found = _group(around, session, group, day)
                reader = _reader(session, email, kind)
                asked = Asked(session, found, day, language or "", reader)
                whose, shown = Whose(asked.spoken, found.name, reader), _DIGESTS[kind](asked)
        if whose.reader is not None:
            _write_down(around, whose.reader, {"group": found.code} if group else {}, day)
    if day > _day(around, None):
        note(f"{day} has not come yet: what happens until then is not in it.")
    _print(whose, shown, form)


def _check_one(group: str, person: str | None, *, of_group: bool) -> None:
    """A digest is a group's or a member's; with a member what is for groups alone is refused."""
    if bool(group) == bool(person) or (person and of_group):
        wrong = "give a group, or --person with --on and --format alone"
        raise typer.BadParameter(wrong, param_hint="GROUP")


def _print(whose: Whose, shown: Shown, form: Format) -> None:
    note(shown.told)
    if shown.message is None and shown.is_explained:
        return
    if shown.message is None:
        note(whose.spoken._("{group}: nothing to tell for this time.", group=whose.name))
    elif form is Format.JSON:
        say(shown.message.model_dump_json())
    else:
        text = form is Format.TEXT
        say(as_text(shown.message) if text else html_document(shown.message, whose.spoken))


@dataclass(frozen=True)
class Whose:
    """Whose digest it is: a group's or a member's, in which language, and who alone may read it."""

    spoken: Language
    name: str
    reader: Person | None


@dataclass(frozen=True)
class Asked:
    """Which digest is to be shown: of which group and day, in which language, as who got it."""

    session: Session
    group: Group
    on: date
    language: str
    reader: Person | None

    @property
    def spoken(self) -> Language:
        """The reader's own language; without a reader the one that was chosen, else the group's."""
        if self.reader is not None:
            return speech(self.reader)
        return self.spoken_as(Wanted())

    def spoken_as(self, wanted: Wanted) -> Language:
        """As a channel wanted it, unless another language was chosen."""
        code = self.language or wanted.language or self.group.language
        return texts.language(code, wanted.zone or self.group.zone)


@dataclass(frozen=True)
class Shown:
    """A digest, or None where there is nothing to tell; and what is to be known about it.

    `is_explained` tells that this says why there is none.
    """

    message: Message | None
    told: str
    is_explained: bool = False


def _own(session: Session, email: str, on: date) -> tuple[Whose, Shown]:
    """A member's own week, labelled with whose it is."""
    person = _member(session, email)
    spoken = speech(person)
    message, told = own_digest(session, person, on)
    shown = Shown(message and _labelled(message, spoken._(FOR_ONE, name=person.shown_as())), told)
    return Whose(spoken, person.name, person), shown


def _weekly(asked: Asked) -> Shown:
    """What was posted on the day where the digest fell due then, else how the week stands."""
    session, group, on = asked.session, asked.group, asked.on
    due = weeks_that_day(session, group, on)
    for found in due:
        posted = as_posted(session, group, on, found, asked.spoken_as(found.wanted))
        if posted is not None:
            return Shown(posted, _noted(found, on))
    if due:
        told = f"The weekly digest of {on} had too little to tell, so it was not sent;"
    else:
        told = f"No weekly digest fell due on {on};"
    told = f"{told} this is how the week stood at its end."
    return Shown(preview(session, group, on, asked.spoken), told)


def _noted(found: WeekThen, on: date) -> str:
    """What came of a weekly digest, by the row that remembers it."""
    if not found.outcome:
        return f"This fell due on {on}; no row remembers that it was sent."
    if not found.outcome.startswith("queued"):
        return f"This fell due on {on} and was not sent: {found.outcome}."
    if found.has_channel:
        return f"This was sent on {on} to the group's channels."
    return f"This was sent on {on} to those who lead the group, since it had no channel."


def _before(asked: Asked) -> Shown:
    """What the members read before the meeting that they were told of on a day, else the next."""
    that_day = before_that_day(asked.session, asked.group, asked.on)
    if that_day is None:
        return Shown(None, f"No meeting is planned after {asked.on}.", is_explained=True)
    found = that_day.meeting
    stood = f"how things stood before the meeting on {_date(found)}"
    if asked.reader is not None:
        letters = letters_before(asked.session, found, asked.on)
        return _of_reader(asked, letters, _got(asked, that_day, stood, before_name(found.id)))
    told = _told(asked, that_day, stood)
    facts = meeting.gather_before(asked.session, found, asked.on, restricted=False)
    return Shown(meeting.message_before(facts, asked.spoken, answers=False), told)


def _after(asked: Asked) -> Shown:
    """What the members were told on a day after a meeting, else all that the last one agreed."""
    that_day = after_that_day(asked.session, asked.group, asked.on)
    if that_day is None:
        return Shown(None, f"No meeting was held before {asked.on}.", is_explained=True)
    found, since = that_day.meeting, that_day.since
    agreed = f"all that the meeting on {_date(found)} agreed"
    if asked.reader is not None:
        letters = letters_after(asked.session, found, asked.on, since)
        return _of_reader(asked, letters, _got(asked, that_day, agreed, after_name(found.id)))
    told = _told(asked, that_day, agreed)
    facts = decided.gather_after(asked.session, found, asked.on, since)
    message = decided.message_after(decided.for_everybody(facts), asked.spoken)
    if message is None and facts.has_news:
        told = f"{told} Nothing else was told: name one of its readers with --as."
        return Shown(None, told, is_explained=True)
    return Shown(message, told)


def _told(asked: Asked, that_day: ThatDay, otherwise: str) -> str:
    """Whether it was sent; and who may read what is printed."""
    said = _sent(asked, that_day, otherwise)
    return f"{said} Left out: what is restricted to the group, and what each has of their own."


def _sent(asked: Asked, that_day: ThatDay, otherwise: str) -> str:
    if that_day.remembered:
        return f"This was sent on {asked.on}, to each in their own version."
    if that_day.sent:
        return f"This fell due on {asked.on}; no row remembers that it was sent."
    return f"None was sent on {asked.on}; this is {otherwise}."


@dataclass(frozen=True)
class Got:
    """Whether the reader got it, by the delivery that remembers it, and that in words."""

    label: str
    told: str


def _got(asked: Asked, that_day: ThatDay, otherwise: str, digest: str) -> Got:
    assert asked.reader is not None, "it is somebody's"
    name, on = asked.reader.name, asked.on
    alone = f"It is for {name} alone and may hold what is restricted; this is written down."
    if not that_day.remembered:
        label = AS_GOT if that_day.sent else FOR_ONE
        return Got(label, f"{_sent(asked, that_day, otherwise)} {alone}")
    state = went_to(asked.session, digest, on, asked.reader)
    if state is DeliveryState.SENT:
        return Got(AS_GOT, f"This was sent to {name} on {on}. {alone}")
    if state is not None:
        return Got(FOR_ONE, f"This was queued for {name} on {on} and is {state.value}. {alone}")
    why = f"It was sent on {on}, but not to {name}, who had paused or could not be reached."
    return Got(FOR_ONE, f"{why} This is how it would have read. {alone}")


def _of_reader(asked: Asked, letters: Iterable[Letter], got: Got) -> Shown:
    """What is for the reader among what goes to each."""
    for person, message in letters:
        if person == asked.reader:
            label = asked.spoken._(got.label, name=person.shown_as())
            return Shown(message and _labelled(message, label), got.told)
    name = asked.reader.name if asked.reader else ""
    return Shown(None, f"{name} is not among its readers.", is_explained=True)


AS_GOT = "As {name} got it. Do not pass it on."
FOR_ONE = "For {name} alone. Do not pass it on."


def _labelled(message: Message, whose: str) -> Message:
    """The digest with a line that says whose it is, wherever the print is carried."""
    heading, *rest = message.parts
    return message.model_copy(update={"parts": (heading, Note(text=whose), *rest)})


def _date(found: Meeting) -> date:
    return local_day(found.starts_at, found.group.zone)


def _reader(session: Session, email: str | None, kind: Kind) -> Person | None:
    if email is None:
        return None
    if kind is Kind.WEEK:
        fail("The weekly digest is the same for all in its channel. Leave --as out.")
    return _member(session, email)


def _member(session: Session, email: str) -> Person:
    person = session.scalars(select(Person).where(Person.email == email.strip().lower())).first()
    if person is None:
        fail(f"Nobody has the e-mail {email}.")
    return person


def _write_down(around: Surroundings, reader: Person, of: dict[str, str], on: date) -> None:
    """That somebody's digest was read by whoever runs the bot; `of` which group, where of one."""
    with around.database.write() as session:
        at = stored_time(around.database) or SystemClock().now()
        detail = {**of, "day": on.isoformat()}
        record(session, None, "digest_read_as", f"person:{reader.id}", at, **detail)


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
    """The group that is named; the command ends with a sentence where there is none."""
    registry, english = around.desk.registry(session), texts.language("en")
    try:
        return group_named(session, registry, named, on, english)
    except NotFound as missing:
        fail(missing.sentence)


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
