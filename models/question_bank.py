"""The bank of short questions to members, worded once so that rounds can be compared.

The wordings are the project's own, on the themes of the domain's section on short survey items.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.surveys import Scale, Wording


@dataclass(frozen=True)
class BankQuestion:
    """A question that can be put into a survey, in both languages."""

    key: str
    sv: str
    en: str
    scale: Scale
    choices_sv: tuple[str, ...] = ()
    choices_en: tuple[str, ...] = ()


BANK = (
    BankQuestion(
        "m_trend",
        "Hur har läget på platsen utvecklats sedan förra mötet?",
        "How has the place developed since the last meeting?",
        Scale.CHOICE,
        ("Klart bättre", "Något bättre", "Oförändrat", "Något sämre", "Klart sämre", "Vet inte"),
        (
            "Much better",
            "Somewhat better",
            "No change",
            "Somewhat worse",
            "Much worse",
            "Don't know",
        ),
    ),
    BankQuestion(
        "m_coop",
        "Samverkan mellan stad och polis fungerar väl i vår grupp.",
        "The cooperation between city and police works well in our group.",
        Scale.LIKERT,
    ),
    BankQuestion(
        "m_role",
        "Jag vet vad min organisation ansvarar för i överenskommelsen.",
        "I know what my organisation answers for in the agreement.",
        Scale.LIKERT,
    ),
    BankQuestion(
        "m_resource",
        "Vi har resurser för att genomföra våra åtgärder i tid.",
        "We have the resources to carry out our measures in time.",
        Scale.YES_NO,
    ),
    BankQuestion(
        "m_data",
        "Vilka uppgifter saknar du för att följa upp området?",
        "Which data do you lack to follow up the area?",
        Scale.TEXT,
    ),
)


def bank_question(key: str) -> BankQuestion | None:
    """The question with a key, if there is one."""
    return next((question for question in BANK if question.key == key), None)


def newest_wording(session: Session, key: str) -> Wording | None:
    """The newest version that was written here of a question; none where it is as the bank has it.

    The bank's own wording is version 1.
    """
    query = select(Wording).where(Wording.key == key).order_by(Wording.version.desc()).limit(1)
    return session.scalars(query).first()
