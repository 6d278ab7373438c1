"""Series of meetings on the calendar, and the items of an agenda."""

from __future__ import annotations

from datetime import date

import pytest

from models.meetings.agendas import Item, ItemKind, items
from models.meetings.plans import Rhythm, days_of


@pytest.mark.parametrize(
    ("rhythm", "first", "times", "kept", "left_out"),
    [
        (Rhythm.ONCE, "2024-06-18", 1, ["2024-06-18"], []),
        (Rhythm.WEEKLY, "2024-06-13", 3, ["2024-06-13", "2024-06-20", "2024-06-27"], []),
        (Rhythm.FORTNIGHTLY, "2024-06-07", 2, ["2024-06-07"], ["2024-06-21"]),
        (Rhythm.MONTHLY, "2024-06-11", 3, ["2024-06-11", "2024-08-13"], ["2024-07-09"]),
        (Rhythm.MONTHLY, "2024-05-29", 2, ["2024-05-29", "2024-06-26"], []),
        (Rhythm.MONTHLY, "2024-08-29", 3, ["2024-08-29", "2024-09-26", "2024-10-31"], []),
        (Rhythm.QUARTERLY, "2024-09-12", 2, ["2024-09-12", "2024-12-12"], []),
        (Rhythm.WEEKLY, "2024-07-02", 2, ["2024-07-02"], ["2024-07-09"]),
    ],
)
def test_a_rhythm_keeps_its_weekday_and_leaves_out_july_and_red_days(
    rhythm: Rhythm, first: str, times: int, kept: list[str], left_out: list[str]
) -> None:
    days = days_of(rhythm, date.fromisoformat(first), times)
    assert [day.isoformat() for day in days.kept] == kept
    assert [day.isoformat() for day in days.left_out] == left_out


@pytest.mark.parametrize(
    ("agenda", "found"),
    [
        ("", []),
        ("Beslut: Ny belysning", [(ItemKind.DECISION, "Ny belysning")]),
        ("1. samråd: Läget\n2) Info: Budget", [
            (ItemKind.CONSULTATION, "Läget"), (ItemKind.INFORMATION, "Budget"),
        ]),
        ("Uppstart; arbetsordning", [
            (ItemKind.OTHER, "Uppstart"), (ItemKind.OTHER, "arbetsordning"),
        ]),
        ("- Kamerorna (beslut)\n2. Mötet (kl. 13)", [
            (ItemKind.DECISION, "Kamerorna"), (ItemKind.OTHER, "Mötet (kl. 13)"),
        ]),
        ("Tid: 13.00", [(ItemKind.OTHER, "Tid: 13.00")]),
        ("Beslut:", [(ItemKind.OTHER, "Beslut:")]),
        ("Decision: Cameras\n\n", [(ItemKind.DECISION, "Cameras")]),
    ],
)  # fmt: skip
def test_an_agenda_says_what_each_item_is_for(
    agenda: str, found: list[tuple[ItemKind, str]]
) -> None:
    assert items(agenda) == tuple(Item(kind, title) for kind, title in found)
