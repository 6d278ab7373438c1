"""The bank of short questions to members, worded once so that rounds can be compared.

The wordings are the project's own, on the themes of the domain's section on short survey items.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people.organisations import Person
from models.surveys.survey import Question, Scale, Sensitivity, Wording


@dataclass(frozen=True)
class BankQuestion:
    """A question that can be put into a survey, in both languages, and how sensitive it is.

    `of_residents` are never put to members, but stand in surveys that were made elsewhere.
    `theme` is the theme of the indicators that ask or count the like; empty where none does.
    """

    key: str
    sv: str
    en: str
    scale: Scale
    choices_sv: tuple[str, ...] = ()
    choices_en: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    of_residents: bool = False
    version: int = 1
    theme: str = ""


_HOW_OFTEN = (("Aldrig", "Sällan", "Ibland", "Ofta"), ("Never", "Seldom", "Sometimes", "Often"))
_HOW_BIG = (
    ("Inget problem", "Litet problem", "Ganska stort problem", "Stort problem", "Vet inte"),
    ("No problem", "A small problem", "A rather big problem", "A big problem", "Don't know"),
)
_PROBLEMS = (
    ("litter", "nedskräpning", "litter"),
    ("dark", "mörka platser", "dark places"),
    ("vandalism", "skadegörelse", "vandalism"),
    ("noise_youth", "störande grupper", "disturbing groups"),
    ("drunk", "berusade personer", "drunk people"),
    ("drugs_open", "öppen droghandel", "open drug dealing"),
    ("traffic", "buskörning", "reckless driving"),
)


_OUTDOORS = "trygghet ute"
_WORRY = "oro för brott"


def _of_residents(
    key: str,
    sv: str,
    en: str,
    choices: tuple[tuple[str, ...], tuple[str, ...]],
    theme: str = "",
) -> BankQuestion:
    asked = BankQuestion(key, sv, en, Scale.CHOICE, *choices, theme=theme)
    return replace(asked, sensitivity=Sensitivity.SENSITIVE, of_residents=True)


RESIDENTS = (
    _of_residents(
        "night_alone",
        "Hur trygg känner du dig när du går ensam i ditt område sent på kvällen?",
        "How safe do you feel when you walk alone in your area late in the evening?",
        (
            ("Mycket trygg", "Ganska trygg", "Ganska otrygg", "Mycket otrygg", "Går inte ut"),
            ("Very safe", "Rather safe", "Rather unsafe", "Very unsafe", "I do not go out"),
        ),
        _OUTDOORS,
    ),
    BankQuestion(
        "square_evening",
        "Jag känner mig trygg på torget kvällstid.",
        "I feel safe in the square in the evening.",
        Scale.YES_NO,
        of_residents=True,
        theme=_OUTDOORS,
    ),
    _of_residents(
        "not_out_reason",
        "Är otrygghet skälet till att du inte går ut?",
        "Is feeling unsafe the reason why you do not go out?",
        (("Ja", "Delvis", "Nej"), ("Yes", "Partly", "No")),
        _OUTDOORS,
    ),
    _of_residents(
        "worry_crime",
        "Hur ofta har du det senaste året oroat dig för att utsättas för brott?",
        "How often in the past year have you worried about becoming a victim of crime?",
        _HOW_OFTEN,
        _WORRY,
    ),
    _of_residents(
        "avoid",
        "Har du det senaste året valt en annan väg av oro för brott?",
        "Have you in the past year taken another way for fear of crime?",
        (("Aldrig", "Någon gång", "Ofta"), ("Never", "Some time", "Often")),
        _OUTDOORS,
    ),
    _of_residents(
        "victim_12m",
        "Har du utsatts för något brott de senaste tolv månaderna?",
        "Have you been the victim of a crime in the past twelve months?",
        (("Ja", "Nej", "Vill inte svara"), ("Yes", "No", "I do not want to answer")),
    ),
    *(
        _of_residents(
            key,
            f"Hur stort problem är {sv} i området?",
            f"How big a problem is {en} here?",
            _HOW_BIG,
        )
        for key, sv, en in _PROBLEMS
    ),
    _of_residents(
        "trust_police",
        "Hur stort förtroende har du för polisen i området?",
        "How much do you trust the police in your area?",
        (
            ("Mycket stort", "Ganska stort", "Ganska litet", "Mycket litet", "Ingen uppfattning"),
            ("Very much", "Rather much", "Rather little", "Very little", "No opinion"),
        ),
    ),
    _of_residents(
        "cares",
        "Bryr sig polis och kommun om problemen här?",
        "Do the police and the city care about the problems here?",
        (
            ("Ja, i hög grad", "Ja, delvis", "Nej, knappast", "Nej, inte alls"),
            ("Yes, very much", "Yes, partly", "No, hardly", "No, not at all"),
        ),
    ),
)

MEMBERS = (
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

BANK = (*MEMBERS, *RESIDENTS)


def bank_question(key: str) -> BankQuestion | None:
    """The question with a key as the bank first worded it, if there is one."""
    return next((question for question in BANK if question.key == key), None)


def theme_of(question: Question) -> str:
    """The theme of the indicators that stand beside a question; empty for one of one's own."""
    known = bank_question(question.key)
    return known.theme if known else ""


def of_wording(sv: str) -> BankQuestion | None:
    """The question that the bank first worded so, if there is one."""
    return next((question for question in BANK if question.sv == sv), None)


def offered(session: Session) -> list[BankQuestion]:
    """The questions that can be put to members, each in its newest wording."""
    return [as_worded(session, question) for question in MEMBERS]


def as_worded(session: Session, question: BankQuestion) -> BankQuestion:
    """A question of the bank in its newest wording."""
    said = newest_wording(session, question.key)
    if said is None:
        return question
    return replace(question, sv=said.wording_sv, en=said.wording_en, version=said.version)


def word_anew(
    session: Session, question: Question, words: tuple[str, str], by: Person, at: datetime
) -> Wording:
    """The next version of a question, worded in Swedish and English; what it asks stays a kind."""
    newest = newest_wording(session, question.key)
    row = Wording(
        key=question.key,
        version=max(newest.version if newest else 1, question.version) + 1,
        wording_sv=words[0],
        wording_en=words[1],
        scale=question.scale,
        choices_sv=question.choices_sv,
        choices_en=question.choices_en,
        by_id=by.id,
        at=at,
    )
    session.add(row)
    session.flush()
    return row


def newest_wording(session: Session, key: str) -> Wording | None:
    """The newest version that was written here of a question; none where it is as the bank has it.

    The bank's own wording is version 1.
    """
    query = select(Wording).where(Wording.key == key).order_by(Wording.version.desc()).limit(1)
    return session.scalars(query).first()
