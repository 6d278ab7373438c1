"""Handing a letter to the mail server, with what went wrong told by how far it had come.

Before the text is sent nothing can have arrived, so it is tried again later. A server that breaks
off after the text may have taken it: nobody can tell, since e-mail has no history to look in.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from bot.delivery.errors import MaybeSent, NotSent, Refused
from bot.mail.settings import MailSettings, Security
from models.delivery.trouble import Trouble

SECONDS = 8
"""How long the server may take for each word: all of them together fit in a sender's lease."""

READY, TAKEN, PERMANENT = 354, 250, 500
KNOWN = (250, 251)
REST, LONG_REST = 60, 300
"""Seconds for which a server that is away, or turns us away, is left alone."""

DOT_FIRST = re.compile(rb"(?m)^\.")


def hand_over(post: MailSettings, letter: EmailMessage, to: str) -> None:
    """Gives a letter to the server.

    Raises `NotSent` where it may be tried again, `Refused` where it is of no use, and `MaybeSent`
    where nobody can tell.
    """
    with opened(post) as server:
        _address(server, post, to)
        _text(server, letter)


@contextmanager
def opened(post: MailSettings) -> Iterator[smtplib.SMTP]:
    """A server that has greeted us and knows who we are; `NotSent` where it does not."""
    try:
        server = _greeted(post)
    except smtplib.SMTPAuthenticationError as refused:
        raise _login(refused) from refused
    except (smtplib.SMTPNotSupportedError, ssl.SSLError) as unfit:
        raise NotSent(Trouble.MAIL_SETTINGS, _said(unfit), LONG_REST) from unfit
    except (smtplib.SMTPException, OSError) as away:
        raise NotSent(Trouble.MAIL_SERVER_AWAY, _said(away), REST) from away
    try:
        yield server
    finally:
        # The letter is there or it is not: how the goodbye goes changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _greeted(post: MailSettings) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    server: smtplib.SMTP
    if post.security is Security.TLS:
        server = smtplib.SMTP_SSL(
            post.host, post.port, post.domain, timeout=SECONDS, context=trusted
        )
    else:
        server = smtplib.SMTP(post.host, post.port, post.domain, timeout=SECONDS)
    try:
        if post.security is Security.STARTTLS:
            server.starttls(context=trusted)
        server.ehlo_or_helo_if_needed()
        if post.user:
            server.login(post.user, post.password)
    except Exception:
        server.close()
        raise
    return server


def _login(refused: smtplib.SMTPAuthenticationError) -> NotSent:
    """A wrong password wants an operator; a server that is busy wants time."""
    trouble = Trouble.MAIL_SETTINGS
    if refused.smtp_code < PERMANENT:
        trouble = Trouble.MAIL_SERVER_AWAY
    return NotSent(trouble, _answer(refused.smtp_code, refused.smtp_error), LONG_REST)


def demand_sender(server: smtplib.SMTP, post: MailSettings, options: Sequence[str] = ()) -> None:
    """Says who the letter is from; `NotSent` where the server wants none from there."""
    try:
        code, said = server.mail(post.sender, options)
    except (smtplib.SMTPException, OSError) as away:
        raise NotSent(Trouble.MAIL_SERVER_AWAY, _said(away), REST) from away
    if code != TAKEN:
        trouble = Trouble.MAIL_SETTINGS if code >= PERMANENT else Trouble.MAIL_SERVER_AWAY
        raise NotSent(trouble, _answer(code, said), LONG_REST)


def _address(server: smtplib.SMTP, post: MailSettings, to: str) -> None:
    """Says who it is from and to whom."""
    options = ["SMTPUTF8"] if not to.isascii() and server.has_extn("smtputf8") else []
    if not to.isascii() and not options:
        raise Refused(Trouble.ADDRESS_REFUSED, "the server takes no letters beyond a to z")
    demand_sender(server, post, options)
    try:
        code, said = server.rcpt(to)
    except (smtplib.SMTPException, OSError) as away:
        raise NotSent(Trouble.MAIL_SERVER_AWAY, _said(away), REST) from away
    if code >= PERMANENT:
        raise Refused(Trouble.ADDRESS_REFUSED, _answer(code, said))
    if code not in KNOWN:
        # Greylisting: the server wants to see us again in a while, for this receiver alone.
        raise NotSent(Trouble.MAIL_PUT_OFF, _answer(code, said))


def _text(server: smtplib.SMTP, letter: EmailMessage) -> None:
    policy = SMTP if str(letter["To"]).isascii() else SMTPUTF8
    content = DOT_FIRST.sub(b"..", letter.as_bytes(policy=policy))
    try:
        code, said = server.docmd("DATA")
    except (smtplib.SMTPException, OSError) as away:
        raise NotSent(Trouble.MAIL_SERVER_AWAY, _said(away), REST) from away
    if code == READY:
        try:
            server.send(content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, said = server.getreply()
        except (smtplib.SMTPException, OSError) as broken:
            raise MaybeSent(
                f"the mail server broke off after the text: {_said(broken)}"
            ) from broken
    if code == TAKEN:
        return
    if code >= PERMANENT:
        raise Refused(Trouble.MESSAGE_REFUSED, _answer(code, said))
    raise NotSent(Trouble.MAIL_PUT_OFF, _answer(code, said))


def _answer(code: int, said: bytes | str) -> str:
    """What the server said, short: 550 5.1.1 no such user."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())[:200]


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
