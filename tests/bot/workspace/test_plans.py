"""A group's plan on the page: read by those who may, loading and running nothing."""

from __future__ import annotations

from models.message import File, Heading, Message
from tests.bot.workspace.world import SetAnswer, World, browser

PAGE = "<!doctype html><title>Handlingsplan</title>"
FILE = File.holding(PAGE.encode(), label="Planen", name="plan-FAR-BER.html")
ANSWER = Message(summary="Planen", parts=(Heading(text="Handlingsplan"), FILE))


def test_the_plan_is_a_page_of_its_own_with_a_way_to_it_from_the_group(world: World) -> None:
    world.router.answers = lambda _: SetAnswer(ANSWER)
    with world.visited_by("Maja Ekvall") as client:
        assert 'href="/groups/FAR-BER/plan"' in client.get("/groups/FAR-BER").text
        got = client.get("/groups/FAR-BER/plan")
    assert got.text == PAGE
    assert got.headers["content-security-policy"].startswith("default-src 'none';")


def test_what_the_handlers_refuse_is_no_page(world: World) -> None:
    refused = Message(summary="Nej", parts=(Heading(text="Nej"),))
    world.router.answers = lambda _: SetAnswer(refused)
    with world.visited_by("Maja Ekvall") as client:
        assert client.get("/groups/NO-SUCH/plan").status_code == 404
    with browser(world.app()) as client:
        assert client.get("/groups/FAR-BER/plan").url.path == "/sign-in"
