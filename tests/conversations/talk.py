"""Talking with the bot as a member does, without any platform: say, press, fill in.

A story reads like this:

    maja = talk.member("maja.ekvall@farsta.stockholm.example")
    assert "FAR-014" in maja.says("rapportera FAR-014 klar")
    maja.presses("Ångra")
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import ColumnElement, literal_column
from sqlalchemy.orm import Session

from bot.console import as_text
from handlers.desk import Desk
from handlers.requests import (
    AnyRequest,
    ButtonPressed,
    Command,
    FormSubmitted,
    HomeOpened,
    Identity,
    Place,
    PlaceKind,
)
from handlers.router import Answer, answer
from models.database import Database
from models.message import Button, Choice, FieldErrors, Form, Message, Reply

MONDAY_MORNING = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
"""When the demo begins: Monday 10 June 2024 at 08:00 in Stockholm."""

MAJA = "maja.ekvall@farsta.stockholm.example"
STINA = "stina.hallgren@farsta.stockholm.example"
JONAS = "jonas.lindmark@polisen.example"
KARIM = "karim.haddad@trafik.stockholm.example"
EVA = "eva.nordin@slk.stockholm.example"
ROLF = "rolf.sandin@slk.stockholm.example"


SECRET = b"a secret of the tests, thirty-two"


def as_queued(session: Session) -> ColumnElement[int]:
    """The order in which deliveries were committed, which tells those of one moment apart."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    return literal_column("delivery.rowid" if sqlite else "delivery.xmin::text::bigint")


@dataclass
class Talk:
    """A cooperation that one can talk with; its clock stands until it is moved.

    `knowing` is a desk that has read the same names, which need not be read again then.
    """

    database: Database
    at: datetime = MONDAY_MORNING
    language: str = "sv"
    events: count[int] = field(default_factory=lambda: count(1))
    knowing: Desk | None = None

    def __post_init__(self) -> None:
        self.desk = replace(
            self.knowing or Desk(self.database, SECRET),
            database=self.database,
            language=self.language,
        )

    def later(self, **time: float) -> None:
        """Moves the clock forward."""
        self.at += timedelta(**time)

    def member(self, email: str | None, **identity: object) -> Member:
        """Somebody whom a platform knows by a verified e-mail."""
        user = str(identity.pop("user", email or "U0"))
        who = Identity(platform="test", workspace="T1", user=user, email=email)
        return Member(self, who.model_copy(update=identity))


@dataclass
class Member:
    """One side of a conversation; `last` is the bot's latest reply."""

    talk: Talk
    who: Identity
    where: Place = field(default_factory=lambda: Place(kind=PlaceKind.DIRECT))
    last: Answer | None = None

    def in_channel(self, channel: str = "C1") -> Member:
        """The same member, writing in a channel."""
        return Member(self.talk, self.who, Place(kind=PlaceKind.CHANNEL, channel=channel))

    def says(self, line: str, *, event: str | None = None, quoted: str | None = None) -> str:
        """Writes a line; returns what the bot answers, as text."""
        known = self._known(event)
        return self._gets(
            Command(
                who=self.who,
                where=self.where,
                at=self.talk.at,
                event=known,
                line=line,
                quoted=quoted,
            )
        )

    def presses(self, label: str, *, event: str | None = None) -> str:
        """Presses a button of the last message by its label."""
        button = next((each for each in self.buttons() if each.label == label), None)
        assert button is not None, f"no button {label}: {[each.label for each in self.buttons()]}"
        return self.sends_button(button.action, button.value, event=event)

    def sends_button(self, action: str, value: str, *, event: str | None = None) -> str:
        """Presses a button that stands anywhere, also in an old message."""
        return self._gets(
            ButtonPressed(
                who=self.who,
                where=self.where,
                at=self.talk.at,
                event=self._known(event),
                action=action,
                value=value,
            )
        )

    def fills(self, *, event: str | None = None, **values: str | tuple[str, ...] | bool) -> str:
        """Sends the open form with these values; what is left out keeps its initial value."""
        return self.sends_form(values, event=event)

    def sends_form(
        self, values: Mapping[str, str | tuple[str, ...] | bool], *, event: str | None = None
    ) -> str:
        """The same, with the values as a mapping."""
        form = self.form()
        return self._gets(
            FormSubmitted(
                who=self.who,
                where=self.where,
                at=self.talk.at,
                event=self._known(event),
                form=form.name,
                values=filled(form, values),
                state=form.state,
            ),
            keep_form=True,
        )

    def opens_home(self) -> str:
        """Opens the home."""
        where = Place(kind=PlaceKind.HOME)
        return self._gets(
            HomeOpened(who=self.who, where=where, at=self.talk.at, event=self._known(None))
        )

    def buttons(self) -> list[Button]:
        """The buttons of the last message."""
        return list(self.message().buttons())

    def message(self) -> Message:
        """The last reply, which must be a message."""
        reply = self.reply()
        assert isinstance(reply, Message), reply
        return reply

    def form(self) -> Form:
        """The form that is open."""
        assert self._form is not None, self.reply()
        return self._form

    def errors(self) -> dict[str, str]:
        """The last reply, which must be faults of fields."""
        reply = self.reply()
        assert isinstance(reply, FieldErrors), reply
        return reply.errors

    def reply(self) -> Reply:
        """The last reply."""
        assert self.last is not None
        return self.last.reply

    _form: Form | None = None

    def _known(self, event: str | None) -> str:
        return event or f"event-{next(self.talk.events)}"

    def _gets(self, request: AnyRequest, *, keep_form: bool = False) -> str:
        self.last = answer(request, self.talk.desk)
        if isinstance(self.last.reply, Form):
            self._form = self.last.reply
        elif not keep_form:
            self._form = None
        return as_text(self.last.reply)


Values = Mapping[str, str | tuple[str, ...] | bool]


def filled(form: Form, values: Values) -> dict[str, str | tuple[str, ...] | bool]:
    """What a platform sends of a form: these values, and the initial ones of all other fields."""
    return {**{each.name: _initial(each) for each in form.fields}, **values}


def _initial(field: object) -> str | tuple[str, ...] | bool:
    """What a platform sends for a field that nobody touched."""
    found = getattr(field, "initial", "")
    if isinstance(found, tuple):
        return found if getattr(field, "several", False) else (found[0] if found else "")
    if isinstance(found, bool):
        return found
    if isinstance(found, Choice):
        return found.value
    return "" if found is None else str(found)
