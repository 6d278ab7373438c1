"""New posts as they come to open pages."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.delivery.port import Outgoing
from bot.workspace import stream
from bot.workspace.broadcast import Broadcaster
from bot.workspace.office import Office, Visitor
from bot.workspace.sender import WorkspaceSender
from bot.workspace.stream import Shown
from models.records import Post
from tests.bot.workspace.world import NOW, World, told


@pytest.fixture
def here(world: World) -> Office:
    return world.office()


def visitor(world: World, here: Office, name: str) -> Visitor:
    found = here.as_visitor(world.person(name))
    assert found is not None
    return found


def post(world: World, channel: str, **more: Any) -> int:
    message = told("Vecka 24").model_dump(mode="json")
    with world.database.write() as session:
        made = Post(channel=channel, at=NOW, message=message, **more)
        session.add(made)
        session.flush()
        return made.id


def data(event: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event.split("data: ", 1)[1])
    return found


def test_a_page_is_told_of_each_post_once_with_what_is_unread(world: World, here: Office) -> None:
    maja, shown = visitor(world, here, "Maja Ekvall"), Shown(0, 0)
    first = post(world, "FAR-BER")
    (event,) = stream._events(here, maja, shown)
    assert event.startswith(f"id: {first}\nevent: post\n")
    assert data(event)["unread"]["FAR-BER"] == 1
    assert data(event)["spoken"] == "Vecka 24"
    assert stream._events(here, maja, shown) == []


def test_a_page_is_not_told_of_what_its_member_may_not_see(world: World, here: Office) -> None:
    maja, jonas = world.person("Maja Ekvall"), visitor(world, here, "Jonas Lindmark")
    post(world, "FAR-STYR")
    post(world, f"@{maja.id}", only_for_id=maja.id)
    post(world, "FAR-BER", only_for_id=maja.id)
    assert stream._events(here, jonas, Shown(0, 0)) == []


def test_a_page_that_comes_back_goes_on_after_what_it_saw(world: World, here: Office) -> None:
    maja = visitor(world, here, "Maja Ekvall")
    seen, new = post(world, "FAR-BER"), post(world, "FAR-BER")
    (event,) = stream._events(here, maja, Shown(seen, 0))
    assert data(event)["id"] == new


def test_a_page_is_told_of_each_change_of_a_post_once(world: World, here: Office) -> None:
    receipt = str(post(world, "FAR-BER"))
    maja, jonas = visitor(world, here, "Maja Ekvall"), visitor(world, here, "Jonas Lindmark")
    on_page, elsewhere = Shown(int(receipt), 0), Shown(int(receipt), 0)
    sender = WorkspaceSender(world.database, world.broadcaster)
    update = Outgoing("update", "local", "FAR-BER", "", told("412 av 5 000"), NOW, receipt)
    for _ in range(2):
        sender.change(update)
        (event,) = stream._events(here, maja, on_page)
        assert event.startswith("event: change\n")
        assert data(event)["id"] == int(receipt)
        assert "412 av 5 000" in data(event)["html"]
        assert stream._events(here, maja, on_page) == []
    assert len(stream._events(here, jonas, elsewhere)) == 1
    came_later = Shown(int(receipt), 0, change=2)
    assert stream._events(here, maja, came_later) == []


def test_a_moved_clock_is_told(world: World, here: Office) -> None:
    maja, shown = visitor(world, here, "Maja Ekvall"), Shown(0, 0)
    world.broadcaster.moved()
    assert stream._events(here, maja, shown) == ["event: clock\ndata: {}\n\n"]
    assert stream._events(here, maja, shown) == []


async def test_whoever_listens_is_woken_from_another_thread() -> None:
    broadcaster = Broadcaster()
    async with broadcaster.listening(_no_posts) as listener:
        await asyncio.to_thread(broadcaster.wake)
        assert await listener.wait(5)
        assert not await listener.wait(0.01)


async def test_posts_of_other_processes_are_found_by_looking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.workspace.broadcast.LOOK_SECONDS", 0.01)
    numbers = iter([1, 1, 2])

    async def newest() -> int:
        return next(numbers, 2)

    async with Broadcaster().listening(newest) as listener:
        assert await listener.wait(5)


async def _no_posts() -> int:
    return 0
