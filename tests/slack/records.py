"""What the fake Slack knows and remembers: workspaces, people's messages, views, calls, faults."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from tests.slack.payloads import texts, walked

Json = dict[str, Any]


class Trouble(Enum):
    """What happens to the next post, one entry for each."""

    DROP = "posted, but the connection breaks before the answer"
    ERROR = "not posted, answered with 500"
    ERROR_AFTER = "posted, but answered with 500"


@dataclass(eq=False)
class Workspace:
    """A workspace; `installed` says whether the app has a bot in it."""

    team_id: str
    name: str
    domain: str
    bot_token: str
    bot_id: str
    bot_user_id: str
    scopes: set[str]
    installed: bool = True
    token_error: str = ""


@dataclass(eq=False)
class Account:
    """A person's account in a workspace."""

    user_id: str
    name: str
    email: str
    team_id: str
    deleted: bool = False
    locale: str = "sv-SE"

    @property
    def handle(self) -> str:
        return self.email.partition("@")[0]


@dataclass(eq=False)
class Room:
    """A channel or a direct message."""

    channel_id: str
    name: str
    team_id: str
    members: set[str]
    is_im: bool = False
    is_private: bool = False
    is_archived: bool = False
    messages: list["Message"] = field(default_factory=list)


@dataclass(eq=False)
class Message:
    """A message as somebody sees it; `to` is set when only one person does."""

    channel: str
    ts: str
    user: str
    team: str
    text: str
    blocks: list[Json]
    payload: Json
    via: str
    to: str = ""
    bot_id: str = ""
    thread_ts: str = ""
    metadata: Json = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    edits: int = 0
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        return bool(self.to)

    @property
    def plain(self) -> str:
        """All that a reader sees, a line for each text; the summary when there are no blocks."""
        return "\n".join(texts(self.blocks)) if self.blocks else self.text

    @property
    def buttons(self) -> list[str]:
        return labels(self.blocks)


@dataclass(eq=False)
class View:
    """A modal or a home as a person has it before them."""

    view_id: str
    user: str
    team: str
    payload: Json
    hash: str
    trigger: str = ""
    root: str = ""
    previous: str = ""
    open: bool = True
    updates: int = 0
    state: dict[str, Json] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.payload["blocks"]
        return blocks

    @property
    def title(self) -> str:
        return str(self.payload.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id", ""))

    @property
    def plain(self) -> str:
        return "\n".join([self.title, *texts(self.blocks)])

    @property
    def labels(self) -> list[str]:
        """The labels of the inputs, from the top."""
        return [block["label"]["text"] for block in self.blocks if block["type"] == "input"]

    @property
    def buttons(self) -> list[str]:
        return labels(self.blocks)


@dataclass(eq=False)
class Call:
    """One call of a Web API method, with what Slack answered, and seconds to wait if it did so."""

    method: str
    args: Json
    at: datetime
    team: str = ""
    status: int = 200
    answer: Json = field(default_factory=dict)
    wait: int = 0


@dataclass(eq=False)
class Delivery:
    """One request to the app, with what came back."""

    kind: str
    payload: Json
    headers: dict[str, str] = field(default_factory=dict)
    retry: int = 0
    status: int = 0
    answer: Any = None
    error: str = ""


@dataclass(frozen=True)
class Fault:
    """What a member would have seen as a failure, or a payload that Slack refused."""

    kind: str
    where: str
    why: str


@dataclass(frozen=True)
class Shown:
    """Something came before somebody's eyes: a message, a change of one, a view."""

    what: str
    item: Message | View
    cause: str = ""


def labels(blocks: list[Json]) -> list[str]:
    """What stands on the buttons, from the top."""
    return [part["text"]["text"] for _, part in walked(blocks, "") if part.get("type") == "button"]
