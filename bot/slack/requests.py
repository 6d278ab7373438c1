"""What Slack sends, as neutral requests: pure functions from payloads, nothing is asked for here.

Ids are opaque: people's start with U or W, an organisation-wide installation may have no team, a
shared channel brings people of other workspaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack.blocks import KEPT
from bot.slack.buttons import pressed_of
from bot.slack.forms import Origin, state_and_origin, values
from bot.slack.markup import unescape
from handlers.requests import (
    ButtonPressed,
    Command,
    FormSubmitted,
    HomeOpened,
    Identity,
    OptionsAsked,
    Place,
    PlaceKind,
)

PLATFORM = "slack"
REPORT_LINE = "rapportera"
"""What the message shortcut asks for; the chosen message comes along as a quote."""

Body = Mapping[str, Any]

DIRECT_NAME = "directmessage"
BRACKETS = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


@dataclass(frozen=True)
class Sender:
    """Who sent something, as the payload alone tells it.

    `foreign`: their own workspace is another than the one where the bot is installed.
    """

    workspace: str
    user: str
    foreign: bool = False


def sender(body: Body) -> Sender:
    """Who sent this; an organisation-wide installation is known by the organisation."""
    event = body.get("event") or {}
    person = body.get("user") or {}
    user = body.get("user_id") or person.get("id") or _user_of_event(event)
    team, home = _team(body), person.get("team_id") or event.get("user_team") or event.get("team")
    foreign = bool(team and home and home != team and not _enterprise(body))
    return Sender(workspace(body), user, foreign)


def workspace(body: Body) -> str:
    """The workspace, or the organisation, that the bot is installed in."""
    if _organisation_wide(body):
        return _enterprise(body)
    return _team(body) or _enterprise(body)


def command(body: Body, who: Identity, at: datetime) -> Command:
    """A slash command."""
    return Command(
        who=who,
        where=place(body),
        at=at,
        event=_event("command", body.get("trigger_id")),
        line=written(body.get("text") or "", people=True),
    )


def form(body: Body, who: Identity, at: datetime) -> FormSubmitted:
    """A view that was sent; it is one event, however often its button is pressed.

    Nothing of the answers is in the event's key, since the key is kept.
    """
    found = body["view"]
    state, origin = state_and_origin(found.get("private_metadata") or "")
    return FormSubmitted(
        who=who,
        where=Place(kind=origin.kind, channel=origin.channel),
        at=at,
        event=_event("view", found["id"], found["callback_id"]),
        form=found["callback_id"],
        values=values(found.get("state") or {}),
        state=state,
    )


def button(body: Body, who: Identity, at: datetime) -> ButtonPressed:
    """A pressed button, or the one that was chosen in a menu."""
    pressed = body["actions"][0]
    action, value = pressed_of(pressed)
    return ButtonPressed(
        who=who,
        where=place(body),
        at=at,
        event=_event("button", body.get("trigger_id"), pressed["action_id"]),
        action=action,
        value=value,
    )


def shortcut(body: Body, who: Identity, at: datetime) -> Command:
    """The shortcut on a message: what it says becomes the comment of a report."""
    return Command(
        who=who,
        where=place(body),
        at=at,
        event=_event("shortcut", body.get("trigger_id")),
        line=REPORT_LINE,
        quoted=written((body.get("message") or {}).get("text") or ""),
    )


def message(body: Body, who: Identity, at: datetime, bot_user: str) -> Command:
    """A direct message, or a mention in a channel with the bot's own name taken away."""
    event = body["event"]
    direct = event.get("channel_type") == "im"
    kind = PlaceKind.DIRECT if direct else PlaceKind.CHANNEL
    return Command(
        who=who,
        where=Place(kind=kind, channel=event["channel"]),
        at=at,
        event=_event("event", body["event_id"]),
        line=written(
            re.sub(rf"\s*<@{re.escape(bot_user)}>\s*", " ", event.get("text") or ""), people=True
        ),
    )


def home(body: Body, who: Identity, at: datetime) -> HomeOpened:
    """A member opened the home, or did something there after which it is to be shown anew."""
    event = _event("home", body.get("event_id") or body.get("trigger_id"))
    return HomeOpened(who=who, where=Place(kind=PlaceKind.HOME), at=at, event=event)


def options(body: Body, who: Identity, at: datetime) -> OptionsAsked:
    """A member types in a person field."""
    return OptionsAsked(
        who=who,
        where=place(body),
        at=at,
        event=_event("options", body.get("action_ts"), body["action_id"]),
        field=body.get("block_id") or body["action_id"],
        typed=body.get("value") or "",
    )


def place(body: Body) -> Place:
    """Where a command was typed or a button pressed."""
    channel = body.get("channel") or {}
    found = body.get("channel_id") or channel.get("id") or ""
    if not found and body.get("view"):
        return Place(kind=PlaceKind.HOME)
    name = body.get("channel_name") or channel.get("name") or ""
    kind = PlaceKind.DIRECT if name == DIRECT_NAME else PlaceKind.CHANNEL
    return Place(kind=kind, channel=found)


def origin(body: Body) -> Origin:
    """The way back to where a form is about to be opened."""
    found = place(body)
    return Origin(found.kind, found.channel, body.get("response_url") or "")


def may_be_replaced(body: Body) -> bool:
    """Whether the pressed message is the member's alone, so that an answer may take its place.

    A digest is not: it is read again, and has much else to press.
    """
    if str(body["actions"][0].get("block_id", "")).startswith(KEPT):
        return False
    ephemeral = bool((body.get("container") or {}).get("is_ephemeral"))
    return ephemeral or place(body).kind is PlaceKind.DIRECT


def is_for_us(body: Body) -> bool:
    """Whether a message event is a person's own new words, not a bot's, an edit or a notice."""
    event = body["event"]
    if event.get("bot_id") or event.get("hidden") or not event.get("user"):
        return False
    return event.get("subtype") in (None, "file_share", "thread_broadcast")


def written(text: str, *, people: bool = False) -> str:
    """Slack's text as the member wrote it: channels and links as they look, signs as they are.

    With `people`, somebody who is named stays as `<@ID>`: a line may be about their account.
    """

    def as_it_looks(found: re.Match[str]) -> str:
        target, label = found.group(1), found.group(2)
        if target.startswith("@") and people:
            return f"<{target}>"
        if label:
            return f"#{label}" if target.startswith("#") else label
        return "" if target[:1] in ("@", "#", "!") else target.removeprefix("mailto:")

    return unescape(BRACKETS.sub(as_it_looks, text)).strip()


def _user_of_event(event: Body) -> str:
    user = event.get("user") or ""
    return str(user.get("id", "")) if isinstance(user, Mapping) else str(user)


def _team(body: Body) -> str:
    authorized = _authorized(body)
    view = body.get("view") or {}
    return str(
        authorized.get("team_id")
        or body.get("team_id")
        or (body.get("team") or {}).get("id")
        or view.get("app_installed_team_id")
        or ""
    )


def _enterprise(body: Body) -> str:
    authorized = _authorized(body)
    return str(
        authorized.get("enterprise_id")
        or body.get("enterprise_id")
        or (body.get("enterprise") or {}).get("id")
        or ""
    )


def _organisation_wide(body: Body) -> bool:
    said = body.get("is_enterprise_install", _authorized(body).get("is_enterprise_install"))
    return str(said).lower() == "true"


def _authorized(body: Body) -> Body:
    """The installation that lets us see an event; a shared channel names ours first."""
    found = body.get("authorizations") or [{}]
    return found[0] if isinstance(found[0], Mapping) else {}


def _event(kind: str, *keys: str | None) -> str:
    return ":".join((kind, *(key or "" for key in keys)))[:255]
