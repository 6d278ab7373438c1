"""The blocks themselves: which class of `slackblocks` builds which type of block."""

from collections.abc import Sequence
from typing import Any

import slackblocks as sb

from tests.slack.rebuild import (
    ELEMENTS,
    INPUTS,
    MENUS,
    PICKERS,
    REFUSED_BY_SLACKBLOCKS,
    Json,
    Reader,
    Shape,
    built,
    by_type,
    cell,
    each,
    elements_of,
    mapping,
    of,
    plain,
    raw,
    slack_file,
    text,
    words,
)
from tests.slack.refusals import BlockRefused, UnknownBlock

IN_INPUT = {*INPUTS, *MENUS, *PICKERS} - {"overflow"}
IN_ACTIONS = {*MENUS, *PICKERS, "button"}
IN_SECTION = {*IN_ACTIONS, "image"} - {"datetimepicker"}


def styled(value: Any, at: str) -> Json:
    allowed = {"bold", "italic", "strike", "code", "underline"}
    unknown = set(mapping(value, at)) - allowed
    if unknown:
        raise BlockRefused(f"{at}/{min(unknown)}", "no such style")
    return dict(mapping(value, at))


def rich(make: Any, rename: dict[str, str] | None = None, **fields: Reader) -> Shape:
    """A rich text element, whose style `slackblocks` takes as arguments of their own."""
    names = rename or {}

    def build(style: Json | None = None, **values: Any) -> Any:
        marks = {mark: on for mark, on in (style or {}).items() if mark != "underline"}
        return make(**{names.get(name, name): item for name, item in values.items()}, **marks)

    return Shape(build, {"style": styled, **fields})


def unbuilt(**needs: Reader) -> Shape:
    """A rich text element that `slackblocks` does not know: its fields are read, no more."""
    return Shape(lambda **_: sb.RichText("."), needs)


RICH_ELEMENTS = {
    "text": rich(sb.RichText, text=raw),
    "link": rich(sb.RichTextLink, url=words, text=raw, unsafe=raw),
    "emoji": rich(sb.RichTextEmoji, name=words, skin_tone=raw),
    "user": rich(sb.RichTextUser, user_id=words),
    "channel": rich(sb.RichTextChannel, channel_id=words),
    "usergroup": rich(sb.RichTextUserGroup, {"usergroup_id": "user_group_id"}, usergroup_id=words),
    "broadcast": unbuilt(range=words),
    "date": unbuilt(timestamp=raw, format=words, url=raw, fallback=raw, style=styled),
}
rich_elements = each(by_type(RICH_ELEMENTS))
rich_section = by_type(
    {"rich_text_section": Shape(sb.RichTextSection, {"elements": rich_elements})}
)
RICH_OBJECTS = {
    "rich_text_section": Shape(sb.RichTextSection, {"elements": rich_elements}),
    "rich_text_quote": Shape(sb.RichTextQuote, {"elements": rich_elements, "border": raw}),
    "rich_text_preformatted": Shape(
        sb.RichTextCodeBlock, {"elements": rich_elements, "border": raw}
    ),
    "rich_text_list": Shape(
        sb.RichTextList,
        {
            "style": raw,
            "elements": each(rich_section),
            "indent": raw,
            "offset": raw,
            "border": raw,
        },
    ),
}


def context_part(value: Any, at: str) -> Any:
    if mapping(value, at).get("type") == "image":
        return built(ELEMENTS["image"], value, at)
    return text(value, at)


column = of(sb.ColumnSettings, align=raw, is_wrapped=raw)
segment = of(sb.ChartSegment, label=words, value=raw)
point = of(sb.DataPoint, label=words, value=raw)
series = of(sb.DataSeries, name=words, data=each(point))
axes = of(sb.AxisConfig, categories=raw, x_label=raw, y_label=raw)
AXIS: dict[str, Reader] = {"series": each(series), "axis_config": axes}
chart = by_type(
    {
        "pie": Shape(sb.PieChart, {"segments": each(segment)}),
        "bar": Shape(sb.BarChart, AXIS),
        "line": Shape(sb.LineChart, AXIS),
        "area": Shape(sb.AreaChart, AXIS),
    }
)
data_cell = by_type(
    {
        "raw_text": Shape(sb.RawText, {"text": words, "emoji": raw}),
        "raw_number": Shape(sb.RawNumber, {"value": raw, "text": words}),
    }
)
button = elements_of("button")
CARD = Shape(
    sb.CardBlock,
    {
        "hero_image": by_type(ELEMENTS),
        "icon": by_type(ELEMENTS),
        "title": text,
        "subtitle": text,
        "body": text,
        "subtext": text,
        "actions": each(button),
        "block_id": raw,
    },
)


def section(**fields: Any) -> Any:
    """A section; whether long text is shown at once (`expand`) has no limit to keep."""
    fields.pop("expand", None)
    return sb.SectionBlock(**fields)


BLOCKS: dict[str, Shape] = {
    "actions": Shape(
        sb.ActionsBlock, {"elements": each(elements_of(*IN_ACTIONS)), "block_id": raw}
    ),
    "alert": Shape(sb.AlertBlock, {"text": text, "level": raw, "block_id": raw}),
    "card": CARD,
    "carousel": Shape(
        sb.CarouselBlock, {"elements": each(by_type({"card": CARD})), "block_id": raw}
    ),
    "context": Shape(sb.ContextBlock, {"elements": each(context_part), "block_id": raw}),
    "context_actions": Shape(
        sb.ContextActionsBlock,
        {"elements": each(elements_of("feedback_buttons", "icon_button")), "block_id": raw},
    ),
    "data_table": Shape(
        sb.DataTableBlock,
        {
            "rows": each(each(data_cell)),
            "caption": words,
            "page_size": raw,
            "row_header_column_index": raw,
            "block_id": raw,
        },
    ),
    "data_visualization": Shape(
        sb.DataVisualizationBlock, {"title": words, "chart": chart, "block_id": raw}
    ),
    "divider": Shape(sb.DividerBlock, {"block_id": raw}),
    "file": Shape(sb.FileBlock, {"external_id": words, "source": raw, "block_id": raw}),
    "header": Shape(sb.HeaderBlock, {"text": plain, "block_id": raw}),
    "image": Shape(
        sb.ImageBlock,
        {
            "image_url": raw,
            "alt_text": raw,
            "title": plain,
            "slack_file": slack_file,
            "block_id": raw,
        },
    ),
    "input": Shape(
        sb.InputBlock,
        {
            "label": plain,
            "element": elements_of(*IN_INPUT),
            "dispatch_action": raw,
            "block_id": raw,
            "hint": plain,
            "optional": raw,
        },
    ),
    "markdown": Shape(sb.MarkdownBlock, {"text": words, "block_id": raw}),
    "rich_text": Shape(
        sb.RichTextBlock, {"elements": each(by_type(RICH_OBJECTS)), "block_id": raw}
    ),
    "section": Shape(
        section,
        {
            "text": text,
            "fields": each(text),
            "accessory": elements_of(*IN_SECTION),
            "block_id": raw,
            "expand": raw,
        },
    ),
    "table": Shape(
        sb.TableBlock,
        {"rows": each(each(cell)), "column_settings": each(column), "block_id": raw},
    ),
}


def rebuild_block(value: Any, at: str) -> Any:
    """One block through `slackblocks`; a container through its children first."""
    if mapping(value, at).get("type") == "container":
        return container(value, at)
    kind = value.get("type")
    if kind not in BLOCKS:
        raise UnknownBlock(f"{at}/type", f"Slack knows no block {kind!r}")
    return built(BLOCKS[kind], value, at)


def container(value: Json, at: str) -> Any:
    shape = Shape(
        sb.ContainerBlock,
        {
            "child_blocks": each(rebuild_block),
            "title": plain,
            "subtitle": text,
            "icon": by_type(ELEMENTS),
            "width": raw,
            "is_collapsible": raw,
            "default_collapsed": raw,
            "has_header_divider": raw,
            "block_id": raw,
        },
    )
    return built(shape, value, at)


def rebuild_message(blocks: Sequence[Any], at: str) -> None:
    """The blocks of a message: each of them, how many, and whether they may stand in one."""
    rebuilt = [rebuild_block(block, f"{at}/{number}") for number, block in enumerate(blocks)]
    try:
        sb.Message(channel="C", text="x", blocks=rebuilt)
    except REFUSED_BY_SLACKBLOCKS as refusal:
        raise BlockRefused(at, str(refusal)) from refusal
