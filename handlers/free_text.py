"""The one place that every free text passes before anything else is done with it."""

from __future__ import annotations

from handlers.requests import AnyRequest, ButtonPressed, Command, FormSubmitted
from models.guard import Verdict, check
from models.language import Language
from models.message import FieldErrors, Heading, Message, Quote, Reply, Text


def refusal(request: AnyRequest, language: Language) -> Reply | None:
    """What is said to a text that must not be kept; nothing when all of it may be.

    The reply hands the text back, so it must not be stored or logged either.
    """
    if isinstance(request, Command):
        return _of_line(request.line, request.quoted or "", language)
    if isinstance(request, ButtonPressed):
        return _of_line(request.value, "", language)
    if isinstance(request, FormSubmitted):
        return _of_form(request, language)
    return None


def _of_line(line: str, quoted: str, language: Language) -> Message | None:
    if not _blocked(line) and not _blocked(quoted):
        return None
    _ = language._
    heading = _("I did not save the text")
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Text(
                text=_(
                    "It seems to contain a personal identity number. Write it again without "
                    "anything about individuals. If your message stands in a chat, delete it there."
                )
            ),
            *([Quote(text=line[:3000])] if line.strip() else []),
        ),
    )


def _of_form(request: FormSubmitted, language: Language) -> FieldErrors | None:
    sentence = language._(
        "Not saved: this seems to contain a personal identity number. "
        "Write it again without anything about individuals."
    )
    texts = {name: text for name, text in request.values.items() if isinstance(text, str)}
    errors = {name: sentence for name, text in texts.items() if _blocked(text)}
    return FieldErrors(errors=errors) if errors else None


def _blocked(text: str) -> bool:
    return check(text).verdict is Verdict.BLOCK
