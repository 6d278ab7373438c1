"""The words of the digests: Jinja2 templates whose blocks are said one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from models.language import Language
from models.wording import role_word


class Say(Protocol):
    """Says a block of one digest's template."""

    def __call__(self, block: str, **values: object) -> str: ...


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
