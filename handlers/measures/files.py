"""A list of measures to keep, as CSV or workbook: each row with all that its card could say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from handlers.chain.things import subject_of, wording
from handlers.chain.words import approval_status
from handlers.errors import Refusal
from handlers.files.extracts import Extract, Field, Term, Value
from handlers.files.formats import FORMATS
from handlers.measures.change_words import HORIZONS
from handlers.measures.listing import title_of
from handlers.measures.selection import Filter, Row, Selection
from handlers.representation.scope import too_old
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.agreements import PriorityArea
from models.chain.approvals import Subject, Version, histories, state
from models.chain.approvals_past import versions_before
from models.chain.links import with_chain
from models.language import Language
from models.measures.measure import Measure, ProgressReport, measure_contributor
from models.message import FILE_BYTES, Actions, Button, File, Heading, Message, Note
from models.people.organisations import Organisation
from models.rights import Action
from models.schedule import local_day
from models.wording import CATEGORIES, PARTIES, standing_words, status_words


def files_menu(visit: Visit, press: ButtonPressed) -> Message:
    """The kinds of file in which a list can be had."""
    visit.demand(Action.SEE_MEASURES)
    wanted, _more = Filter.read(visit, press.value)
    _ = visit.language._
    title = _("Download · {group}", group=title_of(Selection(visit, wanted)))[:150]
    buttons = tuple(
        Button(label=label, action="measures.file", value=wanted.as_value(form=form))
        for label, form in (("CSV", "csv"), ("Excel", "xlsx"))
    )
    note = _("All pages of the list, with what each measure's card says.")
    return Message(
        summary=title, parts=(Heading(text=title), Actions(buttons=buttons), Note(text=note))
    )


def measures_file(visit: Visit, press: ButtonPressed) -> Message:
    """The list that a button asks for, as a file."""
    visit.demand(Action.SEE_MEASURES)
    wanted, more = Filter.read(visit, press.value)
    form = more.get("form", "")
    if form not in FORMATS:
        raise too_old(visit)
    extract = extract_of(Selection(visit, wanted))
    return handed_over(visit, FORMATS[form](extract), extract, form)


def handed_over(visit: Visit, content: bytes, extract: Extract, form: str) -> Message:
    """A file of rows with how many there are and on which day; too large a one is refused."""
    if len(content) > FILE_BYTES:
        raise Refusal(
            visit.language._("This is too much for one file. Ask for one group or one area.")
        )
    language = visit.language
    file = File.holding(content, label=extract.title[:200], name=f"{extract.name}.{form}")
    rows = language.n("{number} row", "{number} rows", len(extract.rows))
    day = language._("As of {day}", day=language.day(visit.on))
    return Message(
        summary=language._("The file {name} is ready.", name=file.name),
        parts=(Heading(text=extract.title[:150]), file, Note(text=f"{rows} · {day}")),
    )


def extract_of(selection: Selection) -> Extract:
    """One row for each measure of a selection, the most urgent first."""
    visit, rows = selection.visit, selection.rows
    with_words = _Words(visit, rows, _versions(selection))
    code = selection.wanted.group or selection.wanted.district or "all"
    name = f"measures-{_safe(code)}-{visit.on.isoformat()}"
    values = tuple(with_words.row(row) for row in rows)
    return Extract(name, title_of(selection), _fields(visit.language), values)


def _versions(selection: Selection) -> dict[Subject, list[Version]]:
    """What was submitted of the measures; they are read with their goals and causes on the way."""
    session, rows = selection.visit.session, selection.rows
    linked = with_chain().where(Measure.id.in_([row.measure.id for row in rows]))
    measures = session.scalars(linked).unique().all()
    found = histories(session, [subject_of(measure) for measure in measures])
    return versions_before(found, selection.known_at) if selection.known_at else found


def _safe(text: str) -> str:
    """A name that every file system takes."""
    return "".join(sign if sign.isalnum() else "-" for sign in text)[:40]


def _area_names(visit: Visit) -> dict[str, str]:
    areas = visit.session.scalars(select(PriorityArea).order_by(PriorityArea.valid_from))
    return {area.code: area.name(visit.language.code) for area in areas}


def contributors(visit: Visit, rows: Sequence[Row]) -> dict[int, list[str]]:
    """The names of the organisations that help, by the measure's id."""
    query = (
        select(measure_contributor.c.measure_id, Organisation.name)
        .join(Organisation, Organisation.id == measure_contributor.c.organisation_id)
        .where(measure_contributor.c.measure_id.in_([row.measure.id for row in rows]))
        .order_by(Organisation.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for measure_id, name in visit.session.execute(query):
        found[measure_id].append(name)
    return found


def _fields(language: Language) -> tuple[Field, ...]:
    _ = language._
    return (
        Field("measure", _("Measure code")),
        Field("title", _("Measure")),
        Field("state", _("Status")),
        Field("days_silent", _("Days since the last report")),
        Field("due_on", _("Due")),
        Field("owner", _("Owner")),
        Field("organisation", _("Organisation")),
        Field("party", _("Party")),
        Field("contributors", _("Contributors")),
        Field("group", _("Group code")),
        Field("group_name", _("Group")),
        Field("area", _("Priority area")),
        Field("category", _("Kind")),
        Field("instrument", _("Instrument")),
        Field("place", _("Place")),
        Field("start_on", _("Start")),
        Field("horizon", _("Horizon")),
        Field("cadence_days", _("Reported every … days")),
        Field("funding_source", _("Funding from")),
        Field("funding_kr", _("Funding, SEK")),
        Field("promised", _("Promised")),
        Field("promise_unit", _("Promised unit")),
        Field("problem", _("Problem")),
        Field("cause", _("Cause")),
        Field("goal", _("Goal")),
        Field("linked_goals", _("Linked goals")),
        Field("linked_causes", _("Linked causes")),
        Field("approval", _("Approval")),
        Field("reported_on", _("Last reported")),
        Field("reported_status", _("Last reported as")),
        Field("percent", _("Percent")),
        Field("times_done", _("Times done")),
        Field("comment", _("Comment")),
        Field("obstacle", _("What hinders")),
        Field("next_step", _("Next step")),
    )


class _Words:
    """Turns rows into values, with the names that stand for codes."""

    def __init__(
        self, visit: Visit, rows: Sequence[Row], versions: dict[Subject, list[Version]]
    ) -> None:
        self.language, self.areas = visit.language, _area_names(visit)
        self.contributors, self.versions = contributors(visit, rows), versions

    def row(self, row: Row) -> tuple[Value, ...]:
        """A measure, how it stands, and what was last reported."""
        measure = row.measure
        state = Term(row.standing.light.value, standing_words(row.standing, self.language).word)
        silent = None if row.standing.status.is_closed else row.standing.days_silent
        start = (measure.code, measure.title, state, silent, measure.due_on)
        return (*start, *self._people(row), *self._about(measure), *self._reported(row.report))

    def _people(self, row: Row) -> tuple[Value, ...]:
        measure = row.measure
        owner = measure.owner.shown_as() if measure.owner and row.is_owned else ""
        party = Term(measure.party.value, self.language._(PARTIES[measure.party]))
        helping = ", ".join(self.contributors.get(measure.id, ()))
        group = measure.group
        return (owner, measure.organisation.name, party, helping, group.code, group.name)

    def _about(self, measure: Measure) -> tuple[Value, ...]:
        _ = self.language._
        area = self.areas.get(measure.area, measure.area)
        return (
            Term(measure.area, area) if measure.area else None,
            Term(measure.category.value, _(CATEGORIES[measure.category])),
            measure.instrument,
            measure.place,
            measure.start_on,
            Term(measure.horizon.value, _(HORIZONS[measure.horizon])),
            measure.cadence_days,
            measure.funding_source,
            measure.funding_kr,
            measure.promised,
            measure.promise_unit,
            measure.problem,
            measure.cause,
            measure.goal,
            "; ".join(f"{each.code} {each.title}" for each in measure.goals),
            "; ".join(f"{each.code} {each.title}" for each in measure.causes),
            self._approval(measure),
        )

    def _approval(self, measure: Measure) -> Term | None:
        """Where both parties' approval stands; nothing where it was not asked for."""
        versions = self.versions.get(subject_of(measure), [])
        if not versions:
            return None
        reads = wording(measure)
        word = approval_status(self.language, versions, reads).word
        return Term(state(versions, reads).value, word)

    def _reported(self, report: ProgressReport | None) -> tuple[Value, ...]:
        """The last report as it was written; whether it still holds, the state says."""
        if report is None:
            return (None, None, None, None, "", "", "")
        said = Term(report.status.value, status_words(self.language, report.status).word)
        words = (report.comment, report.obstacle, report.next_step)
        return (local_day(report.at), said, report.percent, report.times_done, *words)
