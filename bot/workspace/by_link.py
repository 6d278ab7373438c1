"""The page behind a link in an e-mail: it shows what would be answered, and a button answers.

Looking changes nothing, for mail programs open links to look at them. Nobody signs in here: the
address is the proof, so it is for one person, one answer and one thing, once and for a while.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.mail.linking import PATH, Linking
from bot.workspace.office import Office, office
from bot.workspace.page import Filled, Scene, draw, render
from bot.workspace.requests import Posted, Value, one, posted, read_form
from bot.workspace.seals import Seals
from handlers.by_link import identity, is_done, only_opens, without_search
from handlers.requests import ButtonPressed, FormSubmitted, Place, PlaceKind
from models.delivery.mail_links import (
    LinkState,
    MailLink,
    link_of_token,
    note_try,
    note_use,
    state_of,
)
from models.language import Language
from models.message import FieldErrors, Form, Message, Reply
from models.people.organisations import Person

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
GONE, WORN, UNKNOWN = 410, 429, 404
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@dataclass(frozen=True)
class Visited:
    """A link that was found: whose it is, where it stands, and how its person is spoken to."""

    here: Office
    link: MailLink
    person: Person
    state: LinkState
    language: Language
    at: datetime

    @property
    def pressed(self) -> ButtonPressed:
        """The button that the link stands for."""
        return ButtonPressed(
            who=identity(self.person),
            where=Place(kind=PlaceKind.DIRECT),
            at=self.at,
            event=self.link.event,
            action=self.link.action,
            value=self.link.value,
        )

    def submitted(self, form: Form, values: dict[str, Value]) -> FormSubmitted:
        """The form that the button opened."""
        return FormSubmitted(
            who=identity(self.person),
            where=Place(kind=PlaceKind.DIRECT),
            at=self.at,
            event=self.link.event,
            form=form.name,
            values=values,
            state=form.state,
        )

    @property
    def seals(self) -> Seals:
        """The seals of forms of this link alone."""
        return Seals(self.here.secret + self.link.event.encode(), self.person.id)


async def show(request: Request) -> Response:
    """What a link is about: the question and its button or form, or what was said before."""
    here = office(request)
    return await here.run(_show, here, request.path_params["token"])


async def act(request: Request) -> Response:
    """The answer itself."""
    here = office(request)
    fields = await posted(request)
    return await here.run(_act, here, request.path_params["token"], fields)


def _show(here: Office, token: str) -> Response:
    found = _find(here, token)
    return _unknown(here) if found is None else _seen(found)


def _act(here: Office, token: str, fields: Posted) -> Response:
    found = _find(here, token)
    if found is None or found.state is not LinkState.OPEN:
        return _show(here, token)
    with here.database.write() as session:
        note_try(session, found.link.id)
    return _submit(found, fields) if one(fields, "form") else _press(found)


def _find(here: Office, token: str) -> Visited | None:
    if not TOKEN.fullmatch(token):
        return None
    at = here.clock.now()
    with here.database.read() as session:
        link = link_of_token(session, here.secret, token)
        if link is None:
            return None
        person, state = link.person, state_of(link, at)
        # Reading the organisation here keeps it at hand after the session has closed.
        _organisation = person.organisation.name
    return Visited(here, link, person, state, here.speech(person), at)


def _seen(found: Visited) -> Response:
    if found.state is LinkState.USED:
        return _page(found, "used", reply=found.here.router.again(found.pressed, found.person))
    if found.state is not LinkState.OPEN:
        status = WORN if found.state is LinkState.WORN else GONE
        return _page(found, found.state.value, status=status)
    if not only_opens(found.link.action):
        instead = found.here.router.beforehand(found.pressed, found.person)
        return _page(found, "changed" if instead else "open", reply=instead)
    # Opening a form only reads, so it may be done for whoever looks.
    reply = found.here.router.answer(found.pressed).reply
    return _told(found, reply) if isinstance(reply, Form) else _page(found, "read", reply=reply)


def _press(found: Visited) -> Response:
    answered = found.here.router.answer(found.pressed)
    if answered.queued:
        found.here.wake()
    return _told(found, answered.reply)


def _submit(found: Visited, fields: Posted) -> Response:
    form = found.seals.opened(one(fields, "form"))
    if form is None:
        return _seen(found)
    values, filled = read_form(form, fields, found.language)
    if filled.errors:
        return _page(found, "form", form=_drawn(found, form, filled))
    answered = found.here.router.answer(found.submitted(form, values))
    if answered.queued:
        found.here.wake()
    if isinstance(answered.reply, FieldErrors):
        wrong = Filled(filled.typed, answered.reply.errors)
        return _page(found, "form", form=_drawn(found, form, wrong))
    return _told(found, answered.reply)


def _told(found: Visited, reply: Reply) -> Response:
    """A form to fill in, or what came of it: the link is used up once something was saved."""
    if isinstance(reply, Form):
        return _page(found, "form", form=_drawn(found, without_search(reply)))
    with found.here.database.write() as session:
        done = is_done(session, found.link.event)
        if done:
            note_use(session, found.link.id, found.at)
    return _page(found, "done" if done else "told", reply=reply)


def _drawn(found: Visited, form: Form, filled: Filled | None = None) -> Markup:
    # What the form begins with may stand above it already.
    intro = without_lines(form.intro, found.link.about)
    return draw(
        "link_form.html",
        form=form.model_copy(update={"intro": intro}),
        token=found.seals.form(form),
        filled=filled or Filled(),
        _=found.language._,
    )


def without_lines(text: str, told: str) -> str:
    """A text without the lines that were told before it."""
    lines = text.splitlines()
    return "\n".join(each for each in lines if not each or each.strip("*") not in told).strip()


def _card(found: Visited, reply: Reply | None) -> Markup | None:
    """What was answered, with links where more can be said about the same thing."""
    if not isinstance(reply, Message):
        return None
    with found.here.database.write() as session:
        linking = Linking(
            session,
            found.here.secret,
            found.here.base_url,
            found.person.id,
            found.link.event,
            found.at,
            found.link.ends_at,
        )
        linked = linking.linked(reply)
    return render(linked, Scene(found.language))


def _page(
    found: Visited,
    state: str,
    *,
    form: Markup | None = None,
    reply: Reply | None = None,
    status: int = 200,
) -> Response:
    language, link = found.language, found.link
    page = draw(
        "link.html",
        state=state,
        link=link,
        when=language.moment(link.used_at, found.at.date()) if link.used_at else "",
        until=language.moment(link.ends_at, found.at.date()),
        # Whoever the letter was forwarded to may look as well.
        name=found.person.shown_as(),
        form=form,
        card=_card(found, reply),
        language=language,
        _=language._,
    )
    return HTMLResponse(page, status, headers=HEADERS)


def _unknown(here: Office) -> Response:
    language = here.speech(None)
    page = draw("link.html", state="unknown", link=None, language=language, _=language._)
    return HTMLResponse(page, UNKNOWN, headers=HEADERS)


ROUTE = f"/{PATH}/{{token}}"
