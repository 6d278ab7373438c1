"""Lines as members write them, in Swedish and English, with typos and without dots."""

from __future__ import annotations

from datetime import date
from statistics import median
from time import perf_counter

import pytest

from handlers.understanding import Intent, Registry, Understanding, understand
from tests.handlers.understanding.utterances import Utterance, utterances

ON = date(2024, 5, 15)
EXPLAINED = set(Understanding.model_fields) - Understanding.UNEXPLAINED
SPOKEN_OF = {str(utterance.expect["intent"]) for utterance in utterances()}


def _intents() -> list[str]:
    return sorted(SPOKEN_OF)


def _of(intent: str) -> list[Utterance]:
    return [each for each in utterances() if each.expect["intent"] == intent]


@pytest.mark.parametrize("intent", _intents())
def test_every_line_says_what_is_expected_of_it(registry: Registry, intent: str) -> None:
    faults = [
        fault
        for each in _of(intent)
        for fault in each.faults(understand(each.line, registry, each.on).explain())
    ]
    assert faults == []


@pytest.mark.parametrize("intent", _intents())
def test_capitals_blanks_and_invisible_signs_change_nothing(
    registry: Registry, intent: str
) -> None:
    for each in _of(intent):
        plain = understand(each.line.lower(), registry, each.on).explain()
        plain.pop("comment", None)
        loud = "\u200b \u00a0".join(f"\ufeff {each.line.upper()} ".split(" "))
        spaced = understand(loud, registry, each.on).explain()
        spaced.pop("comment", None)
        if "unknown_place" not in {*plain, *spaced}:
            assert spaced == plain, each.line


def test_the_lines_use_every_intent_and_every_key() -> None:
    used = {key for each in utterances() for key in each.expect}
    assert set(Intent) - {Intent(name) for name in SPOKEN_OF} <= {Intent.LINK}
    assert EXPLAINED - used <= {"survey", "indicator"}


def test_a_line_is_understood_in_a_millisecond_or_so(registry: Registry) -> None:
    taken = []
    for each in utterances()[:300]:
        started = perf_counter()
        understand(each.line, registry, each.on)
        taken.append(perf_counter() - started)
    assert median(taken) < 0.005


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("indikator otrygg-kväll Larsboda", "otrygg_kvall"),
        ("hur otryggt är det i Farsta?", "otrygg_kvall"),
        ("indikator skadegörelse", "skadegorelse"),
        ("indicator vandalism", "skadegorelse"),
    ],
)
def test_an_indicator_is_found_by_words_of_its_name(
    registry: Registry, line: str, code: str
) -> None:
    assert understand(line, registry, ON).indicator == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("resultat E-2024-001", "E-2024-001"),
        ("resultat Roller och resurser i centrala beredningsgruppen", "E-2024-002"),
        ("enkät läget i Farsta inför sommaren", "E-2024-004"),
        ("resultat Farsta", None),
    ],
)
def test_a_survey_is_found_by_its_code_or_several_words(
    registry: Registry, line: str, code: str | None
) -> None:
    assert understand(line, registry, ON).survey == code


@pytest.mark.parametrize(
    ("line", "place", "is_municipality"),
    [("vem Solna", "Solna", True), ("vem Jakobsberg", "Jakobsberg", False)],
)
def test_a_place_elsewhere_is_known_to_be_elsewhere(
    registry: Registry, line: str, place: str, is_municipality: bool
) -> None:
    wish = understand(line, registry, ON)
    assert (wish.unknown_place, wish.is_municipality) == (place, is_municipality)


def test_a_merged_district_is_remembered_by_its_old_name(registry: Registry) -> None:
    wish = understand("vem Östermalm styrgrupp", registry, ON)
    assert (wish.district, wish.former_district) == ("Norra innerstaden", "Östermalm")


@pytest.mark.parametrize("line", ["vem Farsta 31 februari", "who Farsta 2024-02-30"])
def test_a_day_that_does_not_exist_is_named_as_such(registry: Registry, line: str) -> None:
    wish = understand(line, registry, ON)
    assert wish.on is None
    assert wish.bad_date is not None
    assert wish.bad_date in line


def test_help_that_is_wanted_is_at_risk_with_a_flag(registry: Registry) -> None:
    assert understand("FAR-014 behöver hjälp", registry, ON).help_wanted
    assert not understand("FAR-014 riskerar försening", registry, ON).help_wanted


def test_pausing_is_told_from_resuming(registry: Registry) -> None:
    assert understand("pausa", registry, ON).pause == "on"
    assert understand("resume", registry, ON).pause == "off"


def test_linking_keeps_the_group_and_what_was_written(registry: Registry) -> None:
    wish = understand("koppla Farsta styrgrupp", registry, ON)
    assert (wish.intent, wish.district, wish.group) == (Intent.LINK, "Farsta", "steering")
    account = understand("koppla <@U012AB3CD> maja.ekvall@farsta.stockholm.example", registry, ON)
    assert account.rest == "<@U012AB3CD> maja.ekvall@farsta.stockholm.example"


def test_a_line_that_is_not_understood_offers_the_nearest_verbs(registry: Registry) -> None:
    assert understand("Farsta", registry, ON).nearest[0] is Intent.REPRESENTATION
    assert Intent.REPORT in understand("FAR-014 montage i höst", registry, ON).nearest
    assert understand("besluts om lunch", registry, ON).nearest[0] is Intent.DECISIONS


@pytest.mark.parametrize(
    "name",
    [
        "Lina Backeryd",
        "Sven Svensson",
        "lina.backeryd@polisen.example",
        "sven.svensson@polisen.example",
    ],
)
@pytest.mark.parametrize("verb", ["vem", "åtgärder"])
def test_a_line_about_a_protected_person_reads_as_one_about_a_stranger(
    registry: Registry, verb: str, name: str
) -> None:
    understood = understand(f"{verb} {name}", registry, ON)
    assert understood.unknown_place == name
    assert (understood.person, understood.party) == (None, None)


def test_who_is_shown_as_a_function_is_found_by_the_whole_name_only(registry: Registry) -> None:
    assert understand("vem är Petra Åkerblom", registry, ON).person == "Petra Åkerblom"
    for guess in ("vem är Petra", "vem är Åkerblom", "vem är Petra Åkerblon"):
        assert understand(guess, registry, ON).person is None


def test_an_address_names_whose_it_is_and_no_place(registry: Registry) -> None:
    understood = understand("vem maja.ekvall@farsta.stockholm.example", registry, ON)
    assert (understood.person, understood.district) == ("Maja Ekvall", None)


@pytest.mark.parametrize("preposition", ["till", "to"])
def test_somebody_is_co_opted_to_the_place_after_to(registry: Registry, preposition: str) -> None:
    line = f"adjungera Farsta stadsdelsförvaltning {preposition} Skärholmen styrgrupp"
    understood = understand(line, registry, ON)
    assert understood.organisation == "Farsta stadsdelsförvaltning"
    assert understood.district == "Skärholmen"
