"""What the browser posts, read into the neutral requests."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import parse_qs
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.workspace.page import Filled
from handlers.requests import FormSubmitted, Identity, Place, PlaceKind
from handlers.whole import whole
from models.language import Language
from models.message import (
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
from models.people.organisations import Person

PLATFORM = "workspace"
WORKSPACE = "local"
LARGEST_BODY = 256 * 1024
POST_DIGITS = 15
"""So many digits has the number of a post or a change at most."""

EVENT = re.compile(r"[A-Za-z0-9_-]{8,64}")
LINE_PREFIX = re.compile(r"^\s*/samverkan\b\s*", re.IGNORECASE)

Value = str | tuple[str, ...] | bool
Posted = Mapping[str, list[str]]


@dataclass(frozen=True)
class Spot:
    """Where in the page something was done.

    `channel` is the conversation it belongs to, `post` the post whose card was used (0 where
    there is none), `page` the address that the member looks at, `event` the key of this one act.
    """

    channel: str
    post: int
    page: str
    event: str


async def posted(request: Request) -> Posted:
    """The fields of a posted form; refuses what is too large or not UTF-8."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
    try:
        text = body.decode("utf-8")
        return parse_qs(
            text,
            keep_blank_values=True,
            strict_parsing=bool(text),
            errors="strict",
            max_num_fields=500,
        )
    except ValueError as error:
        raise HTTPException(400) from error


def spot(fields: Posted) -> Spot:
    """Where it was done, as the page's hidden fields say."""
    post, page = one(fields, "post"), one(fields, "page")
    event = one(fields, "event")
    return Spot(
        channel=one(fields, "channel"),
        post=whole(post, POST_DIGITS) or 0,
        page=page if page.startswith("/") and not page.startswith(("//", "/\\")) else "/",
        event=event if EVENT.fullmatch(event) else uuid4().hex,
    )


def one(fields: Posted, name: str) -> str:
    """A field that is there once, or nothing; line ends as the database keeps them."""
    return next(iter(fields.get(name, ())), "").replace("\r\n", "\n").replace("\x00", "")


def line(fields: Posted) -> str:
    """What was typed, without the name of the command that a habit may have put before it."""
    return LINE_PREFIX.sub("", one(fields, "line")).strip()[:3000]


def identity(person: Person) -> Identity:
    """A signed-in member as the handlers know members."""
    return Identity(
        platform=PLATFORM,
        workspace=WORKSPACE,
        user=str(person.id),
        email=person.email,
        name=person.name,
    )


def place(channel: str) -> Place:
    """A conversation of the page: a group's code, or @ and a person's id."""
    if not channel:
        return Place(kind=PlaceKind.HOME)
    kind = PlaceKind.DIRECT if channel.startswith("@") else PlaceKind.CHANNEL
    return Place(kind=kind, channel=channel)


def submitted(
    form: Form, values: dict[str, Value], who: Person, at: datetime, on: Spot
) -> FormSubmitted:
    """A form that was sent, as a request."""
    return FormSubmitted(
        who=identity(who),
        where=place(on.channel),
        at=at,
        event=on.event,
        form=form.name,
        values=values,
        state=form.state,
    )


class Unfit(ValueError):
    """A field holds what it cannot hold; the sentence is for the member."""


def read_form(form: Form, fields: Posted, language: Language) -> tuple[dict[str, Value], Filled]:
    """The values of a form's fields, and what was typed with what was wrong with it."""
    values: dict[str, Value] = {}
    typed: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for field in form.fields:
        typed[field.name] = _typed(field, fields)
        try:
            value = _value(field, fields, language)
            if field.required and value in ("", ()):
                raise Unfit(language._("This needs an answer."))
        except Unfit as unfit:
            errors[field.name] = str(unfit)
        else:
            values[field.name] = value
    return values, Filled(typed, errors)


def _typed(field: FormField, fields: Posted) -> Value:
    if isinstance(field, YesNoField):
        return bool(fields.get(field.name))
    if isinstance(field, ChoiceField):
        return tuple(value for value in fields.get(field.name, ()) if value)
    return one(fields, field.name)


def _value(field: FormField, fields: Posted, language: Language) -> Value:
    reader = READERS.get(type(field))
    typed = _typed(field, fields)
    if reader is None or not isinstance(typed, str):
        return _chosen(field, typed, language) if isinstance(field, ChoiceField) else typed
    if isinstance(field, PersonField):
        return _found(typed, one(fields, f"{field.name}.value"), language)
    return reader(field, typed.strip(), language) if typed.strip() else ""


def _chosen(field: ChoiceField, typed: Value, language: Language) -> Value:
    chosen = typed if isinstance(typed, tuple) else ()
    if not set(chosen) <= {choice.value for choice in field.choices}:
        raise Unfit(language._("Choose one of the choices."))
    return chosen if field.several else "".join(chosen[:1])


def _found(typed: str, value: str, language: Language) -> str:
    if typed.strip() and not value:
        raise Unfit(language._("Choose a name from the list."))
    return value if typed.strip() else ""


def _text(field: FormField, typed: str, language: Language) -> str:
    longest = field.max_length if isinstance(field, TextField) else 150
    if len(typed) > longest:
        raise Unfit(language._("Write at most {number} characters.", number=longest))
    return typed


def _number(field: FormField, typed: str, language: Language) -> str:
    try:
        number = float(typed.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
    except ValueError as error:
        raise Unfit(language._("Write a number.")) from error
    if not isinstance(field, NumberField) or not math.isfinite(number):
        raise Unfit(language._("Write a number."))
    if field.whole and number != int(number):
        raise Unfit(language._("Write a whole number."))
    if (field.low is not None and number < field.low) or (
        field.high is not None and number > field.high
    ):
        raise Unfit(_bounds(field, language))
    return f"{number:g}"


def _bounds(field: NumberField, language: Language) -> str:
    if field.low is not None and field.high is not None:
        low, high = language.number(field.low), language.number(field.high)
        return language._("Write a number from {low} to {high}.", low=low, high=high)
    if field.low is not None:
        return language._("Write {low} or more.", low=language.number(field.low))
    return language._("Write {high} or less.", high=language.number(field.high or 0))


def _day(_: FormField, typed: str, language: Language) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise Unfit(language._("Write a day as 2024-06-18.")) from error


def _time(_: FormField, typed: str, language: Language) -> str:
    try:
        return time.fromisoformat(typed.replace(".", ":")).strftime("%H:%M")
    except ValueError as error:
        raise Unfit(language._("Write a time as 13:00.")) from error


READERS: dict[type, Callable[[FormField, str, Language], str]] = {
    TextField: _text,
    PersonField: _text,
    NumberField: _number,
    DateField: _day,
    TimeField: _time,
}
"""How the text of each kind of field is read."""
