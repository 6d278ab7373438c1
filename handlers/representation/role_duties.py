"""What a role asks of its holder, what a group is for, and what an organisation answers for."""

from __future__ import annotations

from collections.abc import Iterable

from models.groups import GroupKind, Seat, SeatRole
from models.language import Language
from models.message import Part, Text
from models.people.organisations import Organisation, OrganisationKind, Party
from models.wording import KINDS, role_word

DUTIES: dict[SeatRole, str] = {
    SeatRole.CHAIR: (
        "leads the group together with the other party's chair, sees to it that what is decided "
        "gets done, and approves on-demand seats"
    ),
    SeatRole.SECRETARY: "calls the meetings, keeps the agenda, the minutes and the list of seats",
    SeatRole.MEMBER: (
        "speaks for the organisation, takes questions home and back, and reports on its measures"
    ),
    SeatRole.DEPUTY: "takes the holder's place when the holder cannot come",
    SeatRole.CO_OPTED: "takes part in the questions that the seat is for, without deciding",
}
PURPOSES: dict[GroupKind, str] = {
    GroupKind.STEERING: "decides on direction and goals and answers for the long term",
    GroupKind.PREPARATORY: "prepares what the steering group decides and follows up the measures",
    GroupKind.WORKING: "carries out the measures in its area",
}
PARTS: dict[OrganisationKind, str] = {
    OrganisationKind.DISTRICT_BOARD: (
        "The board is the city's party in the local agreement. Its administration makes the "
        "city's situation report, decides on goals and measures together with the police, and "
        "follows them up."
    ),
    OrganisationKind.DISTRICT_ADMINISTRATION: (
        "The administration is the city's side in the local groups. It makes the city's situation "
        "report, decides on goals and measures together with the police, and follows them up."
    ),
    OrganisationKind.LOCAL_POLICE_AREA: (
        "The local police area is the police's side in the local groups. It makes the police's "
        "situation report, decides on goals and measures together with the city, and follows "
        "them up."
    ),
}
"""What those who must be in every local steering group answer for (rules R2, R3 and R4)."""
TAKES_PART = "The organisation takes part where it has seats and carries out its own measures."
DECIDED_BY_OTHERS = (
    "The organisation takes part where it has seats; the city and the police decide together."
)


def duties_part(language: Language, seats: Iterable[Seat]) -> list[Part]:
    """What each role and each kind of group that somebody has means, a line for each."""
    held = list(seats)
    _ = language._
    roles = [role for role in SeatRole if any(seat.role is role for seat in held)]
    kinds = [kind for kind in GroupKind if any(seat.group.kind is kind for seat in held)]
    if not held:
        return []
    lines = [
        f"**{_('What is expected')}**",
        *(f"- **{role_word(language, role)}:** {_(DUTIES[role])}." for role in roles),
        *(f"- **{_capital(_(KINDS[kind]))}:** {_(PURPOSES[kind])}." for kind in kinds),
    ]
    return [Text(text="\n".join(lines))]


def part_of(language: Language, organisation: Organisation) -> str:
    """What an organisation's part in the cooperation is, in a sentence or two."""
    if organisation.kind in PARTS:
        return language._(PARTS[organisation.kind])
    is_party = organisation.party in (Party.CITY, Party.POLICE)
    return language._(TAKES_PART if is_party else DECIDED_BY_OTHERS)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
