"""What the mail edge is told at its start."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from bot.settings import BadSetting, Settings

ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class Security(StrEnum):
    """How the way to the mail server is kept from others' eyes.

    STARTTLS begins in the open and then encrypts, usual on port 587. TLS encrypts from the first
    byte, usual on port 465. NONE is for a server on the same machine or network.
    """

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True)
class MailSettings:
    """The mail server, how it is spoken to, and who the letters are from.

    `reply_to` is where answers go; without one the letters say that nobody reads them.
    """

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    reply_to: str = ""

    @property
    def domain(self) -> str:
        """The domain that letters come from."""
        return self.sender.rpartition("@")[2]

    def check(self) -> None:
        """Stops the start with a sentence about the first setting that is wrong."""
        for name, address in (("MAIL_FROM", self.sender), ("MAIL_REPLY_TO", self.reply_to)):
            if address and not ADDRESS.fullmatch(address):
                raise BadSetting(f"{name} is {address}: give an address like name@city.example.")
        if not self.sender:
            raise BadSetting("MAIL_FROM is missing beside SMTP_HOST: say who the mail is from.")
        if bool(self.user) != bool(self.password):
            missing = "SMTP_PASSWORD" if self.user else "SMTP_USER"
            raise BadSetting(f"{missing} is missing: give user and password, or neither.")
        if self.password and self.security is Security.NONE and self.host not in HERE:
            raise BadSetting(
                "SMTP_PASSWORD would cross the network unencrypted: "
                "set SMTP_SECURITY to starttls or tls."
            )


def mail_settings(settings: Settings) -> MailSettings | None:
    """What the program's settings say of e-mail; nothing where it is not set up.

    Raises BadSetting with a sentence that names what is wrong.
    """
    if not settings["SMTP_HOST"]:
        return None
    port, security = settings["SMTP_PORT"], settings["SMTP_SECURITY"].lower()
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadSetting(f"SMTP_PORT is {port}: give a number from 1 to 65535.")
    if security not in set(Security):
        raise BadSetting(f"SMTP_SECURITY is {security}: give starttls, tls or none.")
    found = MailSettings(
        host=settings["SMTP_HOST"],
        port=int(port),
        security=Security(security),
        sender=settings["MAIL_FROM"],
        user=settings["SMTP_USER"],
        password=settings["SMTP_PASSWORD"],
        reply_to=settings["MAIL_REPLY_TO"],
    )
    found.check()
    return found


def nowhere(base_url: str) -> MailSettings:
    """The demo's settings: letters that are written and shown, and go nowhere."""
    host = urlsplit(base_url).hostname or "localhost"
    return MailSettings(host, 0, Security.NONE, "samverkansbot@demo.example")
