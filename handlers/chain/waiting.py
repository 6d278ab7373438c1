"""What waits for approval: for me, and in a district; and who has approved what when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.chain.approval_words import Shown, approval_message, standing_line, submitted
from handlers.chain.scope import Scope
from handlers.chain.seen import shown_to, thing_named
from handlers.chain.things import Approved, find_all, find_link, group_of
from handlers.chain.words import key_of, name, party_names
from handlers.measures.report import find_measure
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.agreements import Level
from models.chain.approvals import (
    ChangeProposal,
    Subject,
    Version,
    all_proposals,
    deciding_groups,
    silent_parties,
    speaks_for,
    waiting_versions,
)
from models.chain.links import Direction, Goal
from models.chain.party_voices import Voices, voices_in
from models.groups import Seat, SeatRole
from models.message import Actions, Button, Cell, Heading, Message, Note, Part, Quote, Table, Text
from models.rights import Action
from models.schedule import local_day

ROWS = 10
MOST_BUTTONS = 4
SPEAKING = (SeatRole.CHAIR, SeatRole.DEPUTY)
"""From which seats somebody may speak for a party."""


@dataclass(frozen=True)
class Waiting:
    """A version that waits, the thing it is of, and whether it waits for whoever asks."""

    version: Version
    thing: Approved
    is_mine: bool


def approvals(visit: Visit, wish: Understanding) -> Message:
    """Answers `att godkänna …`: what waits for me first, or the one thing that is named."""
    visit.demand(Action.SEE_MEASURES)
    if wish.measure:
        return approval_message(shown_to(visit, find_measure(visit, wish.measure)))
    link = find_link(visit.session, wish.rest) if wish.rest else None
    if isinstance(link, Direction | Goal):
        return history_of(visit, link) if wish.past else approval_message(shown_to(visit, link))
    district, level = wish.district or "", wish.level.value if wish.level else ""
    return _list(visit, district, level, 0)


def waiting_page(visit: Visit, press: ButtonPressed) -> Message:
    """Another page of what waits."""
    visit.demand(Action.SEE_MEASURES)
    scope = Scope.read(visit, press.value)
    return _list(visit, scope.district, scope.level, scope.page)


def show(visit: Visit, press: ButtonPressed) -> Message:
    """One thing with its approval and the buttons of whoever looks."""
    visit.demand(Action.SEE_MEASURES)
    return approval_message(shown_to(visit, thing_named(visit, press.value)))


def all_waiting(visit: Visit) -> list[Waiting]:
    """All that waits for a party, what waits for whoever asks first, then the oldest."""
    versions = waiting_versions(visit.session)
    things = find_all(visit.session, [Subject(each.kind, each.subject) for each in versions])
    groups = deciding_groups(visit.session, map(group_of, things.values()), visit.on)
    voices = voices_in(visit.session, [each.id for each in groups.values()], visit.on)
    found = []
    for version in versions:
        thing = things.get(Subject(version.kind, version.subject))
        if thing is not None:
            theirs = voices[groups[group_of(thing).id].id]
            found.append(Waiting(version, thing, _waits_for(visit, version, theirs)))
    return sorted(found, key=lambda each: not each.is_mine)


def _waits_for(visit: Visit, version: Version, voices: Voices) -> bool:
    asker = visit.asker
    silent = silent_parties(version)
    return asker is not None and any(speaks_for(voices, party, asker) for party in silent)


def waiting_lines(visit: Visit, seats: Iterable[Seat]) -> list[str]:
    """For `min roll`: how many wordings wait for my approval; nothing where none does."""
    found = _mine(visit, seats)
    return [_counted(visit, found)] if found else []


def _counted(visit: Visit, found: list[Waiting]) -> str:
    return visit.language.n(
        "{number} wording waits for your approval",
        "{number} wordings wait for your approval",
        len(found),
    )


def _mine(visit: Visit, seats: Iterable[Seat]) -> list[Waiting]:
    """What waits for whoever has these seats; only a chair and a deputy need to be looked up."""
    if not any(seat.role in SPEAKING for seat in seats):
        return []
    return [each for each in all_waiting(visit) if each.is_mine]


def waiting_parts(visit: Visit, seats: Iterable[Seat]) -> list[Part]:
    """For the home: the wordings that wait for my approval; nothing where none does."""
    found = _mine(visit, seats)
    if not found:
        return []
    heading = _counted(visit, found)
    lines = [
        f"- {name(visit.language, each.thing)} {each.thing.title}" for each in found[:MOST_BUTTONS]
    ]
    buttons = list(_show_buttons(visit, found))
    if len(found) > MOST_BUTTONS:
        line = visit.language._("to approve")
        buttons.append(Button(label=visit.language._("Show all"), action="say", value=line))
    text = "\n".join([f"**{heading}**", *lines])
    return [Text(text=text[:3000]), Actions(buttons=tuple(buttons))]


def _show_buttons(visit: Visit, found: list[Waiting]) -> Iterator[Button]:
    for each in found[:MOST_BUTTONS]:
        called = name(visit.language, each.thing)
        label = visit.language._("Read: {title}", title=called)
        value = key_of(each.thing)
        yield Button(label=label[:40], action="approval.show", value=value)


def _list(visit: Visit, district: str, level: str, page: int) -> Message:
    _ = visit.language._
    every = [each for each in all_waiting(visit) if _is_in(each, district, level)]
    is_open = not (district or level) and visit.asker is not None
    if is_open and any(each.is_mine for each in every):
        every = [each for each in every if each.is_mine]
        is_open = False
    heading = _("Waiting for approval")
    if district or level:
        heading = f"{heading} · {district or _('central groups')}"
    shown = every[page * ROWS : (page + 1) * ROWS]
    parts: list[Part] = [Heading(text=heading[:150])]
    if is_open and every:
        parts.append(Note(text=_("Nothing waits for you. This waits for others.")))
    if not shown:
        parts.append(Text(text=_("Nothing waits for approval.")))
        return Message(summary=f"{heading}: {_('none')}"[:1000], parts=tuple(parts))
    rows = tuple(_row(visit, each) for each in shown)
    columns = (_("What"), _("Waits for"), _("Since"))
    parts.append(Table(columns=columns, rows=rows))
    parts.append(Actions(buttons=tuple(_show_buttons(visit, shown))))
    parts += _turn(visit, Scope(district=district, level=level, page=page), len(every))
    counted = visit.language.n("{number} in all", "{number} in all", len(every))
    return Message(summary=f"{heading}: {counted}"[:1000], parts=tuple(parts), replaces=page > 0)


def _is_in(waiting: Waiting, district: str, level: str) -> bool:
    group = group_of(waiting.thing)
    if level == Level.CENTRAL:
        return group.level is Level.CENTRAL
    return not district or (group.district is not None and group.district.name == district)


def _row(visit: Visit, waiting: Waiting) -> tuple[Cell, ...]:
    called = f"{name(visit.language, waiting.thing)} {waiting.thing.title}"
    parties = party_names(visit.language, silent_parties(waiting.version))
    day = visit.language.day(local_day(waiting.version.at), visit.on)
    return (Cell(text=called[:500]), Cell(text=parties), Cell(text=day))


def _turn(visit: Visit, scope: Scope, number: int) -> list[Part]:
    _ = visit.language._
    parts: list[Part] = []
    if number > (scope.page + 1) * ROWS:
        value = scope.at_page(scope.page + 1)
        button = Button(label=_("Next page"), action="approval.list", value=value)
        parts.append(Actions(buttons=(button,)))
    if number > MOST_BUTTONS:
        parts.append(Note(text=_("Write `approvals` and a code to read one of them.")))
    return parts


def show_history(visit: Visit, press: ButtonPressed) -> Message:
    """Every version of a thing, the newest first: who submitted and who approved it when."""
    visit.demand(Action.SEE_MEASURES)
    return history_of(visit, thing_named(visit, press.value))


def history_of(visit: Visit, thing: Approved) -> Message:
    """Every version of a thing with what was proposed instead."""
    shown = shown_to(visit, thing)
    heading = visit.language._("History of {name}", name=name(visit.language, thing))
    parts: list[Part] = [Heading(text=heading[:150]), Text(text=standing_line(shown))]
    recent = shown.versions[-MOST_VERSIONS:]
    proposals = all_proposals(visit.session, recent)
    for version in reversed(recent):
        parts += _version_parts(shown, version, proposals.get(version.id, ()))
    hidden = len(shown.versions) - MOST_VERSIONS
    if hidden > 0:
        said = "{number} older version stands in the audit log."
        many = "{number} older versions stand in the audit log."
        parts.append(Note(text=visit.language.n(said, many, hidden)))
    return Message(summary=f"{heading}: {standing_line(shown)}"[:1000], parts=tuple(parts))


MOST_VERSIONS = 10


def _version_parts(
    shown: Shown, version: Version, proposals: Iterable[ChangeProposal]
) -> Iterator[Part]:
    """A version, who approved it when, its wording, and what was proposed instead."""
    language = shown.language
    removal = f" · {language._('To be taken away')}" if version.removes else ""
    lines = [f"**{submitted(language, version)}**{removal}"]
    for each in version.approvals:
        party = party_names(language, [each.party])
        moment = language.moment(each.at)
        said = language._(
            "approved by {party}: {name}, {moment}",
            party=party,
            name=each.person.shown_as(),
            moment=moment,
        )
        lines.append(f"- {said}")
    yield Text(text="\n".join(lines))
    yield Quote(text=version.wording)
    for proposal in proposals:
        when = language.moment(proposal.at)
        said = language._("{name} wrote {moment}:", name=proposal.person.shown_as(), moment=when)
        yield Text(text=said)
        yield Quote(text=proposal.text)
