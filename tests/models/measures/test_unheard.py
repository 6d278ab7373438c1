"""Why nothing is heard of a measure, and what a list then says of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from handlers.texts import language
from models.measures.measure import Measure, PromptState
from models.measures.progress import Light, standing
from models.measures.prompts import ask
from models.measures.unheard import unheard
from models.people.absences import set_absence
from models.wording import standing_words
from tests.digests.village import MONDAY, NOW, Village

DAY = timedelta(days=1)


@pytest.fixture
def village(session: Session) -> Village:
    return Village(session)


def said(village: Village, measure: Measure, on: date = MONDAY) -> tuple[Light, str]:
    """How a measure without any report stands, as a light and in words."""
    why = unheard(village.session, [measure], on).get(measure.id)
    stands = standing(measure, None, on, why)
    return stands.light, standing_words(stands, language("sv")).word


def test_an_absence_is_no_silence_until_its_last_day_is_over(village: Village) -> None:
    measure = village.measure("FAR-001", village.maja)
    last = MONDAY + 4 * DAY
    set_absence(village.session, village.maja, (MONDAY, last), village.maja, NOW)
    assert said(village, measure) == (Light.AWAY, "Frånvarande t.o.m. 14 juni")
    assert said(village, measure, last + DAY) == (Light.SILENT, "Aldrig rapporterad")


def test_who_was_asked_and_did_not_answer_is_told_from_who_was_never_asked(
    village: Village,
) -> None:
    measure = village.measure("FAR-001", village.maja)
    prompt = ask(village.session, measure, village.maja.id, NOW - 20 * DAY)
    village.session.flush()
    assert said(village, measure) == (Light.SILENT, "Aldrig rapporterad")
    prompt.state, prompt.closed_at = PromptState.SILENT, NOW
    village.session.flush()
    assert said(village, measure) == (Light.SILENT, "Inget svar, aldrig rapporterad")
    measure.owner_id = village.jonas.id
    village.session.flush()
    assert said(village, measure) == (Light.SILENT, "Aldrig rapporterad")
