"""Counted answers: each fits its question, and there are no more of them than have answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from bot.workbook.columns import Key, Row, Value, folded
from bot.workbook.faults import Fault, Unreadable
from bot.workbook.headings import nearest
from bot.workbook.known import Known
from models.surveys.box import DONT_KNOW
from models.surveys.survey import Scale

WORDS = {
    "ja": "yes",
    "yes": "yes",
    "nej": "no",
    "no": "no",
    "vet inte": DONT_KNOW,
    "vet ej": DONT_KNOW,
    "don't know": DONT_KNOW,
    DONT_KNOW: DONT_KNOW,
}


def question_key(row: Row) -> Key:
    """Which question an answer belongs to."""
    return folded(row.values.get("survey")), row.values.get("position")


def as_stored(row: Row, written: str, known: Known) -> str:
    """An answer as the survey stores it, whether the file has the value or the words."""
    question = known.by_key("questions").get(question_key(row), {})
    scale = question.get("scale")
    if scale is None or scale == Scale.TEXT:
        return written
    if scale == Scale.NUMBER:
        return _number(written)
    offered = _offered(str(scale), question.get("choices_sv"))
    found = offered.get(written.casefold())
    if found is None:
        words = ", ".join(dict.fromkeys(offered.values()))
        raise Unreadable("one of {words}", nearest(written, list(offered)), words=words)
    return found


def _offered(scale: str, choices: Value) -> dict[str, str]:
    """What may be written for each value of a scale, in small letters."""
    if scale == Scale.LIKERT:
        return {**{str(step): str(step) for step in range(1, 6)}, **_doubt()}
    if scale == Scale.YES_NO:
        return dict(WORDS)
    words = choices if isinstance(choices, tuple) else ()
    numbers = {str(at): str(at) for at in range(1, len(words) + 1)}
    return {**numbers, **{word.casefold(): str(at) for at, word in enumerate(words, 1)}}


def _doubt() -> dict[str, str]:
    return {word: value for word, value in WORDS.items() if value == DONT_KNOW}


def _number(written: str) -> str:
    plain = written.replace(",", ".", 1)
    if not (plain.isascii() and plain.replace(".", "", 1).isdigit()):
        raise Unreadable("a number")
    return plain


def answers_out_of_place(known: Known) -> Iterator[Fault]:
    """Answers to a question that is not there, to an open survey, or more than there may be."""
    numbers: Counter[Key] = Counter()
    answered = Counter(
        values.get("survey")
        for values in known.by_key("invitations").values()
        if values.get("answered") is True
    )
    for row in known.rows.get("answers", []):
        survey, position = row.values.get("survey"), row.values.get("position")
        if survey is None or position is None:
            continue
        if question_key(row) not in known.by_key("questions"):
            yield Fault(row.at("position"), "a question that the survey has", str(position))
            continue
        closes_at = known.fact("surveys", survey, "closes_at")
        if isinstance(closes_at, datetime) and closes_at > known.stored.at:
            yield Fault(row.at("survey"), "a survey that has closed", str(survey))
        count = row.values.get("count")
        numbers[question_key(row)] += count if isinstance(count, int) else 0
        elsewhere = known.fact("surveys", survey, "answered")
        most = elsewhere if isinstance(elsewhere, int) else answered[survey]
        if numbers[question_key(row)] > most:
            yield Fault(
                row.at("count"),
                "at most {most} answers to the question, as many as have answered",
                str(numbers[question_key(row)]),
                values={"most": most},
            )
