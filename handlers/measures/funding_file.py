"""The measures behind the sums of funding as rows, to be summed anew in a spreadsheet."""

from __future__ import annotations

import json

from handlers.files.extracts import Extract, Field
from handlers.files.formats import FORMATS
from handlers.measures.files import handed_over
from handlers.measures.funding import Funded, Wanted
from handlers.representation.scope import too_old
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.message import Message
from models.rights import Action


def funding_file(visit: Visit, press: ButtonPressed) -> Message:
    """The measures that a button's sums are of, in the form that it asks for."""
    visit.demand(Action.SEE_MEASURES)
    wanted = Wanted.read(visit, press.value)
    form = str(json.loads(press.value).get("form", ""))
    if form not in FORMATS:
        raise too_old(visit)
    extract = extract_of(Funded(visit, wanted))
    return handed_over(visit, FORMATS[form](extract), extract, form)


def extract_of(funded: Funded) -> Extract:
    """One row for each measure, also those that say no amount."""
    visit, wanted = funded.visit, funded.wanted
    rows = tuple(
        (
            each.code,
            each.title,
            each.start_on.year,
            funded.area(each),
            funded.district(each),
            each.group.name,
            each.funding_source,
            each.funding_kr,
        )
        for each in funded.measures
    )
    name = "-".join(["funding", *([str(wanted.year)] if wanted.year else []), str(visit.on)])
    return Extract(name, visit.language._("Funding"), _fields(visit), rows)


def _fields(visit: Visit) -> tuple[Field, ...]:
    _ = visit.language._
    return (
        Field("measure", _("Measure code")),
        Field("title", _("Measure")),
        Field("year", _("Year")),
        Field("area", _("Priority area")),
        Field("district", _("District")),
        Field("group", _("Group")),
        Field("funding_source", _("Funding from")),
        Field("funding_kr", _("Funding, SEK")),
    )
