"""The workspaces where the bot is installed; tokens are encrypted wherever they rest."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.slack.requests import PLATFORM
from models.database import Database
from models.people.accounts import Installation

KEPT_SECONDS = 60.0


@dataclass(frozen=True)
class Installed:
    """The bot in one workspace, with its token in clear."""

    workspace: str
    token: str = field(repr=False)
    name: str = ""
    bot_id: str = ""
    bot_user: str = ""
    scopes: tuple[str, ...] = ()


def cipher(keys: Iterable[str]) -> MultiFernet:
    """Encrypts with the first key and decrypts with all, so that keys can be changed."""
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A Fernet key from a secret of any length, for this use alone."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"samverkan slack tokens")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))


class Installations:
    """Reads and writes installations; what was read is kept for a minute."""

    def __init__(
        self,
        database: Database,
        tokens: MultiFernet,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._ticks = ticks
        self._kept: dict[str, tuple[float, Installed | None]] = {}

    def at_hand(self, workspace: str) -> Installed | None:
        """What was read within the last minute; asks nothing."""
        read_at, found = self._kept.get(workspace, (float("-inf"), None))
        return found if self._ticks() - read_at < KEPT_SECONDS else None

    def find(self, workspace: str) -> Installed | None:
        """The living installation in a workspace or organisation."""
        kept = self.at_hand(workspace)
        if kept is not None or not workspace:
            return kept
        with self._database.read() as session:
            row = _row(session, workspace)
            found = self._opened(row) if row is not None and row.removed_at is None else None
        self._kept[workspace] = (self._ticks(), found)
        return found

    def save(self, installed: Installed, at: datetime) -> None:
        """Keeps a new installation, or a new token of a known one."""
        with self._database.write() as session:
            row = _row(session, installed.workspace)
            if row is None:
                row = Installation(platform=PLATFORM, workspace=installed.workspace)
                session.add(row)
            row.name = installed.name
            row.token = self._tokens.encrypt(installed.token.encode())
            row.bot_id, row.bot_user = installed.bot_id, installed.bot_user
            row.scopes = ",".join(installed.scopes)
            row.installed_at, row.removed_at = at, None
        self._kept.pop(installed.workspace, None)

    def remove(self, workspace: str, at: datetime) -> None:
        """Notes that the bot was removed, and destroys its token."""
        with self._database.write() as session:
            row = _row(session, workspace)
            if row is not None and row.removed_at is None:
                row.token, row.removed_at = b"", at
        self._kept.pop(workspace, None)

    def _opened(self, row: Installation) -> Installed:
        return Installed(
            workspace=row.workspace,
            token=self._tokens.decrypt(row.token).decode(),
            name=row.name,
            bot_id=row.bot_id,
            bot_user=row.bot_user,
            scopes=tuple(filter(None, row.scopes.split(","))),
        )


def _row(session: Session, workspace: str) -> Installation | None:
    query = select(Installation).where(
        Installation.platform == PLATFORM, Installation.workspace == workspace
    )
    return session.scalars(query).first()
