"""The askings that got no answer, as a line to those who lead the group."""

from __future__ import annotations

from collections.abc import Sequence

from digests.asking import Asking
from digests.words import say
from models.language import Language
from models.measures.measure import Prompt
from models.message import Actions, Button, Text
from models.people.organisations import Person
from models.schedule import local_day

MOST = 10


def silence_asking(reader: Person, silent: Sequence[Prompt], language: Language) -> Asking:
    """Who did not answer about what, in one text with a way to report in their place."""
    lines = [_line(prompt, language) for prompt in silent[:MOST]]
    if len(silent) > MOST:
        lines.append(say("silence", "more", language, number=len(silent) - MOST))
    lead = say("silence", "lead", language)
    codes = " ".join(prompt.measure.code for prompt in silent[:MOST])
    button = Button(label=say("silence", "report", language), action="report.among", value=codes)
    return Asking(
        reader.id,
        say("silence", "topic", language, number=len(silent)),
        (Text(text="\n".join([f"**{lead}**", *lines])), Actions(buttons=(button,))),
    )


def _line(prompt: Prompt, language: Language) -> str:
    reminded = prompt.reminded_at
    return "- " + say(
        "silence",
        "line",
        language,
        measure=prompt.measure,
        person=prompt.person.shown_as(),
        asked=local_day(prompt.asked_at),
        reminded=local_day(reminded) if reminded else None,
    )
