"""Delayed, or in need of help: what hinders, and who is needed, who is told of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.measures.checkin_measure import asked_about, too_old
from handlers.measures.report_form import REOPEN
from handlers.measures.report_saving import held_report, objections, save_after
from handlers.measures.report_told import confirmation
from handlers.measures.said import Progress, text
from handlers.people import fitting
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.draft import find_person
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.language import Language
from models.measures.measure import COMMENT_LENGTH, Measure, MeasureStatus, ProgressReport
from models.measures.needed import needed_choices, needed_people
from models.measures.progress import current_reports
from models.message import (
    Actions,
    Button,
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    FormField,
    Heading,
    Message,
    Note,
    PersonField,
    Quote,
    Reply,
    Text,
    TextField,
)
from models.people.organisations import Person

HINDERED = {"delayed": MeasureStatus.DELAYED, "help": MeasureStatus.AT_RISK}
MOST_CHOICES = 100


@dataclass(frozen=True)
class State:
    """What the form is about: the measure, how it goes, and whether it warned that it reopens."""

    code: str
    how: str
    reopens: bool = False

    @classmethod
    def read(cls, state: str) -> State | None:
        """What stands in a form's state; nothing for a form of another time."""
        code, *words = state.split()
        how, *warned = words or [""]
        return cls(code, how, REOPEN in warned) if how in HINDERED else None

    def __str__(self) -> str:
        return " ".join([self.code, self.how, *([REOPEN] if self.reopens else [])])


def delayed(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks what hinders a measure that is delayed."""
    return _opened(visit, press.value, "delayed")


def help_wanted(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks what is needed for a measure that wants help."""
    return _opened(visit, press.value, "help")


def _opened(visit: Visit, code: str, how: str) -> Form:
    measure = asked_about(visit, code)
    held = current_reports(visit.session, [measure.id]).get(measure.id)
    note = objections(visit, measure, Progress(HINDERED[how]), held).get(REOPEN, "")
    return _what_hinders(visit, measure, State(code, how, bool(note)), note, {})


def _what_hinders(
    visit: Visit, measure: Measure, state: State, note: str, typed: Mapping[str, str]
) -> Form:
    _ = visit.language._
    label = _("What hinders?") if state.how == "delayed" else _("What do you need help with?")
    return Form(
        name="checkin.hindered",
        title=_("Report {code}", code=measure.code),
        submit=_("Reopen") if state.reopens else _("Save"),
        cancel=_("Cancel"),
        intro="\n".join(line for line in (f"**{measure.title}**", note) if line),
        note=_("Whoever is needed is told. The group sees it too."),
        fields=(
            TextField(
                name="obstacle",
                label=label,
                hint=_("Write briefly, and nothing about individuals."),
                initial=typed.get("obstacle", ""),
                several_lines=True,
                max_length=COMMENT_LENGTH,
            ),
            *_who_is_needed(visit, measure, typed),
        ),
        state=str(state),
    )


def _who_is_needed(visit: Visit, measure: Measure, typed: Mapping[str, str]) -> list[FormField]:
    _ = visit.language._
    known = needed_choices(visit.session, measure, visit.on, visit.language)
    choices = tuple(Choice(label=name[:75], value=value) for value, name in known[:MOST_CHOICES])
    chosen = find_person(visit, typed.get("person", ""))
    person = PersonField(
        name="person",
        label=_("Or somebody in particular"),
        hint=_("Write a part of the name."),
        required=False,
        initial=Choice(label=fitting(chosen.shown_as()), value=str(chosen.id)) if chosen else None,
    )
    if not choices:
        return [person]
    whom = ChoiceField(
        name="needed",
        label=_("Who is needed?"),
        choices=choices,
        required=False,
        initial=(typed["needed"],) if typed.get("needed") else (),
    )
    return [whom, person]


def hindered(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves what hinders, with the status that the button said, and tells whoever is needed."""
    state = State.read(form.state)
    if state is None:
        raise too_old(visit)
    measure = asked_about(visit, state.code, alone=True)
    typed = {name: text(form, name) for name in ("obstacle", "needed", "person")}
    errors = _faults(visit, measure, typed)
    if errors:
        return FieldErrors(errors=errors)
    person = find_person(visit, typed["person"])
    said = Progress(
        HINDERED[state.how],
        obstacle=typed["obstacle"],
        help_wanted=state.how == "help",
        needed=typed["needed"],
        needed_person_id=person.id if person else None,
    )
    before = held_report(visit, measure)
    note = objections(visit, measure, said, before).get(REOPEN, "")
    if note and not state.reopens:
        return _what_hinders(visit, measure, replace(state, reopens=True), note, typed)
    row = save_after(visit, measure, said, before)
    _tell(visit, row)
    visit.remember(f"hindered:{row.id}")
    return _saved(visit, row)


def _faults(visit: Visit, measure: Measure, typed: Mapping[str, str]) -> dict[str, str]:
    _ = visit.language._
    errors = {}
    if not typed["obstacle"]:
        errors["obstacle"] = _("Write what hinders.")
    if len(typed["obstacle"]) > COMMENT_LENGTH:
        errors["obstacle"] = _("Write at most {limit} characters.", limit=COMMENT_LENGTH)
    known = dict(needed_choices(visit.session, measure, visit.on, visit.language))
    if typed["needed"] and typed["needed"] not in known:
        errors["needed"] = _("Choose one of the choices.")
    person = find_person(visit, typed["person"])
    if typed["person"] and (person is None or not person.is_active(visit.on)):
        errors["person"] = _("Choose somebody from the list.")
    return errors


def _tell(visit: Visit, row: ProgressReport) -> None:
    for person in _told(visit, row):
        message = _notice(speech(person), visit, row)
        tell(visit.session, person, message, f"needed:{row.id}", visit.at)


def _told(visit: Visit, row: ProgressReport) -> list[Person]:
    """Those who are needed, except whoever says so."""
    people = needed_people(visit.session, row, row.at.date())
    return [person for person in people if person.id != row.reporter_id]


def _notice(language: Language, visit: Visit, row: ProgressReport) -> Message:
    """What whoever is needed reads: which measure, what hinders, and a way to the measure."""
    _ = language._
    measure = row.measure
    heading = _("You are needed for {code}", code=measure.code)
    by = _(
        "Reported by {name} for {group}.", name=visit.person.shown_as(), group=measure.group.name
    )
    show = Button(label=_("Show {code}", code=measure.code), action="say", value=measure.code)
    return Message(
        summary=f"{heading}: {row.obstacle}"[:1000],
        parts=(
            Heading(text=heading),
            Text(text=f"**{measure.title}**"),
            Quote(text=row.obstacle),
            Note(text=by),
            Actions(buttons=(show,)),
        ),
    )


def _saved(visit: Visit, row: ProgressReport) -> Message:
    """The confirmation, with who was told that they are needed."""
    card = confirmation(visit, row).model_copy(update={"replaces": False})
    names = visit.language.join([person.shown_as() for person in _told(visit, row)])
    if not names:
        return card
    note = Note(text=visit.language._("{names} is told.", names=names))
    return card.model_copy(update={"parts": (*card.parts[:-1], note, card.parts[-1])})


def recall(visit: Visit, key: str) -> Reply:
    """The confirmation with who is needed, for the same event a second time."""
    return _saved(visit, visit.session.get_one(ProgressReport, int(key)))
