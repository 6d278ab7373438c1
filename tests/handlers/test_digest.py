"""The digest that somebody asks for is that of the group they are most likely to mean."""

from __future__ import annotations

import pytest

from tests.conversations.talk import EVA, MAJA, Member, Talk
from tests.handlers.conftest import Asking


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("veckan Farsta", "Vecka 24 · Farsta lokala beredningsgrupp"),
        ("veckan Farsta styrgrupp", "Vecka 24 · Farsta lokala styrgrupp"),
        ("veckan Farsta v 20", "Vecka 20 · Farsta lokala beredningsgrupp"),
    ],
)
def test_a_named_place_or_week_is_meant(ask: Asking, line: str, heading: str) -> None:
    assert heading in ask(line)


def test_in_a_groups_channel_its_own_week_is_meant(talk: Talk) -> None:
    eva = talk.member(EVA).in_channel("C-FARSTA")
    eva.says("koppla Farsta styrgrupp")
    maja = talk.member(MAJA).in_channel("C-FARSTA")
    assert "Farsta lokala styrgrupp" in maja.says("veckan")


def test_without_a_group_the_other_groups_of_ones_own_are_one_press_away(reader: Member) -> None:
    said = reader.says("veckan")
    assert "[Farsta lokala styrgrupp]" in said
    assert "Vecka 24 · Farsta lokala styrgrupp" in reader.presses("Farsta lokala styrgrupp")


def test_a_week_without_news_says_so(ask: Asking) -> None:
    assert "inget att berätta" in ask("veckan Farsta v 30 2021")
