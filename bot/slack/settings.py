"""What the Slack edge is told at its start."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.settings import BadSetting, Settings

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

    def check(self) -> None:
        """Stops the start with a sentence about the first setting that is missing."""
        if not (self.bot_token or self.client_id):
            raise BadSetting(
                "SLACK_BOT_TOKEN is missing: install the app in Slack and copy the token (xoxb-…), "
                "or give SLACK_CLIENT_ID to install it in several workspaces."
            )
        if self.client_id and not self.client_secret:
            raise BadSetting("SLACK_CLIENT_SECRET is missing beside SLACK_CLIENT_ID.")
        if self.client_id and not self.signing_secret:
            raise BadSetting("SLACK_SIGNING_SECRET is missing beside SLACK_CLIENT_ID.")


def slack_settings(settings: Settings) -> SlackSettings | None:
    """What the program's settings say of Slack; nothing where Slack is not set up.

    Raises BadSetting with a sentence that names what is missing.
    """
    if not (settings["SLACK_SIGNING_SECRET"] or settings["SLACK_APP_TOKEN"]):
        return None
    found = SlackSettings(
        signing_secret=settings["SLACK_SIGNING_SECRET"],
        bot_token=settings["SLACK_BOT_TOKEN"],
        app_token=settings["SLACK_APP_TOKEN"],
        client_id=settings["SLACK_CLIENT_ID"],
        client_secret=settings["SLACK_CLIENT_SECRET"],
        public_url=settings["BASE_URL"],
        encryption_keys=(settings.encryption_key(),),
        api_url=settings["SLACK_API_URL"],
    )
    found.check()
    return found
