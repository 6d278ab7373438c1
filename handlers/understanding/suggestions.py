"""The verbs to offer when a line was not understood."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.line import key_of
from handlers.understanding.marks import Marked
from handlers.understanding.meaning import Intent
from handlers.understanding.verbs import VERBS
from handlers.understanding.vocabulary import Kind

_USUAL = (Intent.REPRESENTATION, Intent.MEASURES, Intent.REPORT)
_NAMES = {key_of(name): verb.intent for verb in VERBS for name in (*verb.swedish, *verb.english)}


def nearest_intents(marked: Marked, limit: int = 3) -> tuple[Intent, ...]:
    """The intents whose verbs the line holds or nearly holds, then the most used ones."""
    held = [Intent(mark.sense.value) for mark in marked.of(Kind.VERB) if mark.sense]
    near = [
        _NAMES[found[0]]
        for word in marked.leftover[:5]
        if (found := process.extractOne(word.key, list(_NAMES), scorer=OSA.normalized_similarity))
        and found[1] >= 0.6
    ]
    return tuple(dict.fromkeys((*held, *near, *_USUAL)))[:limit]
