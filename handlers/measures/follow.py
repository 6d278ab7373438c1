"""Following a measure: what is reported on it comes the next working morning, gathered."""

from __future__ import annotations

from handlers.measures.report import find_measure
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.whole import whole
from models.audit import record
from models.measures import following
from models.measures.measure import Measure
from models.message import Actions, Button, Heading, Message, Part, Reply, Text
from models.rights import Action

PAGE = 10


def follow(visit: Visit, wish: Understanding) -> Reply:
    """Answers `följ FAR-014` and `sluta följa FAR-014`; alone it lists what is followed."""
    visit.demand(Action.FOLLOW)
    if wish.measure is None:
        return _list(visit, 0)
    return _set(visit, find_measure(visit, wish.measure), starts=not wish.stop)


def start(visit: Visit, press: ButtonPressed) -> Reply:
    """Follows the measure that the button names."""
    visit.demand(Action.FOLLOW)
    return _set(visit, find_measure(visit, press.value), starts=True)


def stop(visit: Visit, press: ButtonPressed) -> Reply:
    """Stops following the measure that the button names."""
    visit.demand(Action.FOLLOW)
    return _set(visit, find_measure(visit, press.value), starts=False)


def show_list(visit: Visit, press: ButtonPressed) -> Reply:
    """The page of what is followed that a button asks for."""
    visit.demand(Action.FOLLOW)
    return _list(visit, whole(press.value) or 0)


def _set(visit: Visit, measure: Measure, *, starts: bool) -> Message:
    if starts:
        following.follow(visit.session, measure, visit.person, visit.at)
    else:
        following.unfollow(visit.session, measure, visit.person)
    action = "follow" if starts else "unfollow"
    record(visit.session, visit.person, action, f"measure:{measure.code}", visit.at)
    visit.remember(f"{action}:{measure.code}")
    return _told(visit, measure, starts=starts)


def _told(visit: Visit, measure: Measure, *, starts: bool) -> Message:
    _ = visit.language._
    if starts:
        heading = _("You follow {code}", code=measure.code)
        told = _(
            "What others report on it comes to you the next working morning, "
            "in at most one message a day."
        )
    else:
        heading = _("You do not follow {code} any more", code=measure.code)
        told = _("Nothing more comes about it.")
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Text(text=f"**{measure.title}**\n{told}"),
            Actions(buttons=(follow_button(visit, measure, is_followed=starts), _mine(visit))),
        ),
    )


def follow_button(visit: Visit, measure: Measure, *, is_followed: bool) -> Button:
    """The button that begins or ends it."""
    _ = visit.language._
    if is_followed:
        return Button(label=_("Stop following"), action="follow.stop", value=measure.code)
    return Button(label=_("Follow"), action="follow.start", value=measure.code)


def _mine(visit: Visit) -> Button:
    return Button(label=visit.language._("All that I follow"), action="follow.list")


def _list(visit: Visit, page: int) -> Message:
    """What the member follows, each with a way to stop."""
    _ = visit.language._
    found = following.followed(visit.session, visit.person)
    page = min(page, max(0, (len(found) - 1) // PAGE))
    heading = _("Measures that you follow")
    parts: list[Part] = [Heading(text=heading)]
    for measure in found[page * PAGE : (page + 1) * PAGE]:
        button = follow_button(visit, measure, is_followed=True)
        spoken = f"{measure.code}: {button.label}"[:75]
        parts.append(Text(text=f"**{measure.code}** {measure.title}"))
        parts.append(Actions(buttons=(button.model_copy(update={"spoken": spoken}),)))
    if not found:
        parts.append(Text(text=_("None. Write for example `följ FAR-014`.")))
    if (page + 1) * PAGE < len(found):
        more = Button(label=_("Next page"), action="follow.list", value=str(page + 1))
        parts.append(Actions(buttons=(more,)))
    number = visit.language.n("{number} measure", "{number} measures", len(found))
    return Message(summary=f"{heading}: {number}", parts=tuple(parts))


def recall_follow(visit: Visit, key: str) -> Reply:
    """That a measure is followed, for the same event a second time."""
    return _told(visit, find_measure(visit, key), starts=True)


def recall_unfollow(visit: Visit, key: str) -> Reply:
    """That a measure is not followed any more, for the same event a second time."""
    return _told(visit, find_measure(visit, key), starts=False)
