"""Lines about data sources and outputs: look at one, list them, propose one, decide on one."""

from __future__ import annotations

import re
from functools import cache

from handlers.understanding.line import Line
from handlers.understanding.meaning import Intent, Understanding
from handlers.understanding.word_tables import alternatives
from models.indicators.sources import SourceStatus

_SIGNS = " :;,.!–—-\n"
_CODE = re.compile(r"\s*[:#]?\s*d[\s-]?0*(\d{1,4})(?!\w)")


@cache
def _leading() -> re.Pattern[str]:
    polite = alternatives("about", "polite")
    first = alternatives("sources", "propose first")
    then = (
        rf"{alternatives('sources', 'lead')}(?:\s+(?P<later>{alternatives('sources', 'propose')}))?"
    )
    return re.compile(
        rf"(?:{polite}[ ,!.:]+|visa |show |lista |list )*(?:(?P<first>{first})|{then})(?![\w-])"
    )


@cache
def _statuses() -> re.Pattern[str]:
    named = "|".join(
        f"(?P<{status.value}>{alternatives('sources', status.value)})" for status in SourceStatus
    )
    return re.compile(rf"(?<![\w-])(?:{named})(?![\w-])")


@cache
def _between() -> re.Pattern[str]:
    words = alternatives("sources", "between")
    return re.compile(rf"(?:\s*[:,–—-]?\s*{words}(?!\w))*\s*$")


def about_source(line: Line) -> Understanding | None:
    """What a line that begins with a word for data sources means; else None."""
    found = _leading().match(line.key)
    if found is None:
        return None
    if found["first"] or found["later"]:
        comment = line.text[found.end() :].strip(_SIGNS)
        return Understanding(
            intent=Intent.DATA_SOURCES,
            source_status=SourceStatus.PROPOSED,
            comment=comment or None,
            wants_new=True,
        )
    return _of_one(line, found.end())


def _of_one(line: Line, start: int) -> Understanding:
    """The source that is named by code or name, and what it is to become, and why."""
    code = _CODE.match(line.key, start)
    place = code.end() if code else start
    said = _statuses().search(line.key, place)
    end = said.start() if said else len(line.text)
    named = _between().sub("", line.text[place:end]).strip(_SIGNS + "?") or None
    comment = line.text[said.end() :] if said else ""
    left = _opening().match(comment.lower())
    comment = comment[left.end() if left else 0 :].strip()
    return Understanding(
        intent=Intent.DATA_SOURCES,
        source=f"D-{int(code[1]):03d}" if code else named and named.lower(),
        source_status=SourceStatus(said.lastgroup) if said and said.lastgroup else None,
        comment=comment or None,
    )


@cache
def _opening() -> re.Pattern[str]:
    """What stands between a status and the reason for it."""
    return re.compile(r"[\s:;,.–—-]*(?:(?:med skälet|eftersom|därför att|because|för att)\s+)?")
