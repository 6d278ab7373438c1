"""Socket Mode: the same app, reached through a connection that we open to Slack."""

from __future__ import annotations

from typing import Protocol

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.slack.web import Web


class Connection(Protocol):
    """An open connection, until it is closed."""

    async def connect_async(self) -> None:
        """Opens it, and opens it anew whenever Slack asks for that."""

    async def close_async(self) -> None:
        """Closes it."""


async def connected(app: AsyncApp, web: Web, app_token: str) -> Connection:
    """Opens the connection with the app-level token; the caller closes it."""
    handler: Connection = AsyncSocketModeHandler(app, app_token, web_client=web.client(app_token))
    await handler.connect_async()
    return handler
