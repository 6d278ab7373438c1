"""The digest before a meeting: what awaits it, and what is left for whoever reads it to do."""

from __future__ import annotations

from collections.abc import Iterator

from digests.agreed import agreed
from digests.cards import (
    buttons,
    facts_of,
    figures,
    line,
    line_of,
    lines_ahead,
    rows_of,
    table_of,
    words_of,
)
from digests.facts import BeforeFacts, GroupFacts, MeasureFact, MeetingFact
from digests.pictures import timeline_picture
from digests.ways import MOST, SPOKEN, cut, to_measure, to_meeting
from digests.words import Words
from models.language import Language
from models.measures.progress import Light
from models.meetings.attendance import call_of
from models.meetings.words import agenda_lines
from models.message import (
    Actions,
    Button,
    Fact,
    Heading,
    Line,
    Lines,
    Message,
    Note,
    Part,
    Text,
)
from models.wording import pace_words, standing_words

MOST_MINE = 4
"""So many of the reader's own measures have a line with a button; the form holds the others."""
SAID = 140
"""So much of what was said of a measure stands in its line; its card has the whole."""

_CARE = frozenset({Light.LATE, Light.SILENT, Light.AT_RISK})


def before_card(
    facts: BeforeFacts, language: Language, reader: int | None = None, *, answers: bool = True
) -> Message:
    """What awaits a meeting; `reader` is the id of the member who reads, who may answer."""
    group = facts.group
    words = words_of("before", group, language, before=facts)
    told = group.needing
    parts: list[Part] = [
        Heading(text=words("heading")[:150]),
        Note(text=words("lead")),
        Text(text=words("when")),
        *_agenda(facts, language, words),
        Actions(buttons=_call(facts, words, answers)),
        *_mine(facts, reader, language, words),
        *figures(group, words),
        *table_of(group, told, language, words),
        *_on_course(group, language, words),
        *timeline_picture(group, told, language),
        *agreed("before", group, language, words),
        *facts_of(
            [
                *_of_meeting(facts, language, words),
                *lines_ahead(group, language, words, but="meeting"),
            ]
        ),
        *rows_of(buttons(group, (*told, *group.on_course), words)),
    ]
    return Message(summary=words("summary")[:1000], parts=tuple(parts), lasting=True)


def _agenda(facts: BeforeFacts, language: Language, words: Words) -> list[Part]:
    """What the meeting is about: its items numbered, as on the meeting's card."""
    assert facts.meeting is not None, "there is a meeting to tell of"
    lines = agenda_lines(language, facts.meeting.agenda)
    title = f"**{words('agenda_label')}**"
    return [Text(text="\n".join([title, *lines])[:3000])] if lines else []


def _on_course(facts: GroupFacts, language: Language, words: Words) -> list[Part]:
    """What was reported and wants nothing of the meeting: a line each, which a phone has room for.

    The table has those that want something, with who is responsible and by when.
    """
    found = facts.on_course
    if not found:
        return []
    shown = found[:MOST]
    lines = [_news(fact, language, words) for fact in shown]
    if left := len(found) - len(shown):
        lines.append(Line(text=words("more_lines", more=left)))
    title, choose = words("on_course_label"), words("choose_measure")
    return [Lines(title=title, lines=tuple(lines), choose=choose)]


def _news(fact: MeasureFact, language: Language, words: Words) -> Line:
    """What is new of a measure: that it is done, how a promise is kept, and what was said."""
    done = fact.light is Light.DONE
    state = f" ({standing_words(fact.standing, language).word.lower()})" if done else ""
    pace = pace_words(language, fact.promise) if fact.promise else ""
    said = pace or cut(" ".join(fact.comment.split()), SAID)
    text = f"**{fact.code}** {fact.title[:200]}{state}"
    way = to_measure(fact)
    label = words("show_one")
    spoken = cut(f"{label}: {way.spoken}", SPOKEN)
    shows = way.model_copy(update={"label": label, "spoken": spoken})
    return Line(text=f"{text}: {said}" if said else text, way=shows)


def _call(facts: BeforeFacts, words: Words, answers: bool) -> tuple[Button, ...]:
    """The ways to answer the call, and to what districts have brought."""
    assert facts.meeting is not None, "there is a meeting to tell of"
    call = call_of(facts.meeting.id, facts.meeting.starts_at)
    ways = (
        Button(label=words("coming"), action="meeting.coming", value=call),
        Button(label=words("absent"), action="meeting.absent", value=call),
    )
    return (
        *(ways if answers else ()),
        to_meeting(facts.meeting, words),
        *([_inputs(facts.meeting, words)] if facts.inputs else []),
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


def _of_meeting(facts: BeforeFacts, language: Language, words: Words) -> list[Fact]:
    """What the meeting is to decide, who comes, what was brought, and what is still to do."""
    assert facts.meeting is not None, "there is a meeting to tell of"
    agenda, attending = (
        to_meeting(facts.meeting, words).model_copy(update={"label": words(block)})
        for block in ("show_agenda", "show_attending")
    )
    told = {
        "to_decide": (bool(facts.agenda.decisions), agenda),
        "attending": (bool(facts.attending), attending),
        "inputs": (bool(facts.inputs), _inputs(facts.meeting, words)),
    }
    lines = [line(words, name, ways=(way,)) for name, (is_there, way) in told.items() if is_there]
    if facts.group.unreported_otherwise:
        lines.append(line_of(facts.group, language, words, "unreported"))
    return lines


def _inputs(meeting: MeetingFact, words: Words) -> Button:
    return Button(label=words("show_inputs"), action="input.show", value=str(meeting.id))
