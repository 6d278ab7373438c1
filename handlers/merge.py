"""Merging two records of one person, by the coordinator: a preview first, then once and for all."""

from __future__ import annotations

import re

from sqlalchemy import select

from handlers.errors import NotFound, Refusal
from handlers.people import LONGEST, RECORDS, fitting
from handlers.requests import FormSubmitted
from handlers.seats.draft import find_person
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.message import (
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    Heading,
    Message,
    PersonField,
    Reply,
    Text,
)
from models.people.merge import (
    BothHaveAnswered,
    CannotMerge,
    MergedAlready,
    Pair,
    SamePerson,
    belongings,
    check,
    is_whole,
    merge,
    person_of_email,
    shared_groups,
)
from models.people.organisations import DisplayPolicy, Person, PersonMerge
from models.records import AuditEntry
from models.rights import Action
from models.surveys.sealing import KeyGone

_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")

KEY_GONE = (
    "One of them has answered an open survey, whose key is not on this machine, so the answer "
    "could not be moved. Nothing was changed."
)

THINGS = {
    "seat": ("{number} seat", "{number} seats"),
    "measure": ("{number} measure", "{number} measures"),
    "progress_report": ("{number} report", "{number} reports"),
    "invitation": ("{number} survey invitation", "{number} survey invitations"),
    "account": ("{number} account", "{number} accounts"),
}
"""What is told apart of what belongs to a record; the rest is counted together."""

POLICIES = {
    DisplayPolicy.SHOWN: "the name is shown",
    DisplayPolicy.FUNCTION_ONLY: "only the function is shown",
    DisplayPolicy.PROTECTED: "protected",
}


def merge_people(visit: Visit, wish: Understanding) -> Reply:
    """Answers `slå ihop`: the preview of the two that are named, else the question which."""
    visit.demand(Action.MERGE_PEOPLE)
    people = _by_email(visit, wish) or _by_name(visit, wish)
    if len(people) != 2:
        return _question(visit, people)
    pair = Pair(*people)
    fault = _fault(visit, pair)
    if fault is not None:
        raise Refusal(fault)
    return _preview(visit, pair)


def _by_email(visit: Visit, wish: Understanding) -> list[Person]:
    """Those whose addresses stand in the line; the first is the one to keep."""
    found = []
    for email in _EMAIL.findall(wish.rest or ""):
        person = person_of_email(visit.session, email)
        if person is None:
            raise NotFound(visit.language._("Nobody here has the e-mail {email}.", email=email))
        found.append(person)
    return found


def _by_name(visit: Visit, wish: Understanding) -> list[Person]:
    """The records of the people who are named; the protected are found by address only."""
    names = wish.people or ((wish.person,) if wish.person else ())
    query = select(Person).where(
        Person.name.in_(names), is_whole(), Person.display_policy != DisplayPolicy.PROTECTED
    )
    found = visit.session.scalars(query.order_by(Person.id)).all()
    return sorted(found, key=lambda person: names.index(person.name))


def _question(visit: Visit, people: list[Person]) -> Form:
    """The form that asks which two; what the line named is filled in."""
    _ = visit.language._
    labels = (_("The record to keep"), _("The record to merge into it"))
    known = [_choice(person) for person in people[:2]] + [None, None]
    return Form(
        name="merge.choose",
        title=_("Merge two records"),
        submit=_("Show what happens"),
        cancel=_("Cancel"),
        intro=_("For when one person has been entered twice. Nothing is changed yet."),
        fields=tuple(
            PersonField(name=name, label=label, initial=choice)
            for name, label, choice in zip(RECORDS, labels, known, strict=False)
        ),
    )


def chosen(visit: Visit, form: FormSubmitted) -> Reply:
    """The preview of the two that were chosen."""
    visit.demand(Action.MERGE_PEOPLE)
    people = [_person(visit, str(form.values.get(name) or "")) for name in RECORDS]
    errors = {
        name: _missing(visit, str(form.values.get(name) or ""))
        for name, person in zip(RECORDS, people, strict=True)
        if person is None
    }
    if errors:
        return FieldErrors(errors=errors)
    pair = Pair(*(person for person in people if person is not None))
    fault = _fault(visit, pair)
    return FieldErrors(errors={RECORDS[1]: fault}) if fault else _preview(visit, pair)


def _missing(visit: Visit, typed: str) -> str:
    _ = visit.language._
    if not typed.strip():
        return _("Choose a person.")
    return _("I find no record, or several, for {name}. Write the e-mail.", name=typed[:60])


def _person(visit: Visit, typed: str) -> Person | None:
    """A record by what the field sends, itself also where it was merged; else as it was typed."""
    if typed.isascii() and typed.isdigit():
        return visit.session.get(Person, int(typed)) if len(typed) < 10 else None
    return find_person(visit, typed.strip())


def _fault(visit: Visit, pair: Pair) -> str | None:
    """Why the two cannot be merged; nothing when they can."""
    _ = visit.language._
    if pair.merged.id == visit.person.id and pair.kept.id != visit.person.id:
        return _("You are signed in as the record that would go. Keep it instead.")
    try:
        check(visit.session, pair)
    except SamePerson:
        return _("Both are the same record. Choose two different ones.")
    except MergedAlready:
        return _("One of the records was merged into another before.")
    except BothHaveAnswered as both:
        return _(
            "Both records have answered the survey {title}, which is open. "
            "Merge them when it has closed, so that no answer is lost.",
            title=both.survey.title(visit.language.code),
        )
    return None


def _preview(visit: Visit, pair: Pair) -> Form:
    """What each record has, what becomes of it, and which one to keep."""
    _ = visit.language._
    both = (pair.kept, pair.merged)
    lines = [
        f"{number}. {_described(person)}: {_numbers(visit, belongings(visit.session, person))}."
        for number, person in enumerate(both, start=1)
    ]
    lines.append(
        _(
            "What belongs to the other record moves to the one that is kept. Name, title, "
            "organisation, language and standing are those of the kept record. Both e-mails "
            "are recognised from then on."
        )
    )
    if pair.kept.display_policy is not pair.merged.display_policy:
        policy = _(POLICIES[pair.display_policy])
        lines.append(_("The stricter protection goes for both: {policy}.", policy=policy))
    groups = [group.name for group in shared_groups(visit.session, pair, visit.on)]
    if groups:
        names = visit.language.join(groups)
        lines.append(_("Both have seats in {groups}. Look at them afterwards.", groups=names))
    return Form(
        name="merge.confirm",
        title=_("Merge two records"),
        submit=_("Merge"),
        cancel=_("Cancel"),
        intro="\n".join(lines),
        note=_("A merge cannot be undone."),
        fields=(
            ChoiceField(
                name="kept",
                label=_("The record to keep"),
                choices=tuple(_choice(person, f"{at}. ") for at, person in enumerate(both, 1)),
                open_list=True,
                initial=(str(pair.kept.id),),
            ),
        ),
        state=f"{pair.kept.id} {pair.merged.id}",
    )


def _described(person: Person) -> str:
    """A record by what may be shown of it; the e-mail says the name, so only where that is."""
    shown = person.display_policy is DisplayPolicy.SHOWN
    words = (person.shown_as(), person.title, person.organisation.name, person.email)
    return ", ".join(dict.fromkeys(filter(None, words if shown else words[:1] + words[2:3])))


def _choice(person: Person, number: str = "") -> Choice:
    label = f"{number}{_described(person)}"
    if len(label) > LONGEST and person.display_policy is DisplayPolicy.SHOWN:
        label = f"{number}{person.name}, {person.email}"
    return Choice(label=fitting(label), value=str(person.id))


def _numbers(visit: Visit, rows: dict[str, int]) -> str:
    """Rows by table in words: 3 uppdrag, 2 åtgärder och 4 andra uppgifter."""
    named = [
        visit.language.n(one, many, rows[table])
        for table, (one, many) in THINGS.items()
        if rows.get(table)
    ]
    rest = sum(number for table, number in rows.items() if table not in THINGS)
    if rest:
        named.append(visit.language.n("{number} other entry", "{number} other entries", rest))
    return visit.language.join(named) if named else visit.language._("nothing")


def confirmed(visit: Visit, form: FormSubmitted) -> Reply:
    """Merges the two records."""
    visit.demand(Action.MERGE_PEOPLE)
    pair = _confirmed_pair(visit, form)
    if pair is None:
        sentence = visit.language._("Choose which of the two records to keep.")
        return FieldErrors(errors={"kept": sentence})
    fault = _fault(visit, pair)
    if fault is not None:
        return FieldErrors(errors={"kept": fault})
    try:
        merge(visit.session, pair, visit.person, visit.at, visit.keys)
    except KeyGone:
        return FieldErrors(errors={"kept": visit.language._(KEY_GONE)})
    except CannotMerge:
        # Somebody else was faster, between the check and the lock.
        return FieldErrors(errors={"kept": _fault(visit, pair) or ""})
    visit.remember(f"merged:{pair.merged.id}")
    return recall(visit, str(pair.merged.id))


def _confirmed_pair(visit: Visit, form: FormSubmitted) -> Pair | None:
    keys, kept = form.state.split(), str(form.values.get("kept") or "")
    people = [_person(visit, key) for key in keys]
    if len(keys) != 2 or kept not in keys:
        return None
    found = [person for person in people if person is not None]
    found.sort(key=lambda person: str(person.id) != kept)
    return Pair(*found) if len(found) == 2 else None


def recall(visit: Visit, key: str) -> Message:
    """That the two are one, now or for the same event a second time."""
    _ = visit.language._
    row = visit.session.get_one(PersonMerge, int(key))
    heading = _("The two records are one")
    lines = (
        _("Kept: {person}.", person=_described(row.kept)),
        _("Moved: {things}.", things=_numbers(visit, _moved(visit, row))),
        _("Imports and accounts that use the other e-mail find the kept record."),
    )
    return Message(
        summary=f"{heading}. {lines[0]}"[:1000],
        parts=(Heading(text=heading), Text(text="\n".join(lines))),
    )


def _moved(visit: Visit, merge: PersonMerge) -> dict[str, int]:
    """How many rows of each table were moved, as the audit log says."""
    query = select(AuditEntry.detail).where(
        AuditEntry.action == "merge_people", AuditEntry.at == merge.at
    )
    details = visit.session.scalars(query)
    return next(each["rows"] for each in details if each["merged"] == merge.merged_id)
