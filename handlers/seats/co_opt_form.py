"""The form in which a seat on demand is asked for: what it offers, what it holds already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process
from sqlalchemy import select

from handlers.seats.co_opt_words import missing_line, names, party_names
from handlers.visit import Visit
from models.base import held_on
from models.chain.party_voices import PARTIES, voices_of
from models.groups import Group
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    Form,
    FormField,
    PersonField,
    TextField,
)
from models.people.organisations import Organisation, OrganisationKind, Person
from models.rights import Action, may
from models.seats.holders import seats_of_person

REASON_LENGTH = 500
MOST_CHOICES = 100
WANTED_FIRST = (
    OrganisationKind.SPECIALIST_ADMINISTRATION,
    OrganisationKind.COMPANY,
    OrganisationKind.EXTERNAL,
    OrganisationKind.ADVISORY_COUNCIL,
)
"""Who is asked for most: those that are prioritised when needed, before the groups' own parties."""


NOT_YOURS = (
    "Only the group's own members and the coordinator ask for others. "
    "You can ask for your own organisation."
)


@dataclass(frozen=True)
class Draft:
    """What is known of a wish for a seat before the form is filled in."""

    group: Group | None = None
    organisation: Organisation | None = None
    person: Person | None = None
    reason: str = ""
    first: date | None = None
    last: date | None = None
    note: str = ""


def co_opt_form(visit: Visit, draft: Draft) -> Form:
    """The form; without a group it lets the member choose one."""
    _ = visit.language._
    return Form(
        name="co_opt.ask",
        title=_("Seat on demand"),
        submit=_("Send"),
        cancel=_("Cancel"),
        intro=_intro(visit, draft),
        note=_("Write nothing that points out an individual."),
        fields=(*_where(visit, draft), *_who(visit, draft), *_why_and_when(visit, draft)),
        state=draft.group.code if draft.group else "",
    )


def may_ask_for_others(visit: Visit, group: Group) -> bool:
    """Whether the asker may ask for a seat for any organisation, not only their own."""
    return may(visit.roles(group_id=group.id), Action.REQUEST_SEAT)


def may_ask(visit: Visit, group: Group, organisation: Organisation) -> bool:
    """Whether the asker may ask for this organisation's seat: as a member of either."""
    own = visit.person.organisation_id == organisation.id
    return own or may_ask_for_others(visit, group)


def organisations(visit: Visit, group: Group | None) -> list[Organisation]:
    """The organisations of today that the asker may ask for, those asked for most first."""
    query = select(Organisation).where(held_on(Organisation, visit.on))
    if group is not None and not may_ask_for_others(visit, group):
        query = query.where(Organisation.id == visit.person.organisation_id)
    return sorted(visit.session.scalars(query), key=lambda each: (_rank(each), each.name))


def nearest_organisations(visit: Visit, text: str, limit: int = 3) -> list[str]:
    """The organisations of today whose names are most like a text."""
    known = {
        name: each.name
        for each in visit.registry.organisations
        if each.valid_until is None or each.valid_until > visit.on
        for name in (each.name, *each.aliases)
    }
    found = process.extract(
        text, list(known), scorer=fuzz.WRatio, limit=3 * limit, processor=str.casefold
    )
    return list(dict.fromkeys(known[name] for name, score, _ in found if score >= 50))[:limit]


def _rank(organisation: Organisation) -> int:
    kind = organisation.kind
    return WANTED_FIRST.index(kind) if kind in WANTED_FIRST else len(WANTED_FIRST)


def _intro(visit: Visit, draft: Draft) -> str:
    _ = visit.language._
    lines = [draft.note] if draft.note else []
    if draft.group is not None:
        lines.append(f"**{draft.group.name}**")
    lines.append(
        _(
            "Give a reason and a last day. "
            "The request goes to the chairs of the city and the police."
        )
    )
    if draft.group is not None:
        lines += _chairs(visit, draft.group)
        if not may_ask_for_others(visit, draft.group):
            lines.append(_("You ask for your own organisation."))
    return "\n".join(lines)


def _chairs(visit: Visit, group: Group) -> list[str]:
    """Who will be asked for each party; a missing chair is said before anything is sent."""
    voices = voices_of(visit.session, group, visit.on)
    lines = []
    for party in PARTIES:
        if voices[party].chair_is_missing:
            lines.append(missing_line(visit.language, party, voices[party]))
        else:
            of = party_names(visit.language, [party])
            lines.append(f"{of[0].upper()}{of[1:]}: {names(voices[party].people)}")
    return lines


def _where(visit: Visit, draft: Draft) -> list[FormField]:
    if draft.group is not None:
        return []
    groups = visit.session.scalars(select(Group).where(held_on(Group, visit.on)))
    seats = seats_of_person(visit.session, visit.person, visit.on)
    own = {seat.group_id for seat in seats}
    ordered = sorted(groups, key=lambda each: (each.id not in own, each.name))
    return [_choice(visit, "group", visit.language._("Group"), ordered)]


def _who(visit: Visit, draft: Draft) -> list[FormField]:
    _ = visit.language._
    offered = organisations(visit, draft.group)
    chosen = draft.organisation
    if chosen is not None:
        offered = [chosen, *[each for each in offered if each.id != chosen.id]]
    is_clear = chosen is not None or len(offered) == 1
    initial = (offered[0].code,) if is_clear else ()
    named = draft.person
    return [
        _choice(visit, "organisation", _("Organisation"), offered, initial),
        PersonField(
            name="person",
            label=_("Who"),
            hint=_("Leave empty when the organisation decides who comes."),
            required=False,
            initial=Choice(label=named.shown_as()[:75], value=str(named.id)) if named else None,
        ),
    ]


def _choice(
    visit: Visit,
    name: str,
    label: str,
    things: Sequence[Group | Organisation],
    initial: tuple[str, ...] = (),
) -> ChoiceField:
    """A choice among as many as a form can show; the line can name any of the others."""
    choices = [Choice(label=each.name[:75], value=each.code) for each in things[:MOST_CHOICES]]
    hint = visit.language._("Not in the list? Write its name after `co-opt`.")
    return ChoiceField(
        name=name,
        label=label,
        hint=hint if len(things) > MOST_CHOICES else None,
        choices=tuple(choices),
        initial=initial,
    )


def _why_and_when(visit: Visit, draft: Draft) -> list[FormField]:
    _ = visit.language._
    return [
        TextField(
            name="reason",
            label=_("Why is the seat needed?"),
            initial=draft.reason,
            several_lines=True,
            max_length=REASON_LENGTH,
        ),
        DateField(name="first", label=_("First day"), initial=draft.first or visit.on),
        DateField(
            name="last",
            label=_("Last day"),
            initial=draft.last,
            hint=_("The seat ends by itself after this day. At most two years."),
        ),
    ]
