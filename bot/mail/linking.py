"""Buttons made into links: what can be answered by a link gets one, the rest is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from handlers.by_link import ACTIONS
from models.delivery.mail_links import ABOUT, HOLDS, Wanted, put, token_for
from models.message import (
    Actions,
    Button,
    Divider,
    Facts,
    Heading,
    Lines,
    Link,
    Message,
    Part,
    Text,
)

PATH = "answer"

STOPS = timedelta(days=365)
"""How long a letter can be used to stop the letters, or to have them again: it may be an old one,
and who has stopped them gets no later one."""


@dataclass(frozen=True)
class Linking:
    """Makes the links of one letter or page: whose they are, what they are made of, until when.

    `origin` names the letter, or the link whose answer offers more.
    """

    session: Session
    secret: bytes
    base_url: str
    person_id: int
    origin: str
    at: datetime
    ends_at: datetime

    @classmethod
    def of_letter(cls, session: Session, secret: bytes, base_url: str, letter: Letter) -> Linking:
        """The links of a letter, which hold from the day it is sent."""
        ends_at = letter.at + HOLDS
        return cls(session, secret, base_url, letter.person_id, letter.id, letter.at, ends_at)

    def linked(self, message: Message) -> Message:
        """The message with links where its buttons were."""
        parts: list[Part] = []
        for at, part in enumerate(message.parts):
            if not isinstance(part, Actions):
                parts.append(part)
            elif found := tuple(self._links(part, above(message.parts[:at]))):
                parts.append(Actions(buttons=found))
        return message.model_copy(update={"parts": tuple(parts) or message.parts[:1]})

    def link(self, button: Button, about: str = "") -> Link:
        """The link that stands for a button; what it is about is shown before it is used."""
        token = token_for(self.secret, self.origin, button.action, button.value)
        ends_at = self.at + STOPS if button.action == "letters.change" else self.ends_at
        wanted = Wanted(self.person_id, button.action, button.value, button.label, about, ends_at)
        put(self.session, self.secret, token, wanted, self.at)
        return Link(label=button.label, url=f"{self.base_url}/{PATH}/{token}")

    def _links(self, part: Actions, about: str) -> Iterator[Link]:
        for button in part.buttons:
            if isinstance(button, Link):
                yield button
            elif button.action in ACTIONS:
                yield self.link(button, about)


@dataclass(frozen=True)
class Letter:
    """What the links of a letter need to know of it: its delivery, its reader, and when."""

    id: str
    person_id: int
    at: datetime


def above(before: Sequence[Part]) -> str:
    """What stands above a row of buttons: all up to its heading, else the text just before it.

    Whoever opens the link has not the letter at hand, and must see which meeting it is.
    """
    lines: list[str] = []
    least = ""
    for part in reversed(before):
        told = _told(part)
        full = len("\n".join([told, *lines])) > ABOUT
        if isinstance(part, Divider) or (isinstance(part, Actions) and lines) or full:
            break
        lines[:0] = [told] if told else []
        if isinstance(part, Heading):
            return "\n".join(lines)
        if isinstance(part, Text):
            least = least or "\n".join(lines)
    return least or "\n".join(lines)


def _told(part: Part) -> str:
    if isinstance(part, Text | Heading):
        return part.text
    if isinstance(part, Lines):
        return "\n".join([f"**{part.title}**", *(f"- {line.text}" for line in part.lines)])
    if isinstance(part, Facts) and not part.figures:
        return "\n".join(f"{fact.label}: {fact.value}" for fact in part.facts)
    return ""
