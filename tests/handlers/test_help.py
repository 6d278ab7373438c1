"""Help is made from the list of verbs, and what is not understood never acts."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from handlers.understanding.verbs import VERBS
from models.records import AuditEntry
from tests.conversations.talk import Member, Talk
from tests.handlers.conftest import Asking


def test_help_has_every_verb_with_its_example(ask: Asking) -> None:
    told = ask("hjälp")
    missing = [
        verb.intent
        for verb in VERBS
        if f"\n- {verb.swedish[0]}" not in told or verb.example_sv not in told
    ]
    assert missing == []


def test_help_speaks_english(ask: Asking) -> None:
    told = ask("help", by="priya.berg@slk.stockholm.example")
    missing = [
        verb.intent
        for verb in VERBS
        if f"\n- {verb.english[0]}" not in told or f"{verb.sentence} {verb.example_en}" not in told
    ]
    assert missing == []


def test_help_about_one_verb_shows_that_verb(ask: Asking) -> None:
    told = ask("hjälp rapportera")
    assert told.count("\n- ") == 1
    assert "rapportera FAR-014 pågår" in told


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("example", ["example_sv", "example_en"])
def test_every_example_is_understood(maja: Member, example: str) -> None:
    for verb in VERBS:
        assert "Jag förstod inte" not in maja.says(getattr(verb, example)), verb.intent


@pytest.mark.parametrize(
    "line", ["blurk", "mötet gick bra i går", "1234", "klar", "Kan du boka ett rum", "🙂"]
)
def test_what_is_not_understood_changes_nothing_and_offers_a_way_on(
    talk: Talk, maja: Member, line: str
) -> None:
    before = _traces(talk)
    told = maja.says(line)
    assert "Jag förstod inte det" in told
    assert "Inget ändrades." in told
    assert "Visa allt jag kan" in [button.label for button in maja.buttons()]
    assert _traces(talk) == before


def test_the_nearest_verbs_are_offered_as_buttons(maja: Member) -> None:
    maja.says("blurk")
    examples = {verb.example_sv for verb in VERBS}
    first, *_, last = [button.label for button in maja.buttons()]
    assert first in examples
    assert "Det här kan du skriva" in maja.presses(last)


def test_no_offered_button_reports(maja: Member) -> None:
    maja.says("raportt nu då")
    assert not any(button.value.startswith("rapportera") for button in maja.buttons())


def _traces(talk: Talk) -> int | None:
    with talk.database.read() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry))


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("ångra FAR-011", "[Visa FAR-011]"),
        ("FAR-011 on hold", "[Visa FAR-011]"),
        ("be Stina rapportera far11", "[Visa FAR-011]"),
        ("ångra FAR-999", ""),
    ],
)
def test_a_measure_in_a_line_that_is_not_understood_is_offered(
    ask: Asking, line: str, label: str
) -> None:
    told = ask(line)
    assert "Inget ändrades." in told
    assert label in told
    assert ("[Visa FAR-" in told) is bool(label)
