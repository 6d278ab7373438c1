"""How many of those called come, and how many districts have given input, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from models.language import Language
from models.meetings.attendance import Attending
from models.meetings.inputs import InputState


def attendance_words(language: Language, numbers: Counter[Attending | None]) -> str:
    """How many come, send a deputy, cannot come and have not answered, of those called."""
    n = language.n
    coming, deputy, absent, silent = (
        numbers[each] for each in (Attending.COMING, Attending.DEPUTY, Attending.ABSENT, None)
    )
    said = {
        n("{number} is coming", "{number} are coming", coming): coming,
        n("{number} sends a deputy", "{number} send a deputy", deputy): deputy,
        n("{number} cannot come", "{number} cannot come", absent): absent,
        n("{number} has not answered", "{number} have not answered", silent): silent,
    }
    called = n("{number} is called", "{number} are called", numbers.total())
    return f"{called}: {_those_that_are(said)}"


def input_words(language: Language, numbers: Counter[InputState]) -> str:
    """How many districts have given, have nothing to add, are silent, could not be reached."""
    n = language.n
    given, nothing, silent, unreached = (
        numbers[each]
        for each in (
            InputState.GIVEN,
            InputState.NOTHING,
            InputState.SILENT,
            InputState.UNREACHED,
        )
    )
    said = {
        n("{number} has given input", "{number} have given input", given): given,
        n("{number} has nothing to add", "{number} have nothing to add", nothing): nothing,
        n("{number} has not answered", "{number} have not answered", silent): silent,
        n("{number} could not be reached", "{number} could not be reached", unreached): unreached,
    }
    asked = n("{number} district", "{number} districts", numbers.total())
    return f"{asked}: {_those_that_are(said)}"


def _those_that_are(said: Mapping[str, int]) -> str:
    return ", ".join(words for words, number in said.items() if number)
