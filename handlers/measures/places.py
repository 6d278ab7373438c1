"""What measures themselves say of where they are and by what means they work."""

from __future__ import annotations

import re

from sqlalchemy import select

from handlers.understanding.line import key_of
from handlers.visit import Visit
from models.measures.measure import Measure


def says(measure: Measure, words: str) -> bool:
    """Whether a measure's place, title or means say some words, with or without å, ä and ö."""
    told = key_of(f"{measure.place} {measure.title} {measure.instrument}")
    return all(re.search(rf"(?<!\w){re.escape(key_of(word))}", told) for word in words.split())


def is_said_by_some(visit: Visit, words: str) -> bool:
    """Whether any measure's place, title or means say the words."""
    return any(says(each, words) for each in visit.session.scalars(select(Measure)))
