"""A published figure in words: counts and persons first, a percentage only where it may be told."""

from __future__ import annotations

from math import ceil, floor

from models.language import Language
from models.statistics.grade import Grade, grade_by_width
from models.statistics.thresholds import DEFAULT
from models.surveys.published import PublishedResult, Shown
from models.surveys.survey import Question, Scale

POOR = DEFAULT.response.poor


def does(language: Language, question: Question, figure: str = "share") -> str:
    """What those who are counted do: agree, say yes, or choose something."""
    _ = language._
    if figure.startswith("option:"):
        return _("chose “{choice}”", choice=_choice(language, question, figure))
    if figure.startswith("answer:"):
        answers = figure.partition(":")[2].replace("-", ", ")
        return _("answered {answers}", answers=answers)
    if question.scale is Scale.YES_NO:
        return _("say yes")
    return _("agree (4–5)")


def _choice(language: Language, question: Question, figure: str) -> str:
    at, choices = int(figure.partition(":")[2]) - 1, question.choices(language.code)
    return choices[at] if at < len(choices) else figure


def choice_of(language: Language, row: PublishedResult) -> str:
    """The wording of the choice that a figure counts."""
    return _choice(language, row.question, row.figure)


def is_census(row: PublishedResult) -> bool:
    """Whether everybody who was asked answered the question."""
    return row.asked > 0 and row.n == row.asked


def count_line(language: Language, row: PublishedResult, acts: str) -> str:
    """How many of those who answered: exactly, at most, at least, or between."""
    _ = language._
    low, high, n = row.count_low, row.count_high, row.n
    match row.shown:
        case Shown.EXACT:
            return _("{count} of the {n} who answered {does}.", count=low, n=n, does=acts)
        case Shown.AT_MOST:
            return _("At most {count} of the {n} who answered {does}.", count=high, n=n, does=acts)
        case Shown.AT_LEAST:
            return _("At least {count} of the {n} who answered {does}.", count=low, n=n, does=acts)
        case Shown.BETWEEN:
            return _(
                "Between {low} and {high} of the {n} who answered {does}.",
                low=low,
                high=high,
                n=n,
                does=acts,
            )
        case Shown.HIDDEN:
            return ""


def group_line(language: Language, row: PublishedResult) -> str:
    """What that means for all who were asked, whatever those missing think."""
    if row.bounds_low is None or row.bounds_high is None or is_census(row):
        return ""
    return language._(
        "In the whole group ({total}): between {low} and {high}.",
        total=row.asked,
        low=round(row.bounds_low),
        high=round(row.bounds_high),
    )


def percent_lines(language: Language, row: PublishedResult, acts: str) -> list[str]:
    """A percentage with its interval and its hard bounds; of few, persons come first."""
    _ = language._
    lines = [_percent(language, row, acts)]
    missing = row.asked - row.n
    if missing and row.bounds_low is not None and row.bounds_high is not None:
        lines.append(
            _(
                "If none or all of the {missing} missing did the same: {span} %.",
                missing=missing,
                span=span_of(row.bounds_low, row.bounds_high, row.asked),
            )
        )
    return lines


def _percent(language: Language, row: PublishedResult, acts: str) -> str:
    _ = language._
    percent = percent_of(row)
    few = row.n < DEFAULT.persons_first_below
    if is_census(row) or row.interval_low is None or row.interval_high is None:
        if few:
            return f"{count_line(language, row, acts)[:-1]} ({percent} %)."
        return f"**{percent} %** {acts}."
    span = span_of(row.interval_low, row.interval_high, row.asked)
    text = _("95 % interval {span} %, if those missing resemble those who answered", span=span)
    if few:
        return f"{count_line(language, row, acts)[:-1]} ({percent} %, {text})."
    return f"**{percent} %** {acts} ({text})."


def percent_of(row: PublishedResult) -> str:
    """The share in whole percent; of a band its safe end."""
    if row.value is not None:
        return f"{round(100 * row.value)}"
    low, high = row.count_low or 0, row.count_high or 0
    if row.shown is Shown.AT_LEAST:
        return f"≥ {floor(100 * low / row.n)}"
    return f"≤ {ceil(100 * high / row.n)}"


def span_of(low: float, high: float, asked: int) -> str:
    """Persons among all who were asked as percent: 50–60."""
    return f"{round(100 * low / asked)}–{round(100 * high / asked)}"


def may_have_percent(row: PublishedResult) -> bool:
    """Whether a percentage may be told of the row: by its grade, and no band of a few."""
    if not row.grade.shows_percent or row.asked == 0 or row.n == 0:
        return False
    if row.value is not None:
        return True
    bounded = row.shown in (Shown.AT_LEAST, Shown.AT_MOST)
    return bounded and row.n >= DEFAULT.persons_first_below


def response_line(language: Language, row: PublishedResult) -> str:
    """How many answered of those who were asked, and what that does to the grade."""
    _ = language._
    rate = round(100 * row.n / row.asked) if row.asked else 0
    said = _("{n} of {total} answered ({rate} %).", n=row.n, total=row.asked, rate=rate)
    if row.grade.is_hidden:
        return said
    if is_census(row):
        return f"{said} {_(CENSUS)}"
    told = [said]
    if row.grade is Grade.D:
        told.append(
            _(
                "No percentage is shown: the {missing} missing can change the picture completely.",
                missing=row.asked - row.n,
            )
        )
    elif (better := lowered_from(row)) is not None:
        told.append(_("That lowers the grade from {grade}.", grade=better.value))
    if row.n < POOR * row.asked:
        told.append(_("It is true only of those who answered."))
    return " ".join(told)


CENSUS = (
    "Everyone answered – no uncertainty from missing answers. "
    "True of this group on this occasion only."
)


def lowered_from(row: PublishedResult) -> Grade | None:
    """The grade that the interval alone would give, where too few answered for it."""
    if row.interval_low is None or row.interval_high is None or not row.asked:
        return None
    width = (row.interval_high - row.interval_low) / row.asked
    by_width = grade_by_width(width, DEFAULT.share_widths)
    order = list(Grade)
    return by_width if order.index(by_width) < order.index(row.grade) else None


def hidden_line(language: Language, row: PublishedResult, least: int) -> str:
    """Why nothing is shown."""
    _ = language._
    if row.grade is Grade.X2:
        return _("Not shown – otherwise another hidden result could be worked out.")
    if not row.n:
        return _("Nobody answered, so there is no result.")
    return _("Not shown – fewer than {least} answers, to protect those who answered.", least=least)
