"""My settings: the language, and a pause from direct messages."""

from __future__ import annotations

from datetime import date

from handlers import texts
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.audit import record
from models.message import Actions, Button, Fact, Facts, Heading, Message
from models.rights import Action

FOR_EVER = date(9999, 1, 1)
NAMES = {"sv": "Svenska", "en": "English"}


def settings(visit: Visit, wish: Understanding) -> Message:
    """Answers `inställningar`, `pausa` and `språk engelska`."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    if wish.language is not None:
        return _speak(visit, wish.language)
    if wish.pause is not None:
        return _pause(visit, paused=wish.pause == "on")
    return card(visit)


def change(visit: Visit, press: ButtonPressed) -> Message:
    """Changes the setting that a button names."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    if press.value in NAMES:
        return _speak(visit, press.value)
    return _pause(visit, paused=press.value == "pause")


def _speak(visit: Visit, code: str) -> Message:
    visit.person.language = code
    record(visit.session, visit.person, "change_language", f"person:{visit.person.id}", visit.at)
    visit.remember(f"settings:{code}")
    return card(visit, code)


def _pause(visit: Visit, *, paused: bool) -> Message:
    visit.person.paused_until = FOR_EVER if paused else None
    action = "pause" if paused else "resume"
    record(visit.session, visit.person, action, f"person:{visit.person.id}", visit.at)
    visit.remember(f"settings:{action}")
    return card(visit)


def card(visit: Visit, code: str | None = None) -> Message:
    """The settings as they stand, with a button for each change."""
    language = texts.language(code or visit.language.code, visit.language.zone)
    _ = language._
    paused = visit.person.paused_until is not None and visit.person.paused_until > visit.on
    other = "en" if language.code == "sv" else "sv"
    messages = _("Paused: I only answer when you write") if paused else _("Switched on")
    switch = (
        Button(label=_("Resume messages"), action="settings.change", value="resume")
        if paused
        else Button(label=_("Pause messages"), action="settings.change", value="pause")
    )
    heading = _("Your settings")
    return Message(
        summary=f"{heading}: {NAMES[language.code]}, {messages}",
        parts=(
            Heading(text=heading),
            Facts(
                facts=(
                    Fact(label=_("Language"), value=NAMES[language.code]),
                    Fact(label=_("Direct messages"), value=messages),
                )
            ),
            Actions(
                buttons=(Button(label=NAMES[other], action="settings.change", value=other), switch)
            ),
        ),
        replaces=True,
    )


def recall(visit: Visit, key: str) -> Message:
    """The settings, for the same event a second time."""
    return card(visit)
