"""A neutral message as an e-mail: text and HTML that say the same, pictures and files within."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bot.console import as_text
from bot.drawing.studio import CannotDraw, Studio
from bot.mail.settings import MailSettings
from bot.workspace import markup
from models.language import Language
from models.message import Actions, Facts, File, Image, Lines, Link, Message, Part, Table

HERE = Path(__file__).parent
NAME = "Samverkansbot"
SUBJECT, SHORT = 120, 78
"""A subject's most signs, and as many as a list of letters usually shows."""

SENTENCE = re.compile(r"(?<=[^\d])\.\s")
"""Where a sentence ends and another begins."""

TONES = {
    "good": "#1b6b43",
    "plain": "#1c4f91",
    "warning": "#7a5200",
    "bad": "#a02121",
    "unknown": "#566270",
}
"""The colour of a status; its sign and word say the same."""


@dataclass(frozen=True)
class Envelope:
    """Around a letter: its mark, to whom, in which language, and when it was begun.

    `answers` is the mark of the letter that this one corrects. `stop` is where its reader can
    say that no more are wanted.
    """

    id: str
    to: str
    language: Language
    at: datetime
    name: str = ""
    stop: str = ""
    answers: str = ""


@dataclass(frozen=True)
class Drawn:
    """A picture of a letter, under the name that the HTML calls it by."""

    cid: str
    content: bytes


@dataclass(frozen=True)
class Written:
    """A letter in both its forms, with its pictures."""

    subject: str
    text: str
    html: str
    pictures: dict[int, Drawn] = field(default_factory=dict)


@dataclass(frozen=True)
class Writer:
    """Writes letters from one sender."""

    post: MailSettings
    studio: Studio = field(default_factory=Studio)

    def mark(self, delivery_id: str) -> str:
        """The Message-ID of a delivery: the same however often it is sent."""
        return f"<{delivery_id}@{self.post.domain}>"

    def written(self, message: Message, envelope: Envelope) -> Written:
        """The letter's two forms; links stand where buttons were."""
        pictures = self._pictures(message)
        values = {
            "message": message,
            "language": envelope.language,
            "_": envelope.language._,
            "envelope": envelope,
            "subject": subject_of(message, envelope),
            "reply_to": self.post.reply_to,
            "pictures": pictures,
            "tones": TONES,
            "name": NAME,
        }
        html = environment().get_template("letter.html").render(values)
        return Written(str(values["subject"]), self._text(message, values), html, pictures)

    def letter(self, message: Message, envelope: Envelope) -> EmailMessage:
        """The whole e-mail, with headers that let a copy be recognised and robots keep silent."""
        written = self.written(message, envelope)
        made = EmailMessage()
        made["Subject"] = written.subject
        made["From"] = Address(NAME, addr_spec=self.post.sender)
        made["To"] = _receiver(envelope)
        made["Date"] = format_datetime(envelope.at)
        made["Message-ID"] = self.mark(envelope.id)
        for name, value in self._headers(envelope):
            made[name] = value
        made.set_content(written.text, cte="quoted-printable")
        made.add_alternative(written.html, subtype="html", cte="quoted-printable")
        _enclose(made, message, written)
        return made

    def _headers(self, envelope: Envelope) -> Iterator[tuple[str, str]]:
        yield "X-Samverkan-Delivery", envelope.id
        yield "Auto-Submitted", "auto-generated"
        yield "X-Auto-Response-Suppress", "All"
        yield "Content-Language", envelope.language.code
        if self.post.reply_to:
            yield "Reply-To", self.post.reply_to
        if envelope.stop:
            yield "List-Unsubscribe", f"<{envelope.stop}>"
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
        if envelope.answers:
            yield "In-Reply-To", envelope.answers
            yield "References", envelope.answers

    def _pictures(self, message: Message) -> dict[int, Drawn]:
        """The pictures that could be drawn, by their place; the others are told in words."""
        found = {}
        for at, part in enumerate(message.parts):
            if isinstance(part, Image):
                try:
                    content = self.studio.draw(part.drawing, "png")
                except CannotDraw:
                    continue
                found[at] = Drawn(f"picture{at}@{self.post.domain}", content)
        return found

    def _text(self, message: Message, values: dict[str, object]) -> str:
        body = "\n\n".join(filter(None, map(_plain, message.parts)))
        foot = environment().get_template("foot.txt").render(values)
        return f"{body}\n\n-- \n{foot}"


def subject_of(message: Message, envelope: Envelope) -> str:
    """The subject: what a notification says of the message, or its first sentence."""
    line = " ".join(message.summary.split())
    if len(line) > SHORT:
        line = SENTENCE.split(line, maxsplit=1)[0]
    line = line.removesuffix(".")
    if envelope.answers:
        line = envelope.language._("Updated: {subject}", subject=line)
    if len(line) > SUBJECT:
        line = f"{line[: SUBJECT - 2].rsplit(' ', 1)[0]} …"
    return line


def _receiver(envelope: Envelope) -> Address:
    name, _, domain = envelope.to.rpartition("@")
    return Address(envelope.name, name, domain)


def _plain(part: Part) -> str:
    """A part as text; tables row by row, since a mail program breaks lines where it likes."""
    if isinstance(part, Table):
        return "\n".join(_rows(part))
    if isinstance(part, Actions):
        links = (each for each in part.buttons if isinstance(each, Link))
        return "\n".join(f"{link.label}: {link.url}" for link in links)
    if isinstance(part, File):
        return f"{part.label}: {part.name}"
    return as_text(Message(summary="-", parts=(_read_alone(part),)))


def _read_alone(part: Part) -> Part:
    """A part without what only a chat can press."""
    if isinstance(part, Facts):
        facts = tuple(fact.model_copy(update={"ways": ()}) for fact in part.facts)
        return part.model_copy(update={"facts": facts})
    if isinstance(part, Lines):
        lines = tuple(line.model_copy(update={"way": None}) for line in part.lines)
        return part.model_copy(update={"lines": lines})
    return part


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        first, *others = [" ".join(cell.plain().split()) for cell in row]
        named = zip(table.columns[1:], others, strict=True)
        told = "; ".join(f"{column}: {value}" for column, value in named if value)
        yield re.sub(r"\*\*|`", "", f"* {first}" + (f"\n  {told}" if told else ""))


def _enclose(made: EmailMessage, message: Message, written: Written) -> None:
    """The pictures beside the HTML that shows them, and the files."""
    html = made.get_body(("html",))
    if isinstance(html, EmailMessage):
        for picture in written.pictures.values():
            html.add_related(picture.content, "image", "png", cid=f"<{picture.cid}>")
    for part in _files(message.parts):
        main, sub = part.media_type.split(";")[0].split("/")
        letters = {"charset": "utf-8"} if main == "text" else None
        made.add_attachment(
            part.content, maintype=main, subtype=sub, filename=part.name, params=letters
        )


def _files(parts: Sequence[Part]) -> list[File]:
    return [part for part in parts if isinstance(part, File)]


@lru_cache
def environment() -> Environment:
    """The templates of letters; the HTML is escaped, and every name must exist."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(blocks=markup.blocks, inline=markup.inline, styled=styled)
    return made


STYLES = {
    "<p>": '<p style="margin:0 0 8px">',
    '<p class="section">': '<p style="margin:12px 0 4px">',
    "<ul>": '<ul style="margin:0 0 8px;padding-left:20px">',
    "<code>": '<code style="font-family:Consolas,Menlo,monospace">',
}


def styled(html: Markup) -> Markup:
    """Our own markup with its style in place, since mail programs read no stylesheet."""
    text = str(html)
    for plain, styled in STYLES.items():
        text = text.replace(plain, styled)
    return Markup(text)  # noqa: S704 - what came in was escaped.
