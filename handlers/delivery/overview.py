"""`leverans`: how sending stands, for the coordinator and whoever runs the bot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from handlers.delivery import mail, words
from handlers.delivery.held import held_parts
from handlers.delivery.letters_off import letters_off
from handlers.delivery.sendings import progress_line
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.whole import whole
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.overview import Failure, Large, OutOfReach, Overview, overview
from models.delivery.trouble import Trouble
from models.language import Language
from models.message import (
    Actions,
    Button,
    Cell,
    Fact,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Status,
    Table,
    Text,
    Tone,
)
from models.rights import Action

WORTH_TELLING = timedelta(minutes=2)
"""What is due for less long than this is on its way."""

ALWAYS = (DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.FAILED)
ROWS, LINES, HELD = 20, 5, 5


def deliveries(visit: Visit, _wish: Understanding) -> Message:
    """Answers `leverans`: what needs somebody first, then the figures behind it."""
    visit.demand(Action.SEE_DELIVERIES)
    seen = overview(visit.session, visit.at, visit.on)
    language = visit.language
    heading, verdict = language._("How sending stands"), _verdict(language, seen)
    parts: list[Part] = [
        Heading(text=heading),
        verdict,
        _figures(language, seen),
        *_stuck(language, seen),
        *_large(language, seen),
        *_held(visit, seen),
        *mail.put_off(language, seen.put_off),
        *_failures(language, seen),
        *_too_late(language, seen),
        *mail.links_waiting(visit),
        *letters_off(visit),
        *_out_of_reach(language, seen),
        *_skipped(language, seen),
        Note(text=language._("What is over is counted for seven days.")),
    ]
    return Message(summary=f"{heading}: {verdict.word}", parts=tuple(parts))


def _verdict(language: Language, seen: Overview) -> Status:
    if seen.missing or seen.silent:
        word = language._("Something hangs or has stopped")
        return Status(sign="▲", word=word, tone=Tone.BAD)
    waiting = seen.counts[DeliveryState.HELD] + len(seen.failures) + len(seen.put_off)
    if waiting:
        word = language.n("{number} thing needs somebody", "{number} things need somebody", waiting)
        return Status(sign="◆", word=word, tone=Tone.WARNING)
    if seen.lag > WORTH_TELLING:
        return Status(sign="◆", word=language._("Sending is late"), tone=Tone.WARNING)
    word = language._("All goes out as it should")
    return Status(sign="✓", word=word, tone=Tone.GOOD)


def _figures(language: Language, seen: Overview) -> Facts:
    shown = [state for state in words.STATES if seen.counts[state] or state in ALWAYS]
    facts = (
        Fact(label=language._(words.STATES[state]), value=language.number(seen.counts[state]))
        for state in shown
    )
    return Facts(facts=tuple(facts), figures=True)


def _stuck(language: Language, seen: Overview) -> Iterator[Part]:
    """Who has stopped, who hangs, and what waits because of it."""
    lines = [language._(words.NOBODY[part]) for part in seen.missing]
    lines += [
        language._(
            "{lane} on {host} has said nothing since {moment}: it hangs, or was stopped hard.",
            lane=each.lane,
            host=each.host,
            moment=language.moment(each.beat_at),
        )
        for each in seen.silent
    ]
    if seen.lag > WORTH_TELLING:
        waited = _duration(language, seen.lag)
        lines.append(language._("The oldest message that is due has waited {time}.", time=waited))
    if lines:
        yield Text(text="\n".join(f"- {line}" for line in lines))


def _large(language: Language, seen: Overview) -> Iterator[Part]:
    if not seen.large:
        return
    yield Heading(text=language._("Large sendings"))
    lines = [_large_line(language, each) for each in seen.large[:LINES]]
    yield from _listed(language, lines, len(seen.large))


def _large_line(language: Language, large: Large) -> str:
    """How far it is, and how many it did not reach: `3 of 14 not reached (the app is missing)`."""
    _ = language._
    name = _(words.SENDINGS.get(large.kind, "Messages"))
    told = [progress_line(language, large.progress)] if large.progress.left else []
    if large.unreached:
        told.append(
            _(
                "{number} of {all} not reached ({reasons})",
                number=language.number(sum(large.unreached.values())),
                all=language.number(large.progress.total),
                reasons=_reasons(language, large.unreached),
            )
        )
    return f"{name}, {language.moment(large.at)}: {'; '.join(told)}"


def _duration(language: Language, time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes < 120:
        return language.n("{number} minute", "{number} minutes", minutes)
    if minutes < 48 * 60:
        return language.n("{number} hour", "{number} hours", minutes // 60)
    return language.n("{number} day", "{number} days", minutes // (24 * 60))


def _held(visit: Visit, seen: Overview) -> Iterator[Part]:
    """The oldest that wait for a decision, each with its buttons."""
    if not seen.held:
        return
    yield Heading(text=visit.language._("Wait for a decision"))
    yield Text(text=visit.language._(words.ASK_THEN_DECIDE))
    for each in seen.held[:HELD]:
        delivery = visit.session.get_one(Delivery, each.id)
        yield from held_parts(visit.session, visit.language, delivery)
    yield from _more(visit.language, seen.counts[DeliveryState.HELD] - HELD)


def _listed(language: Language, lines: list[str], number: int) -> Iterator[Part]:
    """Lines with a sign before each, and how many more there are."""
    yield Text(text="\n".join(f"- {line}" for line in lines))
    yield from _more(language, number - len(lines))


def _failures(language: Language, seen: Overview) -> Iterator[Part]:
    if not seen.failures:
        return
    _ = language._
    yield Heading(text=_("Did not arrive"))
    columns = (_("Why"), _("Number"), _("To"), _("What to do"))
    rows = tuple(_failure_row(language, each) for each in seen.failures[:ROWS])
    yield Table(columns=columns, rows=rows)
    yield from _more(language, len(seen.failures) - ROWS)


def _failure_row(language: Language, failure: Failure) -> tuple[Cell, ...]:
    what, advice = words.TROUBLES.get(failure.trouble, words.TROUBLES[Trouble.REFUSED])
    why = language._(what) + (f" ({failure.reason})" if failure.reason else "")
    names = [*failure.groups, *failure.people]
    if failure.more:
        names.append(language.n("{number} more", "{number} more", failure.more))
    return (
        Cell(text=why[:500]),
        Cell(text=language.number(failure.number)),
        Cell(text=language.join(names)[:500] or "–"),
        Cell(text=language._(advice)),
    )


def _too_late(language: Language, seen: Overview) -> Iterator[Part]:
    """What was not sent, since what it was about had begun: it needs nobody, and is no fault."""
    for each in seen.too_late:
        why = language.n(words.TOO_LATE, words.TOO_LATE_MANY, each.number)
        names = [*each.groups, *each.people]
        if each.more:
            names.append(language.n("{number} more", "{number} more", each.more))
        to = language._("It was for {names}.", names=language.join(names)) if names else ""
        yield Heading(text=language._("Too late to be of use"))
        yield Text(text=f"{why} {to}".strip()[:3000])


def _out_of_reach(language: Language, seen: Overview) -> Iterator[Part]:
    if not seen.out_of_reach:
        return
    _ = language._
    yield Heading(text=_("Cannot be reached"))
    yield Text(
        text=_(
            "{number} of {all} members get nothing from the bot. {advice}",
            number=seen.unreached,
            all=seen.members,
            advice=_(words.TROUBLES[Trouble.APP_MISSING][1]),
        )
    )
    lines = [_reach_line(language, each) for each in seen.out_of_reach[:LINES]]
    yield from _listed(language, lines, len(seen.out_of_reach))
    if len(seen.out_of_reach) > LINES:
        label = _("Show all groups")
        yield Actions(buttons=(Button(label=label, action="deliveries.reach", value="0"),))


def _reach_line(language: Language, group: OutOfReach) -> str:
    """`Farsta: 3 of 14: the app is missing`."""
    return f"{group.group}: {_reach(language, group)}"


def _reach(language: Language, group: OutOfReach) -> str:
    """`3 of 14 (the app is missing)`."""
    return language._(
        "{number} of {all} ({reasons})",
        number=group.number,
        all=group.members,
        reasons=_reasons(language, group.reasons),
    )


def _reasons(language: Language, reasons: Mapping[Trouble, int]) -> str:
    """Why people cannot be reached; where there are several reasons, each has its number."""
    named = sorted(reasons.items(), key=lambda each: -each[1])
    return language.join(
        [
            language._(words.TROUBLES[why][0]).lower() + (f" ({number})" if len(named) > 1 else "")
            for why, number in named
        ]
    )


def reach_page(visit: Visit, press: ButtonPressed) -> Message:
    """A page of the groups with members out of reach."""
    visit.demand(Action.SEE_DELIVERIES)
    language = visit.language
    groups = overview(visit.session, visit.at, visit.on).out_of_reach
    start = whole(press.value) or 0
    shown = groups[start : start + ROWS]
    heading = language._("Cannot be reached")
    parts: list[Part] = [Heading(text=heading)]
    if shown:
        rows = tuple((Cell(text=each.group), Cell(text=_reach(language, each))) for each in shown)
        columns = (language._("Group"), language._("Not reached"))
        parts.append(Table(columns=columns, rows=rows))
    else:
        parts.append(Text(text=language._("Everybody can be reached.")))
    if start + ROWS < len(groups):
        label = language._("Show more")
        more = Button(label=label, action="deliveries.reach", value=str(start + ROWS))
        parts.append(Actions(buttons=(more,)))
    return Message(summary=heading, parts=tuple(parts))


def _skipped(language: Language, seen: Overview) -> Iterator[Part]:
    if not seen.skipped:
        return
    yield Heading(text=language._("Skipped, since nothing ran when it was due"))
    lines = [
        f"{words.schedule(language, each.schedule, each.group)}, {language.day(each.day)}"
        for each in seen.skipped[:LINES]
    ]
    yield from _listed(language, lines, len(seen.skipped))


def _more(language: Language, number: int) -> Iterator[Part]:
    if number > 0:
        yield Note(text=language.n("And {number} more.", "And {number} more.", number))
