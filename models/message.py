"""The neutral words a reply is made of; every platform's adapter says them in its own way.

Limits are the tighter of Slack's Block Kit and Teams' Adaptive Cards. A part over its limit is
refused here with `ValueError`; lists and tables are paged by whoever builds them, never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from enum import StrEnum
from operator import not_
from typing import Annotated, Literal

from pydantic import Field, model_validator

from models.buttons import Button, Confirm, Link, Weight, can_be_chosen
from models.drawings import Drawing
from models.files import FILE_BYTES, MEDIA_TYPES, File
from models.word import Word

__all__ = ["FILE_BYTES", "MEDIA_TYPES", "Button", "Confirm", "File", "Link", "Weight"]
"""What is said here of itself and is at home beside: who builds messages finds all in one place."""

TABLE_ROWS = 20
TABLE_COLUMNS = 5
TEXT_LENGTH = 3000
MOST_WAYS = 25


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
    """A label and its value; `ways` lead to what it tells of.

    `choose` asks which, where there are several and a platform has room for one choice alone.
    Ways are stored only where there are any, since the release before does not know them.
    """

    label: Annotated[str, Field(min_length=1, max_length=200)]
    value: Annotated[str, Field(min_length=1, max_length=1500)]
    ways: Annotated[tuple[Button, ...], Field(max_length=MOST_WAYS, exclude_if=not_)] = ()
    choose: Annotated[str, Field(max_length=75, exclude_if=not_)] = ""

    @model_validator(mode="after")
    def _several_ways_can_be_chosen_among(self) -> Fact:
        if len(self.ways) > 1:
            can_be_chosen(self.ways)
            if not self.choose:
                raise ValueError("several ways need words that ask which")
        return self


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
    """A table of at most 5 columns and 20 rows, the first row apart as column headings.

    `ways` has a button for each row that leads to what it tells of, or None; `choose` asks for
    one of them where a platform's tables hold no buttons.
    """

    kind: Literal["table"] = "table"
    columns: Annotated[tuple[str, ...], Field(min_length=1, max_length=TABLE_COLUMNS)]
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(min_length=1, max_length=TABLE_ROWS)]
    ways: Annotated[tuple[Button | None, ...], Field(max_length=TABLE_ROWS, exclude_if=not_)] = ()
    choose: Annotated[str, Field(max_length=75, exclude_if=not_)] = ""

    @model_validator(mode="after")
    def _every_row_is_as_wide_as_the_heading(self) -> Table:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs as many cells as there are columns")
        return self

    @model_validator(mode="after")
    def _every_row_has_its_way(self) -> Table:
        if self.ways and (len(self.ways) != len(self.rows) or not self.choose):
            raise ValueError("ways need one for each row, and words that ask which")
        can_be_chosen(self.ways)
        return self


class Line(Word):
    """One line of a list, in our small markup, and where it leads."""

    text: Annotated[str, Field(min_length=1, max_length=1000)]
    way: Button | None = None


class Lines(Word):
    """A list under a title in which each line may lead to what it tells of.

    `choose` asks for one of them where so many buttons would be too many.
    """

    kind: Literal["lines"] = "lines"
    title: Annotated[str, Field(min_length=1, max_length=200)]
    lines: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST_WAYS)]
    choose: Annotated[str, Field(min_length=1, max_length=75)]

    @model_validator(mode="after")
    def _can_be_chosen_among(self) -> Lines:
        can_be_chosen(line.way for line in self.lines)
        return self


class Image(Word):
    """A picture: what it shows, its text alternative, and what it is called when it is kept.

    Each platform has it drawn in its own form, so `name` has no ending.
    """

    kind: Literal["image"] = "image"
    drawing: Drawing
    alt: Annotated[str, Field(min_length=1, max_length=2000)]
    name: Annotated[str, Field(pattern=r"^[\w-]+$", max_length=80)]


class Note(Word):
    """A small grey line: a source, a date, a reservation."""

    kind: Literal["note"] = "note"
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class Divider(Word):
    """A line between two parts."""

    kind: Literal["divider"] = "divider"


class Actions(Word):
    """A row of at most five buttons and links."""

    kind: Literal["actions"] = "actions"
    buttons: Annotated[tuple[Button | Link, ...], Field(min_length=1, max_length=5)]


Part = Annotated[
    Heading
    | Text
    | Quote
    | Facts
    | Table
    | Lines
    | Status
    | Image
    | File
    | Note
    | Divider
    | Actions,
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

    def buttons(self) -> Iterator[Button]:
        """All that can be pressed, in the order in which it stands."""
        for part in self.parts:
            for each in _pressable(part):
                if isinstance(each, Button):
                    yield each


def _pressable(part: Part) -> Iterable[Button | Link | None]:
    if isinstance(part, Actions):
        return part.buttons
    if isinstance(part, Table):
        return part.ways
    if isinstance(part, Facts):
        return (way for fact in part.facts for way in fact.ways)
    return (line.way for line in part.lines) if isinstance(part, Lines) else ()


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
