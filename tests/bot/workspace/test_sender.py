"""Deliveries into the page's conversations."""

from __future__ import annotations

import pytest

from bot.delivery.port import Outgoing
from bot.workspace.broadcast import Broadcaster
from bot.workspace.sender import WorkspaceSender
from tests.bot.workspace.world import NOW, World, posts, told


def outgoing(**more: str) -> Outgoing:
    values = {"id": "delivery-1", "channel": "FAR-BER", "user": "", **more}
    return Outgoing(workspace="local", message=told("Vecka 24"), started_at=NOW, **values)


@pytest.fixture
def sender(world: World) -> WorkspaceSender:
    return WorkspaceSender(world.database, Broadcaster())


def test_a_delivery_to_a_group_is_seen_by_everyone_in_it(
    world: World, sender: WorkspaceSender
) -> None:
    receipt = sender.send(outgoing())
    (post,) = posts(world.database)
    assert (str(post.id), post.channel, post.only_for_id) == (receipt, "FAR-BER", None)
    assert post.message is not None
    assert post.at == NOW


@pytest.mark.parametrize("by_channel", [True, False])
def test_a_delivery_to_a_member_is_in_their_direct_conversation(
    world: World, sender: WorkspaceSender, by_channel: bool
) -> None:
    maja = world.person("Maja Ekvall")
    name = {"channel": f"@{maja.id}"} if by_channel else {"channel": "", "user": str(maja.id)}
    sender.send(outgoing(**name))
    (post,) = posts(world.database)
    assert (post.channel, post.only_for_id) == (f"@{maja.id}", maja.id)


def test_a_delivery_sent_twice_is_posted_once(world: World, sender: WorkspaceSender) -> None:
    assert sender.find(outgoing()) is None
    first = sender.send(outgoing())
    assert sender.send(outgoing()) == first
    assert sender.find(outgoing()) == first
    assert len(posts(world.database)) == 1
