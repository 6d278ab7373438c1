"""The words of the digests: Jinja2 templates whose blocks are said one by one."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from models.language import Language
from models.message import Status, Tone
from models.progress import Light, Standing
from models.wording import delayed_days, never_reported, role_word, silent_days, status_words

BASE = "group"
"""The template that all others extend."""


@lru_cache
def _environment() -> Environment:
    # The templates say plain text: what needs escaping is escaped where it is shown.
    return Environment(
        loader=PackageLoader("digests"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def template(name: str) -> Template:
    """A digest's template by its name."""
    return _environment().get_template(f"{name}.j2")


def say(name: str, block: str, language: Language, **values: object) -> str:
    """What a block of a template says; spaces and new lines around it are taken away."""
    context = template(name).new_context(
        {
            **values,
            "language": language,
            "_": language._,
            "n": language.n,
            "role": lambda role: role_word(language, role),
        }
    )
    # This is what `extends` does when a whole template is rendered: the base's blocks come last.
    for inherited, words in template(BASE).blocks.items():
        context.blocks.setdefault(inherited, []).append(words)
    return "".join(context.blocks[block][0](context)).strip()


def standing_words(standing: Standing, language: Language) -> Status:
    """How a measure stands as sign, word and tone; a late one says which way it is late."""
    match standing.light:
        case Light.LATE:
            return _late_words(standing, language)
        case Light.SILENT if standing.never_reported:
            return never_reported(language)
        case Light.SILENT:
            return silent_days(language, standing.days_silent)
        case Light.AT_RISK if standing.help_wanted:
            return Status(sign="◆", word=language._("Wants help"), tone=Tone.WARNING)
        case Light.ON_PLAN:
            return Status(sign="●", word=language._("On plan"), tone=Tone.GOOD)
        case _:
            return status_words(language, standing.status)


def _late_words(standing: Standing, language: Language) -> Status:
    if not standing.reported_late:
        days = standing.days_late
        word = language.n("{number} day past its date", "{number} days past its date", days)
        return Status(sign="▲", word=word, tone=Tone.BAD)
    if standing.days_late:
        return delayed_days(language, standing.days_late)
    return status_words(language, standing.status)
