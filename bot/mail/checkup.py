"""Trying the mail server's settings, for `samverkan doctor`, without sending anything."""

from __future__ import annotations

from bot.delivery.errors import NotSent
from bot.mail.settings import MailSettings, Security
from bot.mail.smtp import demand_sender, opened
from models.delivery.trouble import Trouble

OFF = "switched off: set SMTP_HOST and MAIL_FROM to reach members without a chat"
FINE = "{host}:{port} takes mail from {sender}{remark}"
OPEN = ", unencrypted: set SMTP_SECURITY where it is on another machine"
AWAY = "{host}:{port} does not answer ({reason}): check SMTP_HOST, SMTP_PORT and SMTP_SECURITY."
REFUSED = (
    "{host}:{port} does not accept our settings ({reason}): "
    "check SMTP_USER, SMTP_PASSWORD, SMTP_SECURITY and MAIL_FROM."
)
UNTRUSTED = (
    "{host}:{port} has a certificate that is not trusted here ({reason}): "
    "trust whoever signed it on this machine, or name that certificate in SSL_CERT_FILE."
)
CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"


def mail_finding(post: MailSettings | None) -> tuple[bool, str]:
    """Whether the mail server would take a letter, and a sentence about it."""
    if post is None:
        return True, OFF
    place = {"host": post.host, "port": post.port}
    try:
        with opened(post) as server:
            demand_sender(server, post)
    except NotSent as wrong:
        return False, _said(wrong).format(reason=wrong.reason, **place)
    remark = OPEN if post.security is Security.NONE else ""
    return True, FINE.format(sender=post.sender, remark=remark, **place)


def _said(wrong: NotSent) -> str:
    if wrong.trouble is Trouble.MAIL_SERVER_AWAY:
        return AWAY
    return UNTRUSTED if CERTIFICATE in wrong.reason else REFUSED
