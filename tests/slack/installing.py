"""A person installs the app: through the app's own page, Slack's consent, and back to the app."""

import html
import re
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.slack.records import Account, Workspace
from tests.slack.state import Install, State

CONSENT = re.compile(r"https?://[^\s\"'<>]+/oauth/v2/authorize\?[^\s\"'<>]+")


class ConsentRefused(AssertionError):
    """Slack would not show its consent page for this address."""


@dataclass(frozen=True)
class Installed:
    """The page that the app showed at the end."""

    status: int
    text: str
    state: str


@dataclass(frozen=True)
class Page:
    status: int
    location: str
    text: str
    cookies: dict[str, str]


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like others: the test looks at it."""

    def redirect_request(self, *_: object) -> None:
        return None


def fetched(url: str, cookies: dict[str, str] | None = None) -> Page:
    """One GET with these cookies, which are sent whatever the scheme is."""
    request = urllib.request.Request(url)
    if cookies:
        request.add_header("Cookie", "; ".join(f"{name}={v}" for name, v in cookies.items()))
    opener = urllib.request.build_opener(NoRedirects, urllib.request.ProxyHandler({}))
    try:
        response = opener.open(request, timeout=10)
    except urllib.error.HTTPError as answered:
        response = answered
    with response:
        jar: SimpleCookie = SimpleCookie()
        for line in response.headers.get_all("Set-Cookie") or []:
            jar.load(line)
        text = response.read().decode()
        location = response.headers.get("Location") or ""
        kept = {name: morsel.value for name, morsel in jar.items()}
        return Page(response.status, location, text, kept)


def walk_through(
    state: State, account: Account, workspace: Workspace, install_url: str, *, consents: bool = True
) -> Installed:
    """Open the app's install page, consent (or not), and follow the way back."""
    first = fetched(install_url)
    found = CONSENT.search(f"{first.location}\n{html.unescape(first.text)}")
    if found is None:
        raise ConsentRefused(f"{install_url} answered {first.status} without a way to Slack")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(found[0]).query).items()}
    if asked.get("client_id") != state.client_id or not asked.get("scope"):
        raise ConsentRefused(f"client_id or scope is wrong in {found[0]}")
    if not asked.get("state"):
        raise ConsentRefused("no state: anybody could install in somebody else's name")
    code = secrets.token_hex(12)
    back = asked.get("redirect_uri") or install_url.replace("/install", "/oauth_redirect")
    scopes = set(asked["scope"].split(","))
    given = asked.get("redirect_uri", "")
    state.codes[code] = Install(workspace, account.user_id, given, scopes)
    answer = {"code": code} if consents else {"error": "access_denied"}
    query = urlencode({**answer, "state": asked["state"]})
    last = fetched(f"{back}?{query}", first.cookies)
    return Installed(last.status, last.text, asked["state"])
