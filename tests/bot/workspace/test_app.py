"""The page as a member meets it: lines, buttons, forms, and what is refused."""

from __future__ import annotations

import re

import pytest

from handlers.requests import AnyRequest, ButtonPressed, Command, FormSubmitted, HomeOpened
from models.message import (
    Actions,
    Button,
    FieldErrors,
    Form,
    Heading,
    Message,
    Reply,
    Text,
    TextField,
)
from models.records import Post
from tests.bot.workspace.world import (
    NOW,
    SetAnswer,
    World,
    echo,
    from_script,
    said,
    told,
)

FORM = Form(
    name="report",
    title="Rapportera",
    submit="Spara",
    cancel="Avbryt",
    state="FAR-011",
    fields=(TextField(name="comment", label="Kommentar"),),
)
CARD = Message(
    summary="Hur går det?",
    parts=(
        Heading(text="Hur går det?"),
        Actions(
            buttons=(
                Button(label="Klar", action="report.done", value="FAR-011"),
                Button(label="Rapportera", action="report.open"),
            )
        ),
    ),
)


def answers(request: AnyRequest) -> SetAnswer:
    """A small bot: a card at home, a form for a button, a refusal for a number."""
    if isinstance(request, HomeOpened):
        return SetAnswer(CARD)
    if isinstance(request, ButtonPressed) and request.action == "report.open":
        return SetAnswer(FORM)
    if isinstance(request, FormSubmitted) and "hemligt" in str(request.values):
        return SetAnswer(FieldErrors(errors={"comment": "Skriv om."}), refused=True)
    if isinstance(request, Command) and "hemligt" in request.line:
        refusal = (Heading(text="Jag sparade inte texten"), Text(text=request.line))
        return SetAnswer(Message(summary="Inte sparat", parts=refusal), refused=True)
    if isinstance(request, Command) and request.line == "kort":
        return SetAnswer(CARD)
    return SetAnswer(told(echo(request)), queued=True)


@pytest.fixture
def farsta(world: World) -> World:
    world.router.answers = answers
    return world


def seal_of(html: str, label: str) -> str:
    found = re.search(rf'value="([^"]+)" class="button \w+">{label}</button>', html)
    assert found is not None
    return found[1]


def form_of(html: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def test_home_is_what_the_router_answers_to_it(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        page = client.get("/").text
    assert "Hur går det?" in page
    assert isinstance(farsta.router.asked[-1], HomeOpened)
    assert said(farsta) == []


SUBJECTS = ["/representation", "/measures", "/meetings", "/surveys", "/sendings"]


@pytest.mark.parametrize("path", SUBJECTS)
def test_a_subject_page_shows_an_answer_and_keeps_nothing(farsta: World, path: str) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        assert "You wrote:" in client.get(path).text
    assert said(farsta) == []


def test_the_menu_and_the_heading_say_where_one_is(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        page = client.get("/groups/FAR-BER").text
    assert "Farsta · styrgrupp" in page
    assert "<h1>Farsta lokala beredningsgrupp</h1>" in page
    assert "2 ledamöter · nästa möte tis 18 juni 13.00" in page
    assert "mån 10 juni 2024 08.00" in page
    assert 'href="/groups/FAR-BER" aria-current="page"' in page


def test_a_member_reads_the_page_in_their_language(farsta: World) -> None:
    with farsta.visited_by("Jonas Lindmark") as client:
        page = client.get("/groups/FAR-BER").text
    assert '<html lang="en">' in page
    assert "2 members · next meeting Tue 18 June 13:00" in page


def test_a_line_is_answered_and_both_are_kept_for_its_member(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        told_back = from_script(
            client, "/say", channel="FAR-BER", line="/samverkan vem Rågsved", event="event-0001"
        )
    assert len(told_back["posts"]) == 2
    assert "/samverkan vem Rågsved" in told_back["posts"][0]["html"]
    assert "Bara du ser detta" in told_back["posts"][1]["html"]
    assert said(farsta) == ["vem Rågsved", "You wrote: vem Rågsved"]
    assert farsta.wakes == [NOW]


def test_a_line_knows_who_where_and_when(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        from_script(client, "/say", channel="FAR-BER", line="hjälp", event="event-0001")
    asked = farsta.router.asked[-1]
    maja = farsta.person("Maja Ekvall")
    assert (asked.who.platform, asked.who.user) == ("workspace", str(maja.id))
    assert asked.who.email == maja.email
    assert (asked.where.kind, asked.where.channel) == ("channel", "FAR-BER")
    assert (asked.event, asked.at) == ("event-0001", NOW)


def test_a_form_that_is_sent_twice_is_kept_once(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        for _ in range(2):
            from_script(client, "/say", channel="FAR-BER", line="hjälp", event="event-0001")
    assert said(farsta) == ["hjälp", "You wrote: hjälp"]


def test_a_refused_line_leaves_no_trace_and_comes_back(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        answer = from_script(client, "/say", channel="FAR-BER", line="något hemligt")
        assert "Jag sparade inte texten" in answer["notice"]
        assert answer["typed"] == "något hemligt"
        assert answer["posts"] == []
        assert "hemligt" not in client.get("/groups/FAR-BER").text
    assert said(farsta) == []


def test_without_scripts_a_refused_line_comes_back_in_the_page(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        page = client.post("/say", data={"channel": "FAR-BER", "line": "något hemligt"})
    assert 'value="något hemligt"' in page.text
    assert "hemligt" not in str(page.url)
    assert said(farsta) == []


def test_without_scripts_a_line_leads_to_its_conversation(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        page = client.post("/say", data={"channel": "FAR-BER", "line": "vem Rågsved"})
    assert page.url.path == "/groups/FAR-BER"
    assert "You wrote: vem Rågsved" in page.text


def test_a_button_at_home_is_answered_in_the_direct_conversation(farsta: World) -> None:
    own = f"@{farsta.person('Maja Ekvall').id}"
    with farsta.visited_by("Maja Ekvall") as client:
        seal = seal_of(client.get("/").text, "Klar")
        answer = from_script(client, "/press", channel=own, seal=seal)
    assert answer["url"] == "/direct"
    pressed = farsta.router.asked[-1]
    assert isinstance(pressed, ButtonPressed)
    assert (pressed.action, pressed.value) == ("report.done", "FAR-011")
    assert said(farsta) == ["You did: button"]


def test_the_same_drawing_of_a_button_is_one_act_until_it_was_answered(farsta: World) -> None:
    own = f"@{farsta.person('Maja Ekvall').id}"
    with farsta.visited_by("Maja Ekvall") as client:
        seal = seal_of(client.get("/").text, "Klar")
        for turn in ("", "", "next"):
            from_script(client, "/press", channel=own, seal=seal, turn=turn)
    events = [asked.event for asked in farsta.router.asked if isinstance(asked, ButtonPressed)]
    assert events[0] == events[1] != events[2]
    assert len(said(farsta)) == 2


@pytest.mark.parametrize("seal", ["", "made-up", "WyJyZXBvcnQuZG9uZSIsIiIsIiJd.AAAA"])
def test_a_button_that_we_did_not_draw_does_nothing(farsta: World, seal: str) -> None:
    own = f"@{farsta.person('Maja Ekvall').id}"
    with farsta.visited_by("Maja Ekvall") as client:
        answer = client.post("/press", data={"channel": own, "seal": seal})
    assert answer.status_code == 400
    assert said(farsta) == []


def test_a_button_may_open_a_form_whose_answer_carries_its_state(farsta: World) -> None:
    own = f"@{farsta.person('Maja Ekvall').id}"
    with farsta.visited_by("Maja Ekvall") as client:
        seal = seal_of(client.get("/").text, "Rapportera")
        opened = from_script(client, "/press", channel=own, seal=seal)
        assert 'role="alert"' in opened["form"]
        token = form_of(opened["form"])
        from_script(client, "/submit", channel=own, form=token, comment="Allt går bra")
    sent = farsta.router.asked[-1]
    assert isinstance(sent, FormSubmitted)
    assert (sent.form, sent.state, sent.values) == (
        "report",
        "FAR-011",
        {"comment": "Allt går bra"},
    )


@pytest.mark.parametrize(
    ("comment", "sentence"), [("", "Här behövs ett svar."), ("hemligt", "Skriv om.")]
)
def test_a_form_with_errors_stays_open_with_what_was_typed(
    farsta: World, comment: str, sentence: str
) -> None:
    own = f"@{farsta.person('Maja Ekvall').id}"
    with farsta.visited_by("Maja Ekvall") as client:
        seal = seal_of(client.get("/").text, "Rapportera")
        token = form_of(from_script(client, "/press", channel=own, seal=seal)["form"])
        answer = from_script(client, "/submit", channel=own, form=token, comment=comment)
        page = client.post("/submit", data={"channel": own, "form": token, "comment": comment})
    assert answer["errors"] == {"comment": sentence}
    assert f'value="{comment}"' in page.text
    assert sentence in page.text
    assert said(farsta) == []


def test_a_form_of_another_member_is_not_taken(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as maja, farsta.visited_by("Jonas Lindmark") as jonas:
        own = f"@{farsta.person('Maja Ekvall').id}"
        seal = seal_of(maja.get("/").text, "Rapportera")
        token = form_of(from_script(maja, "/press", channel=own, seal=seal)["form"])
        others = f"@{farsta.person('Jonas Lindmark').id}"
        answer = jonas.post("/submit", data={"channel": others, "form": token, "comment": "x"})
    assert answer.status_code == 400


def test_a_card_that_is_replaced_keeps_its_place(farsta: World) -> None:
    def replacing(request: AnyRequest) -> SetAnswer:
        reply: Reply = told("Klart").model_copy(update={"replaces": True})
        return SetAnswer(reply) if isinstance(request, ButtonPressed) else answers(request)

    farsta.router.answers = replacing
    with farsta.visited_by("Maja Ekvall") as client:
        card = from_script(client, "/say", channel="FAR-BER", line="kort")["posts"][1]
        seal = seal_of(card["html"], "Klar")
        number = str(card["id"])
        answer = from_script(client, "/press", channel="FAR-BER", post=number, seal=seal)
        assert answer["replaced"]["id"] == card["id"]
    assert said(farsta) == ["kort", "Klart"]


@pytest.mark.parametrize(("page", "kept"), [("/meetings", []), ("/", ["Klart"])])
def test_a_subjects_card_turns_its_page_in_place_and_home_stays_home(
    farsta: World, page: str, kept: list[str]
) -> None:
    reply = told("Klart").model_copy(update={"replaces": True})
    own = f"@{farsta.person('Maja Ekvall').id}"
    with farsta.visited_by("Maja Ekvall") as client:
        seal = seal_of(client.get("/").text, "Klar")
        farsta.router.answers = lambda _: SetAnswer(reply)
        answer = from_script(client, "/press", channel=own, page=page, seal=seal)
    assert bool(answer["swapped"]) is not bool(kept)
    assert said(farsta) == kept


@pytest.mark.parametrize("channel", ["FAR-STYR", "CEN-STYR", "@1", ""])
def test_other_peoples_conversations_are_closed(farsta: World, channel: str) -> None:
    with farsta.visited_by("Jonas Lindmark") as client:
        assert client.post("/say", data={"channel": channel, "line": "hjälp"}).status_code == 404
        if channel and not channel.startswith("@"):
            assert client.get(f"/groups/{channel}").status_code == 404
            older = client.get("/older", params={"channel": channel, "before": "9"})
            assert older.status_code == 404
    assert said(farsta) == []


def test_older_posts_are_fetched_piece_by_piece(farsta: World) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        for number in range(21):
            from_script(client, "/say", channel="FAR-BER", line=f"rad {number}")
        page = client.get("/groups/FAR-BER").text
        assert "You wrote: rad 0<" not in page
        found = re.search(r'href="(/older[^"]+)"', page)
        assert found is not None
        assert "You wrote: rad 0<" in client.get(found[1].replace("&amp;", "&")).text
        assert client.get("/older?channel=FAR-BER&before=x").status_code == 400


def test_a_person_field_is_offered_the_members_that_fit(farsta: World) -> None:
    from models.message import Choice

    farsta.router.people = (Choice(label="Maja Ekvall", value="1"), Choice(label="Eva", value="2"))
    with farsta.visited_by("Maja Ekvall") as client:
        found = client.get("/people", params={"field": "who", "typed": "maj"}).json()
    assert found == [{"label": "Maja Ekvall", "value": "1"}]


@pytest.mark.parametrize(
    ("step", "time"),
    [
        ("monday", "2024-06-17T06:00:00+00:00"),
        ("hour", "2024-06-10T07:00:00+00:00"),
        ("day", "2024-06-11T06:00:00+00:00"),
    ],
)
def test_the_demos_clock_is_moved_and_what_falls_due_happens(
    farsta: World, step: str, time: str
) -> None:
    with farsta.visited_by("Maja Ekvall") as client:
        page = client.post("/demo/clock", data={"step": step, "page": "/groups/FAR-BER"})
        assert page.url.path == "/groups/FAR-BER"
        assert client.post("/demo/clock", data={"step": "back"}).status_code == 400
    assert [tick.isoformat() for tick in farsta.ticks] == [time]
    assert farsta.broadcaster.turn == 1


def test_reading_a_conversation_takes_away_its_count(farsta: World) -> None:
    with farsta.database.write() as session:
        session.add(Post(channel="FAR-BER", at=NOW, message=CARD.model_dump(mode="json")))
    with farsta.visited_by("Maja Ekvall") as client:
        assert "<span data-count>1</span>" in _room(client.get("/").text, "FAR-BER")
        client.get("/groups/FAR-BER")
        assert "<span data-count>0</span>" in _room(client.get("/").text, "FAR-BER")
        assert client.post("/read", data={"channel": "FAR-STYR", "post": "1"}).status_code == 204


def _room(page: str, channel: str) -> str:
    return page.split(f'data-room="{channel}"')[1].split("</a>", maxsplit=1)[0]
