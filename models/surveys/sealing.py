"""Sealed ballots: what a member answered, readable only with a key that is not in the database.

A survey's key makes two others: one for the link, by which the same member finds the own ballot
again, and one that seals it (AES-GCM). All ballots of a survey are equally long, say no time, and
are bound to their link. When the key is destroyed, every copy of them is noise: in the table, in
free pages and write-ahead logs, and in each back-up that was ever made.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12

Answers = dict[int, str]
"""What one member answered: value by the question's position."""


class KeyGone(Exception):
    """The key of a survey is not here: it was destroyed, or this machine has another folder."""


class SurveyKeys(Protocol):
    """Where the keys of open surveys are kept, which is never the database."""

    def make(self, name: str) -> bytes:
        """The key with the name; made now where there is none yet."""
        ...

    def find(self, name: str) -> bytes:
        """The key with the name; raises `KeyGone` where it is not here."""
        ...

    def destroy(self, name: str) -> None:
        """Destroys a key for ever; one that is gone already stays so."""
        ...


@dataclass
class KeysInMemory:
    """Keys that end with the process, for tests and for what is tried out."""

    keys: dict[str, bytes] = field(default_factory=dict, repr=False)

    def make(self, name: str) -> bytes:
        """The key with the name; made now where there is none yet."""
        return self.keys.setdefault(name, secrets.token_bytes(KEY_BYTES))

    def find(self, name: str) -> bytes:
        """The key with the name; raises `KeyGone` where it is not here."""
        if name not in self.keys:
            raise KeyGone(name)
        return self.keys[name]

    def destroy(self, name: str) -> None:
        """Forgets a key."""
        self.keys.pop(name, None)


@dataclass(frozen=True)
class Seal:
    """What one survey's key does; `room` is the number of bytes that every ballot takes."""

    key: bytes = field(repr=False)
    room: int

    def link(self, person_id: int) -> str:
        """The name of a member's ballot, which tells nobody without the key whose it is."""
        own = hmac.new(self.key, b"link", sha256).digest()
        return hmac.new(own, str(person_id).encode(), sha256).hexdigest()

    def close(self, link: str, answers: Mapping[int, str]) -> str:
        """The answers sealed, as text; raises `ValueError` where they do not fit the room."""
        told = json.dumps({str(at): value for at, value in answers.items()}, ensure_ascii=False)
        plain = told.encode()
        if len(plain) > self.room:
            raise ValueError(f"{len(plain)} bytes do not fit a ballot of {self.room}")
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._cipher().encrypt(nonce, plain.ljust(self.room), link.encode())
        return base64.b64encode(nonce + sealed).decode("ascii")

    def open(self, link: str, sealed: str) -> Answers:
        """The answers of a ballot; raises `KeyGone` for one that another key has sealed."""
        whole = base64.b64decode(sealed)
        try:
            plain = self._cipher().decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], link.encode())
        except InvalidTag as error:
            raise KeyGone("the ballot was sealed with another key") from error
        return {int(at): str(value) for at, value in json.loads(plain).items()}

    def _cipher(self) -> AESGCM:
        return AESGCM(hmac.new(self.key, b"seal", sha256).digest())
