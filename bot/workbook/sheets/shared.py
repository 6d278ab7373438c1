"""Columns that many sheets have."""

from __future__ import annotations

from bot.workbook.columns import Choices, Column, Kind, choices
from models.agreements import Level
from models.people.organisations import Party

LEVELS = choices(Level, "central", "lokal")
PARTIES = choices(Party, "stad", "polis", "extern", "gemensam")
LANGUAGES = Choices({"sv": "svenska", "en": "engelska"})

CODE_LENGTH = 60
"""A longer code has no room in what a choice in a message can hold."""


def code(guidance: str, example: str, form: str = "") -> Column:
    """The column whose short code names the row and is used by other sheets."""
    return Column(
        "code",
        "Kod",
        Kind.CODE,
        guidance,
        example=example,
        required=True,
        key=True,
        form=form,
        most=CODE_LENGTH,
    )


def text(
    name: str, label: str, guidance: str, example: str = "", most: int | None = None
) -> Column:
    """Words that may be left out; `most` is their greatest length."""
    return Column(name, label, Kind.TEXT, guidance, example, most=most)


def needed(name: str, label: str, guidance: str, example: str = "") -> Column:
    """Words that must be there."""
    return Column(name, label, Kind.TEXT, guidance, example, required=True)


def valid_from(*, key: bool = False) -> Column:
    """The first day on which the row is true."""
    return Column(
        "valid_from",
        "Gäller från",
        Kind.DATE,
        "Första dagen som uppgiften gäller.",
        "2023-07-01",
        required=True,
        key=key,
    )


def valid_to() -> Column:
    """The last day on which the row is true."""
    return Column(
        "valid_to",
        "Gäller till och med",
        Kind.LAST_DAY,
        "Sista dagen som uppgiften gäller. Tomt betyder tills vidare.",
    )


def aliases() -> Column:
    """Other names for the same."""
    return Column(
        "aliases",
        "Andra namn",
        Kind.WORDS,
        "Andra namn och förkortningar som används, med semikolon mellan.",
        "Enskede-Årsta; Vantör",
    )


def language(guidance: str) -> Column:
    """A language that the bot speaks."""
    return Column(
        "language", "Språk", Kind.CHOICE, guidance, "svenska", choices=LANGUAGES, default="sv"
    )


def area() -> Column:
    """A priority area's code, in any of its versions."""
    return Column(
        "area",
        "Prioriterat område",
        Kind.REFERENCE,
        "Koden från bladet Prioriterade områden, om något av dem berörs.",
        "unsafe_places",
        target="priority_areas",
    )


def remark() -> Column:
    """What the registrar wants to say about the row; the last column of every sheet."""
    return Column(
        "remark",
        "Anmärkning",
        Kind.TEXT,
        "Källa, osäkerhet eller annat om raden. Aldrig uppgifter om enskilda personer.",
    )
