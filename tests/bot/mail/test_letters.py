"""A neutral message as a letter: text and HTML that say the same, and headers that help."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Literal

import pytest

from bot.mail.letters import Envelope, Writer, subject_of
from bot.mail.linking import above
from bot.mail.settings import mail_settings
from bot.settings import BadSetting, Settings
from bot.workspace.by_link import without_lines
from handlers.texts import language
from models.message import (
    Actions,
    Button,
    Cell,
    Fact,
    Facts,
    File,
    Heading,
    Line,
    Lines,
    Link,
    Message,
    Note,
    Quote,
    Status,
    Table,
    Text,
)
from tests.bot.workspace.world import SECRET
from tests.mail_server import MailServer

AT = datetime(2024, 6, 14, 6, 0, tzinfo=UTC)
ID = "0cd69afb-1674-5dad-9e0d-6050f14e4edf"
URL = "https://samverkan.city.example/answer/abc"
STOP = "https://samverkan.city.example/answer/stop"
CHAT_ONLY = Button(label="Visa mötet", action="meeting.show", value="1")
MESSAGE = Message(
    summary="Inför mötet 18 juni · Årsta",
    parts=(
        Heading(text="Inför mötet <18 juni> i Årsta"),
        Text(text="**Kort** om läget\n- ett\n- två"),
        Facts(facts=(Fact(label="När", value="tis 18 juni", ways=(CHAT_ONLY,)),)),
        Lines(
            title="Åtgärdspunkter", lines=(Line(text="Ring alla", way=CHAT_ONLY),), choose="Öppna"
        ),
        Table(
            columns=("Åtgärd", "Läge"),
            rows=(
                (
                    Cell(text="FAR-014", quote="Snart klart"),
                    Cell(status=Status(sign="▲", word="Försenad")),
                ),
            ),
        ),
        Quote(text="Vi behöver hjälp", by="Karim"),
        Note(text="Sedan mötet 21 maj"),
        File.holding(b"BEGIN:VCALENDAR", label="För din kalender", name="FAR-BER.ics"),
        Actions(buttons=(Link(label="Jag kommer", url=URL),)),
    ),
)


def _envelope(code: str = "sv", **changed: str) -> Envelope:
    given = {"name": "Anna Å", "stop": STOP, **changed}
    return Envelope(ID, "anna@parish.example", language(code), AT, **given)


def _writer(**changed: object) -> Writer:
    return Writer(MailServer().settings(**changed))


def _body(letter: EmailMessage, kind: Literal["plain", "html"]) -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_a_letter_can_be_recognised_answered_and_stopped() -> None:
    letter = _writer(reply_to="hub@city.example").letter(MESSAGE, _envelope())
    assert letter["Message-ID"] == f"<{ID}@city.example>"
    assert letter["Subject"] == "Inför mötet 18 juni · Årsta"
    assert str(letter["To"]) == "Anna Å <anna@parish.example>"
    assert letter["Reply-To"] == "hub@city.example"
    assert letter["List-Unsubscribe"] == f"<{STOP}>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.as_bytes().isascii(), "no server has to know more than ASCII"


def test_the_text_and_the_html_say_the_same() -> None:
    letter = _writer().letter(MESSAGE, _envelope())
    text, html = _body(letter, "plain"), _body(letter, "html")
    told = ("tis 18 juni", "Ring alla", "FAR-014", "Försenad", "Snart klart", "Karim", URL, STOP)
    for said in told:
        assert said in text
        assert said in html
    assert "Inför mötet &lt;18 juni&gt;" in html
    assert '<html lang="sv">' in html
    assert "Ingen läser svar" in text
    assert "<script" not in html


def test_what_only_a_chat_can_press_is_in_no_letter() -> None:
    letter = _writer().letter(MESSAGE, _envelope())
    assert CHAT_ONLY.label not in _body(letter, "plain") + _body(letter, "html")


def test_a_file_for_the_calendar_is_enclosed() -> None:
    enclosed = list(_writer().letter(MESSAGE, _envelope()).iter_attachments())
    assert [(each.get_filename(), each.get_content_type()) for each in enclosed] == [
        ("FAR-BER.ics", "text/calendar")
    ]


def test_a_letter_that_corrects_another_says_so() -> None:
    envelope = _envelope("en", answers="<first@city.example>")
    letter = _writer().letter(MESSAGE, envelope)
    assert letter["Subject"].startswith("Updated: Inför mötet")
    assert letter["In-Reply-To"] == "<first@city.example>"


def test_a_subject_is_one_line_that_ends_between_words() -> None:
    long = MESSAGE.model_copy(update={"summary": "Ett ord\noch " * 30})
    subject = subject_of(long, _envelope())
    assert len(subject) <= 120
    assert "\n" not in subject
    assert subject.endswith(("ord …", "och …", "Ett …"))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"MAIL_FROM": ""}, "MAIL_FROM is missing"),
        ({"MAIL_FROM": "the city"}, "MAIL_FROM is the city"),
        ({"SMTP_PORT": "smtp"}, "SMTP_PORT"),
        ({"SMTP_SECURITY": "ssl3"}, "SMTP_SECURITY"),
        ({"SMTP_USER": "bot"}, "SMTP_PASSWORD is missing"),
        (
            {"SMTP_USER": "bot", "SMTP_PASSWORD": "x", "SMTP_SECURITY": "none"},
            "SMTP_PASSWORD would cross the network unencrypted",
        ),
    ],
)
def test_a_wrong_setting_of_mail_is_named(wrong: dict[str, str], named: str) -> None:
    given = {"SMTP_HOST": "mail.city.example", "MAIL_FROM": "bot@city.example", **wrong}
    settings = Settings.read({"SECRET_KEY": SECRET.decode() * 2, **given})
    with pytest.raises(BadSetting, match=named):
        mail_settings(settings)


def test_what_stands_before_a_link_says_which_meeting_it_is_about() -> None:
    heading, when = Heading(text="Nytt möte: Årsta"), Text(text="tors 20 juni 13.00")
    agenda, hello = Text(text="Dagordning\n1. Sommaren"), Text(text="Hej Anna.")
    answers = Actions(buttons=(Link(label="Jag kommer", url=URL),))
    whole = "Nytt möte: Årsta\ntors 20 juni 13.00\nDagordning\n1. Sommaren"
    assert above((hello, heading, when, agenda)) == whole
    assert above((hello, when)) == when.text, "without a heading a greeting is left out"
    assert above((heading, answers, agenda)) == agenda.text
    assert above((heading, Text(text="x" * 600), agenda)) == agenda.text


def test_what_a_form_says_again_is_left_out_below_what_a_link_is_about() -> None:
    about = "Samarbetet\n3 frågor. Svaren är anonyma. Öppen till mån 17 juni."
    intro = "**Samarbetet**\nSvaren är anonyma.\n\nFritext visas bara om du vill."
    assert without_lines(intro, about) == "Fritext visas bara om du vill."
    assert without_lines("Kort.", about) == "Kort."
