"""One member at the console: a line, then the button to press and the form to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.commands.surroundings import fail
from handlers import router
from handlers.desk import Desk
from handlers.requests import (
    AnyRequest,
    ButtonPressed,
    Command,
    FormSubmitted,
    Identity,
    Place,
    PlaceKind,
)
from handlers.router import Answer
from models.message import (
    Button,
    Choice,
    ChoiceField,
    Form,
    FormField,
    Message,
    Reply,
    YesNoField,
)

DIRECT = Place(kind=PlaceKind.DIRECT)
YES = ("yes", "ja", "true", "1")

Value = str | tuple[str, ...] | bool


@dataclass(frozen=True)
class Dialogue:
    """A conversation of the console; nothing of it stays but what the bot keeps."""

    desk: Desk
    who: Identity
    at: datetime

    def says(self, line: str) -> Answer:
        """Writes a line."""
        return self._asks(
            Command(who=self.who, where=DIRECT, at=self.at, event=_event(), line=line)
        )

    def presses(self, label: str, reply: Reply) -> Answer:
        """Presses a button of a message by its label, or sends a form as it stands by its own."""
        if isinstance(reply, Form) and label == reply.submit:
            return self.fills({}, reply)
        buttons = _buttons(reply)
        button = next((each for each in buttons if each.label == label), None)
        if button is None:
            fail(f"There is no button {label}. There are: {_listed(b.label for b in buttons)}.")
        return self._asks(
            ButtonPressed(
                who=self.who,
                where=DIRECT,
                at=self.at,
                event=_event(),
                action=button.action,
                value=button.value,
            )
        )

    def fills(self, given: Mapping[str, str], reply: Reply) -> Answer:
        """Sends a form with the values given; what is not given stays as it stands."""
        if not isinstance(reply, Form):
            fail("There is no form to fill in: the answer was a message.")
        known = {field.name: field for field in reply.fields}
        unknown = sorted(set(given) - set(known))
        if unknown:
            fail(f"The form has no field {unknown[0]}. It has: {_listed(known)}.")
        values = {name: _value(field, given.get(name)) for name, field in known.items()}
        return self._asks(
            FormSubmitted(
                who=self.who,
                where=DIRECT,
                at=self.at,
                event=_event(),
                form=reply.name,
                values=values,
                state=reply.state,
            )
        )

    def _asks(self, request: AnyRequest) -> Answer:
        return router.answer(request, self.desk)


def _event() -> str:
    return f"console:{uuid4()}"


def _buttons(reply: Reply) -> list[Button]:
    return list(reply.buttons()) if isinstance(reply, Message) else []


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"


def _value(field: FormField, given: str | None) -> Value:
    """What a platform would send for a field."""
    if isinstance(field, YesNoField):
        return field.initial if given is None else given.lower() in YES
    if isinstance(field, ChoiceField):
        chosen = field.initial if given is None else tuple(given.split(","))
        return chosen if field.several else next(iter(chosen), "")
    if given is not None:
        return given
    initial = getattr(field, "initial", None)
    if isinstance(initial, Choice):
        return initial.value
    return "" if initial is None else str(initial)
