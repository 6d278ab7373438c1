"""Nothing is said twice to Slack: what is lost on the way back is never sent again by a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web as server
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.web import Web


class Dropping:
    """A Slack that takes whatever is posted and then breaks the connection without an answer."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.url = ""

    async def take(self, request: server.Request) -> server.StreamResponse:
        await request.read()
        self.taken[request.path] += 1
        assert request.transport is not None
        request.transport.abort()
        return server.Response()


@pytest.fixture
async def slack() -> AsyncIterator[Dropping]:
    found = Dropping()
    app = server.Application()
    app.router.add_post("/{path:.*}", found.take)
    runner = server.AppRunner(app)
    await runner.setup()
    site = server.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    found.url = f"http://{host}:{port}/"
    yield found
    await runner.cleanup()


Call = Callable[[AsyncWebClient], Awaitable[object]]
CALLS: dict[str, Call] = {
    "chat.postMessage": lambda client: client.chat_postMessage(channel="C1", text="x"),
    "chat.postEphemeral": lambda client: client.chat_postEphemeral(
        channel="C1", user="U1", text="x"
    ),
    "chat.update": lambda client: client.chat_update(channel="C1", ts="1.0", text="x"),
    "views.open": lambda client: client.views_open(trigger_id="1", view={"type": "modal"}),
    "views.publish": lambda client: client.views_publish(user_id="U1", view={"type": "home"}),
}


@pytest.mark.parametrize("method", CALLS)
async def test_a_call_whose_answer_is_lost_is_made_once(slack: Dropping, method: str) -> None:
    web = Web(slack.url)
    try:
        with pytest.raises(aiohttp.ClientError):
            await CALLS[method](web.client("xoxb-1"))
    finally:
        await web.close()
    assert slack.taken == {f"/{method}": 1}


async def test_an_answer_at_a_response_url_that_is_lost_is_given_once(slack: Dropping) -> None:
    web = Web(slack.url)
    try:
        assert not await web.respond(f"{slack.url}respond", {"text": "x"})
    finally:
        await web.close()
    assert slack.taken == {"/respond": 1}
