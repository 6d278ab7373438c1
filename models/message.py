"""The neutral words a reply is made of; every platform's adapter says them in its own way.

Limits are the tighter of Slack's Block Kit and Teams' Adaptive Cards. A part over its limit is
refused here with `ValueError`; lists and tables are paged by whoever builds them, never cut.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum
from operator import not_
from pathlib import PurePath
from typing import Annotated, Literal

from pydantic import Field, model_validator

from models.drawings import Drawing
from models.word import Word

TABLE_ROWS = 20
TABLE_COLUMNS = 5
TEXT_LENGTH = 3000
FILE_BYTES = 1_000_000

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The kinds of file that an answer may hold, by the ending of the name."""


class Tone(StrEnum):
    """How a status should feel; always beside a sign and a word, never colour alone."""

    GOOD = "good"
    PLAIN = "plain"
    WARNING = "warning"
    BAD = "bad"
    UNKNOWN = "unknown"


class Status(Word):
    """A status as sign, word and tone, for example ▲ Försenad 12 dagar."""

    kind: Literal["status"] = "status"
    sign: Annotated[str, Field(min_length=1, max_length=3)]
    word: Annotated[str, Field(min_length=1, max_length=75)]
    tone: Tone = Tone.PLAIN

    def __str__(self) -> str:
        return f"{self.sign} {self.word}"


class Heading(Word):
    """A heading in plain text."""

    kind: Literal["heading"] = "heading"
    text: Annotated[str, Field(min_length=1, max_length=150)]


class Text(Word):
    """A paragraph or list in our small markup: `**bold**`, `_italic_`, `- ` items, new lines."""

    kind: Literal["text"] = "text"
    text: Annotated[str, Field(min_length=1, max_length=TEXT_LENGTH)]


def paragraphs(lines: Iterable[str]) -> tuple[Text, ...]:
    """Lines as as few texts as their length allows; raises `ValueError` for a line over it."""
    texts: list[Text] = []
    for line in lines:
        joined = f"{texts[-1].text}\n{line}" if texts else line
        if texts and len(joined) <= TEXT_LENGTH:
            texts[-1] = Text(text=joined)
        else:
            texts.append(Text(text=line))
    return tuple(texts)


class Quote(Word):
    """What a member wrote, shown verbatim and never parsed as markup."""

    kind: Literal["quote"] = "quote"
    text: Annotated[str, Field(min_length=1, max_length=3000)]
    by: str | None = None


class Fact(Word):
    """A label and its value."""

    label: Annotated[str, Field(min_length=1, max_length=200)]
    value: Annotated[str, Field(min_length=1, max_length=1500)]


class Facts(Word):
    """Labels with values; `figures` asks for large numbers above their labels."""

    kind: Literal["facts"] = "facts"
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, max_length=10)]
    figures: bool = False


class Cell(Word):
    """One cell of a table: a text, perhaps a status, perhaps a member's words below them.

    The status stands after the text, or before it where it `leads`.
    """

    text: Annotated[str, Field(max_length=500)] = ""
    status: Status | None = None
    leads: bool = False
    quote: Annotated[str, Field(max_length=500)] | None = None

    def said(self) -> str:
        """Text and status in their order."""
        words = [self.text, str(self.status) if self.status else ""]
        return " · ".join(word for word in (words[::-1] if self.leads else words) if word)

    def plain(self) -> str:
        """The cell as one line of text."""
        return " · ".join(word for word in (self.said(), self.quote) if word)


class Table(Word):
    """A table of at most 5 columns and 20 rows, the first row apart as column headings."""

    kind: Literal["table"] = "table"
    columns: Annotated[tuple[str, ...], Field(min_length=1, max_length=TABLE_COLUMNS)]
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(min_length=1, max_length=TABLE_ROWS)]

    @model_validator(mode="after")
    def _every_row_is_as_wide_as_the_heading(self) -> Table:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs as many cells as there are columns")
        return self


class Image(Word):
    """A picture: what it shows, its text alternative, and what it is called when it is kept.

    Each platform has it drawn in its own form, so `name` has no ending.
    """

    kind: Literal["image"] = "image"
    drawing: Drawing
    alt: Annotated[str, Field(min_length=1, max_length=2000)]
    name: Annotated[str, Field(pattern=r"^[\w-]+$", max_length=80)]


class File(Word):
    """A file to keep, of at most a million bytes; `data` is base64."""

    kind: Literal["file"] = "file"
    label: Annotated[str, Field(min_length=1, max_length=200)]
    name: Annotated[str, Field(pattern=r"^[\w-][\w .-]*\.[a-z]+$", max_length=100)]
    media_type: Annotated[str, Field(max_length=100)]
    data: Annotated[str, Field(min_length=4, max_length=4 * FILE_BYTES // 3 + 4, repr=False)]

    @classmethod
    def holding(cls, content: bytes, *, label: str, name: str) -> File:
        """A file with this content; the name's ending says what kind it is."""
        media_type = MEDIA_TYPES.get(PurePath(name).suffix, "")
        data = base64.b64encode(content).decode("ascii")
        return cls(label=label, name=name, media_type=media_type, data=data)

    @property
    def content(self) -> bytes:
        """The bytes themselves."""
        return base64.b64decode(self.data)

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.data) // 4 * 3 - self.data[-2:].count("=")

    @property
    def kilobytes(self) -> int:
        """The size in whole thousands of bytes, at least one."""
        return max(1, round(self.size / 1000))

    @model_validator(mode="after")
    def _is_a_kind_of_file_that_is_known_and_holds_base64(self) -> File:
        known = MEDIA_TYPES.get(PurePath(self.name).suffix)
        if known is None or self.media_type.split(";")[0].strip() != known:
            raise ValueError(f"{self.name} must end in {', '.join(MEDIA_TYPES)} and be of its type")
        base64.b64decode(self.data, validate=True)
        return self


class Note(Word):
    """A small grey line: a source, a date, a reservation."""

    kind: Literal["note"] = "note"
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class Divider(Word):
    """A line between two parts."""

    kind: Literal["divider"] = "divider"


class Confirm(Word):
    """A question asked before a button acts."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    text: Annotated[str, Field(min_length=1, max_length=300)]
    yes: Annotated[str, Field(min_length=1, max_length=30)]
    no: Annotated[str, Field(min_length=1, max_length=30)]


class Weight(StrEnum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"


class Button(Word):
    """A button: pressing it sends `action` and `value` back as a `ButtonPressed`."""

    kind: Literal["button"] = "button"
    label: Annotated[str, Field(min_length=1, max_length=40)]
    action: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[a-z_.]+$")]
    value: Annotated[str, Field(max_length=1500)] = ""
    weight: Weight = Weight.PLAIN
    spoken: Annotated[str, Field(max_length=75)] | None = None
    confirm: Confirm | None = None


class Link(Word):
    """A button that opens an address."""

    kind: Literal["link"] = "link"
    label: Annotated[str, Field(min_length=1, max_length=40)]
    url: Annotated[str, Field(max_length=2000, pattern=r"^https?://")]


class Actions(Word):
    """A row of at most five buttons and links."""

    kind: Literal["actions"] = "actions"
    buttons: Annotated[tuple[Button | Link, ...], Field(min_length=1, max_length=5)]


Part = Annotated[
    Heading | Text | Quote | Facts | Table | Status | Image | File | Note | Divider | Actions,
    Field(discriminator="kind"),
]


class Audience(StrEnum):
    """Who sees a reply."""

    YOU = "you"
    EVERYONE = "everyone"


class Message(Word):
    """One message: `summary` is what a notification and a screen reader say of it.

    `replaces` asks that the message whose button was pressed becomes this one. `lasting` marks what
    is worth printing and keeping for the record; it is stored only where it is so, since the
    release before this one does not know it.
    """

    kind: Literal["message"] = "message"
    summary: Annotated[str, Field(min_length=1, max_length=1000)]
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=40)]
    audience: Audience = Audience.YOU
    replaces: bool = False
    lasting: Annotated[bool, Field(exclude_if=not_)] = False

    @model_validator(mode="after")
    def _one_table_at_most(self) -> Message:
        if sum(isinstance(part, Table) for part in self.parts) > 1:
            raise ValueError("one table a message: split it into pages")
        return self


class Choice(Word):
    """One thing that can be chosen: what is shown and what is sent."""

    label: Annotated[str, Field(min_length=1, max_length=75)]
    value: Annotated[str, Field(min_length=1, max_length=150)]


class Input(Word):
    """Base of the fields of a form: name, label and hint."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=100)]
    label: Annotated[str, Field(min_length=1, max_length=200)]
    hint: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    required: bool = True


class TextField(Input):
    """A text of one line or several."""

    kind: Literal["text_field"] = "text_field"
    initial: str = ""
    several_lines: bool = False
    max_length: Annotated[int, Field(ge=1, le=3000)] = 1000


class NumberField(Input):
    """A number between two bounds."""

    kind: Literal["number_field"] = "number_field"
    initial: float | None = None
    low: float | None = None
    high: float | None = None
    whole: bool = True


class DateField(Input):
    """A day."""

    kind: Literal["date_field"] = "date_field"
    initial: date | None = None


class TimeField(Input):
    """A time of day."""

    kind: Literal["time_field"] = "time_field"
    initial: time | None = None


class ChoiceField(Input):
    """One or several of at most 100 choices; `open_list` shows them all when they are few."""

    kind: Literal["choice_field"] = "choice_field"
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=100)]
    several: bool = False
    open_list: bool = False
    initial: tuple[str, ...] = ()


class PersonField(Input):
    """A member, found by typing part of a name: the platform asks for options."""

    kind: Literal["person_field"] = "person_field"
    initial: Choice | None = None


class YesNoField(Input):
    """Yes or no, as one box to tick."""

    kind: Literal["yes_no_field"] = "yes_no_field"
    initial: bool = False


FormField = Annotated[
    TextField | NumberField | DateField | TimeField | ChoiceField | PersonField | YesNoField,
    Field(discriminator="kind"),
]


class Form(Word):
    """A form: `name` leads the answer back to its handler, `state` comes back untouched."""

    kind: Literal["form"] = "form"
    name: Annotated[str, Field(pattern=r"^[a-z_.]+$", max_length=100)]
    title: Annotated[str, Field(min_length=1, max_length=24)]
    submit: Annotated[str, Field(min_length=1, max_length=24)]
    cancel: Annotated[str, Field(min_length=1, max_length=24)]
    intro: str = ""
    note: str = ""
    fields: Annotated[tuple[FormField, ...], Field(min_length=1, max_length=40)]
    state: Annotated[str, Field(max_length=2000)] = ""


class FieldErrors(Word):
    """What was wrong, field by field; the form stays open with what was typed."""

    kind: Literal["field_errors"] = "field_errors"
    errors: Annotated[dict[str, str], Field(min_length=1)]


Reply = Message | Form | FieldErrors
"""What a handler may answer."""
