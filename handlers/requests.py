"""What comes in, in no platform's words: a typed line, a form, a button, an opened home."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Incoming(BaseModel):
    """Base of all that comes in: frozen, closed, storable as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Identity(Incoming):
    """Who asks, as the platform knows them.

    `email` is given only when the platform has verified it. `guest` marks people of another
    workspace or organisation. `passing` marks an account that nothing can be sent to (the
    console): it is answered but not kept. `operator` marks whoever runs the installation.
    """

    platform: str
    workspace: str
    user: str
    email: str | None = None
    name: str | None = None
    guest: bool = False
    passing: bool = False
    operator: bool = False


class PlaceKind(StrEnum):
    """Where something was said."""

    DIRECT = "direct"
    CHANNEL = "channel"
    HOME = "home"


class Place(Incoming):
    """The conversation in which something was said; `channel` is the platform's id of it."""

    kind: PlaceKind
    channel: str = ""


class Request(Incoming):
    """Base of the requests: who, where, when (aware, UTC) and the platform's event id."""

    who: Identity
    where: Place
    at: datetime
    event: Annotated[str, Field(min_length=1, max_length=255)]


class Command(Request):
    """A typed line: a slash command's rest, a mention, a direct message, a shortcut's quote."""

    kind: Literal["command"] = "command"
    line: str
    quoted: str | None = None


class FormSubmitted(Request):
    """A form that was sent: texts, ISO dates, numbers as text, choices as tuples of values."""

    kind: Literal["form"] = "form"
    form: str
    values: dict[str, str | tuple[str, ...] | bool]
    state: str = ""


class ButtonPressed(Request):
    """A pressed button: its action and value."""

    kind: Literal["button"] = "button"
    action: str
    value: str = ""


class HomeOpened(Request):
    """A member opened the bot's home."""

    kind: Literal["home"] = "home"


class OptionsAsked(Request):
    """A member types in a person field and wants the names that fit."""

    kind: Literal["options"] = "options"
    field: str
    typed: str


AnyRequest = Command | FormSubmitted | ButtonPressed | HomeOpened
"""What the router answers with a reply; `OptionsAsked` has its own small function."""
