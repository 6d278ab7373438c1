"""Reports on a measure: a report verb first, or a measure's id with what is said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from handlers.understanding.line import Line, key_of
from handlers.understanding.meaning import Intent, Understanding
from handlers.understanding.names import likeliest
from handlers.understanding.statuses import Said, said_at, speaks_of_status
from handlers.understanding.vocabulary import vocabulary
from handlers.understanding.word_tables import alternatives, keys

_GAP = r"[\s:;,.#>=-]*"
_POLITE = rf"^(?:{alternatives('about', 'polite')}[\s,!.:]+)*"
_REPORT = re.compile(rf"{_POLITE}{alternatives('about', 'report')}(?!\w)")
_SET = re.compile(rf"{_POLITE}{alternatives('about', 'set')}(?!\w)")
_TOWARDS = re.compile(rf"{_GAP}(?:{alternatives('about', 'towards')}(?![\w-]){_GAP})*")
_BEFORE_ID = re.compile(rf"{_GAP}(?:{alternatives('about', 'before id')}(?![\w-]){_GAP})*")
_SUBJECT = re.compile(rf"(?:{alternatives('about', 'subject')}(?!\w)[\s']*)*")
_ASKING = re.compile(
    rf"^[\s,.:]*(?:(?:hej|hi|hello|och|and)[\s,]+)?{alternatives('about', 'asking')}(?!\w)"
)
_SHOWING = re.compile(rf"{_POLITE}{alternatives('about', 'showing')}(?!\w)")
_WHY = re.compile(rf"(?<!\w){alternatives('about', 'why')}(?!\w)")
_MINUS = re.compile(r"-\d+(?:[.,]\d+)?\s?%")
_CLOSING = tuple("\"”'’»)")
_SHORT_MONTHS = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
_MONTHS = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|january"
)


@dataclass(frozen=True)
class MeasureId:
    """A measure's id where it stands in a line."""

    start: int
    end: int
    code: str


def measure_ids(line: Line, codes: frozenset[str]) -> list[MeasureId]:
    """The ids in a line: `FAR-014`, `far14`, `FAR 14`; foreign ones only when written in full."""
    found = [
        MeasureId(match.start(), match.end(), _code(match))
        for match in _id_pattern(codes).finditer(line.key)
    ]
    return sorted(found, key=lambda each: each.start)


def _code(match: re.Match[str]) -> str:
    code, number = (match["code"], match["number"]) if match["code"] else match["full"].split("-")
    return f"{code.upper()}-{int(number):03d}"


@lru_cache(maxsize=8)
def _id_pattern(codes: frozenset[str]) -> re.Pattern[str]:
    known = "|".join(sorted(code.lower() for code in codes)) or "far"
    return re.compile(
        rf"(?<![\w-])(?:(?P<code>{known})(?:\s?-\s?|\s?nr\.?\s?|[\s_.:#/]{{0,2}})0*(?P<number>\d{{1,3}})"
        rf"|(?P<full>(?:{known}|(?!{_SHORT_MONTHS})[a-z]{{3}})-\d{{1,4}}))"
        rf"(?![\w%]|[./]\d|-\d|\s?%|\s?(?:procent|percent)|\s(?:{_MONTHS})\b)"
    )


def about_measure(line: Line, codes: frozenset[str], on: date) -> Understanding | None:
    """What the line says or asks of one measure; empty where it is about something else.

    Only a report verb first, or an id with a status, is a report. An id in the middle of prose is
    nothing; a question about an id shows the measure.
    """
    ids = measure_ids(line, codes)
    if verb_end := _report_verb(line, bool(ids)):
        return _report_after_verb(line, verb_end, ids, on)
    if not ids:
        return None
    return _of_measure(line, ids, on)


def _report_verb(line: Line, has_id: bool) -> int:
    match = _REPORT.match(line.key) or (_SET.match(line.key) if has_id else None)
    if match is not None:
        return match.end()
    first = line.words[0] if line.words else None
    if first is None or not first.key.isalpha() or len(first.key) < 6:
        return 0
    if vocabulary().sense(first.low, first.key) is not None:
        return 0
    found = likeliest(first.key, ["rapportera", "report", "rapport"])
    return first.end if found is not None and (has_id or len(line.words) == 1) else 0


def _report_after_verb(
    line: Line, verb_end: int, ids: list[MeasureId], on: date
) -> Understanding | None:
    if not ids:
        return _report_without_id(line, verb_end, on)
    measure = ids[0]
    place = _end(_TOWARDS, line, verb_end)
    said = said_at(line, place, on)
    if said.is_something and said.end < measure.start:
        place = _end(_TOWARDS, line, said.end)
    if place >= measure.start:
        after = said_at(line, measure.end, on) if not said.is_something else said
        end = max(after.end, measure.end)
        return _report(measure.code, after, _comment(line, end))
    return _report(measure.code, said_at(line, measure.end, on), _comment(line, verb_end))


def _report_without_id(line: Line, verb_end: int, on: date) -> Understanding:
    said = said_at(line, _end(_TOWARDS, line, verb_end), on)
    comment = _comment(line, max(said.end, verb_end))
    words = sum(1 for word in line.words if word.start >= max(said.end, verb_end))
    return _report(None, said, comment if words > 1 else None)


def _of_measure(line: Line, ids: list[MeasureId], on: date) -> Understanding | None:
    measure = ids[0]
    is_question = line.text.rstrip().endswith("?") or bool(_ASKING.match(line.key))
    if not is_question and (stated := _stated(line, measure, on)):
        return stated
    if _WHY.search(line.key):
        return Understanding(intent=Intent.WHY, measure=measure.code)
    first = _end(_BEFORE_ID, line, 0) >= measure.start
    shown = keys("lists", "shown of a measure")
    alone = first and all(word.key in shown for word in line.words if word.start >= measure.end)
    if alone or is_question or _SHOWING.match(line.key):
        return Understanding(intent=Intent.MEASURES, measure=measure.code)
    if first and len(ids) == 1 and speaks_of_status(line, measure.end):
        return _report(measure.code, Said(), _comment(line, measure.end))
    return None


def _stated(line: Line, measure: MeasureId, on: date) -> Understanding | None:
    """`FAR-014 klar`, `nu är FAR-014 klar`, `klar: FAR-014`, `vi är klara med FAR-014`."""
    if _end(_BEFORE_ID, line, 0) >= measure.start:
        said = said_at(line, measure.end, on)
        if said.is_something:
            return _report(measure.code, said, _comment(line, said.end))
        return None
    said = said_at(line, _end(_SUBJECT, line, 0), on)
    if said.is_something and _end(_TOWARDS, line, said.end) >= measure.start:
        return _report(measure.code, said, _comment(line, measure.end))
    return None


def _report(measure: str | None, said: Said, comment: str | None) -> Understanding:
    return Understanding(
        intent=Intent.REPORT,
        measure=measure,
        status=said.status,
        percent=said.percent,
        comment=comment,
        help_wanted=said.help_wanted,
    )


def _comment(line: Line, start: int) -> str | None:
    """What follows, word for word, without the signs that part it from what came before."""
    start += line.text[start : start + 1] in _CLOSING
    rest = line.text[start:].lstrip(" :;,.!?–—=>")
    rest = (rest if _MINUS.match(rest) else rest.lstrip(" :;,.!?-–—=>")).rstrip()
    if key_of(rest) in keys("about", "courtesy"):
        return None
    return rest if any(sign.isalnum() for sign in rest) else None


def _end(pattern: re.Pattern[str], line: Line, start: int) -> int:
    match = pattern.match(line.key, start)
    return match.end() if match else start
