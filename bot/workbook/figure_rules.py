"""What must hold of figures: nothing impossible, no two kinds of interval, a reason for a gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.workbook.columns import Row, Value, folded
from bot.workbook.faults import Caution, Fault
from bot.workbook.known import Known
from models.indicators.indicator import Basis
from models.periods import period_of

SHARES = ("value", "low", "high", "margin")
MOST = 100


def observation_faults(row: Row, known: Known) -> Iterator[Fault]:
    """All that is wrong with one observation, cell by cell."""
    yield from _gap(row)
    yield from _over_hundred(row, known)
    yield from _around(row)
    yield from _counted(row, known)


def _gap(row: Row) -> Iterator[Fault]:
    readable = "value" in row.values or "value" not in row.headings
    reason = row.values.get("not_measured_reason")
    if not readable:
        return
    if row.values.get("value") is None and not reason:
        yield Fault(row.at("not_measured_reason"), "the reason why there is no value")
    if row.values.get("value") is not None and reason:
        expected = "nothing, since there is a value; or no value"
        yield Fault(row.at("not_measured_reason"), expected, str(reason))


def _over_hundred(row: Row, known: Known) -> Iterator[Fault]:
    """A share is a percentage of somebody: 0 to 100, as 56,5 and never as 0,565."""
    if not _is_share(row, known):
        return
    for name in SHARES:
        found = _number(row, name)
        if found is not None and found > MOST:
            values: dict[str, object] = {"least": 0, "most": MOST}
            yield Fault(
                row.at(name), "a number from {least} to {most}", _said(found), values=values
            )


def _around(row: Row) -> Iterator[Fault]:
    """An interval lies around its value, and is given once."""
    value, low, high = (_number(row, name) for name in ("value", "low", "high"))
    for name, bound in (("low", low), ("high", high)):
        other = "high" if name == "low" else "low"
        if bound is not None and _number(row, other) is None and other not in _unreadable(row):
            yield Fault(row.at(other), "the other limit of the interval, too")
    if low is not None and high is not None and value is not None and not low <= value <= high:
        yield Fault(
            row.at("value"),
            "a value within its own interval, {low} to {high}",
            _said(value),
            values={"low": _said(low), "high": _said(high)},
        )
    if _number(row, "margin") is not None and (low is not None or high is not None):
        expected = "either a margin or the two limits"
        yield Fault(row.at("margin"), expected, _said(_number(row, "margin")))


def _counted(row: Row, known: Known) -> Iterator[Fault]:
    """Nobody answers who was not asked, and no more say yes than answer."""
    n, asked, count = (_number(row, name) for name in ("n", "population", "count"))
    if n is not None and asked is not None and n > asked:
        expected = "at most as many answers as were asked, {asked}"
        yield Fault(row.at("n"), expected, _said(n), values={"asked": _said(asked)})
    if not _is_share(row, known) or count is None or n is None:
        return
    value = _number(row, "value")
    if count > n:
        expected = "at most as many as the answers, {n}"
        yield Fault(row.at("count"), expected, _said(count), values={"n": _said(n)})
    elif value is not None and n and abs(100 * count / n - value) > 1:
        share = _said(round(100 * count / n, 1))
        expected = "the share that {count} of {n} is, {share} %"
        values: dict[str, object] = {"count": _said(count), "n": _said(n), "share": share}
        yield Fault(row.at("value"), expected, _said(value), values=values)


def target_faults(row: Row, known: Known) -> Iterator[Fault]:
    """A target for a share is one, too."""
    found = _number(row, "value")
    if found is not None and found > MOST and _is_share(row, known):
        values: dict[str, object] = {"least": 0, "most": MOST}
        yield Fault(row.at("value"), "a number from {least} to {most}", _said(found), values=values)


def indicator_faults(row: Row, known: Known) -> Iterator[Fault]:
    """Only what counts can count persons, and only answers can be sensitive."""
    code = row.values.get("code")
    basis = known.fact("indicators", code, "basis")
    if known.fact("indicators", code, "persons") and basis not in (None, Basis.REGISTER.value):
        expected = "no, since only a register counts persons"
        yield Fault(row.at("persons"), expected)


def source_faults(row: Row, _: Known) -> Iterator[Fault]:
    """What was rejected says why."""
    if row.values.get("status") == "rejected" and not row.values.get("reason"):
        yield Fault(row.at("reason"), "the reason why it was rejected")


def figures_out_of_time(known: Known) -> Iterator[Caution]:
    """A line for each figure of a district for a period in which there was no such district."""
    districts = known.facts("districts")
    for row in known.rows.get("observations", []):
        period = period_of(str(row.values.get("period") or ""))
        home = districts.get(folded(row.values.get("place")))
        if home is None or period is None or _stood(home, period.first, period.last):
            continue
        text = "{place} did not exist in {period}; say in the series break how it was counted."
        if not row.values.get("series_break"):
            values: dict[str, object] = {"place": home.get("name"), "period": period.text}
            yield Caution(row.where, text, values)


def _stood(district: dict[str, Value], first: date, last: date) -> bool:
    start, until = district.get("valid_from"), district.get("valid_to")
    begun = not isinstance(start, date) or start <= last
    return begun and (not isinstance(until, date) or until > first)


def _is_share(row: Row, known: Known) -> bool:
    return known.fact("indicators", row.values.get("indicator"), "unit") == "%"


def _unreadable(row: Row) -> set[str]:
    """The columns that the file has and whose cell of the row could not be read."""
    return set(row.headings) - set(row.values)


def _number(row: Row, name: str) -> float | None:
    found = row.values.get(name)
    return float(found) if isinstance(found, int | float) else None


def _said(number: float | None) -> str:
    return "" if number is None else f"{number:g}".replace(".", ",")
