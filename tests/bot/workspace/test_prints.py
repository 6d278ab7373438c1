"""A digest on the page of its own: to print, to keep, and only for those who may see it."""

from __future__ import annotations

import re

from models.message import Actions, Button, Heading, Message, Text
from tests.bot.workspace.world import SetAnswer, World, from_script

DIGEST = Message(
    summary="Vecka 24",
    parts=(
        Heading(text="Vecka 24 · Farsta"),
        Text(text="1 klar"),
        Actions(buttons=(Button(label="Rapportera mina", action="report.mine"),)),
    ),
    lasting=True,
)


def test_a_digest_can_be_printed_and_kept_by_whoever_sees_it(world: World) -> None:
    world.router.answers = lambda _: SetAnswer(DIGEST)
    with world.visited_by("Maja Ekvall") as client:
        said = from_script(client, "/say", channel="FAR-BER", line="veckan")
        way = re.search(r'href="(/posts/\d+/print)"', said["posts"][-1]["html"])
        assert way, "the way there stands beside it"
        page = client.get(way[1])
        kept = client.get(f"{way[1]}?save")
    assert "<h1" in page.text
    assert '<html lang="sv">' in page.text
    assert "Rapportera mina" not in page.text, "paper has no buttons"
    assert "Skickat 10 juni 2024 08.00" in page.text
    assert kept.headers["content-disposition"].endswith("FAR-BER-2024-06-10.html")
    with world.visited_by("Stina Hallgren") as other:
        assert other.get(way[1]).status_code == 404, "it was said to Maja alone"


def test_what_is_no_digest_has_no_such_way(world: World) -> None:
    plain = DIGEST.model_copy(update={"lasting": False})
    world.router.answers = lambda _: SetAnswer(plain)
    with world.visited_by("Maja Ekvall") as client:
        said = from_script(client, "/say", channel="FAR-BER", line="hjälp")
    assert "/print" not in said["posts"][-1]["html"]
    assert "lasting" not in plain.model_dump(mode="json"), "an older release can read it"
