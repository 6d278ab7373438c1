"""A person finds a button or a field by what stands on it."""

from collections.abc import Iterator
from typing import Any

from tests.slack.payloads import walked
from tests.slack.records import Json, Message, View

INPUTS = frozenset(
    ["plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"]
)
PICKERS = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}
ENTITIES = {
    "users_select": "user",
    "channels_select": "channel",
    "conversations_select": "conversation",
}
SINGLE = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
SEVERAL = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})
STATEFUL = INPUTS | set(PICKERS) | set(ENTITIES) | SINGLE | SEVERAL - {"overflow"}
STATEFUL |= {f"multi_{name}" for name in ENTITIES}


class NotThere(AssertionError):
    """Nobody can press or fill what is not before them, or what stands there twice."""


def controls(where: Message | View) -> Iterator[tuple[Json, Json]]:
    """Every element with the block it stands in, from the top."""
    for _, block in walked(where.blocks, ""):
        if "block_id" not in block:
            continue
        inside = [block.get("element"), block.get("accessory"), *block.get("elements", [])]
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def names(block: Json, element: Json) -> set[str]:
    """All that a test may call a control: its label, its ids, and its words for the blind."""
    called = {element["action_id"], element.get("accessibility_label", "")}
    called.add(words_of(element.get("text")))
    called.add(words_of(element.get("placeholder")))
    if block["type"] == "input":
        called |= {words_of(block["label"]), block["block_id"]}
    elif block["type"] == "section":
        called |= {words_of(block.get("text")), block["block_id"]}
    return called - {""}


def words_of(text: Any) -> str:
    return str(text["text"]) if isinstance(text, dict) and "text" in text else ""


def control(
    where: Message | View, name: str, kinds: frozenset[str], number: int = 0
) -> tuple[Json, Json]:
    """The one control of these kinds that is called so, or the one with this number (from 1)."""
    fitting = [pair for pair in controls(where) if pair[1]["type"] in kinds]
    found = [pair for pair in fitting if name in names(*pair)]
    if (number or len(found) == 1) and number <= len(found):
        return found[max(number, 1) - 1]
    there = sorted({called for pair in fitting for called in names(*pair)})
    raise NotThere(f"{name!r} is there {len(found)} times; there is {there}")


def options_of(element: Json) -> list[Json]:
    """The options of a menu, out of their groups."""
    groups = [group["options"] for group in element.get("option_groups") or []]
    return [*(element.get("options") or []), *(option for group in groups for option in group)]


def option_called(options: list[Json], name: object) -> Json:
    """The option with this label or value."""
    for option in options:
        if str(name) in (option["text"]["text"], option.get("value")):
            return option
    there = [option["text"]["text"] for option in options]
    raise NotThere(f"no option {name!r}; there is {there}")
