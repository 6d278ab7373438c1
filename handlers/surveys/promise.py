"""Who can see what of a survey: what a member reads before answering."""

from __future__ import annotations

from models.language import Language
from models.surveys.limits import thresholds_of
from models.surveys.survey import Scale, Sensitivity, Survey

PROMISES = {
    Sensitivity.OPEN: "Your answers are anonymous. The group sees how many gave each answer.",
    Sensitivity.INTERNAL: (
        "Your answers are anonymous. Results are shown when the survey has closed, "
        "and only if at least {least} have answered."
    ),
}
PROMISES[Sensitivity.SENSITIVE] = PROMISES[Sensitivity.INTERNAL]
SEALED = (
    "Until the survey closes your answers lie sealed, apart from your name. Then they are counted "
    "and destroyed, and only the counts remain. That you have answered is kept, so that you are "
    "not reminded and so that no result gives an answer away."
)
SEALED_UNTIL_NEXT = (
    "Your answers lie sealed, apart from your name, until the survey comes the next time and "
    "change has been counted. Then they are destroyed, and only the counts remain. That you have "
    "answered is kept, so that you are not reminded and so that no result gives an answer away."
)
SEEN_BY_ALL = "The result is seen by the members of the cooperation."
SEEN_BY_THE_ASKED = (
    "The result is seen only by those who were asked, by their groups, and by the coordinator."
)


NAMED = (
    "This survey is not anonymous: when it has closed, the group's chairs and secretary and the "
    "coordinator see your answers beside your name. Everybody else sees only counts."
)


def short_promise(language: Language, survey: Survey) -> str:
    """How anonymous the answers are and when results come, in two sentences."""
    if survey.named:
        return language._(NAMED)
    least = thresholds_of(survey).least(survey.sensitivity)
    return language._(PROMISES[survey.sensitivity], least=least)


def whole_promise(language: Language, survey: Survey) -> str:
    """All that a member should know before answering."""
    _ = language._
    lines = [short_promise(language, survey)]
    if not survey.named:
        comes_again = survey.wave < survey.waves
        lines.append(_(SEALED_UNTIL_NEXT if comes_again else SEALED))
    classes = {question.sensitivity for question in survey.questions}
    if survey.sensitivity is not Sensitivity.SENSITIVE and Sensitivity.SENSITIVE in classes:
        lines.append(
            _(
                "More sensitive questions are shown only if at least {least} have answered.",
                least=survey.least_sensitive,
            )
        )
    lines.append(_(SEEN_BY_THE_ASKED if Sensitivity.SENSITIVE in classes else SEEN_BY_ALL))
    if any(question.scale is Scale.TEXT for question in survey.questions):
        lines.append(_("Free text is shown only if you agree to it, without your name."))
    return "\n".join(lines)
