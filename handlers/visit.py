"""What a handler is given: who asks, when, in which language, and a session to ask."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.errors import DoneBefore, NeedsMember, NotAllowed
from handlers.requests import Identity, Place
from handlers.understanding.registry import Registry
from models.delivery.outbox import Inbox
from models.language import Language
from models.measures.measure import Measure
from models.people.organisations import Person, Standing
from models.rights import Action, Role, may
from models.seats.holders import group_roles
from models.surveys.limits import DEFAULTS, Limits
from models.surveys.sealing import SurveyKeys

SAY_WHO = "This is about a person. Say who with --as and an e-mail."


@dataclass(frozen=True)
class Visit:
    """One request on its way through a handler.

    `at` is the aware time of the request, `on` the day that counts as today in the member's
    zone. `asker` is empty for the operator at the console. A handler that has changed something
    says so with `remember`, so that the same event a second time finds the result. `limits` are
    what a survey that is made now promises.
    """

    session: Session
    asker: Person | None
    identity: Identity
    where: Place
    at: datetime
    on: date
    language: Language
    registry: Registry
    secret: bytes
    keys: SurveyKeys
    base_url: str = ""
    limits: Limits = DEFAULTS
    trace: list[str] = field(default_factory=list)
    deeds: list[str] = field(default_factory=list)

    @property
    def person(self) -> Person:
        """The member who asks; the operator is told to say who."""
        if self.asker is None:
            raise NeedsMember(self.language._(SAY_WHO))
        return self.asker

    def demand_member(self) -> None:
        """Stops here for the operator, who is told to say who: a change is somebody's."""
        _asker = self.person

    @property
    def platform(self) -> str:
        """The platform that the request came through."""
        return self.identity.platform

    def remember(self, result: str) -> None:
        """Notes what was changed, as kind and id, for the same event a second time."""
        self.trace.append(result)

    def once(self, *deed: object) -> None:
        """Stops here with the first answer if this was done before, in whatever event it came.

        The deed says all that makes it one and the same: what, whose, about what, in which words.
        Of two at once the inbox's unique key lets one through; the other comes here again.
        """
        words = ":".join(str(part) for part in deed)
        key = hmac.new(self.secret, f"deed:{words}".encode(), sha256).hexdigest()
        before = self.session.scalars(select(Inbox.result).where(Inbox.deed == key)).first()
        if before is not None:
            raise DoneBefore(before)
        self.deeds.append(key)

    def roles(self, *, group_id: int | None = None, measure: Measure | None = None) -> set[Role]:
        """What the asker is, towards a group or a measure where one is given."""
        if self.asker is None:
            return {Role.OPERATOR}
        roles = {Role.MEMBER} | standing_of(self.asker)
        if measure is not None:
            roles |= _towards(self.asker, measure)
            group_id = measure.group_id
        if group_id is not None:
            roles |= group_roles(self.session, self.asker, group_id, self.on)
        return roles

    def demand(
        self, action: Action, *, group_id: int | None = None, measure: Measure | None = None
    ) -> None:
        """Stops here with a sentence unless the asker may do the action."""
        # What is known without asking goes first: an owner may report whatever their seats are.
        if measure is not None and self.asker and may(_towards(self.asker, measure), action):
            return
        if may(self.roles(group_id=group_id, measure=measure), action):
            return
        if self.asker is None:
            raise NeedsMember(self.language._(SAY_WHO))
        raise NotAllowed(self.language._(NOT_ALLOWED.get(action, "You may not do this.")))


NOT_ALLOWED = {
    Action.REPORT: (
        "You can report on your own measures, your organisation's and your groups'. "
        "Ask the group's secretary to report on this one."
    ),
    Action.UNDO_REPORT: "Only the one who reported, or the group's secretary, can undo a report.",
    Action.MAKE_SURVEY: "Only the group's chair or secretary, or the coordinator, makes surveys.",
    Action.SEE_SENSITIVE_RESULT: (
        "This result is sensitive. It is shown to those who were asked, to their group and to the "
        "coordinator."
    ),
    Action.LINK: "Only the coordinator can link accounts and channels.",
    Action.CHANGE_SEATS: "Only the group's chair or secretary, or the coordinator, changes seats.",
    Action.REQUEST_SEAT: "Only the group's own members can ask for a seat in it.",
    Action.APPROVE_SEAT: "Only the group's chairs can approve this.",
    Action.SET_INVOLVEMENT: (
        "Only the chair or secretary of the district's steering group, or the coordinator, "
        "can change this."
    ),
    Action.SEE_HISTORY: (
        "What was known on an earlier day is shown to the registrar, the coordinator, and the "
        "group's chairs and secretary."
    ),
    Action.CHANGE_CHAIN: (
        "Only chairs and secretaries of the district's groups, and the coordinator, change this."
    ),
    Action.CHANGE_MEASURES: (
        "Only the group's chair or secretary, or the coordinator, makes and changes measures."
    ),
    Action.CHANGE_MEETINGS: (
        "Only the group's chair or secretary, or the coordinator, plans and changes meetings."
    ),
    Action.REGISTER_DECISIONS: (
        "Only the group's chair or secretary, the registrar or the coordinator gives decisions "
        "their registry numbers."
    ),
    Action.WRITE_DECISIONS: (
        "Only the group's chair or secretary, or the coordinator, writes decisions and action "
        "points."
    ),
    Action.SET_DIGEST: (
        "Only the group's chair or secretary, or the coordinator, changes when its digest comes."
    ),
    Action.TAKE_OVER: "Only those who share the group or the organisation can take it over.",
    Action.SET_ABSENCE: (
        "You can note your own absence. For somebody else the group's chair or secretary does it."
    ),
    Action.DECIDE_SOURCE: (
        "Only the chair and secretary of the central preparatory group, and the coordinator, "
        "decide on data sources."
    ),
    Action.DECIDE_DELIVERY: "Only the coordinator decides whether a message is sent once more.",
    Action.SEE_DELIVERIES: "Only the coordinator sees how sending stands.",
    Action.MERGE_PEOPLE: "Only the coordinator can merge two records of one person.",
}
"""What each right's refusal says; the texts are in the catalogue."""


def standing_of(person: Person) -> set[Role]:
    """What a person is for the whole cooperation, beside being a member."""
    if person.standing is Standing.COORDINATOR:
        return {Role.COORDINATOR}
    return {Role.REGISTRAR} if person.standing is Standing.REGISTRAR else set()


def _towards(person: Person, measure: Measure) -> set[Role]:
    if measure.owner_id == person.id:
        return {Role.OWNER}
    return {Role.COLLEAGUE} if measure.organisation_id == person.organisation_id else set()
