"""`leverans`: the coordinator reads what is wrong and what to do, and nobody else reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import delete, select, update

from handlers.delivery import words
from handlers.requests import Identity
from handlers.understanding import Intent, understand
from models.delivery.outbox import Delivery, DeliveryState, FanOut, Occurrence
from models.delivery.overview import oldest_due, overview
from models.delivery.pulses import SILENT_AFTER, Part, Process, beat
from models.delivery.trouble import Trouble
from models.groups import Group
from models.meetings.meeting import Meeting
from models.people.accounts import Account
from models.people.organisations import DisplayPolicy, Person
from tests.conversations.talk import EVA, KARIM, MAJA, Member, Talk
from tests.handlers.conftest import met

ONLY_SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
HOUR = timedelta(hours=1)
WITHDRAWN = {
    Trouble.TURNED_DOWN,
    Trouble.OVERTAKEN,
    Trouble.NOTHING_TO_UPDATE,
    Trouble.TOO_LATE,
}


@dataclass
class Outbox:
    """Messages as a bad week has left them, while sender and timetable live."""

    talk: Talk
    numbers: count[int] = field(default_factory=count)

    def live(self) -> None:
        with self.talk.database.write() as session:
            for part in Part:
                beat(session, Process("ada", 1), part, part, self.talk.at)

    def holds(
        self,
        state: DeliveryState,
        trouble: Trouble | None = None,
        *,
        to: str = "",
        reason: str = "",
        ago: timedelta = HOUR,
    ) -> None:
        """A message to a person by e-mail, or to a group by its code."""
        with self.talk.database.write() as session:
            named = select(Person.id).where(Person.email == to)
            name = f"delivery-{next(self.numbers)}"
            session.add(
                Delivery(
                    id=name,
                    key=name,
                    platform="slack",
                    workspace="T1",
                    purpose="asking",
                    message={},
                    state=state,
                    trouble=trouble,
                    reason=reason,
                    due_at=self.talk.at - ago,
                    person_id=session.scalar(named),
                    group_id=session.scalar(select(Group.id).where(Group.code == to)),
                )
            )


@pytest.fixture
def outbox(talk: Talk) -> Outbox:
    made = Outbox(talk)
    made.live()
    return made


@pytest.fixture
def eva(talk: Talk) -> Member:
    """The coordinator, who has read the first notice."""
    return met(talk, EVA)


@ONLY_SQLITE
def test_where_all_is_well_it_says_so(outbox: Outbox, eva: Member) -> None:
    outbox.holds(DeliveryState.SENT)
    outbox.holds(DeliveryState.WITHDRAWN, Trouble.TOO_LATE, to=KARIM)
    told = eva.says("leverans")
    assert "✓ Allt går ut som det ska" in told
    assert "1 meddelande skickades inte: det som det gällde hade redan börjat" in told
    assert "Avsett för Karim Haddad." in told
    assert "1 skickade · 0 i kö · 0 kom inte fram" in told
    assert "Väntar på beslut" not in told


@ONLY_SQLITE
def test_what_failed_is_told_by_reason_with_what_to_do(outbox: Outbox, eva: Member) -> None:
    for group in ("FAR-BER", "FAR-STYR"):
        outbox.holds(DeliveryState.FAILED, Trouble.NOT_IN_CHANNEL, to=group)
    outbox.holds(DeliveryState.FAILED, Trouble.REFUSED, reason="msg_too_strange")
    outbox.holds(DeliveryState.FAILED, Trouble.CHANNEL_GONE, ago=timedelta(days=8))
    told = eva.says("utskick")
    row = next(line for line in told.splitlines() if "Boten är inte med i kanalen" in line)
    assert "2" in row
    assert "Farsta lokala beredningsgrupp och Farsta lokala styrgrupp" in row
    assert "/invite @Samverkansbot" in row
    assert "Plattformen sa nej (msg_too_strange)" in told
    assert "Kanalen finns inte längre" not in told
    assert "◆ 2 saker behöver någon" in told


@ONLY_SQLITE
def test_what_is_held_waits_with_a_name_and_a_reason(outbox: Outbox, eva: Member) -> None:
    outbox.holds(DeliveryState.HELD, Trouble.CANNOT_TELL, to=KARIM)
    outbox.holds(DeliveryState.HELD, Trouble.GAVE_UP, to="FAR-BER")
    told = eva.says("leverans")
    assert "2 väntar på beslut" in told
    assert "Till Karim Haddad, Slack, mån 10 juni 07.00" in told
    assert "Till Farsta lokala beredningsgrupp" in told
    eva.presses("Skicka inte")
    assert "1 väntar på beslut" in eva.says("leverans")


@ONLY_SQLITE
def test_members_out_of_reach_are_counted_by_group(outbox: Outbox, eva: Member) -> None:
    with outbox.talk.database.write() as session:
        maja = session.scalars(select(Person).where(Person.email == MAJA)).one()
        session.execute(delete(Account).where(Account.person_id == maja.id))
        karim = session.scalars(select(Person).where(Person.email == KARIM)).one()
        accounts = session.scalars(select(Account).where(Account.person_id == karim.id)).all()
        for account in accounts:
            account.gone_at = outbox.talk.at
    told = eva.says("leverans")
    assert "ledamöter får inget från boten" in told
    group = next(line for line in told.splitlines() if "Farsta lokala beredningsgrupp:" in line)
    assert "appen saknas" in group
    if accounts:
        assert "kontot är avstängt (1)" in group


@ONLY_SQLITE
def test_a_person_whose_last_message_failed_is_out_of_reach_until_one_arrives(
    outbox: Outbox,
) -> None:
    outbox.talk.member(MAJA).says("hjälp")
    outbox.holds(DeliveryState.FAILED, Trouble.APP_MISSING, to=MAJA, ago=2 * HOUR)

    def unreached() -> int:
        with outbox.talk.database.read() as session:
            return overview(session, outbox.talk.at, outbox.talk.at.date()).unreached

    before = unreached()
    outbox.holds(DeliveryState.SENT, to=MAJA)
    assert unreached() == before - 1


@ONLY_SQLITE
def test_a_large_sending_is_followed_and_tells_whom_it_did_not_reach(
    outbox: Outbox, eva: Member
) -> None:
    at = outbox.talk.at
    with outbox.talk.database.write() as session:
        sending = FanOut(key="x", kind="asking", day=at.date(), at=at, audience=[1] * 14)
        session.add(sending)
        session.flush()
        sending_id = sending.id
    for _ in range(3):
        outbox.holds(DeliveryState.FAILED, Trouble.APP_MISSING)
    outbox.holds(DeliveryState.SENT)
    with outbox.talk.database.write() as session:
        session.execute(update(Delivery).values(fan_out_id=sending_id))
        session.get_one(FanOut, sending_id).position = 4
    told = eva.says("leverans")
    line = (
        "- Frågor till ledamöterna, mån 10 juni 08.00: 1 av 14; 3 av 14 nåddes inte (appen saknas)"
    )
    assert line in told
    with outbox.talk.database.write() as session:
        session.get_one(FanOut, sending_id).position = 14
    assert ": 3 av 4 nåddes inte (appen saknas)" in eva.says("leverans")


@ONLY_SQLITE
def test_what_was_skipped_is_named(outbox: Outbox, eva: Member) -> None:
    with outbox.talk.database.write() as session:
        query = select(Meeting.id).join(Meeting.group).where(Group.code == "FAR-BER").limit(1)
        before = f"meeting:{session.scalars(query).one()}:before"
        for schedule in ("week:FAR-BER", before, "meeting:0:before", "unheard:of"):
            day, at = outbox.talk.at.date(), outbox.talk.at
            session.add(
                Occurrence(schedule=schedule, local_date=day, fired_at=at, outcome="skipped")
            )
    told = eva.says("leverans")
    assert "- Veckans sammanfattning för Farsta lokala beredningsgrupp, 10 juni 2024" in told
    assert "- Sammanfattningen inför ett möte i Farsta lokala beredningsgrupp, 10 juni" in told
    assert "- En mötessammanfattning, 10 juni 2024" in told
    assert "- Något i tidtabellen, 10 juni 2024" in told


@ONLY_SQLITE
def test_who_hangs_and_what_waits_because_of_it_is_told_first(outbox: Outbox, eva: Member) -> None:
    outbox.holds(DeliveryState.QUEUED, ago=3 * HOUR)
    outbox.talk.later(seconds=SILENT_AFTER.total_seconds() + 1)
    told = eva.says("leverans")
    assert "▲ Något har hängt sig eller stannat" in told
    assert "Ingen skickar något just nu." in told
    assert "courier på ada har inte hörts av sedan mån 10 juni 08.00" in told
    assert "har väntat 3 timmar" in told


@ONLY_SQLITE
def test_what_is_not_due_is_not_late(outbox: Outbox) -> None:
    outbox.holds(DeliveryState.QUEUED, ago=-HOUR)
    outbox.holds(DeliveryState.SENDING)
    with outbox.talk.database.read() as session:
        assert oldest_due(session, outbox.talk.at) is None


@ONLY_SQLITE
def test_nobody_else_reads_it_but_whoever_runs_the_bot(outbox: Outbox, talk: Talk) -> None:
    assert "Bara samordnaren" in met(talk, MAJA).says("leverans")
    assert "Bara samordnaren" in talk.member(MAJA).sends_button("deliveries.reach", "0")
    operator = talk.member(None, operator=True, passing=True)
    assert isinstance(operator.who, Identity)
    assert "Så går utskicken" in operator.says("leverans")


@ONLY_SQLITE
@pytest.mark.parametrize("policy", [DisplayPolicy.PROTECTED, DisplayPolicy.FUNCTION_ONLY])
def test_somebody_protected_is_named_nowhere(
    outbox: Outbox, eva: Member, policy: DisplayPolicy
) -> None:
    with outbox.talk.database.write() as session:
        karim = session.scalars(select(Person).where(Person.email == KARIM)).one()
        karim.display_policy = policy
    outbox.holds(DeliveryState.HELD, Trouble.CANNOT_TELL, to=KARIM)
    outbox.holds(DeliveryState.FAILED, Trouble.APP_MISSING, to=KARIM)
    eva.says("leverans")
    assert "Haddad" not in eva.reply().model_dump_json()


@ONLY_SQLITE
def test_all_groups_out_of_reach_come_page_by_page(outbox: Outbox, eva: Member) -> None:
    with outbox.talk.database.write() as session:
        session.execute(delete(Account))
    told = met(outbox.talk, EVA).says("leverans")
    assert told.count(" av ") > 3
    assert "Visa alla grupper" in told
    eva.says("leverans")
    first = eva.presses("Visa alla grupper")
    assert first.count("(appen saknas)") == 20
    assert "(appen saknas)" in eva.presses("Visa fler")
    assert "Kan inte nås" in eva.sends_button("deliveries.reach", "rubbish")


@pytest.mark.parametrize("trouble", [each for each in Trouble if each not in WITHDRAWN])
def test_every_trouble_has_words_that_say_what_to_do(trouble: Trouble) -> None:
    what, advice = words.TROUBLES[trouble]
    assert what
    assert advice.endswith(".")


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("line", "is_meant"),
    [
        ("leverans", True),
        ("Leveranser", True),
        ("visa utskicken", True),
        ("deliveries", True),
        ("leverans av kameror försenad", False),
        ("leveransen av lampor dröjer", False),
    ],
)
def test_only_the_word_alone_asks_for_it(talk: Talk, line: str, is_meant: bool) -> None:
    with talk.database.read() as session:
        wish = understand(line, talk.desk.registry(session), talk.at.date())
    assert (wish.intent is Intent.DELIVERIES) == is_meant
