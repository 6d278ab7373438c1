"""Help, made from the list of verbs, and the answer to a line that was not understood."""

from __future__ import annotations

from handlers.representation.place_card import named_alone
from handlers.understanding import Intent, Understanding
from handlers.understanding.verbs import VERBS, Verb, verb_of
from handlers.visit import Visit
from models.message import Actions, Button, Heading, Message, Note, Part, Text, Weight


def help_(visit: Visit, wish: Understanding) -> Message:
    """Answers `hjälp`: every verb with a sentence and an example; with a topic that verb alone."""
    _ = visit.language._
    chosen = [verb for verb in VERBS if wish.topic in (verb.intent.value, None)] or list(VERBS)
    heading = _("What you can write")
    blocks = [_entry(visit, verb) for verb in chosen]
    parts: list[Part] = [Heading(text=heading)]
    parts.extend(
        Text(text="\n".join(blocks[start : start + 8])) for start in range(0, len(blocks), 8)
    )
    parts.append(
        Note(
            text=_(
                "Write after /samverkan, or straight to me in a direct message. "
                "Dates such as 2024-03-01, 1 March or last year work everywhere."
            )
        )
    )
    return Message(
        summary=f"{heading}: {', '.join(_name(visit, verb) for verb in chosen)}", parts=tuple(parts)
    )


def _entry(visit: Visit, verb: Verb) -> str:
    sentence = visit.language._(verb.sentence)
    return f"- **{_name(visit, verb)}**: {sentence} `{verb.example(visit.language.code)}`"


def _name(visit: Visit, verb: Verb) -> str:
    return verb.names(visit.language.code)[0]


def not_understood(visit: Visit, wish: Understanding) -> Message:
    """Says so, does nothing, and offers the nearest verbs; of a bare name it tells what it is.

    A measure that the line names is offered too: its card has all that can be done with it.
    """
    if wish.meant and (named := named_alone(visit, wish.meant)):
        return named
    _ = visit.language._
    heading = _("I did not understand that")
    nearest = [verb for intent in wish.nearest if (verb := verb_of(intent))]
    verbs = nearest or [verb for intent in USUAL if (verb := verb_of(intent))]
    buttons = tuple(
        Button(label=line[:40], action="say", value=line)
        for verb in verbs[:3]
        if (line := verb.example(visit.language.code)) and verb.intent is not Intent.REPORT
    )
    help_line = "help" if visit.language.code == "en" else "hjälp"
    ask = Button(label=_("Show all I can do"), action="say", value=help_line)
    examples = ", ".join(f"`{verb.example(visit.language.code)}`" for verb in verbs[:3])
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Text(
                text=_(
                    "Nothing was changed. You can write for example {examples}.", examples=examples
                )
            ),
            Actions(buttons=(*_named_measure(visit, wish), *buttons, ask)),
        ),
    )


def _named_measure(visit: Visit, wish: Understanding) -> tuple[Button, ...]:
    code = wish.rest
    if code is None or all(measure.code != code for measure in visit.registry.measures):
        return ()
    label = visit.language._("Show {code}", code=code)
    return (Button(label=label, action="say", value=code, weight=Weight.PRIMARY),)


USUAL = (Intent.REPRESENTATION, Intent.MEASURES, Intent.MEETINGS)
