"""The words of the digests: Jinja2 templates whose blocks are said one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from jinja2 import (
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
    nodes,
    select_autoescape,
)
from jinja2.runtime import Context

from models.chain.approvals import Approvable
from models.figures.grade_words import grade_word
from models.figures.words import figure_words, sure_status
from models.language import Language
from models.meetings.counts import attendance_words, input_words
from models.wording import role_word


class Say(Protocol):
    """Says a block of one digest's template."""

    def __call__(self, block: str, **values: object) -> str: ...


THINGS = {
    Approvable.DIRECTION: "Direction",
    Approvable.GOAL: "Goal",
    Approvable.MEASURE: "Measure",
}
"""What may wait for approval; the words are in the catalogue."""

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


@lru_cache
def template(name: str) -> Template:
    """A digest's template by its name."""
    return _environment().get_template(f"{name}.j2")


class Words:
    """Says the blocks of a template to one reader about the same things."""

    def __init__(self, name: str, language: Language, **values: object) -> None:
        self._name, self._language = name, language
        self._context = _context(name, language, values)

    def __call__(self, block: str, **values: object) -> str:
        """What a block says; spaces and new lines around it are taken away."""
        if block in _constants(self._name):
            return _constant(self._name, block, self._language)
        return self.rendered(block, **values)

    def rendered(self, block: str, **values: object) -> str:
        """The same, always rendered anew."""
        context = self._context
        # A context of its own for each block copies all blocks, which costs more than the words.
        context.vars.update(values)
        said = "".join(context.blocks[block][0](context)).strip()
        context.vars.clear()
        return said


@lru_cache
def _constants(name: str) -> frozenset[str]:
    """The blocks of a template that say the same whatever it is told of: labels and headings."""
    blocks = {block.name: block for each in (BASE, name) for block in _blocks(each)}
    return frozenset(
        block.name
        for block in blocks.values()
        if {found.name for found in block.find_all(nodes.Name)} <= {"_"}
    )


def _blocks(name: str) -> Iterator[nodes.Block]:
    environment = _environment()
    assert environment.loader is not None, "it is made with one"
    source, _, _ = environment.loader.get_source(environment, f"{name}.j2")
    yield from environment.parse(source).find_all(nodes.Block)


# Labels are half of what a digest says, and a Monday has a thousand digests.
@lru_cache(maxsize=1024)
def _constant(name: str, block: str, language: Language) -> str:
    return Words(name, language).rendered(block)


def say(name: str, block: str, language: Language, **values: object) -> str:
    """What one block of a template says."""
    return Words(name, language, **values)(block)


def _context(name: str, language: Language, values: dict[str, object]) -> Context:
    context = template(name).new_context(
        {
            **values,
            "language": language,
            "_": language._,
            "n": language.n,
            "role": lambda role: role_word(language, role),
            "figure_words": figure_words,
            "attendance_words": attendance_words,
            "input_words": input_words,
            "sure": lambda figure: sure_status(language, figure).word,
            "grade_word": grade_word,
            "thing": lambda fact: f"{language._(THINGS[fact.kind])} {fact.code}",
        }
    )
    # This is what `extends` does when a whole template is rendered: the base's blocks come last.
    for inherited, words in template(BASE).blocks.items():
        context.blocks.setdefault(inherited, []).append(words)
    return context
