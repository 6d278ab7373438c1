"""Files that an answer may hold."""

from __future__ import annotations

import base64
from pathlib import PurePath
from typing import Annotated, Literal

from pydantic import Field, model_validator

from models.word import Word

FILE_BYTES = 1_000_000

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The kinds of file that an answer may hold, by the ending of the name."""


class File(Word):
    """A file to keep, of at most a million bytes; `data` is base64."""

    kind: Literal["file"] = "file"
    label: Annotated[str, Field(min_length=1, max_length=200)]
    name: Annotated[str, Field(pattern=r"^[\w-][\w .-]*\.[a-z]+$", max_length=100)]
    media_type: Annotated[str, Field(max_length=100)]
    data: Annotated[str, Field(min_length=4, max_length=4 * FILE_BYTES // 3 + 4, repr=False)]

    @classmethod
    def holding(cls, content: bytes, *, label: str, name: str) -> File:
        """A file with this content; the name's ending says what kind it is."""
        media_type = MEDIA_TYPES.get(PurePath(name).suffix, "")
        data = base64.b64encode(content).decode("ascii")
        return cls(label=label, name=name, media_type=media_type, data=data)

    @property
    def content(self) -> bytes:
        """The bytes themselves."""
        return base64.b64decode(self.data)

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.data) // 4 * 3 - self.data[-2:].count("=")

    @property
    def kilobytes(self) -> int:
        """The size in whole thousands of bytes, at least one."""
        return max(1, round(self.size / 1000))

    @model_validator(mode="after")
    def _is_a_kind_of_file_that_is_known_and_holds_base64(self) -> File:
        known = MEDIA_TYPES.get(PurePath(self.name).suffix)
        if known is None or self.media_type.split(";")[0].strip() != known:
            raise ValueError(f"{self.name} must end in {', '.join(MEDIA_TYPES)} and be of its type")
        base64.b64decode(self.data, validate=True)
        return self
