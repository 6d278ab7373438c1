"""The App Home: the same home message as elsewhere, as a view."""

from __future__ import annotations

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks import blocks
from models.message import Message

BLOCKS = 100


def view(message: Message) -> dict[str, Any]:
    """The message as a home view.

    Raises ValueError for more than Slack shows in a home: 100 blocks, one table.
    """
    found = blocks(message.parts)
    if len(found) > BLOCKS or sum(block["type"] == "table" for block in found) > 1:
        raise ValueError("a home holds 100 blocks and one table")
    return {"type": "home", "blocks": found}


async def publish(client: AsyncWebClient, user: str, message: Message) -> None:
    """Shows the member their home."""
    await client.views_publish(user_id=user, view=view(message))
