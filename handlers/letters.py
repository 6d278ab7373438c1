"""Letters stopped and started again by those who are reached by e-mail alone."""

from __future__ import annotations

from handlers.requests import ButtonPressed
from handlers.settings import FOR_EVER
from handlers.visit import Visit
from models.audit import record
from models.message import Actions, Button, Message, Text
from models.rights import Action

STOP, START = "stop", "start"


def change(visit: Visit, press: ButtonPressed) -> Message:
    """Stops the letters or lets them come again, as the button says."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    wanted = STOP if press.value == STOP else START
    visit.person.paused_until = FOR_EVER if wanted == STOP else None
    action = "pause" if wanted == STOP else "resume"
    record(visit.session, visit.person, action, f"person:{visit.person.id}", visit.at)
    visit.remember(f"letters:{wanted}")
    return recall(visit, wanted)


def recall(visit: Visit, key: str) -> Message:
    """What was wanted then, with the way back."""
    _ = visit.language._
    if key == STOP:
        said = _("You get no more e-mail. Changed your mind? Use this button; it holds for a year.")
        button = Button(label=_("Get e-mail again"), action="letters.change", value=START)
    else:
        said = _("You get e-mail again, from the next time that something concerns you.")
        button = Button(label=_("Stop these e-mails"), action="letters.change", value=STOP)
    return Message(summary=said, parts=(Text(text=said), Actions(buttons=(button,))))
