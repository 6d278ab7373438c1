"""The process's one HTTP session to Slack, and the clients that share it; nothing is sent twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

SECONDS = 10

log = structlog.get_logger(__name__)


class Web:
    """Opens its session on the loop that first uses it; `close` ends it."""

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session, opened at its first use."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session

    def client(self, token: str | None) -> AsyncWebClient:
        """A client without retries: a lost answer must not become a second message."""
        return AsyncWebClient(
            token=token,
            base_url=self.api_url,
            session=self.session,
            timeout=SECONDS,
            retry_handlers=[],
        )

    async def respond(self, url: str, payload: Mapping[str, Any]) -> bool:
        """Answers at a response_url, at most once; says whether Slack took it."""
        try:
            async with self.session.post(url, json=dict(payload)) as response:
                taken = response.status == 200
                if not taken:
                    log.warning("slack_response_refused", status=response.status)
                return taken
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("slack_response_lost", error=type(error).__name__)
            return False

    async def close(self) -> None:
        """Closes the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None
