"""Where requests are received: the database, the secret, and the registry of names kept at hand."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock

from sqlalchemy.orm import Session

from handlers import texts
from handlers.requests import AnyRequest
from handlers.understanding.registry import Registry
from handlers.visit import Visit
from models.database import Database
from models.language import Language
from models.people.organisations import Person
from models.registry_version import registry_version
from models.surveys.limits import DEFAULTS, Limits
from models.surveys.sealing import KeysInMemory, SurveyKeys

ZONE = "Europe/Stockholm"


@dataclass
class Desk:
    """What all requests share.

    `language` is for those whom we do not know yet; where `only_language` is given, everybody is
    spoken to in that. `base_url` is where members reach the page, without a slash at its end.
    `secret` keys the hashes that stand for things not to be read back, and `keys` are those of
    open surveys. `limits` are what new surveys promise.
    """

    database: Database
    secret: bytes
    language: str = "sv"
    only_language: str = ""
    base_url: str = "http://127.0.0.1:8000"
    keys: SurveyKeys = field(default_factory=KeysInMemory)
    limits: Limits = DEFAULTS
    _registry: tuple[str, Registry] | None = None
    _lock: Lock = field(default_factory=Lock)

    def registry(self, session: Session, version: str | None = None) -> Registry:
        """The names as they stand, read again only when an import has changed them.

        The version is asked for unless it is known already.
        """
        version = registry_version(session) if version is None else version
        with self._lock:
            if self._registry is None or self._registry[0] != version:
                self._registry = (version, Registry.load(session))
            return self._registry[1]

    def warm(self) -> None:
        """Reads the names before the first question, which would else have to wait for them."""
        with self.database.read() as session:
            _ = self.registry(session).names

    def visit(
        self,
        session: Session,
        request: AnyRequest,
        person: Person | None,
        registry: Registry | None = None,
    ) -> Visit:
        """The request, ready for a handler; with the names that were read for it already."""
        language = self.speech(person)
        return Visit(
            session=session,
            asker=person,
            identity=request.who,
            where=request.where,
            at=request.at,
            on=language.local(request.at).date(),
            language=language,
            registry=registry or self.registry(session),
            secret=self.secret,
            keys=self.keys,
            base_url=self.base_url,
            limits=self.limits,
        )

    def speech(self, person: Person | None) -> Language:
        """The language of a member, or of those whom we do not know."""
        own = person.language if person else self.language
        return texts.language(self.only_language or own, ZONE)

    def keyed_hash(self, purpose: str, body: str) -> str:
        """A hash that says whether two bodies are the same, and nothing else."""
        key = hmac.new(self.secret, purpose.encode(), sha256).digest()
        return hmac.new(key, body.encode(), sha256).hexdigest()
