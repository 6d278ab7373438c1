"""The number that says whether the names have changed since they were read."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.records import SmallFact

NAME = "registry_version"


def registry_version(session: Session) -> str:
    """The version of the names as they stand; empty before anything was imported."""
    fact = session.get(SmallFact, NAME)
    return fact.value if fact else ""


def names_have_changed(session: Session) -> None:
    """Lets every process read the names again before its next answer."""
    fact = session.get(SmallFact, NAME)
    if fact is None:
        session.add(SmallFact(name=NAME, value="1"))
    else:
        fact.value = str(int(fact.value) + 1)
