"""The settings: one table of name, default and sentence, read once from the environment.

Nothing else touches the environment. A `.env` file in the working directory is read first; what
the environment says goes before it.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from dotenv import dotenv_values

from models.surveys.limits import DEFAULTS, LOWEST, MOST, Limits

DEMO_DATABASE = "sqlite:///var/demo.sqlite"


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default, and what it is for."""

    name: str
    default: str
    sentence: str


TABLE: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        DEMO_DATABASE,
        "Where everything is stored: `sqlite:///FILE` or `postgresql://…`.",
    ),
    Setting(
        "SECRET_KEY",
        "",
        "At least 32 random characters: signs sessions, keys hashes, encrypts tokens. "
        "The demo makes its own.",
    ),
    Setting(
        "SURVEY_KEYS",
        "",
        "The folder with the keys of open surveys, shared by all processes and in no back-up; "
        "`var/survey-keys`, or beside the SQLite file, where none is given.",
    ),
    Setting(
        "SURVEY_LEAST_INTERNAL",
        str(DEFAULTS.least_internal),
        "From so many answers the result of a new survey is shown; it may be raised.",
    ),
    Setting(
        "SURVEY_LEAST_SENSITIVE",
        str(DEFAULTS.least_sensitive),
        "The same for sensitive questions.",
    ),
    Setting(
        "SURVEY_EXTREME",
        str(DEFAULTS.extreme),
        "Counts up to so many persons from nobody or everybody are told as at most or at least; "
        "it may be raised.",
    ),
    Setting("BASE_URL", "http://127.0.0.1:8000", "The address at which members reach the bot."),
    Setting("HOST", "127.0.0.1", "The address that the web process listens on."),
    Setting("PORT", "8000", "The port that the web process listens on."),
    Setting(
        "BOT_LANGUAGE",
        "sv",
        "The language for strangers and of the import: `sv` or `en`.",
    ),
    Setting("LOG_LEVEL", "info", "How much is logged: `debug`, `info`, `warning` or `error`."),
    Setting(
        "METRICS_TOKEN",
        "",
        "Who sends it as a bearer token reads `/metrics`; without one only the same machine does.",
    ),
    Setting("SLACK_SIGNING_SECRET", "", "From Basic Information of the Slack app; turns Slack on."),
    Setting("SLACK_BOT_TOKEN", "", "The bot token (`xoxb-…`) when the app is in one workspace."),
    Setting(
        "SLACK_APP_TOKEN", "", "The app token (`xapp-…`) for Socket Mode, without a public URL."
    ),
    Setting("SLACK_CLIENT_ID", "", "For installing in several workspaces at `/slack/install`."),
    Setting("SLACK_CLIENT_SECRET", "", "Beside the client id."),
    Setting("SLACK_API_URL", "https://slack.com/api/", "Where Slack's Web API is."),
    Setting("SMTP_HOST", "", "The mail server; turns e-mail on for members without a chat."),
    Setting("SMTP_PORT", "587", "Its port: usually 587 with STARTTLS, 465 with TLS."),
    Setting(
        "SMTP_SECURITY", "starttls", "How the way there is encrypted: `starttls`, `tls`, `none`."
    ),
    Setting("SMTP_USER", "", "The user, where the server wants one."),
    Setting("SMTP_PASSWORD", "", "Beside the user."),
    Setting("MAIL_FROM", "", "The address that e-mail comes from; its domain should be yours."),
    Setting("MAIL_REPLY_TO", "", "Where answers to e-mail go; without it they are not wanted."),
)
"""Every setting; the README's table is held to it by a test."""

SLACK_ENTRANCES = frozenset({"SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"})
SLACK_SECRETS = frozenset({"SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"})
SURVEY_LIMITS = {f"SURVEY_{name.upper()}": name for name in LOWEST}
LEVELS = ("debug", "info", "warning", "error")
LEAST_SECRET = 32


class BadSetting(Exception):
    """A setting is missing or wrong; the sentence names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """The settings as they were at the start."""

    values: Mapping[str, str] = field(repr=False)
    given: frozenset[str] = frozenset()

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Reads the table from `.env` and the environment.

        Raises `BadSetting` for a value that cannot be used.
        """
        found = dict(environment) if environment is not None else _surroundings()
        named = {row.name: found.get(row.name, "") or row.default for row in TABLE}
        given = frozenset(row.name for row in TABLE if found.get(row.name))
        settings = cls(named, given)
        settings.check()
        return settings

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def check(self) -> None:
        """Stops the start with one sentence about the first setting that is wrong."""
        if not self["PORT"].isdigit() or not 0 <= int(self["PORT"]) < 65536:
            raise BadSetting(f"PORT is {self['PORT']}: give a number from 0 to 65535.")
        if self["BOT_LANGUAGE"] not in ("sv", "en"):
            raise BadSetting(f"BOT_LANGUAGE is {self['BOT_LANGUAGE']}: give sv or en.")
        if self["LOG_LEVEL"].lower() not in LEVELS:
            raise BadSetting(f"LOG_LEVEL is {self['LOG_LEVEL']}: give one of {', '.join(LEVELS)}.")
        backend = self["DATABASE_URL"].split(":", 1)[0].split("+")[0]
        if backend not in ("sqlite", "postgresql", "postgres"):
            raise BadSetting(
                "DATABASE_URL is no address that we know: give sqlite:///FILE or postgresql://…"
            )
        if backend == "sqlite" and not self["DATABASE_URL"].partition(":///")[2].strip("/"):
            raise BadSetting("DATABASE_URL names no file: give sqlite:///FILE.")
        _ = self.limits
        if self.given & SLACK_SECRETS and not self.given & SLACK_ENTRANCES:
            raise BadSetting(
                "SLACK_SIGNING_SECRET is missing beside Slack's other settings: "
                "copy it from Basic Information, or give SLACK_APP_TOKEN for Socket Mode."
            )

    @property
    def is_demo(self) -> bool:
        """Whether the database is the demo's, since none was named."""
        return "DATABASE_URL" not in self.given

    @property
    def secret(self) -> bytes:
        """The secret key; the demo keeps one of its own beside its database.

        Raises `BadSetting` where a real installation has none, or one that is too short.
        """
        if self["SECRET_KEY"]:
            if len(self["SECRET_KEY"]) < LEAST_SECRET:
                raise BadSetting(
                    f"SECRET_KEY is too short: give {LEAST_SECRET} characters or more."
                )
            return self["SECRET_KEY"].encode()
        if self.is_demo:
            return demo_secret(self["DATABASE_URL"])
        raise BadSetting(
            "SECRET_KEY is missing: put 32 random characters or more in .env, "
            "for example from `openssl rand -hex 32`."
        )

    @property
    def base_url(self) -> str:
        """Where members reach the page, without a slash at its end."""
        return self["BASE_URL"].rstrip("/")

    @property
    def survey_keys(self) -> Path:
        """The folder where the keys of open surveys are kept."""
        if self["SURVEY_KEYS"]:
            return Path(self["SURVEY_KEYS"])
        return beside(self["DATABASE_URL"])

    @property
    def limits(self) -> Limits:
        """What new surveys promise of how few answers show nothing, and of the bands.

        Raises `BadSetting` for limits below what was proven, absurd ones, and a contradiction.
        """
        try:
            return Limits(**{name: _whole(self[told]) for told, name in SURVEY_LIMITS.items()})
        except ValueError as error:
            first, _, said = str(error).partition(":")
            for told, name in SURVEY_LIMITS.items():
                first, said = first.replace(name, told), said.replace(name, told)
            raise BadSetting(f"{first} is {self[first]}:{said}") from None

    def derived_key(self, purpose: str) -> bytes:
        """A key of its own for a purpose, made from the secret key (32 bytes)."""
        return hmac.new(self.secret, purpose.encode(), sha256).digest()

    def encryption_key(self) -> str:
        """The key that encrypts tokens at rest, as the library `cryptography` wants it."""
        return base64.urlsafe_b64encode(self.derived_key("tokens")).decode()


def _whole(text: str) -> int:
    """A whole number as it is written; -1, which no limit may be, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= len(str(MOST)) else -1


def _surroundings() -> dict[str, str]:
    """What `.env` and the environment say, the environment last."""
    written = {name: value for name, value in dotenv_values(".env").items() if value}
    return {**written, **os.environ}


def beside(address: str) -> Path:
    """The folder of survey keys that goes with a database where none is named."""
    if address.startswith("sqlite:///"):
        return Path(address.removeprefix("sqlite:///")).with_suffix(".survey-keys")
    return Path("var/survey-keys")


def demo_secret(address: str) -> bytes:
    """The demo's secret, made once and kept beside its database for nobody else to read."""
    place = Path(address.removeprefix("sqlite:///")).with_suffix(".key")
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_hex(32), encoding="ascii")
    return place.read_text(encoding="ascii").encode()
