"""Names that nobody here knows: said in the same words whether a place or a person was meant."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.errors import NotFound
from handlers.visit import Visit


def nobody(visit: Visit, name: str) -> NotFound:
    """That a name is unknown, so that who is protected cannot be told from who is not there."""
    return NotFound(unknown(visit, name, visit.registry.nearest_places(name)))


def unknown(visit: Visit, name: str, near: Sequence[str]) -> str:
    """That the name is unknown, and what is most like it."""
    _ = visit.language._
    names = visit.language.join(near)
    hint = _("Nearest names that I know: {names}.", names=names) if near else ""
    sentence = _("I find nothing called {place}.", place=name)
    example = _("Write for example `who Farsta steering group`.")
    return "\n".join(line for line in (sentence, hint, example) if line)
