"""The digest before a meeting: what awaits it, and what is left for whoever reads it to do."""

from __future__ import annotations

from collections.abc import Iterator

from digests.agreed import agreed
from digests.cards import (
    buttons,
    facts_of,
    figures,
    line,
    lines_ahead,
    rows_of,
    table_of,
    words_of,
)
from digests.facts import BeforeFacts, MeasureFact
from digests.pictures import timeline_picture
from digests.words import Words
from models.language import Language
from models.measures.progress import Light
from models.meetings.attendance import call_of
from models.message import (
    Actions,
    Button,
    Fact,
    Heading,
    Message,
    Note,
    Part,
    Quote,
    Text,
)
from models.wording import standing_words

MOST_MINE = 4
"""So many of the reader's own measures have a line with a button; the form holds the others."""

_CARE = frozenset({Light.LATE, Light.SILENT, Light.AT_RISK})


def before_card(
    facts: BeforeFacts, language: Language, reader: int | None = None, *, answers: bool = True
) -> Message:
    """What awaits a meeting; `reader` is the id of the member who reads, who may answer."""
    group = facts.group
    words = words_of("before", group, language, before=facts)
    parts: list[Part] = [
        Heading(text=words("heading")[:150]),
        Note(text=words("lead")),
        *_agenda(facts, words),
        Actions(buttons=_call(facts, words, answers)),
        *_mine(facts, reader, language, words),
        *figures(group, words),
        *table_of(group, language, words),
        *timeline_picture(group, language),
        *agreed("before", group, language, words),
        *facts_of([*_of_meeting(facts, words), *lines_ahead(group, words)]),
        *rows_of(buttons(group, language, words)),
    ]
    return Message(summary=words("summary")[:1000], parts=tuple(parts), lasting=True)


def _agenda(facts: BeforeFacts, words: Words) -> list[Part]:
    """What the meeting is about: what is to be decided first, then all as it was written."""
    assert facts.meeting is not None, "there is a meeting to tell of"
    written = facts.meeting.agenda
    return [Quote(text=written[:3000], by=words("agenda_label"))] if written else []


def _call(facts: BeforeFacts, words: Words, answers: bool) -> tuple[Button, ...]:
    """The ways to answer the call, and to what districts have brought."""
    assert facts.meeting is not None, "there is a meeting to tell of"
    number = str(facts.meeting.id)
    inputs = [Button(label=words("show_inputs"), action="input.show", value=number)]
    call = call_of(facts.meeting.id, facts.meeting.starts_at)
    ways = (
        Button(label=words("coming"), action="meeting.coming", value=call),
        Button(label=words("absent"), action="meeting.absent", value=call),
    )
    return (
        *(ways if answers else ()),
        Button(label=words("show_meeting"), action="meeting.show", value=number),
        *(inputs if facts.inputs else []),
    )


def _mine(
    facts: BeforeFacts, reader: int | None, language: Language, words: Words
) -> Iterator[Part]:
    """The reader's own measures that want a report before the meeting, each with its button."""
    due = set(facts.group.due_before_meeting)
    mine = [
        fact
        for fact in facts.group.measures
        if reader is not None
        and fact.owner_id == reader
        and fact.is_open
        and not fact.is_news
        and (fact.light in _CARE or fact in due)
    ]
    if not mine:
        return
    yield Text(text=f"**{words('mine', number=len(mine))}**")
    for fact in mine[:MOST_MINE]:
        yield Text(text=_line(fact, language, words))
        label = words("report_one", code=fact.code)
        yield Actions(buttons=(Button(label=label, action="report.open", value=fact.code),))


def _line(fact: MeasureFact, language: Language, words: Words) -> str:
    status = standing_words(fact.standing, language)
    due = f" · {words('due_day', day=fact.due_on)}" if fact.due_on else ""
    return f"{fact.code} {fact.title[:200]}\n{status}{due}"


def _of_meeting(facts: BeforeFacts, words: Words) -> list[Fact]:
    """What the meeting is to decide, who comes, what was brought, and what is still to do."""
    there = {
        "to_decide": bool(facts.agenda.decisions),
        "attending": bool(facts.attending),
        "inputs": bool(facts.inputs),
        "unreported": bool(facts.group.unreported),
    }
    return [line(words, name) for name, is_there in there.items() if is_there]
