"""The grades of reliability as sign and words, the same on every card, picture and file."""

from __future__ import annotations

from models.language import Language
from models.message import Status, Tone
from models.statistics.grade import Grade

GRADES: dict[Grade, tuple[str, str, Tone]] = {
    Grade.A: ("●", "A – reliable", Tone.PLAIN),
    Grade.B: ("◕", "B – fairly reliable", Tone.PLAIN),
    Grade.C: ("◐", "C – use with caution", Tone.WARNING),
    Grade.D: ("○", "D – range only", Tone.WARNING),
    Grade.X: ("▨", "X – not shown: too few answers to protect respondents", Tone.UNKNOWN),
    Grade.X2: (
        "▨",
        "X2 – not shown: another hidden result could be worked out",
        Tone.UNKNOWN,
    ),
}


def grade_status(language: Language, grade: Grade) -> Status:
    """A grade as sign and words; its tone says how to read, never whether it is good."""
    sign, word, tone = GRADES[grade]
    return Status(sign=sign, word=language._(word), tone=tone)


def grade_word(language: Language, grade: Grade) -> str:
    """A grade in words."""
    return language._(GRADES[grade][1])
