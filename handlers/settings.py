"""My settings: the language, when I am asked, a pause from direct messages, and absence."""

from __future__ import annotations

from datetime import date

from digests.asking import EVERY_HOUR
from handlers import texts
from handlers.absence import period
from handlers.digest_settings import digest_settings
from handlers.digest_words import hour_words
from handlers.errors import NotFound
from handlers.representation.who import find_group
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.audit import record
from models.groups import GroupKind
from models.language import Language
from models.message import (
    Actions,
    Button,
    Choice,
    ChoiceField,
    Fact,
    Facts,
    FieldErrors,
    Form,
    Heading,
    Message,
    Reply,
)
from models.people.absences import coming
from models.rights import Action

PREPARATORY = GroupKind.PREPARATORY
FOR_EVER = date(9999, 1, 1)
NAMES = {"sv": "Svenska", "en": "English"}


def settings(visit: Visit, wish: Understanding) -> Message:
    """Answers `inställningar`, `pausa`, `språk engelska`, and `inställningar Farsta styrgrupp`."""
    if wish.district or wish.level or wish.group or wish.group_code:
        group = find_group(visit, wish.model_copy(update={"group": wish.group or PREPARATORY}))
        if group is None:
            raise NotFound(visit.language._("There is no such group today."))
        return digest_settings(visit, group)
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


def open_hour(visit: Visit, press: ButtonPressed) -> Form:
    """Asks at which hour the member wants to be asked."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    _ = visit.language._
    choices = tuple(
        Choice(label=hour_words(visit.language, hour), value=str(hour)) for hour in EVERY_HOUR
    )
    return Form(
        name="settings.hour",
        title=_("When I ask you"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=_("I ask at most once a week, on a working day, at the hour that suits you."),
        fields=(
            ChoiceField(
                name="hour",
                label=_("Hour"),
                choices=choices,
                initial=(str(visit.person.asked_hour),),
            ),
        ),
    )


def set_hour(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the hour that was chosen."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    typed = str(form.values.get("hour") or "")
    if typed not in {str(hour) for hour in EVERY_HOUR}:
        return FieldErrors(errors={"hour": visit.language._("Choose an hour from 8 to 16.")})
    visit.person.asked_hour = int(typed)
    record(visit.session, visit.person, "change_hour", f"person:{visit.person.id}", visit.at)
    visit.remember(f"settings:{typed}")
    return card(visit)


def card(visit: Visit, code: str | None = None) -> Message:
    """The settings as they stand, with a button for each change."""
    language = texts.language(code or visit.language.code, visit.language.zone)
    _ = language._
    paused = visit.person.paused_until is not None and visit.person.paused_until > visit.on
    messages = _("Paused: I only answer when you write") if paused else _("Switched on")
    heading = _("Your settings")
    facts = {
        _("Language"): NAMES[language.code],
        _("Direct messages"): messages,
        _("Questions come at"): hour_words(language, visit.person.asked_hour),
        _("Absence"): _away(visit, language),
    }
    return Message(
        summary=f"{heading}: {NAMES[language.code]}, {messages}",
        parts=(
            Heading(text=heading),
            Facts(facts=tuple(Fact(label=label, value=value) for label, value in facts.items())),
            Actions(buttons=_buttons(language, paused=paused)),
        ),
        replaces=True,
    )


def _away(visit: Visit, language: Language) -> str:
    """The days of the absences that go on or are to come."""
    mine = coming(visit.session, visit.person, visit.on)
    return "; ".join(period(language, row, visit.on) for row in mine) or language._("None noted")


def _buttons(language: Language, *, paused: bool) -> tuple[Button, ...]:
    _ = language._
    other = "en" if language.code == "sv" else "sv"
    switch = (
        Button(label=_("Resume messages"), action="settings.change", value="resume")
        if paused
        else Button(label=_("Pause messages"), action="settings.change", value="pause")
    )
    return (
        Button(label=NAMES[other], action="settings.change", value=other),
        switch,
        Button(label=_("Change the hour"), action="settings.hour"),
        Button(label=_("Note absence"), action="absence.open"),
        Button(label=_("My weekly digest"), action="digest.mine"),
    )


def recall(visit: Visit, key: str) -> Message:
    """The settings, for the same event a second time."""
    return card(visit)
