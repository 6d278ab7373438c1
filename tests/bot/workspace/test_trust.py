"""Whom the page trusts: its own forms, its own files, and who has signed in."""

from __future__ import annotations

import re

import pytest

from tests.bot.workspace.world import (
    World,
    browser,
    said,
)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": ""},
    ],
)
def test_what_another_site_makes_a_browser_send_is_refused(
    world: World, headers: dict[str, str]
) -> None:
    with world.visited_by("Maja Ekvall") as client:
        fields = {"channel": "FAR-BER", "line": "hjälp"}
        answer = client.post("/say", data=fields, headers=headers)
    assert answer.status_code == 403
    assert said(world) == []


def test_a_link_in_an_email_is_used_from_anywhere_since_its_address_is_the_proof(
    world: World,
) -> None:
    with browser(world.app()) as client:
        answer = client.post(f"/answer/{'x' * 43}", headers={"Origin": "https://mail.example"})
    assert answer.status_code == 404
    assert "Länken finns inte" in answer.text


def test_a_page_may_load_nothing_but_our_own(world: World) -> None:
    with world.visited_by("Maja Ekvall") as client:
        page = client.get("/groups/FAR-BER")
        style = client.get("/static/workspace.css")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=|https?://", page.text)
    assert "http" not in style.text


def test_what_is_too_large_or_no_text_is_refused(world: World) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    with world.visited_by("Maja Ekvall") as client:
        assert client.post("/say", content=b"line=" + b"x" * 300_000).status_code == 413
        assert client.post("/say", content=b"line=%ff", headers=kind).status_code == 400
        assert client.post("/say", content=b"\xff\xfe", headers=kind).status_code == 400


def test_nobody_who_has_not_signed_in_gets_further_than_the_door(world: World) -> None:
    with browser(world.app()) as client:
        assert client.get("/groups/FAR-BER").url.path == "/sign-in"
        assert client.post("/say", data={"line": "hjälp"}).url.path == "/sign-in"
        assert client.get("/people").url.path == "/sign-in"
        stream = client.get("/events", headers={"Accept": "text/event-stream"})
        assert stream.status_code == 401
