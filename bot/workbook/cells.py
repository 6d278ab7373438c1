"""One raw cell becomes a value of its column's kind, or an explanation of what it should be."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time

from bot.workbook.columns import WRITTEN, Column, Kind, Value
from bot.workbook.faults import Unreadable
from bot.workbook.grid import Raw
from bot.workbook.headings import is_blank, nearest
from models.guard import Verdict, check
from models.intervals import until_from_inclusive
from models.measures.funding import crowns

YES = frozenset({"ja", "yes", "j", "y", "1", "sant", "true", "x"})
NO = frozenset({"nej", "no", "n", "0", "falskt", "false"})
YEARS = range(1900, 2200)
LARGEST = 2_147_483_647
"""The largest whole number that both databases keep."""

EXCEL_ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SAKNAS!", "#VÄRDEFEL!"}
)
A_DATE = "a date that exists, such as 2024-06-18"
A_MOMENT = "a day and a time that exist, such as 2024-06-18 13:00"
AN_INTEGER = "a whole number"
A_NUMBER = "a number"
AN_AMOUNT = "whole crowns, such as 1 200 000 or 1,2 mnkr"

_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./ ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_TIME = re.compile(r"(?:T|\s)\s*(?:kl\.?\s*)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.0+)?)?$")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def value_of(column: Column, raw: Raw) -> Value:
    """What a cell means; an empty one means the column's default.

    Raises Unreadable when the cell does not hold what the column expects.
    """
    if is_blank(raw):
        if column.required:
            raise Unreadable("a value")
        return column.default if not column.is_list else ()
    if isinstance(raw, str) and raw.strip() in EXCEL_ERRORS:
        raise Unreadable("a value, not an error from a formula")
    if column.kind in WRITTEN:
        _guarded(raw)
    return READERS[column.kind](column, raw)


def _guarded(raw: Raw) -> None:
    if check(str(raw)).verdict is Verdict.BLOCK:
        raise Unreadable("a text without anybody's personal identity number; write it anew")


def _plain(raw: Raw) -> str:
    """A cell as words: composed letters, ordinary spaces, nothing around it."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        raw = raw.date()
    return unicodedata.normalize("NFC", str(raw)).replace("\u00a0", " ").strip()


def _text(column: Column, raw: Raw) -> str:
    text = _plain(raw).replace("\r\n", "\n")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
        raise Unreadable("a text without control characters")
    if column.most is not None and len(text) > column.most:
        raise Unreadable("at most {most} characters", most=int(column.most))
    return text


def _code(column: Column, raw: Raw) -> str:
    code = " ".join(_text(column, raw).split())
    if column.form and not re.fullmatch(column.form, code.upper()):
        raise Unreadable("a code such as {example}", example=column.example)
    return code.upper() if column.form else code


def _email(column: Column, raw: Raw) -> str:
    address = _text(column, raw).lower()
    if not re.fullmatch(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+", address):
        raise Unreadable("an e-mail address such as {example}", example=column.example)
    return address


def _integer(column: Column, raw: Raw) -> int:
    number = _number(raw, AN_INTEGER)
    if not float(number).is_integer():
        raise Unreadable(AN_INTEGER)
    return int(_within(column, number))


def _decimal(column: Column, raw: Raw) -> float:
    return float(_within(column, _number(raw, A_NUMBER)))


def _crowns(_: Column, raw: Raw) -> int:
    amount = None if isinstance(raw, bool) else crowns(_plain(raw))
    if amount is None:
        raise Unreadable(AN_AMOUNT)
    return amount


def _number(raw: Raw, expected: str) -> float:
    if isinstance(raw, bool):
        raise Unreadable(expected)
    if isinstance(raw, int | float):
        if not math.isfinite(raw):
            raise Unreadable(expected)
        return raw
    plain = re.sub(r"[\s\u00a0\u202f]+", "", _plain(raw)).replace("\u2212", "-").removesuffix("%")
    if not plain.isascii() or not _NUMBER.fullmatch(plain):
        raise Unreadable(expected)
    return float(plain.replace(",", "."))


def _within(column: Column, number: float) -> float:
    least = column.least if column.least is not None else -LARGEST
    most = column.most if column.most is not None else LARGEST
    if least <= number <= most:
        return number
    if column.most is None and number < least:
        raise Unreadable("a number of at least {least}", least=int(least))
    raise Unreadable("a number from {least} to {most}", least=int(least), most=int(most))


def _date(_: Column, raw: Raw) -> date:
    if isinstance(raw, datetime):
        return _possible(raw.date(), A_DATE)
    if isinstance(raw, date):
        return _possible(raw, A_DATE)
    if not isinstance(raw, str):
        raise Unreadable(A_DATE)
    return _written_date(re.sub(r"[T ]00[:.]00([:.]00)?$", "", _plain(raw)), A_DATE)


def _last_day(column: Column, raw: Raw) -> date | None:
    return until_from_inclusive(_date(column, raw))


def _written_date(text: str, expected: str) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise Unreadable(expected)
    try:
        return _possible(date(int(year), int(month), int(day)), expected)
    except ValueError as problem:
        raise Unreadable(expected) from problem


def _possible(day: date, expected: str) -> date:
    if day.year not in YEARS:
        raise Unreadable(expected)
    return day


def _moment(_: Column, raw: Raw) -> datetime:
    """A local time without its zone; the zone is the group's, which is not known here."""
    if isinstance(raw, datetime):
        _possible(raw.date(), A_MOMENT)
        return raw.replace(tzinfo=None, microsecond=0)
    if not isinstance(raw, str) or not (found := _TIME.search(_plain(raw))):
        raise Unreadable(A_MOMENT)
    day = _written_date(_plain(raw)[: found.start()].strip(), A_MOMENT)
    hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime.combine(day, time(hour, minute, second))
    except ValueError as problem:
        raise Unreadable(A_MOMENT) from problem


def _yes_no(_: Column, raw: Raw) -> bool:
    if isinstance(raw, bool):
        return raw
    word = _plain(raw).casefold()
    if word not in YES | NO:
        raise Unreadable("yes or no")
    return word in YES


def _choice(column: Column, raw: Raw) -> str:
    written = _plain(raw)
    value = column.choices.value(written)
    if value is None:
        words = column.choices.swedish
        near = nearest(written, [*words, *column.choices.words])
        raise Unreadable("one of {words}", near, words=", ".join(words))
    return value


def _reference(column: Column, raw: Raw) -> str:
    return " ".join(_text(column, raw).split())


def _references(column: Column, raw: Raw) -> tuple[str, ...]:
    return _split(r"[;,\n]", _text(column, raw))


def _words(column: Column, raw: Raw) -> tuple[str, ...]:
    return _split(r"[;\n]", _text(column, raw))


def _split(separators: str, text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in re.split(separators, text))
    return tuple(part for part in parts if part)


READERS: dict[Kind, Callable[[Column, Raw], Value]] = {
    Kind.CODE: _code,
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.CROWNS: _crowns,
    Kind.DATE: _date,
    Kind.LAST_DAY: _last_day,
    Kind.MOMENT: _moment,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.REFERENCE: _reference,
    Kind.REFERENCES: _references,
    Kind.WORDS: _words,
}
