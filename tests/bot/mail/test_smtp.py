"""Handing letters to a mail server: what can go wrong, and what it is worth trying again."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from bot.delivery.errors import MaybeSent, NotSent, Refused
from bot.mail.checkup import mail_finding
from bot.mail.settings import MailSettings, Security
from bot.mail.smtp import hand_over
from models.delivery.trouble import Trouble
from tests.mail_server import PASSWORD, USER, MailServer, running

TO = "anna@parish.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes everything until it is told otherwise."""
    with running(MailServer()) as found:
        yield found


def _letter(text: str = "Hej på dig") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["To"] = "Möte om Årsta", TO
    made.set_content(text)
    return made


def test_a_letter_arrives_as_it_was_written(server: MailServer) -> None:
    hand_over(server.settings(), _letter("Första raden\n.punkt först\n"), TO)
    assert server.receivers == [TO]
    assert server.letters[0]["Subject"] == "Möte om Årsta"
    assert server.letters[0].get_content().splitlines() == ["Första raden", ".punkt först"]


@pytest.mark.parametrize(
    ("answers", "trouble", "reason"),
    [
        ({"CONNECT": "421 busy"}, Trouble.MAIL_SERVER_AWAY, "421"),
        ({"MAIL": "451 later"}, Trouble.MAIL_SERVER_AWAY, "451"),
        ({"MAIL": "553 not your domain"}, Trouble.MAIL_SETTINGS, "553 not your domain"),
        ({"RCPT": "450 4.2.0 greylisted"}, Trouble.MAIL_PUT_OFF, "450 4.2.0 greylisted"),
        ({"DATA": "452 disk full"}, Trouble.MAIL_PUT_OFF, "452 disk full"),
        ({"TEXT": "451 local error"}, Trouble.MAIL_PUT_OFF, "451 local error"),
    ],
)
def test_what_has_not_arrived_may_be_tried_again(
    server: MailServer, answers: dict[str, str], trouble: Trouble, reason: str
) -> None:
    server.answers = answers
    with pytest.raises(NotSent) as told:
        hand_over(server.settings(), _letter(), TO)
    assert told.value.trouble is trouble
    assert reason in told.value.reason
    assert server.letters == []


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ({"RCPT": "550 5.1.1 no such user"}, Trouble.ADDRESS_REFUSED),
        ({"TEXT": "554 5.6.0 looks like spam"}, Trouble.MESSAGE_REFUSED),
    ],
)
def test_what_will_never_arrive_says_why(
    server: MailServer, answers: dict[str, str], trouble: Trouble
) -> None:
    server.answers = answers
    with pytest.raises(Refused, match=r"5\d\d") as told:
        hand_over(server.settings(), _letter(), TO)
    assert told.value.trouble is trouble


@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_breaks_off_before_the_text_has_nothing(
    server: MailServer, verb: str
) -> None:
    server.drops = {verb, "HELO"}
    with pytest.raises(NotSent) as told:
        hand_over(server.settings(), _letter(), TO)
    assert told.value.trouble is Trouble.MAIL_SERVER_AWAY


def test_a_server_that_breaks_off_after_the_text_may_have_it(server: MailServer) -> None:
    server.drops = {"TEXT"}
    with pytest.raises(MaybeSent, match="after the text"):
        hand_over(server.settings(), _letter(), TO)
    assert len(server.letters) == 1, "this one had"


def test_a_goodbye_that_fails_changes_nothing(server: MailServer) -> None:
    server.drops = {"QUIT"}
    hand_over(server.settings(), _letter(), TO)
    assert len(server.letters) == 1


def test_a_user_with_the_right_password_comes_in(server: MailServer) -> None:
    server.wants_login = True
    hand_over(server.settings(user=USER, password=PASSWORD), _letter(), TO)
    assert len(server.letters) == 1


@pytest.mark.parametrize(
    "changed",
    [{"user": USER, "password": "wrong"}, {}, {"security": Security.STARTTLS}],
    ids=["a wrong password", "no login", "no encryption there"],
)
def test_settings_that_the_server_does_not_accept_want_an_operator(
    server: MailServer, changed: dict[str, object]
) -> None:
    server.wants_login = True
    with pytest.raises(NotSent) as told:
        hand_over(server.settings(**changed), _letter(), TO)
    assert told.value.trouble is Trouble.MAIL_SETTINGS
    assert told.value.rest >= 60, "an account is not locked by trying"


def test_nobody_at_the_port_is_a_server_that_is_away(server: MailServer) -> None:
    nobody = MailSettings("127.0.0.1", 1, Security.NONE, "samverkan@city.example")
    with pytest.raises(NotSent) as told:
        hand_over(nobody, _letter(), TO)
    assert told.value.trouble is Trouble.MAIL_SERVER_AWAY


@pytest.mark.parametrize(
    ("answers", "is_fine", "said"),
    [
        ({}, True, "takes mail from samverkan@city.example, unencrypted"),
        ({"CONNECT": "421 busy"}, False, "does not answer"),
        ({"MAIL": "553 not your domain"}, False, "553 not your domain"),
    ],
)
def test_the_doctor_tries_the_settings_and_sends_nothing(
    server: MailServer, answers: dict[str, str], is_fine: bool, said: str
) -> None:
    server.answers = answers
    fine, told = mail_finding(server.settings())
    assert fine is is_fine
    assert said in told
    assert server.letters == []
