"""Undoing a change of a measure within a day; a new measure goes while nothing is said of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.measures.change_told import after_change, confirmation
from handlers.requests import ButtonPressed
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from handlers.whole import whole
from models.language import Language
from models.measures.changes import (
    ChangedSince,
    InUse,
    Made,
    remove,
    undo,
    undone_by,
)
from models.measures.measure import Measure, MeasureChange, MeasureEvent
from models.message import Message, Reply, Text
from models.rights import Action

UNDO_FOR = timedelta(days=1)


def undo_change(visit: Visit, press: ButtonPressed) -> Reply:
    """Gives a measure back what it said before a change, or takes a new one away."""
    _, by = visit.language._, visit.person
    change = visit.session.get(MeasureChange, whole(press.value) or 0)
    if change is None:
        raise NotFound(_("The change is not there any more."))
    # Of two who undo at once the second finds that it is undone.
    visit.session.execute(
        select(Measure.id).where(Measure.id == change.measure_id).with_for_update()
    )
    if change.person_id != by.id:
        # Whoever made a change may undo it, and those who lead the group.
        visit.demand(Action.CHANGE_MEASURES, measure=change.measure)
    already = undone_by(visit.session, change)
    if already is not None:
        return confirmation(visit, already)
    if change.undoes_id is not None:
        raise NotAllowed(_("An undo cannot be undone: make the change again instead."))
    if visit.at - change.at > UNDO_FOR:
        raise Refusal(_("A change can be undone within a day. Make a new change instead."))
    if change.event is MeasureEvent.CREATED:
        return _removed(visit, change)
    return _undone(visit, change)


def _undone(visit: Visit, change: MeasureChange) -> Message:
    _ = visit.language._
    try:
        undone = undo(visit.session, change, Made(visit.person, visit.at, visit.platform))
    except ChangedSince as error:
        raise Refusal(
            _("{code} has been changed again since. Make a new change.", code=change.measure.code)
        ) from error
    after_change(visit, undone)
    visit.remember(f"measure_changed:{undone.id}")
    return confirmation(visit, undone)


def _removed(visit: Visit, change: MeasureChange) -> Message:
    _ = visit.language._
    code = change.measure.code
    owner = change.measure.owner
    try:
        remove(visit.session, change.measure, Made(visit.person, visit.at, visit.platform))
    except InUse as error:
        raise Refusal(
            _("Something has been said of {code} already. Report it as cancelled.", code=code)
        ) from error
    if owner is not None and owner.id != visit.person.id:
        # Whoever was told of the new measure hears that it is gone.
        message = _gone(speech(owner), code).model_copy(update={"replaces": False})
        tell(visit.session, owner, message, f"measure:removed:{code}", visit.at)
    visit.remember(f"measure_removed:{code}")
    return recall_removed(visit, code)


def recall_removed(visit: Visit, key: str) -> Message:
    """That a new measure was taken away."""
    return _gone(visit.language, key)


def _gone(language: Language, code: str) -> Message:
    sentence = language._("{code} is taken away. Its id is not used again.", code=code)
    return Message(summary=sentence, parts=(Text(text=sentence),), replaces=True)


def recall_changed(visit: Visit, key: str) -> Message:
    """The confirmation of a change, for the same event a second time."""
    return confirmation(visit, visit.session.get_one(MeasureChange, int(key)))
