"""What a form holds: the state of every field, and what Slack's own client refuses to submit."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from tests.slack.finding import (
    ENTITIES,
    INPUTS,
    PICKERS,
    SEVERAL,
    SINGLE,
    STATEFUL,
    controls,
    option_called,
    options_of,
)
from tests.slack.records import Json, Message, View

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
Ask = Callable[[Json, Json, str], list[Json]]


class FormIncomplete(AssertionError):
    """Slack's client does not let this form be submitted: `labels` says which fields."""

    def __init__(self, reasons: dict[str, str]) -> None:
        self.labels = reasons
        super().__init__("; ".join(f"{label}: {why}" for label, why in reasons.items()))


def values_of(where: Message | View) -> Json:
    """`state.values`: what every field holds, also those that nobody has touched."""
    values: Json = {}
    kept = where.state if isinstance(where, View) else {}
    for block, element in controls(where):
        if element["type"] in STATEFUL:
            held = kept.get(block["block_id"], {}).get(element["action_id"])
            field = values.setdefault(block["block_id"], {})
            field[element["action_id"]] = held or initial(element)
    return values


def initial(element: Json) -> Json:
    """What a field holds before anybody has touched it."""
    kind = element["type"]
    name = state_name(kind)
    at_first = {
        "value": "initial_value",
        "selected_option": "initial_option",
        "selected_options": "initial_options",
        "selected_date_time": "initial_datetime",
    }.get(name, name.replace("selected", "initial"))
    empty: Any = [] if name.endswith("s") else None
    return {"type": kind, name: element.get(at_first, empty)}


def state_name(kind: str) -> str:
    """The name under which Slack gives the value of a field of this kind."""
    if kind in INPUTS:
        return "value"
    if kind in SINGLE:
        return "selected_option"
    if kind in SEVERAL:
        return "selected_options"
    if kind in PICKERS:
        return f"selected_{PICKERS[kind]}"
    several = kind.startswith("multi_")
    return f"selected_{ENTITIES[kind.removeprefix('multi_')]}{'s' if several else ''}"


def held(block: Json, element: Json, value: Any, ask: Ask) -> Json:
    """The state of a field when a person has put `value` into it; None empties it."""
    kind = element["type"]
    name = state_name(kind)
    if value is None:
        return {"type": kind, name: [] if name.endswith("s") else None}
    if kind in SINGLE | SEVERAL:
        wanted = value if isinstance(value, list) else [value]
        chosen = [chosen_option(block, element, one, ask) for one in wanted]
        return {"type": kind, name: chosen if kind in SEVERAL else chosen[0]}
    if isinstance(value, list):
        return {"type": kind, name: [as_typed(one) for one in value]}
    return {"type": kind, name: as_typed(value) if kind != "datetimepicker" else instant(value)}


def chosen_option(block: Json, element: Json, name: object, ask: Ask) -> Json:
    if "external" in element["type"]:
        return option_called(ask(block, element, str(name)), name)
    return option_called(options_of(element), name)


def as_typed(value: Any) -> str:
    """A value as it is typed or picked: dates in ISO, people by id."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "user_id", None) or getattr(value, "channel_id", None) or value)


def instant(value: Any) -> int:
    return int(value.timestamp()) if isinstance(value, datetime) else int(value)


def refusals(view: View, values: Json) -> dict[str, str]:
    """What Slack's client says at the fields, by label; nothing when the form may go."""
    reasons = {}
    for block, element in controls(view):
        if block["type"] != "input":
            continue
        state = values[block["block_id"]][element["action_id"]]
        why = refusal(block, element, state[state_name(element["type"])])
        if why:
            reasons[block["label"]["text"]] = why
    return reasons


def refusal(block: Json, element: Json, value: Any) -> str:
    if value in (None, "", []):
        return "" if block.get("optional") else "Please complete this required field."
    kind = element["type"]
    if kind == "plain_text_input":
        return length_refusal(element, value)
    if kind == "number_input":
        return number_refusal(element, value)
    if kind == "email_text_input" and not EMAIL.fullmatch(value):
        return "not an e-mail address"
    if kind == "url_text_input" and not value.startswith(("https://", "http://")):
        return "not a link"
    most = element.get("max_selected_items")
    return f"at most {most}" if most and len(value) > most else ""


def length_refusal(element: Json, value: str) -> str:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if not element.get("multiline") and "\n" in value:
        return "one line only"
    if not shortest <= len(value) <= longest:
        return f"{len(value)} characters, {shortest} to {longest} may stand here"
    return ""


def number_refusal(element: Json, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "not a number"
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "not a whole number"
    lowest, highest = element.get("min_value"), element.get("max_value")
    if lowest is not None and number < Decimal(str(lowest)):
        return f"less than {lowest}"
    if highest is not None and number > Decimal(str(highest)):
        return f"more than {highest}"
    return ""
