"""Somebody else answers: this one asking goes on to a colleague, who is asked at once."""

from __future__ import annotations

from handlers.measures.checkin_measure import asked_about
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.draft import find_person
from handlers.seats.telling import is_reached, speech, tell
from handlers.visit import Visit
from models.audit import record
from models.language import Language
from models.measures.measure import COMMENT_LENGTH, Measure, Prompt
from models.measures.prompts import hand_on as hand_prompt_on
from models.message import (
    Actions,
    Button,
    FieldErrors,
    Form,
    Heading,
    Message,
    Note,
    Part,
    PersonField,
    Quote,
    Reply,
    Text,
    TextField,
    Weight,
)
from models.people.organisations import Person
from models.rights import Action, Role, may
from models.seats.holders import group_roles


def hand_on(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks which colleague is to answer for the measure this time."""
    _ = visit.language._
    measure = asked_about(visit, press.value)
    return Form(
        name="checkin.hand_on",
        title=_("Somebody else answers"),
        submit=_("Ask"),
        cancel=_("Cancel"),
        intro=f"**{measure.code} {measure.title}**",
        note=_("It is for this time only. The measure stays yours."),
        fields=(
            PersonField(
                name="person", label=_("Who answers?"), hint=_("Write a part of the name.")
            ),
            TextField(
                name="words",
                label=_("A few words to them"),
                required=False,
                several_lines=True,
                max_length=COMMENT_LENGTH,
            ),
        ),
        state=measure.code,
    )


def handed_on(visit: Visit, form: FormSubmitted) -> Reply:
    """Asks the colleague now, and asks the owner no more about this."""
    measure = asked_about(visit, form.state)
    words = str(form.values.get("words") or "").strip()
    colleague = find_person(visit, str(form.values.get("person") or "").strip())
    errors = _faults(visit, measure, colleague, words)
    if errors or colleague is None:
        return FieldErrors(errors=errors)
    prompt = hand_prompt_on(visit.session, measure, colleague, visit.at)
    record(visit.session, visit.person, "hand_on", f"measure:{measure.code}", visit.at)
    message = _question(speech(colleague), visit, measure, words)
    tell(visit.session, colleague, message, f"handed_on:{prompt.id}", visit.at)
    visit.remember(f"handed_on:{prompt.id}")
    return _told(visit, prompt)


def _faults(visit: Visit, measure: Measure, colleague: Person | None, words: str) -> dict[str, str]:
    _ = visit.language._
    errors = {}
    if colleague is None or not colleague.is_active(visit.on):
        errors["person"] = _("Choose somebody from the list.")
    elif colleague.id == visit.person.id:
        errors["person"] = _("That is you. Choose a colleague.")
    elif not _may_report(visit, measure, colleague):
        errors["person"] = _(
            "{name} may not report on {code}. Choose somebody of the group or the organisation.",
            name=colleague.shown_as(),
            code=measure.code,
        )
    elif not is_reached(visit.session, colleague, visit.at):
        errors["person"] = _("{name} cannot be reached here.", name=colleague.shown_as())
    if len(words) > COMMENT_LENGTH:
        errors["words"] = _("Write at most {limit} characters.", limit=COMMENT_LENGTH)
    return errors


def _may_report(visit: Visit, measure: Measure, colleague: Person) -> bool:
    """Whether the colleague owns it, shares its organisation, or sits in its group."""
    same = {measure.owner_id == colleague.id: Role.OWNER}
    same |= {measure.organisation_id == colleague.organisation_id: Role.COLLEAGUE}
    roles = {role for holds, role in same.items() if holds}
    roles |= group_roles(visit.session, colleague, measure.group_id, visit.on)
    return may(roles, Action.REPORT)


def _question(language: Language, visit: Visit, measure: Measure, words: str) -> Message:
    """What the colleague is asked: how it is going, in the words of whoever asks."""
    _ = language._
    name = visit.person.shown_as()
    heading = _("{name} asks you to answer for {code}", name=name, code=measure.code)
    quote: list[Part] = [Quote(text=words, by=name)] if words else []
    labels = {
        "on_plan": _("On plan"),
        "delayed": _("Delayed"),
        "done": _("Done"),
        "help": _("Needs help"),
    }
    buttons = tuple(
        Button(
            label=label,
            action=f"checkin.{key}",
            value=measure.code,
            weight=Weight.PRIMARY if key == "on_plan" else Weight.PLAIN,
        )
        for key, label in labels.items()
    )
    due = _("due {day}", day=language.day(measure.due_on, visit.on)) if measure.due_on else ""
    about = " · ".join(part for part in (f"**{measure.title}**", due) if part)
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading[:150]),
            Text(text=f"{about}\n{_('How is it going?')}"),
            *quote,
            Actions(buttons=buttons),
            Note(text=_("Write nothing that points out an individual.")),
        ),
    )


def recall(visit: Visit, key: str) -> Reply:
    """Who answers instead, for the same event a second time."""
    return _told(visit, visit.session.get_one(Prompt, int(key)))


def _told(visit: Visit, prompt: Prompt) -> Message:
    _ = visit.language._
    measure, person = visit.session.get_one(Measure, prompt.measure_id), prompt.person_id
    sentence = _(
        "{name} is asked about {code} instead of you.",
        name=visit.session.get_one(Person, person).shown_as(),
        code=measure.code,
    )
    return Message(summary=sentence, parts=(Text(text=sentence),))
