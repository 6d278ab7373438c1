"""How often counting a closed survey was given up, remembered whatever process ends."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.records import SmallFact
from models.surveys.survey import Survey


def times_given_up(session: Session, survey: Survey) -> int:
    """How often counting it took too long, or ended the process that did."""
    kept = session.get(SmallFact, _name(survey))
    return int(kept.value) if kept else 0


def give_up(session: Session, survey: Survey) -> None:
    """Remembers once more that it was given up."""
    times = times_given_up(session, survey) + 1
    session.merge(SmallFact(name=_name(survey), value=str(times)))


def forget_attempts(session: Session, survey: Survey) -> None:
    """Forgets them when the survey is published."""
    kept = session.get(SmallFact, _name(survey))
    if kept is not None:
        session.delete(kept)


def _name(survey: Survey) -> str:
    return f"survey:{survey.id}:took_too_long"
