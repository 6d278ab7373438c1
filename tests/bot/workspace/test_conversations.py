"""Who sees what in the page's conversations, and what is still unread."""

from __future__ import annotations

from datetime import date

import pytest

from bot.workspace import conversations
from bot.workspace.conversations import Said
from models.message import Audience
from models.people.organisations import Person
from models.records import Post
from tests.bot.workspace.world import NOW, World, posts, speech, told

ON = date(2024, 6, 10)


def said(person: Person, channel: str = "FAR-BER", **more: object) -> Said:
    values = {"event": "event-0001", "at": NOW, "line": "vem Rågsved", **more}
    return Said(person_id=person.id, channel=channel, **values)  # type: ignore[arg-type]


def keep(world: World, act: Said, **reply: object) -> conversations.Kept:
    with world.database.write() as session:
        return conversations.keep(session, act, told("Svar").model_copy(update=reply))


def seen_by(world: World, name: str, channel: str = "FAR-BER") -> list[Post]:
    with world.database.read() as session:
        return conversations.latest(session, world.person(name).id, channel)


@pytest.mark.parametrize(
    ("channel", "sees"),
    [("FAR-BER", True), ("FAR-STYR", False), ("CEN-STYR", False), ("", False), ("@", False)],
)
def test_a_member_sees_the_conversations_of_groups_with_a_seat(
    world: World, channel: str, sees: bool
) -> None:
    with world.database.read() as session:
        assert conversations.may_see(session, world.person("Jonas Lindmark"), channel, ON) is sees


def test_a_direct_conversation_is_seen_by_its_member_alone(world: World) -> None:
    maja, jonas = world.person("Maja Ekvall"), world.person("Jonas Lindmark")
    with world.database.read() as session:
        assert conversations.may_see(session, maja, f"@{maja.id}", ON)
        assert not conversations.may_see(session, jonas, f"@{maja.id}", ON)


def test_groups_stand_in_the_order_of_the_menu(world: World) -> None:
    with world.database.read() as session:
        groups = conversations.groups_of(session, world.person("Maja Ekvall"), ON)
    assert [group.code for group in groups] == ["FAR-STYR", "FAR-BER"]


def test_what_is_asked_in_a_channel_is_seen_by_whoever_asked(world: World) -> None:
    keep(world, said(world.person("Maja Ekvall")))
    assert [bool(post.line) for post in seen_by(world, "Maja Ekvall")] == [True, False]
    assert seen_by(world, "Jonas Lindmark") == []


def test_a_reply_for_everyone_is_seen_with_its_line_by_everyone(world: World) -> None:
    keep(world, said(world.person("Maja Ekvall")), audience=Audience.EVERYONE)
    assert len(seen_by(world, "Jonas Lindmark")) == 2


def test_the_same_act_twice_is_kept_once(world: World) -> None:
    act = said(world.person("Maja Ekvall"))
    first, second = keep(world, act), keep(world, act)
    assert [post.id for post in second.posts] == [post.id for post in first.posts]
    assert len(posts(world.database)) == 2


def test_two_members_may_use_the_same_key(world: World) -> None:
    keep(world, said(world.person("Maja Ekvall")))
    keep(world, said(world.person("Jonas Lindmark")))
    assert len(posts(world.database)) == 4


def test_a_reply_that_replaces_takes_the_place_of_the_members_own_card(world: World) -> None:
    maja = world.person("Maja Ekvall")
    card = keep(world, said(maja, line="")).posts[0]
    kept = keep(world, said(maja, event="event-0002", line="", post=card.id), replaces=True)
    assert kept.replaced is not None
    assert kept.replaced.id == card.id
    assert len(posts(world.database)) == 1


def test_nobody_replaces_a_card_that_others_see(world: World) -> None:
    maja = world.person("Maja Ekvall")
    shared = keep(world, said(maja, line=""), audience=Audience.EVERYONE).posts[0]
    kept = keep(world, said(maja, event="event-0002", line="", post=shared.id), replaces=True)
    assert kept.replaced is None
    assert len(posts(world.database)) == 2


def test_an_answer_does_not_take_the_place_of_a_digest(world: World) -> None:
    maja = world.person("Maja Ekvall")
    digest = keep(world, said(maja, line=""), lasting=True).posts[0]
    kept = keep(world, said(maja, event="event-0002", line="", post=digest.id), replaces=True)
    assert kept.replaced is None


def test_what_others_said_is_unread_until_it_is_read(world: World) -> None:
    jonas = world.person("Jonas Lindmark")
    keep(world, said(world.person("Maja Ekvall")), audience=Audience.EVERYONE)
    with world.database.write() as session:
        assert conversations.unread(session, jonas.id, ["FAR-BER"]) == {"FAR-BER": 2}
        newest = conversations.newest(session)
        conversations.mark_read(session, jonas.id, "FAR-BER", newest)
        conversations.mark_read(session, jonas.id, "FAR-BER", 1)
        session.flush()
        assert conversations.unread(session, jonas.id, ["FAR-BER"]) == {"FAR-BER": 0}


def test_what_one_says_oneself_and_its_answer_are_never_unread(world: World) -> None:
    maja = world.person("Maja Ekvall")
    keep(world, said(maja))
    with world.database.read() as session:
        assert conversations.unread(session, maja.id, ["FAR-BER"]) == {"FAR-BER": 0}


def test_older_posts_come_before_a_post_and_in_order(world: World) -> None:
    maja = world.person("Maja Ekvall")
    for number in range(3):
        keep(world, said(maja, event=f"event-000{number}", line=""))
    everything = posts(world.database)
    with world.database.read() as session:
        older = conversations.latest(session, maja.id, "FAR-BER", before=everything[-1].id)
    assert [post.id for post in older] == [post.id for post in everything[:-1]]


def test_whoever_arrives_is_reachable_and_greeted_once(world: World) -> None:
    maja = world.person("Maja Ekvall")
    for _ in range(2):
        with world.database.write() as session:
            person = session.get_one(Person, maja.id)
            conversations.arrive(session, person, speech(person), NOW)
    greetings = seen_by(world, "Maja Ekvall", f"@{maja.id}")
    assert len(greetings) == 1
    assert "Inget om enskilda" in str(greetings[0].message)
