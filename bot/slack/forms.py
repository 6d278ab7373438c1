"""A neutral form as a Slack view, and what was filled in read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.blocks import note
from bot.slack.lines import section
from bot.slack.markup import pieces, plain
from handlers.requests import PlaceKind
from models.language import Language
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    FieldErrors,
    Form,
    FormField,
    NumberField,
    PersonField,
    TextField,
    TimeField,
    YesNoField,
)

METADATA = 3_000
TEXT = 3_000
OPEN_CHOICES = 10
TICKED = "yes"
YES_NO = ".yes_no"
"""What the id of a single box ends with, so that its answer is read as yes or no."""

Json = dict[str, Any]
Values = dict[str, str | tuple[str, ...] | bool]


@dataclass(frozen=True)
class Origin:
    """Where a form was opened, so that its confirmation finds the way back.

    `response_url` takes an answer that only the member sees, also where the bot is no member.
    """

    kind: PlaceKind = PlaceKind.CHANNEL
    channel: str = ""
    response_url: str = ""


def view(form: Form, origin: Origin, language: Language) -> Json:
    """The form as a modal view.

    Raises ValueError for what Slack has no room for: a name used twice, a text longer than 3,000.
    """
    names = [field.name for field in form.fields]
    if len(set(names)) != len(names):
        raise ValueError("every field of a form needs a name of its own")
    intro = [section(piece) for piece in pieces(form.intro, TEXT)]
    return {
        "type": "modal",
        "callback_id": form.name,
        "private_metadata": _metadata(form.state, origin),
        "title": plain(form.title),
        "submit": plain(form.submit),
        "close": plain(form.cancel),
        "blocks": [*intro, *(_input(field, language) for field in form.fields), *note(form.note)],
    }


def errors(wrong: FieldErrors, names: Sequence[str]) -> Json:
    """What was wrong, beside each field; the form stays open.

    What belongs to no field of the form stands beside the first, since Slack shows it nowhere.
    """
    beside: dict[str, str] = {}
    for name, error in wrong.errors.items():
        known = name if name in names else names[0]
        beside[known] = f"{beside[known]} {error}" if known in beside else error
    return {"response_action": "errors", "errors": beside}


def state_and_origin(metadata: str) -> tuple[str, Origin]:
    """What `view` put away in the view."""
    kind, channel, response_url, state = metadata.split("\n", 3)
    return state, Origin(PlaceKind(kind), channel, response_url)


def _metadata(state: str, origin: Origin) -> str:
    metadata = f"{origin.kind}\n{origin.channel}\n{origin.response_url}\n{state}"
    if len(metadata) > METADATA:
        raise ValueError("the form's state does not fit")
    return metadata


def _input(field: FormField, language: Language) -> Json:
    block: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label),
        "optional": not field.required or isinstance(field, YesNoField),
        "element": {"action_id": _action_id(field), **_element(field, language)},
    }
    if field.hint:
        block["hint"] = plain(field.hint)
    return block


def _action_id(field: FormField) -> str:
    return f"{field.name}{YES_NO}" if isinstance(field, YesNoField) else field.name


def _element(field: FormField, language: Language) -> Json:
    if isinstance(field, TextField):
        return _text(field)
    if isinstance(field, NumberField):
        return _number(field)
    if isinstance(field, ChoiceField):
        return _choice(field)
    if isinstance(field, PersonField):
        return _person(field)
    if isinstance(field, YesNoField):
        return _yes_no(field, language)
    return _moment(field)


def _text(field: TextField) -> Json:
    longest = field.max_length
    if len(field.initial) > longest:
        # What was typed elsewhere comes back whole, to be shortened here; the handler counts it.
        longest = TEXT
        if len(field.initial) > longest:
            raise ValueError(f"what {field.name} starts with is longer than it may become")
    element: Json = {
        "type": "plain_text_input",
        "multiline": field.several_lines,
        "max_length": longest,
    }
    return {**element, "initial_value": field.initial} if field.initial else element


def _number(field: NumberField) -> Json:
    element: Json = {"type": "number_input", "is_decimal_allowed": not field.whole}
    bounds = {
        "initial_value": field.initial,
        "min_value": field.low,
        "max_value": field.high,
    }
    known = {name: value for name, value in bounds.items() if value is not None}
    return {**element, **{name: _digits(value) for name, value in known.items()}}


def _digits(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _moment(field: DateField | TimeField) -> Json:
    if isinstance(field, DateField):
        element: Json = {"type": "datepicker"}
        return {**element, **({"initial_date": field.initial.isoformat()} if field.initial else {})}
    initial = f"{field.initial:%H:%M}" if field.initial else None
    return {"type": "timepicker", **({"initial_time": initial} if initial else {})}


def _choice(field: ChoiceField) -> Json:
    options = [_option(choice) for choice in field.choices]
    chosen = [option for option in options if option["value"] in field.initial]
    open_list = field.open_list and len(options) <= OPEN_CHOICES
    if field.several:
        element: Json = {
            "type": "checkboxes" if open_list else "multi_static_select",
            "options": options,
        }
        return {**element, "initial_options": chosen} if chosen else element
    element = {"type": "radio_buttons" if open_list else "static_select", "options": options}
    return {**element, "initial_option": chosen[0]} if chosen else element


def _person(field: PersonField) -> Json:
    element: Json = {"type": "external_select", "min_query_length": 2}
    return {**element, "initial_option": _option(field.initial)} if field.initial else element


def _yes_no(field: YesNoField, language: Language) -> Json:
    ticked = {"text": plain(language._("Yes")), "value": TICKED}
    element: Json = {"type": "checkboxes", "options": [ticked]}
    return {**element, "initial_options": [ticked]} if field.initial else element


def _option(choice: Choice) -> Json:
    return {"text": plain(choice.label), "value": choice.value}


def options(choices: tuple[Choice, ...]) -> Json:
    """The answer to a person field's question for names."""
    return {"options": [_option(choice) for choice in choices]}


def values(state: Mapping[str, Any]) -> Values:
    """What was filled in, field by field, as texts, tuples of choices and yes or no."""
    found: Values = {}
    for block_id, elements in (state.get("values") or {}).items():
        for action_id, element in elements.items():
            value = _value(element)
            found[block_id] = bool(value) if action_id.endswith(YES_NO) else value
    return found


def _value(element: Mapping[str, Any]) -> str | tuple[str, ...]:
    if "selected_options" in element:
        return tuple(option["value"] for option in element["selected_options"] or ())
    if "selected_option" in element:
        return str((element["selected_option"] or {}).get("value", ""))
    for name in ("value", "selected_date", "selected_time"):
        if name in element:
            return str(element[name] or "")
    return ""
