"""Somebody outside chat: asked by e-mail, answering by links, and marked so in the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from bot.delivery.sending import drain
from bot.drawing.studio import Studio
from bot.mail.sender import EmailSender
from bot.occasions.asking import ask, ask_people
from bot.occasions.meetings import tell_before
from bot.occasions.occasion import Occasion
from bot.workspace.app import DeskRouter, assemble
from bot.workspace.broadcast import Broadcaster
from bot.workspace.office import Office
from handlers.desk import Desk
from handlers.seats.telling import is_reached
from models.database import Database
from models.delivery.mail_links import HOLDS, withdraw
from models.groups import Group
from models.measures.measure import Measure, ProgressReport
from models.meetings.meeting import Meeting
from models.message import ChoiceField
from models.people.addresses import MAIL, switch_mail
from models.people.organisations import DisplayPolicy, Person
from tests.bot.workspace.world import StillClock
from tests.conversations.talk import EVA, SECRET, Talk
from tests.handlers.conftest import met
from tests.mail_server import MailServer, running

INGRID = "ingrid.solvang@regnbagskyrkan.example"
NADJA = "nadja.petrovska@skarpnack.stockholm.example"
URL = "https://samverkan.city.example"
FRIDAY = datetime(2024, 6, 14, 6, 0, tzinfo=UTC)
NEXT_MEETING = (
    select(Meeting)
    .join(Meeting.group)
    .where(Group.code == "SKN-BER", Meeting.starts_at > FRIDAY)
    .order_by(Meeting.starts_at)
    .limit(1)
)

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@dataclass
class Parish:
    """Skarpnäck's cooperation with its mail server, and a browser that is signed in nowhere."""

    talk: Talk
    server: MailServer
    clock: StillClock = field(default_factory=lambda: StillClock(FRIDAY))

    def __post_init__(self) -> None:
        database = self.talk.database
        with database.write() as session:
            switch_mail(session, on=True)
        self.desk = Desk(database, SECRET, base_url=URL)
        self.senders = {
            MAIL: EmailSender(database, self.server.settings(), SECRET, URL, studio=Studio())
        }
        office = Office(
            database=database,
            secret=SECRET,
            speech=self.desk.speech,
            router=DeskRouter(self.desk),
            clock=self.clock,
            broadcaster=Broadcaster(),
            wake=lambda: None,
            base_url=URL,
        )
        self.browser = TestClient(assemble(office))

    def ask(self) -> None:
        """The week's message to Ingrid and the digest before her next meeting, sent."""
        at = self.clock.at
        with self.talk.database.write() as session:
            ask_people(session, [_ingrid(session)], Occasion("asking:08", at.date(), at, ask))
            meeting = session.scalars(NEXT_MEETING).one()
            name = f"meeting:{meeting.id}:before"
            tell_before(session, Occasion(name, at.date(), at, tell_before, meeting.id))
        # A letter a second: each drain sends those that the pace allows just then.
        for second in range(3):
            self.deliver(at + timedelta(seconds=2 * second))

    def deliver(self, at: datetime) -> None:
        """Sends what is due."""
        drain(self.talk.database, self.senders, at)

    def link(self, label: str) -> str:
        """The path of the link with this label in the last letter that has it."""
        pattern = re.compile(rf"^{label}: {URL}(/answer/\S+)$", re.MULTILINE)
        found = [
            match[1] for letter in self.server.letters for match in pattern.finditer(_text(letter))
        ]
        assert found, label
        return found[-1]

    def sees(self, path: str) -> str:
        """What a link shows."""
        return self.browser.get(path).text

    def says(self, path: str, **fields: str) -> str:
        """What a link answers when its button is pressed or its form is sent."""
        page = self.sees(path)
        sealed = re.search(r'name="form" value="([^"]+)"', page)
        form = {"form": sealed[1]} if sealed else {}
        return self.browser.post(path, data={**form, **fields}).text

    def meeting(self) -> str:
        """The number of the next meeting."""
        with self.talk.database.read() as session:
            return str(session.scalars(NEXT_MEETING).one().id)

    def reports(self) -> list[ProgressReport]:
        """What Ingrid has reported on her measure, the last first."""
        with self.talk.database.read() as session:
            query = select(ProgressReport).join(Measure).where(Measure.code == "SKN-007")
            return list(session.scalars(query.order_by(ProgressReport.id.desc())))


def _ingrid(session: Session) -> Person:
    return session.scalars(select(Person).where(Person.email == INGRID)).one()


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture
def parish(stockholm: Database, desk: Desk) -> Iterator[Parish]:
    """The demo's deacon, on the Friday before her group meets."""
    with running(MailServer()) as server:
        made = Parish(Talk(stockholm, at=FRIDAY, knowing=desk), server)
        yield made


def test_a_deacon_reports_and_answers_a_call_by_links_alone(parish: Parish) -> None:
    parish.ask()
    letters = parish.server.letters
    assert {str(letter["To"]) for letter in letters} == {f"Ingrid Solvang <{INGRID}>"}
    assert "Väntar på dig: 1 åtgärd" in [letter["Subject"] for letter in letters]
    before = len(parish.reports())

    delayed = parish.link("Försenad")
    for _ in range(2):
        assert "Vad hindrar?" in parish.sees(delayed), "looking changes nothing"
    assert "Inget har sparats än" in parish.says(delayed, obstacle="")
    assert len(parish.reports()) == before
    said = parish.says(delayed, obstacle="Källaren är vattenskadad")
    assert "Tack, det är sparat" in said
    assert "Källaren är vattenskadad" in said
    again = parish.sees(delayed)
    assert "Det här är redan besvarat" in again
    assert "Källaren är vattenskadad" in again, "it shows what was said"
    assert len(parish.reports()) == before + 1

    nadja = met(parish.talk, NADJA)
    assert "Ingrid Solvang, via länk i e-post" in nadja.says("SKN-007")
    assert "via länk i e-post" in nadja.says("historik SKN-007")

    coming = parish.link("Jag kommer")
    nadja.sends_button("meeting.cancel", parish.meeting())
    called_off = parish.sees(coming)
    assert "Mötet är inställt, så inget svar behövs." in called_off
    assert "<form" not in called_off
    nadja.sends_button("meeting.reinstate", parish.meeting())
    assert "Stämmer det här?" in parish.sees(coming), "looking has not used it up"
    assert "Noterat" in parish.says(coming, yes="yes")
    card = nadja.sends_button("meeting.show", parish.meeting())
    assert "Kommer: Ingrid Solvang (via länk i e-post)" in card


def test_a_link_ends_in_time_can_be_withdrawn_and_is_not_guessed(parish: Parish) -> None:
    parish.ask()
    assert "Ingrid Solvang" in parish.sees(parish.link("Enligt plan"))
    with parish.talk.database.write() as session:
        _ingrid(session).display_policy = DisplayPolicy.FUNCTION_ONLY
    assert "Ingrid Solvang" not in parish.sees(parish.link("Enligt plan"))
    done, help_ = parish.link("Klar"), parish.link("Behöver hjälp")
    response = parish.browser.get(done)
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in response.headers["x-robots-tag"]
    assert response.headers["cache-control"] == "no-store"
    guessed = parish.browser.get(f"{done[:-3]}abc")
    assert (guessed.status_code, "Länken finns inte" in guessed.text) == (404, True)

    with parish.talk.database.write() as session:
        assert withdraw(session, _ingrid(session), parish.clock.at) > 4
    assert "Länken gäller inte längre" in parish.browser.post(done).text
    parish.clock.at += HOLDS
    assert parish.browser.get(help_).status_code == 410
    assert [row.source for row in parish.reports() if row.source == MAIL] == []


def test_stopping_by_the_mail_programs_own_button_stops_the_letters(parish: Parish) -> None:
    parish.ask()
    stop = parish.server.letters[-1]["List-Unsubscribe"].strip("<>").removeprefix(URL)
    one_click = {"List-Unsubscribe": "One-Click"}
    parish.clock.at += 3 * HOLDS
    stopped = parish.browser.post(stop, data=one_click, headers={"Origin": "https://mail.example"})
    assert "Du får ingen mer e-post" in stopped.text
    with parish.talk.database.read() as session:
        assert not is_reached(session, _ingrid(session), parish.clock.at)
    parish.clock.at += HOLDS
    back = re.search(rf"{URL}(/answer/[^\"]+)\"[^>]*>Få e-post igen", parish.sees(stop))
    assert back, "the letter at hand still leads back when its other links are too old"
    assert "Du får e-post igen" in parish.says(back[1], yes="yes")
    with parish.talk.database.read() as session:
        assert is_reached(session, _ingrid(session), parish.clock.at)


def test_the_coordinator_switches_letters_on_again_for_whoever_asks_and_they_are_told(
    parish: Parish,
) -> None:
    with parish.talk.database.write() as session:
        _ingrid(session).paused_until = date(9999, 1, 1)
    eva = met(parish.talk, EVA)
    assert "1 person får ingen e-post: Ingrid Solvang." in eva.says("leverans")
    eva.presses("Slå på e-post igen")
    [who] = eva.form().fields
    assert isinstance(who, ChoiceField)
    assert "Ingrid Solvang får e-post igen" in eva.fills(person=who.choices[0].value)
    parish.deliver(parish.clock.at)
    [letter] = parish.server.letters
    assert "Eva Nordin har slagit på din e-post" in _text(letter)
    assert letter["List-Unsubscribe"]
    assert "får ingen e-post" not in eva.says("leverans")


def test_an_address_that_is_wrong_and_a_server_that_is_away_are_told(parish: Parish) -> None:
    parish.server.answers = {"CONNECT": "421 come later"}
    parish.ask()
    eva = met(parish.talk, EVA)
    assert "E-postservern svarar inte" in eva.says("leverans"), "it is tried again, and says why"
    parish.server.answers = {"RCPT": "550 5.1.1 no such user"}
    for minutes in (5, 10, 15):
        parish.deliver(FRIDAY + timedelta(minutes=minutes))
    told = eva.says("leverans")
    assert "E-postservern känner inte till adressen" in told
    assert "Ingrid Solvang" in told
    assert parish.server.letters == []
