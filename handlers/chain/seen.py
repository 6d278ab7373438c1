"""A thing with its approval, as whoever asks sees it."""

from __future__ import annotations

from handlers.chain.allowed import may_change
from handlers.chain.approval_told import voices_for
from handlers.chain.approval_words import Shown
from handlers.chain.things import Approved, Link, find_approved, find_link, group_of, subject_of
from handlers.errors import NotFound
from handlers.visit import Visit
from models.chain.approvals import Approvable, Subject, history, proposals_to


def shown_to(visit: Visit, thing: Approved) -> Shown:
    """The thing with all its versions, and what the asker may do with it."""
    versions = history(visit.session, subject_of(thing))
    return Shown(
        thing=thing,
        versions=versions,
        proposals=proposals_to(visit.session, versions[-1]) if versions else [],
        voices=voices_for(visit.session, thing, visit.on),
        viewer=visit.asker,
        language=visit.language,
        may_submit=may_change(visit, group_of(thing)),
    )


def thing_named(visit: Visit, key: str) -> Approved:
    """The thing that a button names as goal:FAR-M1; refuses what is not there."""
    kind, _, code = key.partition(":")
    found = None
    if kind in set(Approvable):
        found = find_approved(visit.session, Subject(Approvable(kind), code))
    if found is None:
        raise NotFound(visit.language._("I know nothing with the code {code}.", code=code or key))
    return found


def link_named(visit: Visit, code: str) -> Link:
    """The link with a code; refuses one that nothing has."""
    found = find_link(visit.session, code)
    if found is None:
        raise NotFound(visit.language._("I know nothing with the code {code}.", code=code[:40]))
    return found
