"""Sharing: what I see is mine until I choose to show it to everyone in the channel."""

from __future__ import annotations

import pytest

from models.message import Audience
from tests.conversations.talk import Member, Talk
from tests.handlers.measures.test_report import reports

SHARE = "Dela i kanalen"


def labels(member: Member) -> list[str]:
    """The labels of the last answer's buttons."""
    return [button.label for button in member.buttons()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("vem Farsta styrgrupp", True),
        ("åtgärder Farsta", True),
        ("varför FAR-014", True),
        ("möten Farsta", True),
        ("beslut Farsta", True),
        ("veckan Farsta", True),
        ("vakanser Farsta", True),
        ("indikator otrygg-kväll Farsta", True),
        ("resultat E-2024-001", True),
        ("", False),
        ("hjälp", False),
        ("min roll", False),
        ("inställningar", False),
        ("enkät", False),
        ("rapportera FAR-011 pågår", False),
    ],
)
def test_answers_about_the_common_work_can_be_shared_from_a_channel(
    maja: Member, line: str, offered: bool
) -> None:
    in_channel = maja.in_channel()
    in_channel.says(line)
    assert in_channel.message().audience is Audience.YOU
    assert (SHARE in labels(in_channel)) == offered


def test_in_a_direct_message_there_is_nobody_to_share_with(maja: Member) -> None:
    maja.says("vem Farsta styrgrupp")
    assert SHARE not in labels(maja)


def test_what_is_shared_says_by_whom_and_cannot_be_shared_again(maja: Member) -> None:
    maja = maja.in_channel()
    maja.says("vem Farsta styrgrupp")
    told = maja.presses(SHARE)
    assert "Stina Hallgren" in told
    assert told.rstrip().endswith("(Delat av Maja Ekvall)")
    assert maja.message().audience is Audience.EVERYONE
    assert SHARE not in labels(maja)


@pytest.mark.parametrize(
    "line", ["rapportera FAR-011 klar", "paus", "koppla FAR-BER", "enkät", "min roll", "", "hjälp"]
)
def test_a_made_up_share_neither_changes_nor_shows(talk: Talk, maja: Member, line: str) -> None:
    maja = maja.in_channel()
    assert "Knappen är för gammal" in maja.sends_button("share", line)
    assert maja.message().audience is Audience.YOU
    assert reports(talk) == []


def test_a_made_up_share_in_a_direct_message_shows_nothing(maja: Member) -> None:
    assert "Knappen är för gammal" in maja.sends_button("share", "vem Farsta styrgrupp")
