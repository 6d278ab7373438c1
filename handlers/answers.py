"""What a request comes to: a handler bound to it, and the answer with what the edge must know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.errors import Refusal
from handlers.requests import AnyRequest, FormSubmitted
from handlers.visit import Visit
from models.message import FieldErrors, Message, Part, Quote, Reply, Text

QUOTED = 3000
"""So many signs of what was typed have room in an answer."""


@dataclass(frozen=True)
class Answer:
    """A reply and what the edge must know of it.

    `queued`: messages were committed, so wake the senders. `refused`: the text was not to be
    kept; store neither it nor this reply, and send the reply at once, at most once. `declined`:
    the reply says why not. `failed`: nothing was done and the platform may try again.
    """

    reply: Reply
    queued: bool = False
    refused: bool = False
    declined: bool = False
    failed: bool = False


@dataclass(frozen=True)
class Task:
    """A handler bound to its request, whether it may write, and whether it leaves no hash.

    `words`: what the member wants to have said; where it is refused it is given back.
    """

    run: Callable[[Visit], Reply]
    writes: bool
    private: bool = False
    words: str = ""


def run(task: Task, visit: Visit, request: AnyRequest) -> Answer:
    """Runs a handler; a refusal becomes its sentence, and gives back what was typed."""
    try:
        return Answer(task.run(visit))
    except Refusal as refusal:
        reply = handed_back(request, refusal.sentence, task.words)
        return Answer(reply, declined=True)


def handed_back(request: AnyRequest, sentence: str, words: str = "") -> Reply:
    """A sentence with the words of a line; in a form it becomes a fault of a field.

    So nothing typed is lost: a form stays open, and Slack shows no slash command afterwards.
    """
    if isinstance(request, FormSubmitted) and request.values:
        return FieldErrors(errors={next(iter(request.values)): sentence})
    return one_sentence(sentence, words)


def one_sentence(sentence: str, words: str = "") -> Message:
    """A sentence as a message, and below it what the member wrote."""
    quote: list[Part] = [Quote(text=words[:QUOTED])] if words.strip() else []
    return Message(summary=sentence, parts=(Text(text=sentence), *quote))
