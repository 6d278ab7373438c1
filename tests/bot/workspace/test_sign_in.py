"""The way in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from bot.workspace.office import COOKIE
from bot.workspace.sign_in import make_sign_in_link
from models.people.accounts import OneTimeKey
from models.people.merge import Pair, merge
from models.people.organisations import Person
from models.surveys.sealing import KeysInMemory
from tests.bot.workspace.world import ORIGIN, SECRET, World, browser


def link_for(world: World, name: str) -> str:
    with world.database.write() as session:
        person = session.get_one(Person, world.person(name).id)
        return make_sign_in_link(session, person, world.clock.now(), SECRET, f"{ORIGIN}/")


def is_in(client: TestClient) -> bool:
    return client.get("/direct").url.path == "/direct"


def test_a_link_signs_in_once(world: World) -> None:
    world.is_demo = False
    link = link_for(world, "Maja Ekvall")
    with browser(world.app()) as client, browser(world.app()) as another:
        assert client.post(link).status_code == 200
        assert is_in(client)
        assert another.post(link).status_code == 403
        assert not is_in(another)


def test_looking_at_a_link_does_not_use_it_up(world: World) -> None:
    world.is_demo = False
    link = link_for(world, "Maja Ekvall")
    with browser(world.app()) as client:
        assert "Logga in" in client.get(link).text
        assert not is_in(client)
        client.post(link)
        assert is_in(client)


def test_a_link_is_too_old_after_a_day(world: World) -> None:
    world.is_demo = False
    link = link_for(world, "Maja Ekvall")
    world.clock.at += timedelta(days=1)
    with browser(world.app()) as client:
        assert "för gammal" in client.post(link).text
        assert not is_in(client)


def test_somebody_who_has_left_is_not_let_in(world: World) -> None:
    world.is_demo = False
    link = link_for(world, "Nils Avgången")
    with browser(world.app()) as client:
        assert client.post(link).status_code == 403


def test_the_key_itself_is_stored_nowhere(world: World) -> None:
    link = link_for(world, "Maja Ekvall")
    with world.database.read() as session:
        (stored,) = session.query(OneTimeKey).all()
    assert link.rsplit("/", 1)[1] not in repr(vars(stored))


def test_a_session_ends_when_its_member_leaves(world: World) -> None:
    with world.visited_by("Maja Ekvall") as client:
        assert is_in(client)
        with world.database.write() as session:
            person = session.get_one(Person, world.person("Maja Ekvall").id)
            person.left_on = world.clock.now().date()
        assert not is_in(client)


def test_the_cookie_is_kept_from_scripts_and_other_sites(world: World) -> None:
    with browser(world.app()) as client:
        person = str(world.person("Maja Ekvall").id)
        answer = client.post("/demo/person", data={"person": person}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(COOKIE)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_whoever_signs_out_is_out(world: World) -> None:
    with world.visited_by("Maja Ekvall") as client:
        client.post("/sign-out")
        assert not is_in(client)


def test_the_demo_offers_its_main_characters_first(world: World) -> None:
    with browser(world.app()) as client:
        page = client.get("/").text
    assert page.index("Maja Ekvall") < page.index("Stina Hallgren") < page.index("Jonas Lindmark")
    assert "Sekreterare, Farsta lokala styrgrupp" in page


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("jonas", ["Jonas Lindmark"]),
        ("LPO", ["Chef LPO Farsta", "Jonas Lindmark"]),
        ("Åkerblom", []),
        ("Avgången", []),
    ],
)
def test_the_demo_finds_people_by_what_may_be_shown_of_them(
    world: World, sought: str, found: list[str]
) -> None:
    with browser(world.app()) as client:
        page = client.get("/sign-in", params={"q": sought}).text
    names = [name for name in ("Maja Ekvall", "Chef LPO Farsta", "Jonas Lindmark") if name in page]
    assert names == found
    assert "Åkerblom</strong>" not in page


def test_outside_the_demo_nobody_chooses_who_to_be(world: World) -> None:
    world.is_demo = False
    with browser(world.app()) as client:
        assert "länk" in client.get("/sign-in").text
        answer = client.post("/demo/person", data={"person": str(world.person("Maja Ekvall").id)})
        assert answer.status_code == 404
        assert client.post("/demo/clock", data={"step": "day"}).status_code in (401, 404, 200)
        assert world.ticks == []


@pytest.mark.parametrize("person", ["", "x", "999999", "²", "9" * 40])
def test_nobody_becomes_someone_who_is_not_there(world: World, person: str) -> None:
    with browser(world.app()) as client:
        assert client.post("/demo/person", data={"person": person}).status_code == 400


def test_who_was_signed_in_as_a_merged_record_goes_on_as_the_kept_one(world: World) -> None:
    world.is_demo = False
    link = link_for(world, "Jonas Lindmark")
    with browser(world.app()) as client:
        client.post(link)
        with world.database.write() as session:
            kept, merged = (
                session.get_one(Person, world.person(name).id)
                for name in ("Maja Ekvall", "Jonas Lindmark")
            )
            merge(session, Pair(kept, merged), None, world.clock.now(), KeysInMemory())
        assert is_in(client)
        assert "Maja Ekvall" in client.get("/direct").text
