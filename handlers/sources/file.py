"""The catalogue as rows to keep, in the same words as the import takes."""

from __future__ import annotations

from handlers.files.extracts import Extract, Field, Term
from handlers.files.formats import FORMATS
from handlers.measures.files import handed_over
from handlers.representation.scope import too_old
from handlers.requests import ButtonPressed
from handlers.sources.words import KINDS, STATUSES
from handlers.visit import Visit
from models.indicators.sources import sources
from models.language import Language
from models.message import Message
from models.rights import Action


def sources_file(visit: Visit, press: ButtonPressed) -> Message:
    """The catalogue as a file of the form that a button asks for."""
    visit.demand(Action.LOOK_UP)
    if press.value not in FORMATS:
        raise too_old(visit)
    extract = sources_extract(visit)
    return handed_over(visit, FORMATS[press.value](extract), extract, press.value)


def sources_extract(visit: Visit) -> Extract:
    """One row for each source and output, by name."""
    language = visit.language
    rows = tuple(
        (
            row.code,
            row.name,
            row.name_en,
            Term(row.kind.value, language._(KINDS[row.kind])),
            row.owner,
            row.population,
            row.periodicity,
            row.period,
            row.answers,
            row.method,
            row.limits,
            Term(row.status.value, language._(STATUSES[row.status][1])),
            row.reason,
            row.remark,
        )
        for row in sources(visit.session)
    )
    name = f"data-sources-{visit.on.isoformat()}"
    return Extract(name, language._("Data sources and outputs"), _fields(language), rows)


def _fields(language: Language) -> tuple[Field, ...]:
    _ = language._
    return (
        Field("code", _("Code")),
        Field("name", _("Name")),
        Field("name_en", _("Name in English")),
        Field("kind", _("Kind")),
        Field("owner", _("Owned by")),
        Field("population", _("Covers")),
        Field("periodicity", _("How often")),
        Field("period", _("Period")),
        Field("answers", _("How many")),
        Field("method", _("Method")),
        Field("limits", _("What it cannot say")),
        Field("status", _("Status")),
        Field("reason", _("Reason")),
        Field("remark", _("Remark")),
    )
