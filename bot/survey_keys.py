"""The keys of open surveys as files in a folder of their own, which no back-up should hold."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from models.surveys.sealing import KEY_BYTES, KeyGone


@dataclass(frozen=True)
class KeysInFolder:
    """One file for each key, readable for nobody else; all processes share the folder.

    A destroyed key is overwritten first. What a disk, a file system with history or a back-up of
    the folder may still hold is beyond that, so the folder belongs on a plain local disk.
    """

    folder: Path

    def make(self, name: str) -> bytes:
        """The key with the name; of two processes that make it at once, one's stands."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f"{name}.{secrets.token_hex(8)}.new"
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(KEY_BYTES))
        try:
            os.link(draft, self._file(name))
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return self.find(name)

    def find(self, name: str) -> bytes:
        """The key with the name; raises `KeyGone` where it is not here."""
        try:
            return self._file(name).read_bytes()
        except FileNotFoundError as error:
            raise KeyGone(name) from error

    def destroy(self, name: str) -> None:
        """Overwrites and removes a key; one that is gone already stays so."""
        file = self._file(name)
        if not file.exists():
            return
        with file.open("r+b") as held:
            held.write(bytes(KEY_BYTES))
            held.flush()
            os.fsync(held.fileno())
        file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.key"
