"""The catalogue of data sources and outputs: what there is, what waits, and one on its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from handlers.requests import ButtonPressed
from handlers.sources.deciding import decide_at_once
from handlers.sources.find import by_code, find_source, may_decide
from handlers.sources.proposing import propose
from handlers.sources.words import KINDS, STATUSES, facts_of, list_button, status_of, step_line
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.whole import whole
from models.indicators.indicator import Indicator
from models.indicators.sources import DataSource, SourceStatus, sources, steps_of
from models.message import (
    TABLE_ROWS,
    Actions,
    Button,
    Cell,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Reply,
    Table,
    Text,
)
from models.rights import Action

ORDER = (
    SourceStatus.PROPOSED,
    SourceStatus.INVESTIGATED,
    SourceStatus.IN_USE,
    SourceStatus.REJECTED,
)
"""The queue stands first, since somebody waits there."""


def data_sources(visit: Visit, wish: Understanding) -> Reply:
    """Answers `datakälla …`: a proposal, a decision, one source, or the list."""
    visit.demand(Action.LOOK_UP)
    if wish.wants_new:
        return propose(visit, wish.comment or "")
    if wish.source is None:
        return listing(visit, wish.source_status)
    row = find_source(visit, wish)
    if wish.source_status is not None:
        return decide_at_once(visit, row, wish.source_status, wish.comment or "")
    return card(visit, row)


def list_page(visit: Visit, press: ButtonPressed) -> Message:
    """The list of a status, from a page on: `in_use:1`."""
    visit.demand(Action.LOOK_UP)
    name, _, page = press.value.partition(":")
    status = SourceStatus(name) if name in list(SourceStatus) else None
    return listing(visit, status, whole(page) or 0)


def listing(visit: Visit, status: SourceStatus | None = None, page: int = 0) -> Message:
    """The sources with their owners and status, the queue first, page by page."""
    _ = visit.language._
    every = sources(visit.session)
    kept = [row for row in every if status in (None, row.status)]
    kept.sort(key=lambda row: ORDER.index(row.status))
    heading = _("Data sources and outputs")
    counts = Counter(row.status for row in every)
    told = " · ".join(
        f"{counts[each]} {_(STATUSES[each][1]).lower()}" for each in ORDER if counts[each]
    )
    if not kept:
        told = _("None yet.") if status is None else _("There are none with that status.")
    parts: list[Part] = [Heading(text=heading), Text(text=told)]
    start = min(page, max(0, (len(kept) - 1) // TABLE_ROWS)) * TABLE_ROWS
    shown = kept[start : start + TABLE_ROWS]
    if shown:
        parts.append(_table(visit, shown))
        parts.append(Note(text=_("Write `data source` and a name or code to read about one.")))
    more = len(kept) > start + TABLE_ROWS
    buttons = _list_buttons(visit, status, start // TABLE_ROWS + 1 if more else None)
    parts.append(Actions(buttons=buttons))
    return Message(summary=f"{heading}: {told}", parts=tuple(parts))


def _table(visit: Visit, shown: Sequence[DataSource]) -> Table:
    _ = visit.language._
    language = visit.language
    rows = tuple(
        (
            Cell(text=row.called(language.code)[:500]),
            Cell(text=row.code),
            Cell(text=(row.owner or "–")[:500]),
            Cell(text=(row.periodicity or "–")[:500]),
            Cell(status=status_of(language, row.status)),
        )
        for row in shown
    )
    columns = (_("Name"), _("Code"), _("Owned by"), _("How often"), _("Status"))
    return Table(columns=columns, rows=rows)


def _list_buttons(
    visit: Visit, status: SourceStatus | None, following: int | None
) -> tuple[Button, ...]:
    _ = visit.language._
    value = status.value if status else ""
    buttons = [Button(label=_("Propose a new one"), action="source.propose")]
    if following is not None:
        onward = f"{value}:{following}"
        buttons.insert(0, Button(label=_("Next page"), action="source.list", value=onward))
    if status is None:
        waiting = SourceStatus.PROPOSED.value
        buttons.append(Button(label=_("Proposals"), action="source.list", value=waiting))
    else:
        buttons.append(list_button(visit.language))
    buttons.append(Button(label=_("As a file"), action="source.file", value="csv"))
    return tuple(buttons)


def show(visit: Visit, press: ButtonPressed) -> Message:
    """The source that a button names."""
    visit.demand(Action.LOOK_UP)
    return card(visit, by_code(visit, press.value))


def card(visit: Visit, row: DataSource, said: str = "") -> Message:
    """All that is known of a source: facts, what is followed from it, and its way so far."""
    _ = visit.language._
    language = visit.language
    heading = row.called(language.code)[:150]
    status = status_of(language, row.status)
    parts: list[Part] = [Heading(text=heading), status]
    if said:
        parts.insert(0, Text(text=said))
    parts.append(Text(text=f"{_(KINDS[row.kind])} `{row.code}`{_whose(visit, row)}"))
    if row.reason:
        parts.append(Text(text=_("**Reason:** {reason}", reason=row.reason)))
    if facts := facts_of(language, row):
        parts.append(Facts(facts=facts))
    if followed := _followed(visit, row):
        parts.append(Text(text=followed))
    steps = [step_line(language, step) for step in steps_of(visit.session, row)]
    parts.append(Text(text="\n".join([f"**{_('History')}**", *steps[-20:]])))
    parts.append(Actions(buttons=_card_buttons(visit, row)))
    return Message(summary=f"{said or heading}: {status}"[:1000], parts=tuple(parts))


def _whose(visit: Visit, row: DataSource) -> str:
    """Who proposed it, and when."""
    if row.proposed_by is None or row.proposed_at is None:
        return ""
    name = row.proposed_by.shown_as()
    day = visit.language.day(visit.language.local(row.proposed_at).date())
    return f" · {visit.language._('proposed by {name} on {day}', name=name, day=day)}"


def _followed(visit: Visit, row: DataSource) -> str:
    """The indicators whose figures come from it."""
    query = select(Indicator).where(Indicator.data_source_id == row.id).order_by(Indicator.code)
    found = [
        f"{each.name(visit.language.code)} `{each.code}`" for each in visit.session.scalars(query)
    ]
    if not found:
        return ""
    return "\n".join([f"**{visit.language._('Indicators')}**", *(f"- {each}" for each in found)])


def _card_buttons(visit: Visit, row: DataSource) -> tuple[Button, ...]:
    _ = visit.language._
    buttons = []
    decides = may_decide(visit)
    if decides:
        label = _("Change status")
        buttons.append(Button(label=label, action="source.decide", value=row.code))
    mine = visit.asker is not None and row.proposed_by_id == visit.asker.id
    if decides or (mine and row.status is SourceStatus.PROPOSED):
        buttons.append(Button(label=_("Describe"), action="source.describe", value=row.code))
    return (*buttons, list_button(visit.language))
