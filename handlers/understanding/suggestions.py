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
_OF_NAMES = (Intent.REPRESENTATION, Intent.MEASURES, Intent.DIGEST)
_NAMES = {key_of(name): verb.intent for verb in VERBS for name in (*verb.swedish, *verb.english)}


def nearest_intents(marked: Marked, limit: int = 3) -> tuple[Intent, ...]:
    """The intents whose verbs the line holds or nearly holds, then the most used ones."""
    held = [Intent(mark.sense.value) for mark in marked.of(Kind.VERB) if mark.sense]
    near = [_NAMES[key] for word in marked.leftover[:5] for key in _nearest_name(word.key)]
    usual = _OF_NAMES if any(mark.names for mark in marked.marks) else _USUAL
    return tuple(dict.fromkeys((*held, *near, *usual)))[:limit]


def _nearest_name(key: str) -> list[str]:
    rows = process.extract(
        key, list(_NAMES), scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=1
    )
    return [row[0] for row in rows]
