"""What is done on the page: a line, a button, a form; answered as JSON or as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from uuid import uuid4

from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.workspace import conversations, requests
from bot.workspace.conversations import Kept, Said
from bot.workspace.office import Answered, Office, Visitor, office
from bot.workspace.page import Filled, render, render_form
from bot.workspace.requests import Posted, Spot, identity, one, place
from bot.workspace.rooms import waiting
from bot.workspace.views import SUBJECTS, Over, address, draw_post, note_read, scene, show
from handlers.requests import AnyRequest, ButtonPressed, Command, OptionsAsked
from models.message import FieldErrors, Form, Message

LONGEST_NAME = 80


@dataclass(frozen=True)
class Outcome:
    """What came of an act.

    `form` is a form to open; `errors` keep the open one open; `notice` is a card that is shown
    and not kept; `swapped` takes the place of a card that is no post; `typed` goes back to the
    composer because nothing was done.
    """

    kept: Kept = field(default_factory=Kept)
    form: Markup | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    notice: Markup | None = None
    swapped: Markup | None = None
    typed: str = ""
    spoken: str = ""


Act = Callable[["Here"], Outcome]


@dataclass(frozen=True)
class Here:
    """One act of a member, with all that it needs."""

    office: Office
    visitor: Visitor
    fields: Posted
    spot: Spot


async def say(request: Request) -> Response:
    """A typed line."""
    return await _act(request, _say)


async def press(request: Request) -> Response:
    """A pressed button."""
    return await _act(request, _press)


async def submit(request: Request) -> Response:
    """A form that was sent."""
    return await _act(request, _submit)


async def _act(request: Request, act: Act) -> Response:
    here = office(request)
    fields = await requests.posted(request)
    visitor = await here.member(request)
    done = Here(here, visitor, fields, requests.spot(fields))
    outcome = await here.run(_allowed, done, act)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse(await here.run(_told, done, outcome))
    return await here.run(_shown, done, outcome)


def _allowed(here: Here, act: Act) -> Outcome:
    """Does it, in a conversation that is the member's."""
    visitor = here.visitor
    with here.office.database.read() as session:
        if not conversations.may_see(session, visitor.person, here.spot.channel, visitor.on):
            raise HTTPException(404)
    return act(here)


def _say(here: Here) -> Outcome:
    line = requests.line(here.fields)
    command = Command(
        who=identity(here.visitor.person),
        where=place(here.spot.channel),
        at=here.visitor.at,
        event=here.spot.event,
        line=line,
    )
    return _answered(here, command, line=line)


def _press(here: Here) -> Outcome:
    pressed = here.visitor.seals.pressed(one(here.fields, "seal"))
    if pressed is None:
        raise HTTPException(400)
    # The same drawing of a button is the same act, however often it is clicked, until its
    # answer has come: then the page sends another turn.
    event = f"{pressed.mark}-{requests.one(here.fields, 'turn')[:12]}"
    request = ButtonPressed(
        who=identity(here.visitor.person),
        where=place(here.spot.channel),
        at=here.visitor.at,
        event=f"{event}-{_short(pressed.action + pressed.value)}",
        action=pressed.action,
        value=pressed.value,
    )
    return _answered(replace(here, spot=replace(here.spot, event=request.event)), request)


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _submit(here: Here) -> Outcome:
    form = here.visitor.seals.opened(one(here.fields, "form"))
    if form is None:
        raise HTTPException(400)
    values, filled = requests.read_form(form, here.fields, here.visitor.language)
    if filled.errors:
        return _again(here, form, filled)
    request = requests.submitted(form, values, here.visitor.person, here.visitor.at, here.spot)
    answered = here.office.router.answer(request)
    if isinstance(answered.reply, FieldErrors):
        return _again(here, form, replace(filled, errors=answered.reply.errors))
    return _outcome(here, answered)


def _again(here: Here, form: Form, filled: Filled) -> Outcome:
    """The form once more, with what was typed and what was wrong."""
    return Outcome(form=_form(here, form, filled), errors=filled.errors)


def _form(here: Here, form: Form, filled: Filled | None = None) -> Markup:
    token = here.visitor.seals.form(form)
    return render_form(form, scene(here.visitor, _hooks(here.spot)), token, filled)


def _hooks(on: Spot) -> dict[str, str]:
    """What a card or form that is drawn as an answer sends when it is used in its turn."""
    return {"channel": on.channel, "post": str(on.post), "page": on.page, "event": uuid4().hex}


def _answered(here: Here, request: AnyRequest, line: str = "") -> Outcome:
    return _outcome(here, here.office.router.answer(request), line)


def _outcome(here: Here, answered: Answered, line: str = "") -> Outcome:
    if answered.queued:
        here.office.wake()
    reply = answered.reply
    if isinstance(reply, Form):
        return Outcome(form=_form(here, reply))
    if not isinstance(reply, Message):
        return Outcome()
    if answered.refused or answered.failed:
        return Outcome(notice=_card(here, reply), typed=line, spoken=reply.summary)
    if reply.replaces and _turns_a_page(here):
        return Outcome(swapped=_card(here, reply), spoken=reply.summary)
    return Outcome(kept=_keep(here, reply, line), spoken=reply.summary)


def _turns_a_page(here: Here) -> bool:
    """Whether a button stood on a subject's page, where its card may become another."""
    return bool(one(here.fields, "seal")) and here.spot.post == 0 and here.spot.page in SUBJECTS


def _card(here: Here, message: Message) -> Markup:
    hooks = _hooks(here.spot)
    del hooks["event"]
    return render(message, scene(here.visitor, hooks))


def _keep(here: Here, message: Message, line: str) -> Kept:
    """Stores the line and its reply; of two copies at once, the second finds the first."""
    try:
        kept = _keep_once(here, message, line)
    except IntegrityError:
        kept = _keep_once(here, message, line)
    here.office.broadcaster.wake()
    return kept


def _keep_once(here: Here, message: Message, line: str) -> Kept:
    said = Said(
        person_id=here.visitor.person.id,
        channel=here.spot.channel,
        event=here.spot.event,
        at=here.visitor.at,
        line=line,
        post=here.spot.post,
    )
    with here.office.database.write() as session:
        kept = conversations.keep(session, said, message)
        # Drawing happens after the commit, so what it shows is read now.
        for post in (*kept.posts, *((kept.replaced,) if kept.replaced else ())):
            session.refresh(post, ["author"])
        return kept


def _told(here: Here, outcome: Outcome) -> dict[str, object]:
    """What the page's script needs to show what came of it."""
    visitor, replaced = here.visitor, outcome.kept.replaced
    with here.office.database.read() as session:
        waits = waiting(visitor, session)
    return {
        "posts": [{"id": post.id, "html": draw_post(visitor, post)} for post in outcome.kept.posts],
        "replaced": {"id": replaced.id, "html": draw_post(visitor, replaced)} if replaced else None,
        "form": outcome.form if not outcome.errors else None,
        "errors": dict(outcome.errors),
        "notice": outcome.notice,
        "swapped": outcome.swapped,
        "typed": outcome.typed,
        "spoken": outcome.spoken,
        "waiting": waits,
        "event": uuid4().hex,
        "url": address(here.spot.channel),
    }


def _shown(here: Here, outcome: Outcome) -> Response:
    """The same for a browser without scripts: the conversation, or a page with the form on it."""
    url = address(here.spot.channel)
    over = Over(outcome.form, outcome.notice or outcome.swapped, outcome.typed)
    if over == Over():
        return RedirectResponse(url, 303)
    return HTMLResponse(show(here.office, here.visitor, url, over))


async def read(request: Request) -> Response:
    """A conversation was seen up to a post."""
    here = office(request)
    fields = await requests.posted(request)
    visitor = await here.member(request)
    await here.run(_read, here, visitor, requests.spot(fields))
    return Response(status_code=204)


def _read(here: Office, visitor: Visitor, on: Spot) -> None:
    with here.database.read() as session:
        if not conversations.may_see(session, visitor.person, on.channel, visitor.on):
            return
        newest = conversations.newest(session)
    note_read(here, visitor, on.channel, min(on.post, newest))


async def people(request: Request) -> Response:
    """The members that fit what is being typed in a person field."""
    here = office(request)
    visitor = await here.member(request)
    asked = OptionsAsked(
        who=identity(visitor.person),
        where=place(conversations.direct(visitor.person.id)),
        at=visitor.at,
        event=uuid4().hex,
        field=request.query_params.get("field", "")[:100],
        typed=request.query_params.get("typed", "")[:LONGEST_NAME],
    )
    found = await here.run(here.router.options, asked)
    return JSONResponse([choice.model_dump() for choice in found])
