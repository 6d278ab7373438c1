""" "Kan jag lita på det?": what a figure bears, in one sentence."""

from __future__ import annotations

from models.language import Language
from models.statistics.grade import Grade
from models.statistics.sample_size import answers_needed
from models.statistics.thresholds import DEFAULT
from models.surveys.published import PublishedResult, Shown

HALF = 0.5
MOST, FEW, NEAR = 0.75, 0.25, 0.015
NEEDED_UP_TO = 2000


def trust_line(language: Language, row: PublishedResult) -> str:
    """Whether the level and the change can be trusted, and what would help."""
    _ = language._
    asked = _("**Can I trust it?**")
    if row.grade.is_hidden:
        return f"{asked} {_('There is nothing to trust: the result is not shown.')}"
    return " ".join(word for word in (asked, _level(language, row), _change(language, row)) if word)


def _level(language: Language, row: PublishedResult) -> str:
    _ = language._
    if row.grade is Grade.D:
        return " ".join(word for word in (_range_only(language, row), _more(language, row)) if word)
    about = about_words(language, row)
    if row.grade is Grade.C:
        return _("The level: with caution, {about}.", about=about)
    return _("The level: yes, {about}.", about=about)


def _range_only(language: Language, row: PublishedResult) -> str:
    _ = language._
    if row.shown is Shown.AT_LEAST:
        return _("No, not as a figure – only that several do.")
    if row.shown is Shown.AT_MOST:
        return _("No, not as a figure – only that few of those who answered do.")
    return _("No, not as a figure – only as a range.")


def _more(language: Language, row: PublishedResult) -> str:
    """How many more answers may reach grade C."""
    if row.asked > NEEDED_UP_TO:
        return ""
    needed = answers_needed(row.asked, DEFAULT.share_widths.c)
    if needed <= row.n:
        return ""
    return language.n(
        "{number} more answer ({needed} of {total}) may reach grade C.",
        "{number} more answers ({needed} of {total}) may reach grade C.",
        needed - row.n,
        needed=needed,
        total=row.asked,
    )


def about_words(language: Language, row: PublishedResult) -> str:
    """The interval in words: about half, more than half, a small part."""
    _ = language._
    if row.interval_low is None or row.interval_high is None:
        return _("as a range")
    low, high = row.interval_low / row.asked, row.interval_high / row.asked
    words = (
        (low >= MOST, _("a large majority")),
        (high <= FEW, _("a small part")),
        (abs(low - HALF) < NEAR, _("about half or somewhat more")),
        (abs(high - HALF) < NEAR, _("about half or somewhat fewer")),
        (low > HALF, _("more than half")),
        (high < HALF, _("fewer than half")),
    )
    return next((word for holds, word in words if holds), _("around half"))


def _change(language: Language, row: PublishedResult) -> str:
    _ = language._
    if row.change is None:
        return ""
    return _("The change: yes.") if row.change.get("clear") else _("The change: no.")
