"""Does Slack take this message, this view? `slackblocks` answers, and the rules that it misses.

    check_message({"text": "Belysningen är klar", "blocks": [...]})
    check_view({"type": "modal", "title": ..., "blocks": [...]})

Each raises a `PayloadRefused` (an AssertionError) that says where (a JSON pointer) and why, and
knows what Slack calls it. Source of the limits: Slack's reference for Block Kit; the total length
of a message is not documented, what is known to be refused starts at 11,341 characters.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import slackblocks as sb

from tests.slack.rebuild import REFUSED_BY_SLACKBLOCKS, Json, Shape, built, listed, plain, raw
from tests.slack.rebuild_blocks import rebuild_block, rebuild_message
from tests.slack.refusals import (
    AltTextMissing,
    DuplicateActionId,
    DuplicateBlockId,
    EmptyElements,
    InitialOptionUnknown,
    PayloadRefused,
    SeveralTables,
    SubmitMissing,
    SummaryMissing,
    SummaryTooLong,
    TooMuchText,
    UnknownField,
    ViewRefused,
    ViewTooLarge,
)

TEXT_OF_A_MESSAGE = 10_000
SUMMARY = 4_000
BYTES_OF_A_VIEW = 250_000
MESSAGE_FIELDS = frozenset(
    [
        "attachments",
        "blocks",
        "channel",
        "client_msg_id",
        "delete_original",
        "link_names",
        "mrkdwn",
        "metadata",
        "parse",
        "reply_broadcast",
        "replace_original",
        "response_type",
        "text",
        "thread_ts",
        "token",
        "ts",
        "unfurl_links",
        "unfurl_media",
        "user",
        "username",
    ]
)
SHOWN = frozenset({"text", "alt_text", "title", "caption", "label", "name", "fallback"})
LISTS_THAT_HOLD = frozenset(
    {"elements", "options", "option_groups", "initial_options", "fields", "rows", "child_blocks"}
)


def check_message(payload: Json) -> None:
    """Raise unless Slack takes this message and a screen reader can read it."""
    unknown = set(payload) - MESSAGE_FIELDS
    if unknown:
        raise UnknownField(f"/{min(unknown)}")
    summary = payload.get("text")
    if not isinstance(summary, str) or not summary.strip():
        raise SummaryMissing("/text")
    if len(summary) > SUMMARY:
        raise SummaryTooLong("/text", f"{len(summary)} characters, at most {SUMMARY}")
    blocks = listed(payload.get("blocks") or [], "/blocks")
    check_rules(blocks)
    rebuild_message(blocks, "/blocks")
    check_totals(blocks)


def check_view(payload: Json) -> None:
    """Raise unless Slack takes this view (a modal or a home)."""
    size = len(json.dumps(payload).encode())
    if size > BYTES_OF_A_VIEW:
        raise ViewTooLarge("", f"{size} bytes, at most {BYTES_OF_A_VIEW}")
    blocks = listed(payload.get("blocks"), "/blocks")
    check_rules(blocks)
    rebuilt = [rebuild_block(block, f"/blocks/{number}") for number, block in enumerate(blocks)]
    if payload.get("type") == "home":
        rebuild_view(sb.HomeTabView, {}, payload, rebuilt)
        return
    if payload.get("type") != "modal":
        raise ViewRefused("/type", "a view is a modal or a home")
    if any(block["type"] == "input" for block in blocks) and "submit" not in payload:
        raise SubmitMissing("/submit")
    shown = {"title": plain, "submit": plain, "close": plain}
    flags = dict.fromkeys(("clear_on_close", "notify_on_close", "submit_disabled"), raw)
    rebuild_view(sb.ModalView, {**shown, **flags}, payload, rebuilt)


def rebuild_view(make: Any, fields: Json, payload: Json, blocks: list[Any]) -> None:
    """A view through `slackblocks`, its blocks already built."""
    named = dict.fromkeys(("private_metadata", "callback_id", "external_id"), raw)

    def build(**values: Any) -> Any:
        values.pop("submit_disabled", None)
        try:
            return make(**{**values, "blocks": blocks})
        except REFUSED_BY_SLACKBLOCKS as refusal:
            raise ViewRefused("", str(refusal)) from refusal

    built(Shape(build, {**fields, **named, "blocks": raw}), payload, "")


def check_rules(blocks: list[Any]) -> None:
    """The rules that `slackblocks` does not know, block by block."""
    taken: set[str] = set()
    for number, block in enumerate(blocks):
        at = f"/blocks/{number}"
        for pointer, part in walked(block, at):
            check_part(part, pointer)
        check_action_ids(block, at)
        check_block_id(block, at, taken)


def check_part(part: Json, at: str) -> None:
    for name in LISTS_THAT_HOLD & set(part):
        if part[name] == []:
            raise EmptyElements(f"{at}/{name}")
    if part.get("type") == "image" and not str(part.get("alt_text") or "").strip():
        raise AltTextMissing(at)
    check_initial(part, at)


def check_initial(part: Json, at: str) -> None:
    """An initial option must be one of the options, with the same text and value."""
    if part.get("type") in ("external_select", "multi_external_select"):
        return
    groups = [group.get("options") or [] for group in part.get("option_groups") or []]
    options = [*(part.get("options") or []), *(option for group in groups for option in group)]
    chosen = part.get("initial_options") or []
    if "initial_option" in part:
        chosen = [*chosen, part["initial_option"]]
    for option in chosen:
        if option not in options:
            raise InitialOptionUnknown(at, f"{option!r} is not among the options")


def check_action_ids(block: Any, at: str) -> None:
    ids = Counter(part["action_id"] for _, part in walked(block, at) if part.get("action_id"))
    twice = [action_id for action_id, times in ids.items() if times > 1]
    if twice:
        raise DuplicateActionId(at, f"{twice[0]!r} stands twice")


def check_block_id(block: Any, at: str, taken: set[str]) -> None:
    for pointer, part in walked(block, at):
        block_id = part.get("block_id")
        if block_id in taken:
            raise DuplicateBlockId(f"{pointer}/block_id", f"{block_id!r} stands twice")
        if block_id:
            taken.add(block_id)


def check_totals(blocks: list[Any]) -> None:
    tables = [
        pointer
        for number, block in enumerate(blocks)
        for pointer, part in walked(block, f"/blocks/{number}")
        if part.get("type") in ("table", "data_table")
    ]
    if len(tables) > 1:
        raise SeveralTables(tables[1])
    length = sum(len(shown) for shown in texts(blocks))
    if length > TEXT_OF_A_MESSAGE:
        raise TooMuchText("/blocks", f"{length} characters, at most {TEXT_OF_A_MESSAGE}")


def walked(part: Any, at: str) -> Iterator[tuple[str, Json]]:
    """Every object of a payload with its pointer, from the outside in."""
    if isinstance(part, dict):
        yield at, part
        for name, value in part.items():
            yield from walked(value, f"{at}/{name}")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from walked(value, f"{at}/{number}")


def texts(blocks: Any) -> Iterator[str]:
    """Every text of the blocks that a reader sees or hears, in order."""
    for _, part in walked(blocks, ""):
        for name, value in part.items():
            if name in SHOWN and isinstance(value, str):
                yield value


__all__ = ["PayloadRefused", "check_message", "check_view", "texts", "walked"]
