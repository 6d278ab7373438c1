"""Taking a link of the chain away; what both parties have approved goes only when both say so."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.chain.allowed import demand_change, may_change
from handlers.chain.approval_told import tell_removed
from handlers.chain.approval_words import approval_message
from handlers.chain.making import KINDS
from handlers.chain.seen import link_named, shown_to
from handlers.chain.submitting import sent
from handlers.chain.things import Approved, Link, group_of, subject_of, wording
from handlers.chain.words import NOUNS, name
from handlers.errors import Refusal
from handlers.measures.change_told import after_change
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.chain.approvals import (
    history,
    in_force,
    newest,
    propose_change,
    silent_parties,
    submit_removal,
)
from models.chain.links import Cause, Direction, Goal
from models.chain.removal import hanging, take_away
from models.measures.changes import Made, change
from models.measures.measure import Measure
from models.message import Button, FieldErrors, Form, Message, Reply, Text, TextField

REASON_LENGTH = 300


def remove_buttons(visit: Visit, link: Link) -> list[Button]:
    """Taking a link away on which nothing hangs, for those who may."""
    if hanging(link) or not may_change(visit, group_of(link)):
        return []
    return [Button(label=visit.language._("Take away"), action="chain.remove", value=link.code)]


def open_removal(visit: Visit, press: ButtonPressed) -> Reply:
    """Asks why, and says what goes along."""
    link = link_named(visit, press.value)
    demand_change(visit, group_of(link))
    _demand_free(visit, link)
    _ = visit.language._
    return Form(
        name="chain.remove",
        title=_("Take away"),
        submit=_("Take away"),
        cancel=_("Cancel"),
        intro="\n".join([f"**{name(visit.language, link)}** {link.title}", *_told(visit, link)]),
        note=_("Write nothing that points out an individual."),
        fields=(TextField(name="why", label=_("Why is it taken away?"), max_length=REASON_LENGTH),),
        state=link.code,
    )


def _told(visit: Visit, link: Link) -> Iterator[str]:
    """What will happen: who is asked, and which measures lose it."""
    _ = visit.language._
    if _needs_approval(visit, link):
        yield _("Both parties have approved it: it goes when both have approved that too.")
    if codes := [measure.code for measure in _linked(link)]:
        yield _("These measures lose it: {codes}.", codes=visit.language.join(codes))


def submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Takes the link away, or asks both parties where they have approved it."""
    link = link_named(visit, form.state)
    demand_change(visit, group_of(link))
    _demand_free(visit, link)
    why = " ".join(str(form.values.get("why") or "").split())
    if not why:
        return FieldErrors(errors={"why": visit.language._("Write why.")})
    if len(why) > REASON_LENGTH:
        said = visit.language._("Write at most {limit} characters.", limit=REASON_LENGTH)
        return FieldErrors(errors={"why": said})
    if isinstance(link, Direction | Goal) and _needs_approval(visit, link):
        return _asked(visit, link, why)
    return carried_out(visit, link, why)


def _demand_free(visit: Visit, link: Link) -> None:
    """Stops here while something hangs on the link."""
    codes = [each.code for each in hanging(link)]
    if codes:
        said = "First take away what hangs on {code}: {codes}."
        names = visit.language.join(codes)
        raise Refusal(visit.language._(said, code=link.code, codes=names))


def _needs_approval(visit: Visit, link: Link) -> bool:
    """Whether both parties have approved it and have not approved that it goes."""
    if not isinstance(link, Direction | Goal):
        return False
    versions = history(visit.session, subject_of(link))
    last = newest(versions)
    if last is not None and last.removes and not silent_parties(last):
        return False
    return in_force(versions) is not None


def _linked(link: Link) -> list[Measure]:
    """The measures that are linked to this very link."""
    return list(link.measures) if isinstance(link, Cause | Goal) else []


def _asked(visit: Visit, link: Direction | Goal, why: str) -> Message:
    """Asks both parties; the reason stands with it as a proposal does."""
    version = submit_removal(visit.session, subject_of(link), wording(link), visit.person, visit.at)
    propose_change(visit.session, version, why, visit.person, visit.at)
    lines = sent(visit, link, version)
    visit.remember(f"version:{version.id}")
    return approval_message(shown_to(visit, link), *lines, replaces=True)


def carried_out(visit: Visit, link: Link, why: str = "") -> Message:
    """Takes the link from its measures and from the chain, and tells those concerned."""
    for measure in _linked(link):
        field = "goals" if isinstance(link, Goal) else "causes"
        left = [each for each in getattr(measure, field) if each is not link]
        made = Made(visit.asker, visit.at, visit.platform)
        row = change(visit.session, measure, {field: left}, made)
        if row is not None:
            after_change(visit, row)
    if isinstance(link, Direction | Goal) and why:
        tell_removed(visit, link, why)
    key = f"{KINDS[type(link)]}|{link.code}"
    visit.session.expire(link)
    take_away(visit.session, link, KINDS[type(link)], visit.asker, visit.at)
    visit.remember(f"chain_removed:{key}")
    return gone(visit, key)


def gone(visit: Visit, key: str) -> Message:
    """That a link is taken away, also for the same event a second time."""
    kind, _, code = key.partition("|")
    noun = next(NOUNS[each] for each, called in KINDS.items() if called == kind)
    called = f"{visit.language._(noun)} {code}"
    sentence = visit.language._("{name} is taken away. Its code is not used again.", name=called)
    return Message(summary=sentence[:1000], parts=(Text(text=sentence),), replaces=True)


def finished(visit: Visit, thing: Approved) -> Message | None:
    """Takes away what both parties have now approved to take away; None where it must stay."""
    last = newest(history(visit.session, subject_of(thing)))
    if last is None or not last.removes or silent_parties(last):
        return None
    if not isinstance(thing, Direction | Goal) or hanging(thing):
        return None
    return carried_out(visit, thing)
