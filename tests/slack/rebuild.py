"""Every block, element and object of a payload is built again through `slackblocks`.

The constructors of `slackblocks` know Slack's limits, so a payload that can be rebuilt keeps them.
A table says which class takes which fields and how each field is read; a name that is not in the
table is refused. The pointer (RFC 6901) of the part that was refused goes into the error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import slackblocks as sb

from tests.slack.refusals import (
    BlockRefused,
    EmptyCell,
    MisplacedElement,
    NotPlainText,
    UnknownBlock,
    UnknownField,
)

Json = dict[str, Any]
Reader = Callable[[Any, str], Any]
REFUSED_BY_SLACKBLOCKS = (sb.InvalidUsageError, TypeError, ValueError, AttributeError, KeyError)


@dataclass(frozen=True)
class Shape:
    """What builds a part, and how its fields are read."""

    make: Callable[..., Any]
    fields: Mapping[str, Reader]


def built(shape: Shape, part: object, at: str) -> Any:
    """Read the fields of a part and build it, or say where it is wrong."""
    fields = mapping(part, at)
    unknown = set(fields) - set(shape.fields) - {"type"}
    if unknown:
        raise UnknownField(f"{at}/{min(unknown)}", f"Slack knows no field {min(unknown)!r} here")
    read = {
        name: shape.fields[name](value, f"{at}/{name}")
        for name, value in fields.items()
        if name != "type"
    }
    try:
        return shape.make(**read)
    except REFUSED_BY_SLACKBLOCKS as refusal:
        raise BlockRefused(at, str(refusal)) from refusal


def mapping(part: object, at: str) -> Json:
    if not isinstance(part, dict):
        raise BlockRefused(at, "an object must stand here")
    return part


def listed(part: object, at: str) -> list[Any]:
    if not isinstance(part, list):
        raise BlockRefused(at, "a list must stand here")
    return part


def each(reader: Reader) -> Reader:
    """Read every item of a list."""

    def read(value: Any, at: str) -> list[Any]:
        return [reader(item, f"{at}/{number}") for number, item in enumerate(listed(value, at))]

    return read


def raw(value: Any, at: str) -> Any:
    return value


def words(value: Any, at: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BlockRefused(at, "a text that is not empty must stand here")
    return value


def style(value: Any, at: str) -> Any:
    """How a button looks; left out for the ordinary look."""
    if value not in ("primary", "danger"):
        raise BlockRefused(at, f"a button is primary or danger, not {value!r}")
    return value


def text(value: Any, at: str) -> sb.Text:
    """A text object, plain or mrkdwn."""
    kind = mapping(value, at).get("type")
    if kind == "plain_text":
        shape = Shape(sb.PlainText, {"text": words, "emoji": raw})
    elif kind == "mrkdwn":
        shape = Shape(sb.Markdown, {"text": words, "verbatim": raw})
    else:
        raise BlockRefused(f"{at}/type", f"a text is plain_text or mrkdwn, not {kind!r}")
    rebuilt: sb.Text = built(shape, value, at)
    return rebuilt


def plain(value: Any, at: str) -> sb.Text:
    """A text object where Slack takes plain_text only."""
    if mapping(value, at).get("type") != "plain_text":
        raise NotPlainText(at)
    return text(value, at)


def by_type(shapes: Mapping[str, Shape]) -> Reader:
    """Read a part whose `type` says what it is."""

    def read(value: Any, at: str) -> Any:
        kind = mapping(value, at).get("type")
        if not isinstance(kind, str) or kind not in shapes:
            raise UnknownBlock(f"{at}/type", f"Slack knows no {kind!r} here")
        return built(shapes[kind], value, at)

    return read


def of(make: Callable[..., Any], **fields: Reader) -> Reader:
    """Read a part that has one shape."""
    shape = Shape(make, fields)
    return lambda value, at: built(shape, value, at)


option = of(sb.Option, text=text, value=words, description=text, url=raw)
group = of(sb.OptionGroup, label=plain, options=each(option))
confirm = of(
    sb.ConfirmationDialogue, title=plain, text=text, confirm=plain, deny=plain, style=style
)
slack_file = of(lambda **file: sb.SlackFile(file.get("url"), file.get("id")), url=raw, id=raw)
dispatch = of(sb.DispatchActionConfiguration, trigger_actions_on=raw)
conversations = of(
    sb.ConversationFilter,
    include=raw,
    exclude_external_shared_channels=raw,
    exclude_bot_users=raw,
)


def select(make: Callable[..., Any]) -> Callable[..., Any]:
    """Build a menu; with groups, the initial option (an option, says Slack) is checked apart."""

    def build(**fields: Any) -> Any:
        if "option_groups" in fields:
            fields.pop("initial_option", None)
            fields.pop("initial_options", None)
            if make is sb.StaticMultiSelectMenu:
                fields.setdefault("options", None)
        if make in (sb.StaticMultiSelectMenu, sb.CheckboxGroup, sb.OverflowMenu):
            fields.setdefault("action_id", None)
        return make(**fields)

    return build


MENU: dict[str, Reader] = {
    "action_id": raw,
    "confirm": confirm,
    "focus_on_load": raw,
    "placeholder": plain,
}
STATIC = {**MENU, "options": each(option), "option_groups": each(group)}
MANY: dict[str, Reader] = {"max_selected_items": raw}
TYPED = {**MENU, "initial_value": raw, "dispatch_action_config": dispatch}
TYPED.pop("confirm")
MENTIONED: dict[str, Reader] = {
    "default_to_current_conversation": raw,
    "filter": conversations,
}

MENUS: dict[str, Shape] = {
    "static_select": Shape(select(sb.StaticSelectMenu), {**STATIC, "initial_option": option}),
    "multi_static_select": Shape(
        select(sb.StaticMultiSelectMenu), {**STATIC, **MANY, "initial_options": each(option)}
    ),
    "external_select": Shape(
        sb.ExternalSelectMenu, {**MENU, "initial_option": option, "min_query_length": raw}
    ),
    "multi_external_select": Shape(
        sb.ExternalMultiSelectMenu,
        {**MENU, **MANY, "initial_options": each(option), "min_query_length": raw},
    ),
    "users_select": Shape(sb.UserSelectMenu, {**MENU, "initial_user": raw}),
    "multi_users_select": Shape(sb.UserMultiSelectMenu, {**MENU, **MANY, "initial_users": raw}),
    "channels_select": Shape(
        sb.ChannelSelectMenu, {**MENU, "initial_channel": raw, "response_url_enabled": raw}
    ),
    "multi_channels_select": Shape(
        sb.ChannelMultiSelectMenu, {**MENU, **MANY, "initial_channels": raw}
    ),
    "conversations_select": Shape(
        sb.ConversationSelectMenu,
        {**MENU, **MENTIONED, "initial_conversation": raw, "response_url_enabled": raw},
    ),
    "multi_conversations_select": Shape(
        sb.ConversationMultiSelectMenu,
        {**MENU, **MENTIONED, **MANY, "initial_conversations": raw},
    ),
    "overflow": Shape(
        select(sb.OverflowMenu),
        {"action_id": raw, "options": each(option), "confirm": confirm},
    ),
    "checkboxes": Shape(
        select(sb.CheckboxGroup),
        {
            "action_id": raw,
            "options": each(option),
            "initial_options": each(option),
            "confirm": confirm,
            "focus_on_load": raw,
        },
    ),
    "radio_buttons": Shape(
        lambda options, action_id=None, **more: sb.RadioButtonGroup(action_id, options, **more),
        {
            "action_id": raw,
            "options": each(option),
            "initial_option": option,
            "confirm": confirm,
            "focus_on_load": raw,
        },
    ),
}

IMAGE = Shape(sb.Image, {"image_url": raw, "alt_text": raw, "slack_file": slack_file})
BUTTON = Shape(
    sb.Button,
    {
        "text": plain,
        "action_id": raw,
        "url": raw,
        "value": raw,
        "style": style,
        "confirm": confirm,
        "accessibility_label": raw,
    },
)
feedback = of(sb.FeedbackButton, text=plain, value=raw, accessibility_label=raw)

PICKERS: dict[str, Shape] = {
    "datepicker": Shape(sb.DatePicker, {**MENU, "initial_date": raw}),
    "timepicker": Shape(sb.TimePicker, {**MENU, "initial_time": raw, "timezone": raw}),
    "datetimepicker": Shape(
        sb.DateTimePicker,
        {"action_id": raw, "initial_datetime": raw, "confirm": confirm, "focus_on_load": raw},
    ),
}
INPUTS: dict[str, Shape] = {
    "plain_text_input": Shape(
        sb.PlainTextInput, {**TYPED, "multiline": raw, "min_length": raw, "max_length": raw}
    ),
    "number_input": Shape(
        sb.NumberInput,
        {**TYPED, "is_decimal_allowed": raw, "min_value": raw, "max_value": raw},
    ),
    "email_text_input": Shape(sb.EmailInput, TYPED),
    "url_text_input": Shape(sb.URLInput, TYPED),
    "file_input": Shape(sb.FileInput, {"action_id": raw, "filetypes": raw, "max_files": raw}),
}
ELEMENTS: dict[str, Shape] = {
    **MENUS,
    **PICKERS,
    **INPUTS,
    "button": BUTTON,
    "image": IMAGE,
    "feedback_buttons": Shape(
        sb.FeedbackButtons,
        {"action_id": raw, "positive_button": feedback, "negative_button": feedback},
    ),
    "icon_button": Shape(
        sb.IconButton,
        {
            "icon": raw,
            "text": plain,
            "action_id": raw,
            "value": raw,
            "confirm": confirm,
            "accessibility_label": raw,
            "visible_to_user_ids": raw,
        },
    ),
}


def elements_of(*kinds: str) -> Reader:
    """Elements of these types, which are those that Slack takes in the block at hand."""
    read = by_type(ELEMENTS)

    def reader(value: Any, at: str) -> Any:
        kind = mapping(value, at).get("type")
        if kind in ELEMENTS and kind not in kinds:
            raise MisplacedElement(at, f"{kind} may not stand here")
        return read(value, at)

    return reader


def cell(value: Any, at: str) -> Any:
    """One cell of a table; a rich cell is not built again, only looked into."""
    kind = mapping(value, at).get("type")
    if kind == "rich_text":
        return sb.RawText("rich")
    if kind != "raw_text":
        raise UnknownBlock(f"{at}/type", f"a cell is raw_text or rich_text, not {kind!r}")
    if not str(value.get("text", "")).strip():
        raise EmptyCell(at)
    return built(Shape(sb.RawText, {"text": words, "emoji": raw}), value, at)
