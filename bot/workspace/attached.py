"""Where a browser finds the pictures and files of a message."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

from bot.drawing.studio import CannotDraw, Studio
from bot.workspace.seals import Seals
from models.message import File, Image

LONGEST_SEAL = 6_000
"""Servers in front of us refuse addresses that are longer than about 8,000 signs."""


@dataclass(frozen=True)
class Shown:
    """A picture's addresses: `svg` to look at here, `png` to open alone where there is one."""

    svg: str
    png: str = ""


class Attached(Protocol):
    """Knows the addresses of the parts of one message, by their places in it."""

    def picture(self, at: int, part: Image, /) -> Shown | None:
        """Where a picture is; nothing where its words have to stand for it."""
        ...

    def file(self, at: int, part: File, /) -> str:
        """Where a file is fetched."""
        ...


@dataclass(frozen=True)
class OfPost:
    """The parts of a post, which are fetched by its number by those who may see it."""

    post: int

    def picture(self, at: int, _: Image, /) -> Shown | None:
        """Two addresses below the post's number."""
        address = f"/drawings/{self.post}/{at}"
        return Shown(f"{address}.svg", f"{address}.png")

    def file(self, at: int, part: File, /) -> str:
        """An address that ends in the file's name."""
        return f"/files/{self.post}/{at}/{quote(part.name)}"


@dataclass(frozen=True)
class Sealed:
    """The parts of a card that is kept nowhere: the address itself holds what is to be drawn."""

    seals: Seals

    def picture(self, _: int, part: Image, /) -> Shown | None:
        """Two addresses that open for this member alone; nothing where they would be too long."""
        token = self.seals.picture(part)
        if len(token) > LONGEST_SEAL:
            return None
        return Shown(f"/drawings/sealed/{token}.svg", f"/drawings/sealed/{token}.png")

    def file(self, _: int, part: File, /) -> str:
        """The file itself."""
        return f"data:{part.media_type};base64,{part.data}"


@dataclass(frozen=True)
class Within:
    """The parts of a document that needs nothing beside it: all stand in it."""

    studio: Studio = field(default_factory=Studio)

    def picture(self, _: int, part: Image, /) -> Shown | None:
        """The picture itself, where it could be drawn."""
        try:
            drawn = self.studio.draw(part.drawing, "svg")
        except CannotDraw:
            return None
        return Shown(f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode('ascii')}")

    def file(self, _: int, part: File, /) -> str:
        """The file itself."""
        return f"data:{part.media_type};base64,{part.data}"
