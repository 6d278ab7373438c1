"""What stands around a conversation."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from models.groups import Group
from models.people.organisations import Person, Standing
from models.surveys.survey import Invitation, Sensitivity, Survey
from tests.bot.workspace.world import NOW, World, from_script


@pytest.fixture
def asked(world: World) -> World:
    """Maja is asked in one survey that is open and one that opens tomorrow."""
    with world.database.write() as session:
        maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
        group = session.scalars(select(Group).where(Group.code == "FAR-BER")).one()
        for day in (0, 1):
            survey = _survey(f"S{day}", group, day)
            session.add_all([survey, Invitation(survey=survey, person_id=maja.id)])
    return world


def _survey(code: str, group: Group, day: int) -> Survey:
    return Survey(
        code=code,
        title_sv="Läget",
        group_id=group.id,
        sensitivity=Sensitivity.OPEN,
        opens_at=NOW + timedelta(days=day),
        closes_at=NOW + timedelta(days=day + 7),
    )


def beside_home(client: TestClient) -> str:
    """What the menu counts beside Home."""
    found = re.search(r"data-waits>.*?<span data-count>(\d+)<", client.get("/").text, re.DOTALL)
    assert found
    return found[1]


def test_home_counts_the_surveys_that_wait(asked: World) -> None:
    with asked.visited_by("Maja Ekvall") as client:
        assert beside_home(client) == "1"
    with asked.visited_by("Stina Hallgren") as client:
        assert beside_home(client) == "0"


def test_only_whom_they_concern_finds_the_sendings_in_the_menu(world: World) -> None:
    with world.visited_by("Maja Ekvall") as client:
        assert 'href="/sendings"' not in client.get("/").text
    with world.database.write() as session:
        maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
        maja.standing = Standing.COORDINATOR
    with world.visited_by("Maja Ekvall") as client:
        assert 'href="/sendings"' in client.get("/").text


def test_every_act_tells_what_still_waits(asked: World) -> None:
    with asked.visited_by("Maja Ekvall") as client:
        answer = from_script(client, "/say", channel="FAR-BER", event="1", line="hej")
    assert answer["waiting"] == 1
