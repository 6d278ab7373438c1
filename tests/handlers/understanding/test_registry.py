"""Names and what they stand for on a day, and which known names are near an unknown one."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.understanding import Intent, Registry, understand
from handlers.understanding.known import DistrictName

OLD = DistrictName("OLD", "Gamla", (), date(2000, 1, 1), date(2010, 1, 1), "MID")
MID = DistrictName("MID", "Mellersta", (), date(2010, 1, 1), date(2020, 1, 1), "NEW")
NEW = DistrictName("NEW", "Nya", (), date(2020, 1, 1), None, None)
LOOP = DistrictName("LOOP", "Runda", (), date(2000, 1, 1), date(2010, 1, 1), "LOOP")


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2009, 12, 31), "Gamla"),
        (date(2010, 1, 1), "Mellersta"),
        (date(2020, 1, 1), "Nya"),
        (date(1999, 1, 1), "Gamla"),
    ],
)
def test_a_merged_district_is_followed_through_its_successors(on: date, name: str) -> None:
    registry = Registry(districts=(OLD, MID, NEW))
    assert registry.district_on(OLD, on).name == name


def test_a_successor_that_leads_back_ends_the_search() -> None:
    registry = Registry(districts=(LOOP,))
    assert registry.district_on(LOOP, date(2024, 1, 1)) is LOOP


def test_an_empty_registry_understands_verbs() -> None:
    wish = understand("vem Farsta styrgrupp", Registry(), date(2024, 5, 15))
    assert (wish.intent, wish.unknown_place) == (Intent.REPRESENTATION, "Farsta")


def test_the_nearest_places_come_first(registry: Registry) -> None:
    assert registry.nearest_places("Skärholma")[0] == "Skärholmen"
    assert registry.nearest_places("") == []


def test_the_nearest_measures_are_the_owners_own_first(registry: Registry) -> None:
    mine = next(each for each in registry.measures if each.code == "FAR-014")
    assert registry.nearest_measures("FAR-0144", mine.owner_id)[0] == "FAR-014"
    assert registry.nearest_measures("XXXXXXXX") == []


def test_people_who_are_not_shown_are_never_suggested(registry: Registry) -> None:
    assert registry.nearest_people("Maja Ekval")[0] == "Maja Ekvall"
    assert "Lina Backeryd" not in registry.nearest_people("Lina Backeryd")


@pytest.mark.parametrize(
    ("word", "is_place"),
    [("första", False), ("flytta", False), ("lista", False), ("farsat", True), ("kist", True)],
)
def test_ordinary_words_are_not_taken_for_misspelt_places(
    registry: Registry, word: str, is_place: bool
) -> None:
    wish = understand(f"möten {word}", registry, date(2024, 5, 15))
    assert (wish.district is not None) is is_place


def test_a_registry_shows_itself_without_its_names(registry: Registry) -> None:
    assert len(repr(registry)) < 200


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("vem Järva arbetsgrupp nyrekrytering", "JAR-ARB"),
        ("vem Järva arbetsgrupp kriminella konflikter", "JAR-ARB-4"),
        ("vem Skärholmens arbetsgrupp narkotika", "SKH-ARB"),
        ("vem JAR-ARB-2", "JAR-ARB-2"),
        ("vem Järva arbetsgrupp", None),
        ("vem Farsta styrgrupp", None),
    ],
)
def test_a_group_is_known_by_its_code_or_its_own_words(
    registry: Registry, line: str, code: str | None
) -> None:
    wish = understand(line, registry, date(2024, 5, 15))
    assert (wish.intent, wish.group_code) == (Intent.REPRESENTATION, code)
