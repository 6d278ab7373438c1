"""A survey that is open only while the bot asks nobody: its maker is told, and what to do."""

from __future__ import annotations

from handlers.visit import Visit
from models.surveys.survey import Survey, silent_openings

SILENT = (
    "**Nobody gets a message about it when it opens {days}.** It is open only in July, in "
    "evenings, on weekends or red days then, and I ask nobody anything in that time."
)
OTHER_DAYS = "Choose other days, or send it out anyway and tell the members to write `survey`."
FIND_IT = "Tell the members to write `survey`: there they can answer it."


def mark(survey: Survey) -> str:
    """Which openings are warned of, so that the same a second time are meant; nothing for none."""
    return " ".join(at.isoformat() for at in silent_openings(survey))


def is_all_silent(survey: Survey) -> bool:
    """Whether nobody is ever invited to it by a message."""
    return len(silent_openings(survey)) == survey.waves - (survey.wave or 1) + 1


def warning(visit: Visit, survey: Survey) -> str:
    """What is said before such a survey is saved; nothing where everybody is invited."""
    return _told(visit, survey, OTHER_DAYS)


def remark(visit: Visit, survey: Survey) -> str:
    """What is said of one that is saved; nothing where everybody is invited."""
    return _told(visit, survey, FIND_IT)


def _told(visit: Visit, survey: Survey, what_to_do: str) -> str:
    language = visit.language
    days = [language.day(language.local(at).date(), visit.on) for at in silent_openings(survey)]
    if not days:
        return ""
    return f"{language._(SILENT, days=language.join(days))} {language._(what_to_do)}"
