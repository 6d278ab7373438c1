"""The list of verbs, from which help, completion and the manifests are made."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.understanding import Intent, Registry, understand
from handlers.understanding.verbs import VERBS, Verb, verb_of

ON = date(2024, 6, 10)


def test_every_intent_but_the_unknown_has_one_verb() -> None:
    assert [verb_of(intent) is None for intent in Intent] == [
        intent is Intent.UNKNOWN for intent in Intent
    ]
    assert len({verb.intent for verb in VERBS}) == len(VERBS)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.intent.value)
def test_every_name_and_example_means_its_verb(registry: Registry, verb: Verb) -> None:
    lines = (*verb.swedish, *verb.english, verb.example_sv, verb.example_en)
    wrong = [
        line for line in lines if understand(line, registry, ON).intent not in _meant(line, verb)
    ]
    assert wrong == []


def _meant(line: str, verb: Verb) -> set[Intent]:
    """`vilka`, `företräder` and the like need something to be about."""
    alone = verb.intent is Intent.REPRESENTATION and " " not in line
    return {verb.intent, Intent.UNKNOWN} if alone else {verb.intent}


def test_a_verb_is_told_in_the_readers_language() -> None:
    verb = verb_of(Intent.MEETINGS)
    assert verb is not None
    assert verb.names("sv")[0] == "möten"
    assert verb.example("en") == "next meeting Bromma"
