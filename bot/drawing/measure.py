"""How wide words are in the font that is drawn with, and how they break into lines."""

from __future__ import annotations

import logging
import re
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

FONTS = ("DejaVu Sans", "Verdana", "Arial")
"""The first is carried by matplotlib and measured; a browser without it takes the next."""

# That the others are not on this machine is no news.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

PLACE_TO_BREAK = re.compile(r"(?<=[-/])(?=\w)| ")

_measure = TextToPath()


@lru_cache(maxsize=10_000)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line, in the unit that the size is given in."""
    font = FontProperties(family=FONTS[0], size=size, weight="bold" if bold else "normal")
    return float(_measure.get_text_width_height_descent(text, font, ismath=False)[0])


def printable(text: str) -> str:
    """The text on one line, without signs that no picture can show."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def pieces(text: str) -> list[str]:
    """The parts between which a line may break; each keeps the space before it."""
    found: list[str] = []
    start = 0
    for place in PLACE_TO_BREAK.finditer(text):
        found.append(text[start : place.start()])
        start = place.start()
    return [*found, text[start:]]


def lines(text: str, size: float, most: float, *, bold: bool = False) -> list[str]:
    """The text as lines no wider than `most`, unless a single piece is wider."""
    done: list[str] = []
    line = ""
    for piece in pieces(printable(text)):
        if line and width((line + piece).strip(), size, bold=bold) > most:
            done.append(line.strip())
            line = ""
        line += piece
    return [*done, line.strip()] if line.strip() else done


def widest_piece(text: str, size: float) -> float:
    """How wide a column must be for the text to stand in it however it breaks."""
    found = [width(piece.strip(), size) for piece in pieces(printable(text))]
    return max(found, default=0.0)
