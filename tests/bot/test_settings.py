"""The settings are one table: the README tells it, and a wrong value stops the start."""

import re
from pathlib import Path

import pytest

from bot.settings import TABLE, BadSetting, Setting, Settings
from models.surveys.limits import Limits

README = Path(__file__).parents[2] / "README.md"
REAL = {"DATABASE_URL": "postgresql://db/samverkan", "SECRET_KEY": "x" * 32}
SURVEY_LIMITS_IN_SHORT = {
    "INTERNAL": "SURVEY_LEAST_INTERNAL",
    "SENSITIVE": "SURVEY_LEAST_SENSITIVE",
    "EXTREME": "SURVEY_EXTREME",
}


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_the_readme_tells_every_setting_as_it_is(setting: Setting) -> None:
    default = f"`{setting.default}`" if setting.default else ""
    row = f"| `{setting.name}` | {default} | {setting.sentence} |"
    assert row in README.read_text(encoding="utf-8").splitlines()


def test_the_readme_tells_no_setting_that_there_is_not() -> None:
    text = README.read_text(encoding="utf-8")
    table = text.split("## Settings")[1].split("## ")[0]
    told = [row.split("`")[1] for row in table.splitlines() if row.startswith("| `")]
    assert told == [setting.name for setting in TABLE]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"BOT_LANGUAGE": "fi"}, "BOT_LANGUAGE"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({"DATABASE_URL": "mysql://db"}, "DATABASE_URL"),
    ],
)
def test_a_wrong_setting_is_named(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadSetting, match=sentence):
        Settings.read({**REAL, **wrong})


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"INTERNAL": "3"}, "SURVEY_LEAST_INTERNAL is 3: give a whole number from 5 to 100."),
        ({"INTERNAL": "åtta"}, "SURVEY_LEAST_INTERNAL is åtta: give a whole number from 5 to 100."),
        ({"SENSITIVE": "1000"}, "SURVEY_LEAST_SENSITIVE is 1000: give a whole number from 10 to"),
        ({"INTERNAL": "12"}, "SURVEY_LEAST_SENSITIVE is 10: give 12 or more, as many as SURVEY_"),
        ({"EXTREME": "3"}, "SURVEY_LEAST_INTERNAL is 5: give 7 or more beside SURVEY_EXTREME 3"),
    ],
)
def test_limits_of_surveys_are_not_lowered_and_do_not_contradict_each_other(
    wrong: dict[str, str], sentence: str
) -> None:
    named = {SURVEY_LIMITS_IN_SHORT[name]: value for name, value in wrong.items()}
    with pytest.raises(BadSetting, match=re.escape(sentence)):
        Settings.read({**REAL, **named})


def test_limits_of_surveys_may_be_raised() -> None:
    raised = dict(zip(SURVEY_LIMITS_IN_SHORT.values(), ("7", "12", "3"), strict=True))
    assert Settings.read({**REAL, **raised}).limits == Limits(7, 12, 3)
    assert Settings.read(REAL).limits == Limits()


@pytest.mark.parametrize(
    ("secret", "sentence"), [("", "is missing"), ("short", "is too short")], ids=["none", "short"]
)
def test_a_real_installation_needs_a_good_secret(secret: str, sentence: str) -> None:
    settings = Settings.read({**REAL, "SECRET_KEY": secret})
    with pytest.raises(BadSetting, match=f"SECRET_KEY {sentence}"):
        _ = settings.secret


def test_the_demo_makes_a_secret_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = Settings.read({}).secret, Settings.read({}).secret
    assert first == second
    assert len(first) >= 32
    assert next(tmp_path.glob("var/*.key")).stat().st_mode & 0o077 == 0


def test_no_secret_shows_where_settings_are_printed() -> None:
    assert "x" * 32 not in repr(Settings.read(REAL))


def test_half_of_slacks_settings_are_named_as_half() -> None:
    with pytest.raises(BadSetting, match="SLACK_SIGNING_SECRET is missing"):
        Settings.read({**REAL, "SLACK_BOT_TOKEN": "xoxb-1"})
