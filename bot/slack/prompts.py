"""The questions that are suggested where somebody opens the conversation with the bot."""

from __future__ import annotations

from handlers.understanding.meaning import Intent
from handlers.understanding.verbs import verb_of
from models.language import Language

TITLES: tuple[tuple[Intent, str], ...] = (
    (Intent.MEETINGS, "When do my groups meet?"),
    (Intent.MY_ROLE, "Which groups do I sit in?"),
    (Intent.DIGEST, "What has happened this week?"),
    (Intent.HELP, "What can I ask?"),
)
"""At most four, as many as Slack shows; each is an intent with its title in the catalogue."""


def prompts(language: Language) -> tuple[str, list[dict[str, str]]]:
    """A heading, and the suggestions with what they say when chosen."""
    suggestions = [
        {"title": language._(title), "message": verb.names(language.code)[0]}
        for intent, title in TITLES
        if (verb := verb_of(intent)) is not None
    ]
    return language._("What do you want to know?"), suggestions
