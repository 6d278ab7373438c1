"""Pictures and files of the page: for those who may see the message, and harmless when opened."""

from __future__ import annotations

import re
from html import unescape

import httpx2
import pytest

from bot.drawing.studio import Studio
from bot.workspace.seals import Seals
from models.drawings import Mark
from models.message import File, Heading, Image, Message
from models.records import Post
from tests.bot.drawing.matrices import alone, matrix
from tests.bot.workspace.world import NOW, SECRET, SetAnswer, World, browser

PICTURE = Image(drawing=alone(Mark.VACANT), alt="Platsen är vakant", name="tackning")
TABLE = File.holding("plats;läge".encode(), label="Som tabell", name="täckning.csv")
CARD = Message(summary="Täckning", parts=(Heading(text="Täckning"), PICTURE, TABLE))
ADDRESSES = ("/drawings/{post}/1.svg", "/drawings/{post}/1.png", "/files/{post}/2/t.csv")


@pytest.fixture
def farsta(world: World) -> World:
    """A world in which every answer has a picture and a file."""
    world.router.answers = lambda _: SetAnswer(CARD)
    return world


def posted(world: World, channel: str, only_for: str = "") -> int:
    """The number of a post of the card in a conversation."""
    with world.database.write() as session:
        post = Post(channel=channel, at=NOW, message=CARD.model_dump(mode="json"))
        post.only_for_id = world.person(only_for).id if only_for else None
        session.add(post)
        session.flush()
        return post.id


def fetched(world: World, name: str, address: str, **values: int) -> httpx2.Response:
    """What a member gets at an address."""
    with world.visited_by(name) as client:
        found: httpx2.Response = client.get(address.format(**values))
        return found


def test_a_picture_is_an_svg_on_the_page_and_a_png_to_open(farsta: World) -> None:
    number = posted(farsta, "FAR-BER")
    with farsta.visited_by("Maja Ekvall") as client:
        page = client.get("/groups/FAR-BER").text
        assert f'<img src="/drawings/{number}/1.svg" alt="Platsen är vakant"' in page
        svg, png = (client.get(address.format(post=number)) for address in ADDRESSES[:2])
    assert (svg.headers["content-type"], svg.text) == ("image/svg+xml", "<svg>drawn</svg>")
    assert (png.headers["content-type"], png.content) == ("image/png", b"\x89PNG drawn")
    assert png.headers["content-disposition"] == "inline; filename*=utf-8''tackning.png"


def test_an_opened_picture_can_run_nothing_and_load_nothing(farsta: World) -> None:
    svg = fetched(farsta, "Maja Ekvall", ADDRESSES[0], post=posted(farsta, "FAR-BER"))
    policy = svg.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert policy.endswith("sandbox")
    assert svg.headers["x-content-type-options"] == "nosniff"


def test_a_file_is_kept_under_its_name_and_never_shown(farsta: World) -> None:
    file = fetched(farsta, "Maja Ekvall", ADDRESSES[2], post=posted(farsta, "FAR-BER"))
    assert file.text == "plats;läge"
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    named = "attachment; filename*=utf-8''t%C3%A4ckning.csv"
    assert file.headers["content-disposition"] == named
    assert file.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("channel", "only_for", "reader"),
    [
        ("FAR-STYR", "", "Jonas Lindmark"),
        ("FAR-BER", "Maja Ekvall", "Jonas Lindmark"),
        ("@1", "", "Jonas Lindmark"),
    ],
)
def test_what_a_member_may_not_see_is_not_there(
    farsta: World, channel: str, only_for: str, reader: str, address: str
) -> None:
    assert farsta.person("Jonas Lindmark").id != 1
    answer = fetched(farsta, reader, address, post=posted(farsta, channel, only_for))
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text or "Här finns inget" in answer.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_has_not_signed_in_is_shown_the_way_in(farsta: World, address: str) -> None:
    number = posted(farsta, "FAR-BER")
    with browser(farsta.app()) as client:
        assert client.get(address.format(post=number)).url.path == "/sign-in"


@pytest.mark.parametrize(
    "address",
    [
        "/drawings/{post}/0.svg",
        "/drawings/{post}/9.svg",
        "/drawings/{post}/1.gif",
        "/drawings/{post}/2.svg",
        "/files/{post}/1/t.csv",
        "/drawings/99999999999999999999999/1.svg",
        "/drawings/sealed/abc.def.svg",
    ],
)
def test_an_address_of_nothing_is_a_sentence(farsta: World, address: str) -> None:
    answer = fetched(farsta, "Maja Ekvall", address, post=posted(farsta, "FAR-BER"))
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_a_card_that_is_kept_nowhere_has_its_picture_in_its_own_address(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        page = client.get("/representation").text
        address = re.search(r'<img src="(/drawings/sealed/[^"]+)"', page)
        assert address is not None
        assert client.get(unescape(address[1])).text == "<svg>drawn</svg>"
        assert '<a href="data:text/csv;base64,' in page
    assert fetched(farsta, "Stina Hallgren", unescape(address[1])).status_code == 404


def test_even_a_large_matrix_has_an_address_that_servers_take() -> None:
    large = PICTURE.model_copy(update={"drawing": matrix(57)})
    assert len(Seals(SECRET, 1).picture(large)) < 6_000


def test_a_picture_that_cannot_be_drawn_is_said_in_a_sentence(farsta: World) -> None:
    farsta.studio = Studio(("no-such-program",))
    answer = fetched(farsta, "Maja Ekvall", ADDRESSES[0], post=posted(farsta, "FAR-BER"))
    assert answer.status_code == 503
    assert answer.text == "Bilden kunde inte ritas. Försök igen om en stund."
