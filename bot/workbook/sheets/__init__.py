"""All sheets, in the order in which they are filled in: what is referred to comes first."""

from __future__ import annotations

from bot.workbook.columns import Sheet
from bot.workbook.sheets import chain, figures, groups, people, places, surveys, work

SHEETS: tuple[Sheet, ...] = (
    places.DISTRICTS,
    places.NEIGHBOURHOODS,
    places.POLICE_AREAS,
    places.POLICE_COVERAGE,
    people.ORGANISATIONS,
    people.PEOPLE,
    people.PRIORITY_AREAS,
    people.AGREEMENTS,
    groups.GROUPS,
    groups.SEATS,
    groups.INVOLVEMENT,
    chain.PROBLEMS,
    chain.CAUSES,
    chain.DIRECTIONS,
    chain.GOALS,
    work.MEASURES,
    work.REPORTS,
    work.MEETINGS,
    work.DECISIONS,
    work.ACTION_POINTS,
    surveys.SURVEYS,
    surveys.QUESTIONS,
    surveys.INVITATIONS,
    surveys.ANSWERS,
    figures.DATA_SOURCES,
    figures.INDICATORS,
    figures.OBSERVATIONS,
    figures.TARGETS,
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
