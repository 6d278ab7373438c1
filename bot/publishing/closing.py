"""The work after a close: count in the child process, freeze, tell, and destroy what is spent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion
from bot.occasions.telling import post
from bot.publishing.press import CannotCount, Counting, Press
from handlers import texts
from handlers.results.card import result_card
from models import survey_closing
from models.database import Database
from models.schedule import GRACE, local_day
from models.sealing import KeyGone, SurveyKeys
from models.survey_box import spent_keys
from models.survey_target import target_groups
from models.survey_texts import consented
from models.surveys import Survey, SurveyResult

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Closing:
    """Publishes what has closed; any process with the keys may, and each survey is frozen once."""

    database: Database
    keys: SurveyKeys
    press: Press
    after: Callable[[], object] = lambda: None

    def publish_due(self, now: datetime) -> int:
        """Publishes every closed survey that has no result yet; returns how many."""
        with self.database.read() as session:
            waiting = [survey.id for survey in survey_closing.to_publish(session)]
        done = 0
        if waiting:
            try:
                with self.press.open() as counting:
                    done = sum(self._publish(each, counting, now) for each in waiting)
            except CannotCount as error:
                log.warning("survey_not_counted", error=str(error))
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
                log.warning("survey_key_missing", survey=survey.code)
                return False
        tables = counting(facts)
        with self.database.write() as session:
            survey = session.get_one(Survey, survey_id, with_for_update=True)
            if session.get(SurveyResult, survey_id) is not None:
                return False
            is_news = now < survey.closes_at + GRACE
            at = now if is_news else survey.closes_at
            result = survey_closing.freeze(session, survey, facts, tables, at)
            session.add_all(texts)
            if is_news:
                _tell(session, survey, result, now)
        log.info("survey_published", survey=survey.code)
        return True

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
        post(session, group, card, "survey_result", occasion)
