"""The demo's e-mail: what would have been sent, to be read and answered as its receiver would."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.workspace.office import Letters, Office, office
from bot.workspace.page import draw, said_at

POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Letters carry their style in each of their parts, as mail programs want it."""


async def letters(request: Request) -> Response:
    """All letters, the newest first."""
    here = office(request)
    return HTMLResponse(await here.run(_listed, here, _outbox(here)))


async def letter(request: Request) -> Response:
    """One letter as its receiver sees it."""
    here = office(request)
    found = await here.studio.aside(_outbox(here).letter, request.path_params["letter"])
    if found is None:
        raise HTTPException(404)
    sent, html = found
    language = here.speech(None)
    bar = draw("letter_bar.html", sent=sent, _=language._)
    shown = html.replace('<div role="article"', f'{bar}<div role="article"', 1)
    return HTMLResponse(shown, headers={"Content-Security-Policy": POLICY})


def _listed(here: Office, outbox: Letters) -> str:
    language, now = here.speech(None), here.clock.now()
    rows = [(sent, said_at(language, sent.at, now)) for sent in outbox.letters()]
    return draw("letters.html", rows=rows, language=language, _=language._)


def _outbox(here: Office) -> Letters:
    if here.demo is None or here.demo.letters is None:
        raise HTTPException(404)
    return here.demo.letters
