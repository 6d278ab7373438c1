"""Several people with the name that was asked for: which one is meant is asked, not guessed."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.representation.knowledge import AsOf
from handlers.visit import Visit
from models.message import Actions, Button, Heading, Message, Text
from models.people.organisations import Person

MOST_BUTTONS = 5
MOST_NAMES = 15


def ask_which(visit: Visit, people: Sequence[Person], at: AsOf) -> Message:
    """The people who share a name, those who work here first, with a button for each of a few."""
    _ = visit.language._
    ordered = sorted(people, key=lambda each: (not each.is_active(at.on, at.known_at), each.name))
    heading = _("Which one do you mean?")
    lines = [f"- {_said(each)}" for each in ordered[:MOST_NAMES]]
    if len(ordered) > MOST_NAMES:
        more = len(ordered) - MOST_NAMES
        lines.append(visit.language.n("- and {number} more", "- and {number} more", more))
        lines.append(_("Write the whole name."))
    buttons = tuple(_button(each, at) for each in ordered[:MOST_BUTTONS])
    return Message(
        summary=heading,
        parts=(Heading(text=heading), Text(text="\n".join(lines)), Actions(buttons=buttons)),
    )


def _said(person: Person) -> str:
    title = f", {person.title}" if person.title else ""
    return f"**{person.shown_as()}**{title}, {person.organisation.name}"


def _button(person: Person, at: AsOf) -> Button:
    words = f"{person.shown_as()}, {person.title or person.organisation.name}"
    label = words if len(words) <= 40 else f"{words[:39]}…"
    known = at.known_on.isoformat() if at.known_on else ""
    value = f"{person.email}|{at.on.isoformat()}|{known}"
    return Button(label=label, action="who.person", value=value)
