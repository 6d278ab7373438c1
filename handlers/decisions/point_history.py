"""What has been done to an action point: who gave it which day or owner when, and why."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from models.language import Language
from models.meetings.action_points import ActionPoint, ActionPointStep, PointEvent
from models.message import Part, Text
from models.wording import via_words

MOST_STEPS = 8


def history(language: Language, point: ActionPoint, on: date) -> list[Part]:
    """Each step in a line, the first one first; nothing where it was only written."""
    steps = point.steps
    if len(steps) < 2:
        return []
    pairs = list(pairwise(steps))
    lines = [
        _line(language, now, _changes(language, was, now, on), on)
        for was, now in pairs[-MOST_STEPS:]
    ]
    if len(pairs) <= MOST_STEPS:
        lines.insert(0, _line(language, steps[0], [language._("written")], on))
    title = language._("What has happened")
    return [Text(text="\n".join([f"**{title}**", *lines])[:3000])]


def day_moved_from(point: ActionPoint) -> ActionPointStep | None:
    """How the point stood before its last step, where that gave it another last day."""
    if len(point.steps) < 2:
        return None
    before, now = point.steps[-2:]
    is_moved = now.event is PointEvent.CHANGED and now.due_on != before.due_on
    return before if is_moved else None


def _line(language: Language, step: ActionPointStep, said: list[str], on: date) -> str:
    day = language.day(language.local(step.at).date(), on)
    who = _who(language, step)
    why = f". {' '.join(step.reason.split())}" if step.reason else ""
    return f"- {', '.join(filter(None, (day, who)))}: {', '.join(said)}{why}"


def _who(language: Language, step: ActionPointStep) -> str:
    """Who did it; nobody where a file brought the point."""
    if step.person is None:
        is_first = step.event is PointEvent.WRITTEN
        return "" if is_first else language._("a seat changed hands")
    via = via_words(language, step.source)
    name = step.person.shown_as()
    return f"{name} ({via})" if via else name


def _changes(language: Language, was: ActionPointStep, now: ActionPointStep, on: date) -> list[str]:
    """What a step changed, each with how it was."""
    _ = language._
    said = []
    if now.event is not PointEvent.CHANGED:
        words = {
            PointEvent.DONE: _("done"),
            PointEvent.REOPENED: _("open again"),
            PointEvent.DROPPED: _("dropped"),
        }
        said.append(words.get(now.event, ""))
    if now.due_on != was.due_on:
        new, old = (language.day(each, on) for each in (now.due_on, was.due_on))
        said.append(_("last day {new} (was {old})", new=new, old=old))
    if now.owner_id != was.owner_id:
        names = {"new": now.owner.shown_as(), "old": was.owner.shown_as()}
        said.append(_("done by {new} (was {old})", **names))
    if now.text != was.text:
        said.append(_("other words (was “{old}”)", old=was.text))
    return said or [_("unchanged")]
