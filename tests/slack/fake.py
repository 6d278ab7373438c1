"""A fake Slack over real HTTP on 127.0.0.1, stricter than Slack, with a plain synchronous face.

How a conversation test is written (fixture `slack` from `tests.slack.fixtures`):

    def test_a_member_learns_who_represents_farsta(slack: FakeSlack, app_url: str) -> None:
        slack.sends_to(f"{app_url}/slack/events")           # or nothing: Socket Mode
        maja = slack.user("Maja Ekvall", "maja.ekvall@stockholm.example")
        channel = slack.channel("farsta-styrgrupp", members=[maja])
        seen = maja.command("/samverkan", "vem Farsta", channel)
        assert "Farsta" in seen.message.plain and seen.message.ephemeral
        form = maja.command("/samverkan", "rapportera", channel).view   # by views.open
        done = maja.fills(form, {"Status": "Klar", "Kommentar": "Montage v. 32"}).submit()
        assert done.closed and not done.errors               # or done.view: update, push
        seen = maja.presses("Ångra", slack.ephemerals[-1])   # label or action_id, on a message/view
        post = maja.writes_dm("vem Farsta").reply()          # waits at most 3 s for the bot's post
        post = maja.mentions_bot(channel, "vem Farsta").reply()
        home = maja.opens_home().home                        # the view published for Maja
        seen = maja.uses_shortcut("report", message)         # callback_id; then seen.view
        options = maja.looks_for("Åtgärd", "FAR", form)      # block_suggestion -> labels

The app is told: Web API `slack.api_url` (ends in /api/), `slack.signing_secret`, `slack.app_token`
(Socket Mode), `slack.client_id`/`client_secret`, and for each installed workspace
`slack.workspace.{team_id, bot_token, bot_user_id, bot_id}`; `slack.add_workspace(name)` adds one
that the app gets by OAuth: `slack.installs(maja, f"{app_url}/slack/install")`.
Records: `slack.posts`, `.ephemerals`, `.views`, `.homes[user_id]`, `.files`, `.prompts`, `.calls`
(every Web API call with its answer), `.deliveries` (every request to the app and what came back)
and `.faults` (what a member would have seen as a failure, or a payload that Slack refuses): the
fixture fails a test that leaves faults behind, so a test that provokes one calls
`slack.faults.clear()`. Switches: `slack.limits_rate = True` (1/s per channel and the tiers),
`slack.trouble.append(Trouble.DROP)` (the post is accepted, the answer is lost) or `.ERROR` (500,
nothing posted) or `.ERROR_AFTER` (500, posted). Events: `slack.uninstalls()`, `slack.revokes()`,
`slack.deactivates(maja)`, `slack.archives(channel, maja)`. Time: `slack.advance(minutes=1)` moves
Slack's own clock (triggers, response_url, rates) and sends the event retries that are due by
then; `slack.clock.set(at)` starts it at the bot's own time, so that message timestamps and
history windows agree; `slack.signs_at` is the time of the signatures (else the real one). Also:
`slack.repeats(seen.delivery)`, `slack.challenges()`, `slack.signed(body)` for forged requests.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from tests.slack import methods_app, methods_chat, methods_people, methods_views
from tests.slack.courier import Courier
from tests.slack.hooks import Hooks
from tests.slack.installing import Installed, walk_through
from tests.slack.people import Person
from tests.slack.records import Account, Delivery, Json, Message, Room, Trouble, Workspace
from tests.slack.shapes import Shapes, event_envelope
from tests.slack.state import State
from tests.slack.web import WebSide

__all__ = ["FakeSlack", "Person", "Room", "Trouble"]

METHOD_MODULES = (methods_app, methods_chat, methods_people, methods_views)
SCOPES = frozenset(
    [
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "team:read",
        "users:read",
        "users:read.email",
    ]
)


class FakeSlack(State):
    """Slack as the app and its users meet it, on a port of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._side = WebSide(self)
        self._hooks = Hooks(self, self._side)
        self.courier = Courier(self, self._side)
        self.echoes = True
        self.on_post = self._echo

    def start(self) -> Self:
        self._side.start()
        return self

    def stop(self) -> None:
        self.echoes = False
        self.courier.close()
        self._side.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def api_url(self) -> str:
        """What the app's Web API client takes as its base address."""
        return f"{self.base_url}/api/"

    @property
    def workspace(self) -> Workspace:
        """The first workspace."""
        return next(iter(self.workspaces.values()))

    def sends_to(self, url: str) -> None:
        """Send everything to this address; without it, over Socket Mode."""
        self.courier.app_url = url

    @property
    def signs_at(self) -> datetime:
        """The time that the next signature carries."""
        return self.courier.signs_at()

    @signs_at.setter
    def signs_at(self, at: datetime) -> None:
        self.courier.signs_at = lambda: at

    def waits_for_app(self, within: float = 5.0) -> None:
        """Wait until the app has connected by Socket Mode."""
        if not self.bell.wait(lambda: self.courier.connections, within):
            raise AssertionError("the app has not connected")

    def add_workspace(self, name: str, *, installed: bool = False) -> Workspace:
        """A workspace; not installed, it waits for somebody who installs the app."""
        workspace = Workspace(
            team_id=self.new_id("T"),
            name=name,
            domain=name.lower().replace(" ", "-"),
            bot_token=f"xoxb-{secrets.token_hex(16)}" if installed else "",
            bot_id=self.new_id("B"),
            bot_user_id=self.new_id("U"),
            scopes=set(SCOPES) if installed else set(),
            installed=installed,
        )
        self.workspaces[workspace.team_id] = workspace
        return workspace

    def user(self, name: str, email: str, workspace: Workspace | None = None) -> Person:
        """A person with an account and a verified e-mail."""
        home = workspace or self.workspace
        account = Account(self.new_id("U"), name, email, home.team_id)
        self.accounts[account.user_id] = account
        return Person(self, self.courier, home, account)

    def channel(
        self,
        name: str,
        members: Iterable[Person] = (),
        *,
        with_bot: bool = True,
        private: bool = False,
        workspace: Workspace | None = None,
    ) -> Room:
        """A channel with these people, and the bot unless said otherwise."""
        home = workspace or self.workspace
        inside = {person.user_id for person in members}
        if with_bot:
            inside.add(home.bot_user_id)
        room = Room(self.new_id("C"), name, home.team_id, inside, is_private=private)
        self.rooms[room.channel_id] = room
        return room

    def installs(
        self, person: Person, install_url: str, workspace: Workspace | None = None
    ) -> Installed:
        """Install the app from its own page; how it ended is what the app shows."""
        home = workspace or self.workspaces[person.account.team_id]
        return walk_through(self, person.account, home, install_url)

    # Time and events

    def advance(self, **by: float) -> list[Delivery]:
        """Move Slack's clock (`minutes=1`) and send again the events that are due by then."""
        self.clock.advance(timedelta(**by))
        return self.courier.send_due()

    def tells(self, event: Json, workspace: Workspace | None = None) -> Delivery:
        """Send any event to the app."""
        home = workspace or self.workspace
        event = {"event_ts": self.clock.timestamp(), **event}
        return self.courier.send_event(event_envelope(self, home, event))

    def repeats(self, delivery: Delivery) -> Delivery:
        """Send the same event once more, as Slack does when it has not seen the answer."""
        return self.courier.send(delivery.kind, delivery.payload, retry=1, reason="http_timeout")

    def challenges(self) -> Delivery:
        """Ask whether the address is the app's own, as when it is first given to Slack."""
        asked = {"token": self.verification_token, "challenge": secrets.token_hex(8)}
        return self.courier.send("url_verification", {**asked, "type": "url_verification"})

    def signed(self, body: bytes, content_type: str = "application/json") -> dict[str, str]:
        """The headers with which Slack would send this body, for a test that spoils one of them."""
        return self.courier.signed(body, content_type)

    def uninstalls(self, workspace: Workspace | None = None) -> list[Delivery]:
        """Take the app away: its token is worth nothing, then the app is told."""
        home = workspace or self.workspace
        home.installed, home.token_error = False, "account_inactive"
        tokens = {"oauth": [], "bot": [home.bot_user_id]}
        revoked = self.tells({"type": "tokens_revoked", "tokens": tokens}, home)
        return [revoked, self.tells({"type": "app_uninstalled"}, home)]

    def revokes(self, workspace: Workspace | None = None) -> Delivery:
        """Take the bot's token back, and tell."""
        home = workspace or self.workspace
        home.token_error = "token_revoked"
        tokens = {"oauth": [], "bot": [home.bot_user_id]}
        return self.tells({"type": "tokens_revoked", "tokens": tokens}, home)

    def deactivates(self, person: Person) -> Delivery:
        """A person's account is closed, and the app is told."""
        person.account.deleted = True
        shape = methods_people.shape_of_account(person.account, with_email=True)
        event = {
            "type": "user_change",
            "user": shape,
            "cache_ts": int(self.clock.now().timestamp()),
        }
        return self.tells(event, self.workspaces[person.account.team_id])

    def archives(self, channel: Room, person: Person) -> Delivery:
        """A person archives a channel, and the app is told."""
        channel.is_archived = True
        event = {"type": "channel_archive", "channel": channel.channel_id, "user": person.user_id}
        return self.tells(event, self.workspaces[channel.team_id])

    def _echo(self, message: Message) -> None:
        """Slack tells the app of its own direct messages too."""
        room = self.rooms[message.channel]
        if not (self.echoes and room.is_im):
            return
        home = self.workspaces[message.team]
        account = Account(message.user, "", "", message.team)
        said = Shapes(self, home, account).said(message, "message", channel_type="im")
        self.courier.send_soon(event_envelope(self, home, said))
