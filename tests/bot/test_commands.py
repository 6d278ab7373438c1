"""The command line is a contract: what scripts get on stdout, on stderr and as exit code."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.processes import House
from models.database import Database

MAJA = "maja.ekvall@farsta.stockholm.example"
EXAMPLES = Path(__file__).parents[1] / "handlers" / "understanding" / "utterances.jsonl"
MONDAY = ("--on", "2024-06-10")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def bare(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Runs `samverkan` in an empty folder, with only the settings that a test gives."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "SECRET_KEY", "PORT", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, **settings: str) -> Ended:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["samverkan", *words])
        # What came before, such as the making of the database, is no part of the answer.
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return Ended(int(ended.value.code or 0), shown.out, shown.err)

    return run


@pytest.fixture
def samverkan(bare: Run, stockholm: Database) -> Run:
    """The same on a database of one's own with Stockholm's data."""

    def run(*words: str) -> Ended:
        address = stockholm.engine.url.render_as_string(hide_password=False)
        return bare(*words, DATABASE_URL=address, SECRET_KEY="k" * 40)

    return run


def test_a_question_is_answered_on_stdout(samverkan: Run) -> None:
    ended = samverkan("ask", "vem Rågsved", *MONDAY)
    assert ended.code == 0
    assert "Enskede-Årsta-Vantör" in ended.out
    assert "LPO Farsta" in ended.out


def test_the_same_place_answers_for_the_district_of_the_day(samverkan: Run) -> None:
    then = samverkan("ask", "vem Östermalm styrgrupp", "--on", "2020-02-02").out
    today = samverkan("ask", "vem Östermalm styrgrupp", *MONDAY).out
    assert "Östermalms lokala styrgrupp" in then
    assert "Norra innerstadens lokala styrgrupp" in today


def test_json_is_the_neutral_message(samverkan: Run) -> None:
    message = json.loads(samverkan("ask", "mina", "--as", MAJA, "--json", *MONDAY).out)
    assert message["kind"] == "message"
    assert "FAR-011" in message["summary"]


def test_english_is_spoken_when_asked_for(samverkan: Run) -> None:
    assert (
        "Police responsibility" in samverkan("ask", "who Farsta", "--language", "en", *MONDAY).out
    )


def test_explain_prints_only_how_the_line_was_understood(samverkan: Run) -> None:
    ended = samverkan("ask", "vem Kista", "--explain", *MONDAY)
    assert ended.err == ""
    explained = json.loads(ended.out)
    assert explained == {
        "intent": "representation",
        "district": "Järva",
        "neighbourhood": "Kista",
    }


def test_a_batch_answers_one_row_for_each(samverkan: Run, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    rows = [{"line": "vem Farsta", "on": "2024-06-10"}, {"line": "mina", "as": MAJA}]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    answers = samverkan("ask", "--batch", str(file)).out.splitlines()
    assert [json.loads(answer)["kind"] for answer in answers] == ["message", "message"]


def test_a_report_from_the_console_is_kept(samverkan: Run) -> None:
    samverkan("ask", "FAR-011 klar", "--as", MAJA, *MONDAY)
    assert "✓ Klar" in samverkan("ask", "FAR-011", *MONDAY).out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rapportera FAR-014 klar", "Ange vem med --as"),
        ("mina", "Ange vem med --as"),
        ("FAR-999 varför", "Det finns ingen åtgärd FAR-999"),
        ("vem Farsta 811218-9876", "Jag sparade inte texten"),
    ],
)
def test_what_is_refused_ends_with_1_and_a_sentence_on_stderr(
    samverkan: Run, line: str, said: str
) -> None:
    ended = samverkan("ask", line, *MONDAY)
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "words",
    [
        ("ask", "hej", "--on", "31 februari"),
        ("ask", "hej", "--language", "fi"),
        ("ask", "--batch", "nowhere.jsonl"),
        ("digest", "FAR-BER", "--on", "soon"),
        ("digest", "FAR-BER", "--language", "fi"),
        ("digest",),
        ("digest", "FAR-BER", "--person", MAJA),
        ("digest", "--person", MAJA, "--kind", "after"),
        ("manifest", "irc"),
        ("demo", "--port", "0"),
        ("demo", "--port", "65536"),
        ("nothing",),
    ],
)
def test_wrong_usage_ends_with_2(samverkan: Run, words: tuple[str, ...]) -> None:
    ended = samverkan(*words)
    assert ended.code == 2
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_group_is_known_by_what_members_call_it_and_which_it_is_stands_beside(
    samverkan: Run,
) -> None:
    ended = samverkan("digest", "Farsta styrgrup", *MONDAY)
    assert "Farsta lokala styrgrupp" in ended.out
    assert "Farsta styrgrup is read as FAR-STYR, Farsta lokala styrgrupp." in ended.err
    assert "is read as" not in samverkan("digest", "far-ber", *MONDAY).err


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "command", [("digest", "FAR-BERX"), ("export", "decisions", "--group", "FAR-BERX")]
)
def test_a_code_that_is_not_there_is_refused_with_those_that_are_near(
    samverkan: Run, command: tuple[str, ...]
) -> None:
    ended = samverkan(*command)
    assert (ended.code, ended.out) == (1, "")
    assert "FAR-BERX" in ended.err
    assert "FAR-BER, " in ended.err


@pytest.mark.parametrize(
    ("text", "verdict"), [("811218-9876", "block"), ("Belysningen är klar", "allow")]
)
def test_the_guard_judges_a_text(bare: Run, text: str, verdict: str) -> None:
    assert json.loads(bare("guard", text).out)["verdict"] == verdict


def test_the_guard_judges_a_file_of_texts(bare: Run, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('"811218-9876"\n{"text": "hej"}\nbara text\n', encoding="utf-8")
    verdicts = [
        json.loads(row)["verdict"] for row in bare("guard", "--batch", str(file)).out.splitlines()
    ]
    assert verdicts == ["block", "allow", "allow"]


def test_the_manifest_is_json_with_the_command(bare: Run) -> None:
    manifest = json.loads(bare("manifest", "slack").out)
    assert manifest["features"]["slash_commands"][0]["command"] == "/samverkan"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"DATABASE_URL": "sqlite:///empty.sqlite", "SECRET_KEY": "k" * 40}, "samverkan migrate"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/x", "SECRET_KEY": "k" * 40}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///empty.sqlite", "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"PORT": "eighty"}, "PORT"),
    ],
)
def test_a_bad_installation_is_one_sentence(
    bare: Run, settings: dict[str, str], named: str
) -> None:
    if settings.get("SECRET_KEY") == "short":
        bare("migrate", **settings)
    ended = bare("ask", "vem Farsta", **settings)
    assert ended.code == 1
    assert named in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("process", ["web", "worker"])
def test_a_real_process_wants_a_database_that_somebody_named(bare: Run, process: str) -> None:
    ended = bare(process)
    assert ended.code == 1
    assert "DATABASE_URL is missing" in ended.err


def test_a_worker_on_sqlite_says_so_and_stops(bare: Run) -> None:
    settings = {"DATABASE_URL": "sqlite:///one.sqlite", "SECRET_KEY": "k" * 40}
    ended = bare("worker", **settings)
    assert ended.code == 1
    assert "SQLite is one process" in ended.err


def test_web_ends_with_0_when_it_is_asked_to_stop(
    bare: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"DATABASE_URL": "sqlite:///one.sqlite", "SECRET_KEY": "k" * 40, "PORT": "0"}
    bare("migrate", **settings)
    begin = House.start_background

    def begin_and_be_asked(house: House) -> None:
        begin(house)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(House, "start_background", begin_and_be_asked)
    before = signal.getsignal(signal.SIGTERM)
    try:
        ended = bare("web", **settings)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (ended.code, "Traceback" in ended.err) == (0, False)
    assert "Samverkansbot: http://127.0.0.1" in ended.out


def test_a_database_is_migrated_once(bare: Run) -> None:
    settings = {"DATABASE_URL": "sqlite:///one.sqlite", "SECRET_KEY": "k" * 40}
    assert "Migrated" in bare("migrate", **settings).out
    assert "Up to date" in bare("migrate", **settings).out


def test_the_doctor_finds_an_installation_well(samverkan: Run) -> None:
    ended = samverkan("doctor")
    assert ended.code == 0
    assert "BAD" not in ended.out


def test_the_doctor_names_what_is_wrong(bare: Run) -> None:
    settings = {"DATABASE_URL": "sqlite:///empty.sqlite", "SECRET_KEY": "k" * 40}
    ended = bare("doctor", **settings)
    assert ended.code == 1
    assert "samverkan migrate" in ended.out


def test_a_sign_in_link_is_printed_for_a_member_and_nobody_else(samverkan: Run) -> None:
    assert "/sign-in/" in samverkan("signin", MAJA).out
    assert samverkan("signin", "nobody@nowhere.example").code == 1


def test_the_language_asked_for_goes_before_the_members_own(samverkan: Run) -> None:
    words = ("ask", "who Farsta", "--as", MAJA, "--language", "en", *MONDAY)
    assert "Police responsibility" in samverkan(*words).out


def test_a_survey_is_answered_from_the_console(samverkan: Run) -> None:
    words = ("ask", "enkät", "--as", MAJA, *MONDAY, "--press", "Svara")
    form = samverkan(*words)
    assert "q2: Samverkan mellan stad och polis" in form.out
    filled = samverkan(*words, "--fill", "q1=3", "--fill", "q2=4", "--fill", "q3=yes")
    assert "Tack, ditt svar är sparat" in filled.out
    assert "Ingen enkät väntar" in samverkan("ask", "enkät", "--as", MAJA, *MONDAY).out


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--fill", "status=done"), 0, "Tack. FAR-011 är uppdaterad"),
        (("--fill", "status=soon"), 1, "status: Välj ett läge."),
        (("--fill", "state=done"), 1, "The form has no field state"),
        (("--fill", "done"), 2, "write FIELD=VALUE"),
        (("--press", "Klar"), 1, "There is no button Klar"),
    ],
)
def test_a_form_is_filled_in_from_the_console(
    samverkan: Run, more: tuple[str, ...], code: int, said: str
) -> None:
    ended = samverkan("ask", "rapportera FAR-011", "--as", MAJA, *MONDAY, *more)
    assert ended.code == code
    assert said in ended.out + ended.err


def test_a_form_that_warns_is_sent_again_from_the_console(samverkan: Run) -> None:
    words = ("ask", "byt Birgitta Olander Frisk Farsta styrgrupp", "--as", MAJA, *MONDAY)
    filled = (*words, "--fill", "person=Jonas Lindmark", "--fill", "first=2024-07-01")
    assert "arbetar i en annan organisation" in samverkan(*filled).out
    saved = samverkan(*filled, "--then", "Spara ändå", "--then", "Ändra mer")
    assert "Jonas Lindmark från och med 1 juli" in saved.out
    wrong = samverkan(*words, "--fill", "person=Jonas", "--fill", "first=31 februari")
    assert wrong.code == 1
    assert "first: Det finns ingen dag 31 februari." in wrong.err


@pytest.mark.parametrize("command", [("demo", "--database", "/proc/no/x.sqlite"), ("migrate",)])
def test_a_place_that_cannot_be_written_is_one_sentence(
    bare: Run, command: tuple[str, ...]
) -> None:
    ended = bare(*command, DATABASE_URL="sqlite:////proc/no/x.sqlite", SECRET_KEY="k" * 40)
    assert ended.code == 1
    assert "/proc/no cannot be used" in ended.err
