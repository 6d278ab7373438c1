"""Indicators and surveys by some of the words of their names."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.understanding.known import TitledName

_STEM = 5
"""Words are the same when this many signs are: otrygg, otrygga, otrygghet."""


def best_titled(words: Iterable[str], known: Iterable[TitledName], least: int) -> str | None:
    """The code of what shares most words with one of its names, if that is enough of them."""
    asked = {word for word in words if len(word) > 2}
    best: tuple[int, bool] | None = None
    code = None
    for thing in known:
        for tokens in thing.words:
            shared = sum(any(_alike(word, token) for token in tokens) for word in asked)
            rank = (shared, shared == len(tokens))
            if shared >= least and (best is None or rank > best):
                best, code = rank, thing.code
    return code


def _alike(word: str, token: str) -> bool:
    if word == token:
        return True
    lengths = sorted((len(word), len(token)))
    return (
        lengths[0] >= _STEM - 1
        and lengths[1] - lengths[0] < _STEM
        and word[:_STEM] == token[:_STEM]
    )
