"""What the Slack edge is told at its start."""

from __future__ import annotations

from dataclasses import dataclass, field

SLACK_API = "https://slack.com/api/"
SLACK_SITE = "https://slack.com"


@dataclass(frozen=True)
class SlackSettings:
    """The secrets of the Slack app, and where Slack is.

    One workspace needs `bot_token`; installing in several needs `client_id`, `client_secret` and
    `public_url` (the bot's own address). `app_token` is for Socket Mode. `encryption_keys` hold
    the tokens at rest: the first encrypts, all decrypt.
    """

    signing_secret: str = field(repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    public_url: str = ""
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    api_url: str = SLACK_API
    site_url: str = SLACK_SITE

    def __post_init__(self) -> None:
        """A setting that is missing stops the start with a sentence that names it."""
        if not self.signing_secret and not self.app_token:
            raise ValueError("SLACK_SIGNING_SECRET is missing: see Basic Information in Slack.")
        if not (self.bot_token or self.client_id):
            raise ValueError("SLACK_BOT_TOKEN or SLACK_CLIENT_ID is missing.")
        if self.client_id and not self.client_secret:
            raise ValueError("SLACK_CLIENT_SECRET is missing beside SLACK_CLIENT_ID.")
        if not self.encryption_keys:
            raise ValueError("A key that encrypts Slack's tokens is missing.")
