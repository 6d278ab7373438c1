"""Messages in the fake Slack as a page to look at, much as Slack shows them.

Slack's own client is not ours to run, so fonts and spaces are like its, not the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from bot.slack.markup import unescape
from tests.slack.records import Message

LINK = re.compile(r"&lt;(https?://[^|&]+)\|([^&]+)&gt;")
BOLD = re.compile(r"\*([^*\n]+)\*")
ITALIC = re.compile(r"(?<!\w)_([^_\n]+)_(?!\w)")


def page_of(room: str, messages: Iterable[Message]) -> str:
    """The HTML page of a conversation; raises ValueError for a block that it cannot show."""
    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True)
    environment.filters["mrkdwn"] = mrkdwn
    environment.globals["unknown"] = _unknown
    return environment.get_template("messages.html").render(room=room, messages=list(messages))


def mrkdwn(text: str) -> Markup:
    """Slack's small markup as HTML."""
    html = LINK.sub(r'<a href="\1">\2</a>', str(escape(unescape(text))))
    return Markup(ITALIC.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", html)))


def _unknown(kind: str) -> NoReturn:
    raise ValueError(f"cannot show a block of type {kind}")
