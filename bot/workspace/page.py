"""Neutral messages and forms as HTML; pure functions of what they are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.drawing.studio import Studio
from bot.workspace import markup
from bot.workspace.attached import Attached, Within
from models.language import Language
from models.message import Button, Cell, Fact, Form, Message, Table

HERE = Path(__file__).parent
BOT = "Samverkansbot"

Seal = Callable[[Button], str]
"""Turns a button into the token that its pressing sends back."""


@dataclass(frozen=True)
class Scene:
    """Where a message is drawn: for whom, in which conversation, as which post.

    Without `seal` the buttons are left out: nothing could answer them. `hooks` are what the
    pressing of a button also sends: the conversation, the post, the page. `attached` knows where
    pictures and files are fetched.
    """

    language: Language
    seal: Seal | None = None
    hooks: Mapping[str, str] = field(default_factory=dict)
    level: int = 2
    attached: Attached = field(default_factory=Within)


@dataclass(frozen=True)
class Filled:
    """A form on its way back to its member: what was typed and what was wrong with it."""

    typed: Mapping[str, str | tuple[str, ...] | bool] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@lru_cache
def environment() -> Environment:
    """The templates of the page; everything is escaped and every name must exist."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        blocks=markup.blocks,
        inline=markup.inline,
        linked=markup.linked,
        initials=initials,
        first_large=first_large,
    )
    made.filters.update(states=states, woven=woven)
    made.globals.update(bot=BOT)
    return made


def draw(template: str, **values: object) -> Markup:
    """A template filled in."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704 - templates escape.


def render(message: Message, scene: Scene) -> Markup:
    """A message as a card."""
    return draw("card.html", message=message, scene=scene, _=scene.language._)


def render_form(form: Form, scene: Scene, token: str, filled: Filled | None = None) -> Markup:
    """A form as a dialog, with what was typed and what was wrong where it comes back."""
    return draw(
        "form.html",
        form=form,
        scene=scene,
        token=token,
        filled=filled or Filled(),
        _=scene.language._,
    )


@dataclass(frozen=True)
class Printed:
    """Around a page for the record: when it was said and printed, and where it is saved."""

    said: str
    save: str


def html_document(
    message: Message,
    language: Language,
    studio: Studio | None = None,
    printed: Printed | None = None,
) -> str:
    """A message as a page of its own that needs nothing beside it."""
    style = Markup((HERE / "static" / "document.css").read_text("utf-8"))  # noqa: S704 - our own file.
    scene = Scene(language, level=1, attached=Within(studio or Studio()))
    return str(
        draw(
            "document.html",
            message=message,
            scene=scene,
            style=style,
            printed=printed,
            _=language._,
        )
    )


def initials(name: str) -> str:
    """Two letters that stand for a name: ME for Maja Ekvall."""
    if name == BOT:
        return "SB"
    words = re.findall(r"\w+", name)
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def first_large(text: str) -> str:
    """A text with a capital first letter: Trygghetssamordnare, Farsta."""
    return text[:1].upper() + text[1:]


def states(table: Table) -> frozenset[int]:
    """The columns after the first that hold states alone, and so need no more room than those."""
    columns = list(zip(*table.rows, strict=True))
    return frozenset(at for at, cells in enumerate(columns) if at and all(map(_is_state, cells)))


@dataclass(frozen=True)
class Woven:
    """A fact whose own words lead on: its pieces, each with its way or None, and the ways left."""

    pieces: tuple[tuple[str, Button | None], ...]
    left: tuple[Button, ...]


def woven(fact: Fact) -> Woven:
    """A fact with each way in the words that are called as its button is, where there are such."""
    pieces: list[tuple[str, Button | None]] = []
    left: list[Button] = []
    rest = fact.value
    for way in fact.ways:
        found = re.search(rf"(?<![\w-]){re.escape(way.label)}(?![\w-])", rest)
        if found is None:
            left.append(way)
            continue
        pieces += [(rest[: found.start()], None), (way.label, way)]
        rest = rest[found.end() :]
    return Woven((*pieces, (rest, None)), tuple(left))


def _is_state(cell: Cell) -> bool:
    return cell.status is not None and not cell.text and not cell.quote


def said_at(language: Language, at: datetime, now: datetime) -> str:
    """When a post was made, as short as the reader can bear: 08.12, mån 08.00, 21 maj 13.00."""
    then, today = language.local(at).date(), language.local(now).date()
    if then == today:
        return language.time(at)
    if today - timedelta(days=6) <= then < today:
        return f"{language.short_day(then).split()[0]} {language.time(at)}"
    return f"{language.day(then, today)} {language.time(at)}"
