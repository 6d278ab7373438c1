"""How far a large sending has come, in words."""

from __future__ import annotations

from models.delivery.sendings import Progress
from models.language import Language


def progress_line(language: Language, found: Progress) -> str:
    """How many of how many, and about when it will be done: "412 av 5 000, klart ca 09.14"."""
    sent, total = language.number(found.sent), language.number(found.total)
    if found.ends_at is None:
        return language._("{sent} of {total}", sent=sent, total=total)
    time = language.time(found.ends_at)
    return language._("{sent} of {total}, done about {time}", sent=sent, total=total, time=time)
