"""The work after a close: count in the child process, freeze, tell, and destroy what is spent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion
from bot.occasions.telling import NO_CHANNEL, post, queue_to
from bot.publishing.numbers import numbers_only
from bot.publishing.press import CannotCount, Counting, GivenUp, Press
from digests.asking import may_be_told
from handlers import texts
from handlers.results.card import result_card
from models.database import Database
from models.delivery.outgoing import Errand
from models.groups import Group
from models.message import Message
from models.people.organisations import Person
from models.schedule import GRACE, local_day
from models.surveys import closing as survey_closing
from models.surveys.attempts import forget_attempts, give_up, times_given_up
from models.surveys.box import spent_keys
from models.surveys.facts import Tables, WaveFacts
from models.surveys.sealing import KeyGone, SurveyKeys
from models.surveys.survey import Invitation, Survey, SurveyResult
from models.surveys.target import target_groups
from models.surveys.texts import consented

ATTEMPTS = 2
"""So often counting may take too long or crash; after that nothing is told that needs an audit.

After as many again nothing is told but numbers, which needs no other process.
"""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Closing:
    """Publishes what has closed; any process with the keys may, and each survey is frozen once.

    What takes too long or crashes again and again is published with nothing told that needs an
    audit.
    """

    database: Database
    keys: SurveyKeys
    press: Press
    after: Callable[[], object] = lambda: None
    _said: set[tuple[str, str, str]] = field(default_factory=set, repr=False)

    def publish_due(self, now: datetime) -> int:
        """Publishes every closed survey that has no result yet; returns how many."""
        with self.database.read() as session:
            waiting = deque(survey.id for survey in survey_closing.to_publish(session))
        done = 0
        while waiting:
            before = len(waiting)
            try:
                with self.press.open() as counting:
                    while waiting:
                        done += self._publish(waiting.popleft(), counting, now)
            except CannotCount as error:
                self._warn("survey_not_counted", error=str(error))
                if len(waiting) == before:
                    break
        self.destroy_spent()
        if done:
            self.after()
        return done

    def _publish(self, survey_id: int, counting: Counting, now: datetime) -> bool:
        """Reads, counts outside any transaction, and freezes in one."""
        with self.database.read() as session:
            survey = session.get_one(Survey, survey_id)
            try:
                facts = survey_closing.gather(session, survey, self.keys)
                texts = consented(session, survey, self.keys)
            except KeyGone:
                self._warn("survey_key_missing", survey=survey.code)
                return False
            times = times_given_up(session, survey)
        if times >= ATTEMPTS:
            self._warn("survey_not_audited", survey=survey.code)
        facts = facts.model_copy(update={"is_too_much": times >= ATTEMPTS})
        counting = numbers_only if times >= 2 * ATTEMPTS else counting
        tables = self._counted(survey, counting, facts)
        with self.database.write() as session:
            survey = session.get_one(Survey, survey_id, with_for_update=True)
            if session.get(SurveyResult, survey_id) is not None:
                return False
            is_news = now < survey.closes_at + GRACE
            at = now if is_news else survey.closes_at
            result = survey_closing.freeze(session, survey, facts, tables, at)
            session.add_all(texts)
            forget_attempts(session, survey)
            if is_news:
                _tell(session, survey, result, now)
        log.info("survey_published", survey=survey.code)
        return True

    def _counted(self, survey: Survey, counting: Counting, facts: WaveFacts) -> Tables:
        try:
            tables = counting(facts)
        except GivenUp:
            with self.database.write() as session:
                give_up(session, survey)
            raise
        if tables.cut_short:
            cut = list(tables.cut_short)
            log.warning("survey_audit_cut_short", survey=survey.code, questions=cut)
        return tables

    def _warn(self, event: str, survey: str = "", error: str = "") -> None:
        """Says once in the log what stays so until somebody does something about it."""
        if (event, survey, error) not in self._said:
            self._said.add((event, survey, error))
            log.warning(event, **{"survey": survey} if survey else {"error": error})

    def destroy_spent(self) -> None:
        """Destroys the keys that open nothing any more, and only then forgets their names."""
        with self.database.read() as session:
            spent = {survey.id: survey.key_name for survey in spent_keys(session)}
        for survey_id, name in spent.items():
            self.keys.destroy(name)
            with self.database.write() as session:
                session.get_one(Survey, survey_id).key_name = ""


def _tell(session: Session, survey: Survey, result: SurveyResult, now: datetime) -> None:
    """Shows the result in the channels of the groups that were asked."""
    day = local_day(survey.closes_at)
    groups = {group.id: group for group in target_groups(session, survey, day)}
    groups.setdefault(survey.group_id, survey.group)
    for group in groups.values():
        language = texts.language(group.language, group.zone)
        occasion = Occasion(f"survey:{survey.id}:result:{group.id}", day, now, lambda *_: "")
        card = result_card(session, language, survey, result, group.code)
        if post(session, group, card, "survey_result", occasion) == NO_CHANNEL:
            _tell_each(session, survey, group, card, occasion)


def _tell_each(
    session: Session, survey: Survey, group: Group, card: Message, occasion: Occasion
) -> None:
    """Tells those who were asked for a group that has no channel, each in a direct message."""
    query = select(Person).join(Invitation, Invitation.person_id == Person.id)
    rows = query.where(Invitation.survey_id == survey.id, Invitation.via_group == group.code)
    for person in session.scalars(rows.order_by(Person.id)):
        if may_be_told(person, occasion.day):
            key = f"{occasion.schedule}:{person.id}"
            errand = Errand("survey_result", key, occasion.at, person_id=person.id)
            queue_to(session, person, card, errand)
