"""Delivering messages as e-mails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage

from sqlalchemy.orm import Session

from bot.delivery.errors import CannotTell, Refused
from bot.delivery.port import Outgoing
from bot.drawing.studio import Studio
from bot.mail.letters import Envelope, Writer
from bot.mail.linking import Letter, Linking
from bot.mail.settings import ADDRESS, MailSettings
from bot.mail.smtp import hand_over
from handlers.texts import language
from models.database import Database
from models.delivery.outbox import Delivery
from models.delivery.trouble import Trouble
from models.message import Button, Message
from models.people.addresses import MAIL
from models.people.organisations import DisplayPolicy, Person
from models.schedule import ZONE

HandOver = Callable[[MailSettings, EmailMessage, str], None]
"""Gives a letter to the mail server; raises the errors of delivery."""


@dataclass
class EmailSender:
    """Writes each delivery as a letter whose Message-ID is the delivery's, and hands it over."""

    database: Database
    post: MailSettings
    secret: bytes = field(repr=False)
    base_url: str
    hand_over: HandOver = hand_over
    studio: Studio = field(default_factory=Studio)
    platform: str = MAIL

    def __post_init__(self) -> None:
        self.writer = Writer(self.post, self.studio)

    def send(self, outgoing: Outgoing) -> str:
        """Hands the letter over; the receipt is its Message-ID."""
        return self._sent(outgoing)

    def change(self, outgoing: Outgoing) -> str:
        """Sends what has changed as a letter of its own that answers the first: none is unsent."""
        return self._sent(outgoing)

    def find(self, _outgoing: Outgoing, /) -> str | None:
        """Nobody can look into a mailbox."""
        raise CannotTell("e-mail has no history to look in")

    def _sent(self, outgoing: Outgoing) -> str:
        if not ADDRESS.fullmatch(outgoing.user):
            raise Refused(Trouble.ADDRESS_REFUSED, "this is no e-mail address")
        message, envelope = self.prepared(outgoing)
        self.hand_over(self.post, self.writer.letter(message, envelope), outgoing.user)
        return self.writer.mark(outgoing.id)

    def prepared(self, outgoing: Outgoing) -> tuple[Message, Envelope]:
        """The message with its links, which are stored before the letter is sent."""
        with self.database.write() as session:
            person = _reader(session, outgoing.id)
            if person is None:
                return outgoing.message, self._envelope(outgoing, None, "")
            letter = Letter(outgoing.id, person.id, outgoing.started_at)
            linking = Linking.of_letter(session, self.secret, self.base_url, letter)
            spoken = language(person.language, ZONE)
            stop = Button(
                label=spoken._("Stop these e-mails"), action="letters.change", value="stop"
            )
            about = spoken._("No more calls, digests or questions come by e-mail until you say so.")
            stops = linking.link(stop, about).url
            return linking.linked(outgoing.message), self._envelope(outgoing, person, stops)

    def addressed(self, outgoing: Outgoing) -> tuple[Message, Envelope]:
        """The message as it was queued, and to whom; makes no links."""
        with self.database.read() as session:
            return outgoing.message, self._envelope(outgoing, _reader(session, outgoing.id), "")

    def _envelope(self, outgoing: Outgoing, person: Person | None, stop: str) -> Envelope:
        is_shown = person is not None and person.display_policy is DisplayPolicy.SHOWN
        return Envelope(
            id=outgoing.id,
            to=outgoing.user,
            language=language(person.language if person else "sv", ZONE),
            at=outgoing.started_at,
            name=person.name if person and is_shown else "",
            stop=stop,
            answers=outgoing.replaces,
        )


def _reader(session: Session, delivery_id: str) -> Person | None:
    """Whom a delivery is for."""
    delivery = session.get(Delivery, delivery_id)
    if delivery is None or delivery.person_id is None:
        return None
    return session.get(Person, delivery.person_id)
