"""The form of digest settings: what it asks, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import available_timezones

from handlers.digest_words import SECTIONS, hour_words, weekday_words
from handlers.requests import FormSubmitted
from handlers.visit import Visit
from handlers.whole import whole
from models.digest_settings import DAYS_BEFORE, HOURS, MOST_LEAST, WEEKDAYS, Section, Wanted
from models.groups import Group
from models.message import (
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    FormField,
    NumberField,
    TextField,
    YesNoField,
)

NAMES = {"sv": "Svenska", "en": "English"}
GROUPS_OWN = "own"


@dataclass(frozen=True)
class Draft:
    """What is set now: of a channel of a group, of a group without one, or of a member's own."""

    wanted: Wanted
    state: str
    group: Group | None
    has_channel: bool

    @property
    def is_own(self) -> bool:
        """Whether it is a member's own digest."""
        return self.group is None


@dataclass(frozen=True)
class Answer:
    """What was answered; `digest_days` is 0 where it was not asked."""

    wanted: Wanted
    digest_days: int = 0


def digest_form(visit: Visit, draft: Draft) -> Form:
    """The form with what is set now."""
    _ = visit.language._
    told = () if draft.group and not draft.has_channel else _weekly(visit, draft)
    name = f"**{draft.group.name}**\n" if draft.group else ""
    intro = _("The weekly digest tells what has changed. On red days it waits; in July it rests.")
    return Form(
        name="digest.set",
        title=_("The digest"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=f"{name}{intro}",
        fields=(*told, *_before(visit, draft)),
        state=draft.state,
    )


def _weekly(visit: Visit, draft: Draft) -> tuple[FormField, ...]:
    language, wanted = visit.language, draft.wanted
    _ = language._
    days = tuple(
        Choice(label=word, value=str(day)) for day, word in weekday_words(language).items()
    )
    hours = tuple(Choice(label=hour_words(language, each), value=str(each)) for each in HOURS)
    sections = tuple(
        Choice(label=_sentence(_(word)), value=each.value) for each, word in SECTIONS.items()
    )
    chosen = tuple(each.value for each in Section if each in wanted.sections)
    return (
        YesNoField(name="on", label=_("Send it"), initial=wanted.is_on, required=False),
        ChoiceField(name="day", label=_("Day"), choices=days, initial=(str(wanted.weekday),)),
        ChoiceField(name="hour", label=_("Hour"), choices=hours, initial=(str(wanted.hour),)),
        NumberField(
            name="least",
            label=_("Fewest changes"),
            hint=_("With fewer changes in the week, nothing is sent."),
            initial=wanted.least,
            low=1,
            high=MOST_LEAST,
        ),
        ChoiceField(
            name="told",
            label=_("What it tells"),
            choices=sections,
            several=True,
            open_list=True,
            initial=chosen,
        ),
        *([] if draft.is_own else _speech(visit, draft)),
    )


def _speech(visit: Visit, draft: Draft) -> list[FormField]:
    _ = visit.language._
    group = draft.group
    assert group is not None, "a channel has a group"
    own = _("The group's own ({language})", language=NAMES.get(group.language, group.language))
    choices = (
        Choice(label=own, value=GROUPS_OWN),
        *(Choice(label=name, value=code) for code, name in NAMES.items()),
    )
    chosen = draft.wanted.language or GROUPS_OWN
    return [
        ChoiceField(name="language", label=_("Language"), choices=choices, initial=(chosen,)),
        TextField(
            name="zone",
            label=_("Time zone"),
            hint=_(
                "Such as Europe/Stockholm. Leave it empty for the group's own, {zone}.",
                zone=group.zone,
            ),
            initial=draft.wanted.zone,
            max_length=60,
            required=False,
        ),
    ]


def _before(visit: Visit, draft: Draft) -> tuple[FormField, ...]:
    if draft.group is None:
        return ()
    language = visit.language
    choices = tuple(
        Choice(
            label=language.n("{number} working day before", "{number} working days before", number),
            value=str(number),
        )
        for number in DAYS_BEFORE
    )
    label = language._("The digest before a meeting comes")
    chosen = str(draft.group.digest_days)
    return (ChoiceField(name="before", label=label, choices=choices, initial=(chosen,)),)


def read(visit: Visit, draft: Draft, form: FormSubmitted) -> Answer | FieldErrors:
    """What was answered, or what is wrong with it."""
    errors = dict(_errors(visit, draft, form))
    if errors:
        return FieldErrors(errors=errors)
    before = _text(form, "before")
    days = int(before) if before else 0
    if draft.group is not None and not draft.has_channel:
        return Answer(draft.wanted, days)
    language = _text(form, "language")
    wanted = Wanted(
        is_on=bool(form.values.get("on")),
        weekday=int(_text(form, "day")),
        hour=int(_text(form, "hour")),
        language="" if language == GROUPS_OWN else language,
        zone=_text(form, "zone"),
        least=int(_text(form, "least")),
        sections=frozenset(Section(each) for each in _several(form, "told")),
    )
    return Answer(wanted, days)


def _errors(visit: Visit, draft: Draft, form: FormSubmitted) -> list[tuple[str, str]]:
    _ = visit.language._
    allowed = {"before": DAYS_BEFORE, "day": WEEKDAYS, "hour": HOURS}
    asked = [] if draft.group and not draft.has_channel else ["day", "hour"]
    asked += ["before"] if draft.group else []
    wrong = [
        (name, _("Choose one of those in the list."))
        for name in asked
        if _text(form, name) not in {str(each) for each in allowed[name]}
    ]
    if "day" not in asked:
        return wrong
    if not 1 <= (whole(_text(form, "least")) or 0) <= MOST_LEAST:
        wrong.append(("least", _("Write a number from 1 to {most}.", most=MOST_LEAST)))
    told = _several(form, "told")
    if not told or not set(told) <= {each.value for each in Section}:
        wrong.append(("told", _("Choose at least one thing to tell.")))
    if _text(form, "language") not in {"", GROUPS_OWN, *NAMES}:
        wrong.append(("language", _("Choose one of those in the list.")))
    zone = _text(form, "zone")
    if zone and zone not in available_timezones():
        wrong.append(
            (
                "zone",
                _(
                    "I know no time zone {zone}. Write one such as Europe/Stockholm.",
                    zone=zone[:60],
                ),
            )
        )
    return wrong


def _text(form: FormSubmitted, name: str) -> str:
    value = form.values.get(name)
    return value.strip() if isinstance(value, str) else ""


def _several(form: FormSubmitted, name: str) -> tuple[str, ...]:
    value = form.values.get(name)
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
