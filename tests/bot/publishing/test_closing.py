"""Closed surveys are published once, by whoever gets there, and told to those concerned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from structlog.testing import capture_logs

from bot.console import as_text
from bot.publishing.closing import Closing
from bot.publishing.press import CannotCount, Counting, Crashed, TookTooLong
from bot.survey_diagnosis import survey_fault, survey_remark
from digests.period import week_until
from digests.weekly import gather, message
from handlers.results.card import result_card
from handlers.results.method import limit_facts
from handlers.texts import language
from models.database import Database
from models.delivery.outbox import Delivery
from models.message import Facts
from models.people.accounts import Channel
from models.surveys import box as survey_box
from models.surveys import closing as survey_closing
from models.surveys.facts import Tables, WaveFacts
from models.surveys.limits import Limits
from models.surveys.published import PublishedResult, Shown
from models.surveys.sealing import KeysInMemory
from models.surveys.survey import Invitation, Question, Scale, Sensitivity, Survey, SurveyResult
from tests.digests.village import NOW, farsta_in_week_24
from tests.presses import PressHere, published

CLOSES = NOW - timedelta(hours=2)

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


class BrokenPress:
    """A press that cannot count."""

    def open(self) -> AbstractContextManager[Counting]:
        """Fails."""
        raise CannotCount("out of paper")


class SlowPress:
    """A press that takes too long over everything that has to be audited."""

    @contextmanager
    def open(self) -> Iterator[Counting]:
        """Counts what needs no audit."""

        def counting(facts: WaveFacts) -> Tables:
            if not facts.is_too_much:
                raise TookTooLong("ended after 600 seconds")
            with PressHere().open() as here:
                return here(facts).model_copy(update={"cut_short": (1,)})

        yield counting


class CrashingPress:
    """A press that ends over everything that it is given, or over what has to be audited."""

    def __init__(self, *, always: bool) -> None:
        self.always = always

    @contextmanager
    def open(self) -> Iterator[Counting]:
        """Counts what needs no audit, unless it always crashes."""

        def counting(facts: WaveFacts) -> Tables:
            if self.always or not facts.is_too_much:
                raise Crashed("the process ended with code -11")
            with PressHere().open() as here:
                return here(facts)

        yield counting


@pytest.fixture
def keys() -> KeysInMemory:
    return KeysInMemory()


@pytest.fixture
def closed(database: Database, keys: KeysInMemory) -> Survey:
    """A survey that both members of the village answered, closed and not yet counted."""
    with database.write() as session:
        village = farsta_in_week_24(session)
        survey = Survey(
            code="E-1", title_sv="Läget i Farsta", group_id=village.group.id,
            sensitivity=Sensitivity.OPEN, opens_at=CLOSES - timedelta(days=3), closes_at=CLOSES,
            questions=[Question(position=1, wording_sv="Ja?", scale=Scale.YES_NO, key="q")],
        )  # fmt: skip
        session.add(survey)
        session.flush()
        survey_box.invite(session, survey, survey.opens_at)
        for row in session.scalars(select(Invitation)).all():
            survey_box.put_answers(session, row, {1: "yes"}, keys)
        survey_closing.end(session, survey, CLOSES)
        return survey


def told(database: Database) -> list[str]:
    """Where results were told."""
    with database.read() as session:
        rows = session.scalars(select(Delivery).where(Delivery.purpose == "survey_result"))
        return sorted(row.channel or f"@{row.person_id}" for row in rows)


def test_a_press_that_fails_leaves_the_survey_for_the_next_look(
    database: Database, closed: Survey, keys: KeysInMemory
) -> None:
    with capture_logs() as logs:
        assert Closing(database, keys, BrokenPress()).publish_due(NOW) == 0
    assert [entry["event"] for entry in logs] == ["survey_not_counted"]
    with database.read() as session:
        assert "E-1 closed and not yet counted" in survey_fault(session, keys)
    assert published(database, NOW, keys) == 1
    with database.read() as session:
        assert survey_fault(session, keys) == ""


def test_what_takes_too_long_twice_is_published_the_third_time_with_nothing_to_audit(
    database: Database, closed: Survey, keys: KeysInMemory
) -> None:
    with database.write() as session:
        session.get_one(Survey, closed.id).sensitivity = Sensitivity.INTERNAL
    # A process that is started anew remembers it.
    looks = [Closing(database, keys, SlowPress()).publish_due(NOW) for _ in range(3)]
    assert looks == [0, 0, 1]
    with database.read() as session:
        [figure] = session.scalars(select(PublishedResult))
        assert (figure.n, figure.asked, figure.shown) == (2, 2, Shown.HIDDEN)
        assert survey_fault(session, keys) == ""
        assert survey_remark(session).startswith("of E-1 less is shown than usual")
        [result] = session.scalars(select(SurveyResult))
        card = result_card(session, language("sv"), result.survey, result)
        assert "Om fråga 1 visas mindre än vanligt" in card.model_dump_json()


@pytest.mark.parametrize(("always", "looks"), [(False, 3), (True, 5)])
def test_what_crashes_each_time_is_published_with_numbers_alone_and_said_once(
    database: Database, closed: Survey, keys: KeysInMemory, always: bool, looks: int
) -> None:
    with database.write() as session:
        session.get_one(Survey, closed.id).sensitivity = Sensitivity.INTERNAL
    closing = Closing(database, keys, CrashingPress(always=always))
    with capture_logs() as logs:
        done = [closing.publish_due(NOW) for _ in range(looks)]
    assert done == [0] * (looks - 1) + [1]
    said = [entry["event"] for entry in logs]
    assert (said.count("survey_not_counted"), said.count("survey_not_audited")) == (1, 1)
    with database.read() as session:
        [figure] = session.scalars(select(PublishedResult))
        assert (figure.n, figure.asked, figure.shown) == (2, 2, Shown.HIDDEN)
        [result] = session.scalars(select(SurveyResult))
        assert [(each["weights"], each["most"]) for each in result.table["told"]] == [
            ([0, 0, 1], 0)
        ]
        assert survey_fault(session, keys) == ""


def test_what_a_survey_promised_is_what_its_audit_its_card_and_its_method_go_by(
    database: Database, keys: KeysInMemory
) -> None:
    with database.write() as session:
        village = farsta_in_week_24(session)
        for number in range(6):
            village.seat(village.person(f"Medlem {number}", village.city))
        survey = Survey(
            code="E-2", title_sv="Läget i Farsta", group_id=village.group.id,
            sensitivity=Sensitivity.INTERNAL, opens_at=CLOSES - timedelta(days=3), closes_at=CLOSES,
            questions=[Question(position=1, wording_sv="Ja?", scale=Scale.YES_NO, key="q"),
                       Question(position=2, wording_sv="Nu?", scale=Scale.YES_NO, key="r")],
        )  # fmt: skip
        Limits(7, 12, 3).write_to(survey)
        session.add(survey)
        session.flush()
        survey_box.invite(session, survey, survey.opens_at)
        for at, row in enumerate(session.scalars(select(Invitation)).all()):
            # Six answer the second question, and five of all eight say yes to the first.
            answers = {1: "yes" if at < 5 else "no", **({2: "yes"} if at < 6 else {})}
            survey_box.put_answers(session, row, answers, keys)
        survey_closing.end(session, survey, CLOSES)
    assert published(database, NOW, keys) == 1
    with database.read() as session:
        [result] = session.scalars(select(SurveyResult))
        [told] = [each for each in result.table["told"] if each["weights"] == [0, 1]]
        assert (told["key"], told["least"], told["most"]) == ("q", 5, 8)
        card = as_text(result_card(session, language("sv"), result.survey, result))
        assert "Minst 5 av de 8 som svarat säger ja." in card
        assert "färre än 7 svar" in card
        spoken = as_text(result_card(session, language("en"), result.survey, result))
        assert "At least 5 of the 8 who answered say yes." in spoken
        facts = {fact.label: fact.value for fact in limit_facts(language("sv"), result.survey)}
        assert facts == {
            "Minsta antal svar för att visa något": "7",
            "Visas som ”högst” eller ”minst”": "0–3 personer, eller alla utom 0–3",
        }


def test_without_its_key_a_survey_waits_and_the_doctor_says_what_to_do(
    database: Database, closed: Survey, keys: KeysInMemory
) -> None:
    elsewhere = KeysInMemory()
    closing = Closing(database, elsewhere, PressHere())
    with capture_logs() as logs:
        assert [closing.publish_due(NOW) for _ in range(3)] == [0, 0, 0]
    assert [entry["event"] for entry in logs] == ["survey_key_missing"], "said once"
    with database.read() as session:
        assert "the keys of E-1 are not in the folder" in survey_fault(session, elsewhere)
    assert published(database, NOW, keys) == 1


def test_of_two_that_count_at_once_one_publishes(
    database: Database, closed: Survey, keys: KeysInMemory
) -> None:
    class Late(PressHere):
        """Counts, and finds that somebody else has published meanwhile."""

        @contextmanager
        def open(self) -> Iterator[Counting]:
            with super().open() as counting:
                published(database, NOW, keys)
                yield counting

    with database.read() as session:
        facts = survey_closing.gather(session, session.get_one(Survey, closed.id), keys)
    assert facts.answered == 2
    Closing(database, keys, Late()).publish_due(NOW)
    with database.read() as session:
        assert len(session.scalars(select(SurveyResult)).all()) == 1
        assert len(session.scalars(select(PublishedResult)).all()) == 1
    assert told(database) == ["FAR-BER"]


def test_a_group_without_a_channel_is_told_member_by_member(
    database: Database, closed: Survey, keys: KeysInMemory
) -> None:
    with database.write() as session:
        session.execute(delete(Channel))
    published(database, NOW, keys)
    assert len(told(database)) == 2
    assert all(where.startswith("@") for where in told(database))


def test_the_next_weekly_digest_tells_that_there_is_a_result(
    database: Database, closed: Survey, keys: KeysInMemory
) -> None:
    published(database, NOW - timedelta(hours=1), keys)
    with database.read() as session:
        village = session.get_one(Survey, closed.id).group
        facts = gather(session, village, week_until(NOW.date(), village.zone), NOW.date())
    digest = message(facts, language("sv"))
    assert digest is not None
    lines = {
        fact.label: fact.value
        for part in digest.parts if isinstance(part, Facts) for fact in part.facts
    }  # fmt: skip
    assert lines["Resultat av enkäter"] == (
        "Läget i Farsta (A – säker siffra): 2 av 2 svarade (E-1)"
    )
