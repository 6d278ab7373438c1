"""Coverage: which districts have a voice, where nobody speaks for them, and what is vacant."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select, update

from models.drawings import Matrix
from models.groups import Group, GroupKind, Seat, SeatRole
from models.message import Image, Note, Table
from models.people.organisations import Organisation, OrganisationKind
from tests.conversations.talk import EVA, MAJA, MONDAY_MORNING, STINA, Member, Talk
from tests.handlers.conftest import Asking, met


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("vakanser Farsta", "2 vakanta platser:"),
        ("vacancies Farsta", "Ledamot, Trafikkontoret"),
        ("vilka platser är vakanta i Bromma", "1 vakant plats:"),
        ("vakanser Farsta beredningsgrupp", "Inga vakanser i 1 grupp."),
        ("vakanser", "14 vakanta platser:"),
        ("vilka grupper saknar sekreterare", "2 vakanta platser:"),
        ("vakanser polisen", "2 vakanta platser:"),
        ("vakanser Farsta 2015-01-01", "Ingen grupp stämmer med frågan."),
        ("representation centrala styrgruppen", "[Vakanser (1)]"),
        ("representation otillåten påverkan", "1 av 11 stadsdelsnämnder har egen röst"),
        ("representation otillåten påverkan", "Saknar röst: Bromma, "),
        ("vilka stadsdelar saknar röst i centrala beredningsgruppen", "8 saknas.\nSaknar röst: "),
        ("representation Farsta", "Farsta har egen röst i 5 av 5 grupper"),
        ("representation Bromma", "Saknar röst i: Centrala beredningsgruppen."),
        ("representation Farsta styrgrupp", "Chef LPO Farsta"),
        ("representation Östermalm 2021-01-01", "Östermalms lokala styrgrupp"),
        ("representation Farsta centrala styrgruppen", "● Egen röst"),
        ("representation polisen", "Polisen\n======="),
    ],
)
def test_what_is_missing_is_counted_and_named(ask: Asking, line: str, told: str) -> None:
    assert told in ask(line)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2019-06-04", "Det finns inga samverkansgrupper den 4 juni 2019."),
        ("2019-06-04", "0 av 14 stadsdelsnämnder har egen röst, 0 företräds av någon annan, 14 sa"),
        ("2019-06-04", "Den första är Centrala styrgruppen, från den 4 november 2019."),
        ("2021-01-01", "1 av 13 stadsdelsnämnder har egen röst, 12 företräds av någon annan, 0 sa"),
        ("2021-01-01", "→ Via Hägersten-Älvsjö"),
        ("2024-06-10", "1 av 11 stadsdelsnämnder har egen röst, 10 företräds av någon annan, 0 s"),
        ("2024-06-10", "Prioriterade områden utan arbetsgrupp: Särskilt utsatta och sårbara brott"),
        ("1990-01-01", "Jag känner inte till några stadsdelsområden den 1 januari 1990."),
    ],
)
def test_the_whole_city_is_told_as_it_was_that_day(ask: Asking, day: str, told: str) -> None:
    assert told in ask(f"representation {day}")


def test_the_day_is_told(ask: Asking) -> None:
    assert "Gäller den 1 maj 2022" in ask("vakanser Farsta 2022-05-01")


def pages(member: Member, line: str) -> list[Table]:
    """Every page's table of an answer, by its button for the next."""
    member.says(line)
    found = [part for part in member.message().parts if isinstance(part, Table)]
    while any(button.label == "Nästa" for button in member.buttons()):
        member.presses("Nästa")
        found += [part for part in member.message().parts if isinstance(part, Table)]
        assert len(found) < 20
    return found


def fill(talk: Talk) -> None:
    """So many more vacant seats that one page has no room for them."""
    with talk.database.write() as session:
        group = session.scalars(select(Group).where(Group.code == "FAR-BER")).one()
        office = session.scalars(select(Organisation).where(Organisation.code == "UTB")).one()
        for number in range(45):
            session.add(
                Seat(
                    code=f"X-{number}",
                    group=group,
                    organisation=office,
                    role=SeatRole.MEMBER,
                    valid_from=date(2023, 1, 1 + number % 20),
                    recorded_at=MONDAY_MORNING,
                )
            )


def test_every_row_and_column_is_on_exactly_one_page(talk: Talk, maja: Member) -> None:
    whole = pages(maja, "representation")
    cells = Counter((row[0].text, name) for t in whole for row in t.rows for name in t.columns[1:])
    assert len(cells) == 11 * 9
    assert set(cells.values()) == {1}
    fill(talk)
    vacant = pages(maja, "vakanser")
    assert [len(table.rows) for table in vacant] == [20, 20, 19]
    rows = Counter(tuple(cell.text for cell in row) for table in vacant for row in table.rows)
    assert sum(rows.values()) == 14 + 45
    notes = [part.text for part in maja.message().parts if isinstance(part, Note)]
    assert "sida 3 av 3" in notes[0]


def test_what_was_known_earlier_is_shown_to_those_who_may_see_it(talk: Talk, maja: Member) -> None:
    assert "visas för registratorn" in maja.says("representation känt 2024-05-01")
    assert "känt den 1 maj 2024" in maja.says(
        "representation Farsta beredningsgrupp känt 2024-05-01"
    )
    told = met(talk, EVA).says("representation 2022-04-05 känt 2022-04-05")
    assert "Gäller den 5 april 2022, så som det var känt den 5 april 2022" in told
    before = met(talk, EVA).says("representation Farsta styrgrupp 2022-04-05 känt 2022-04-05")
    assert "LPO Farsta" not in before
    assert "Chef LPO Farsta" in maja.says("representation Farsta styrgrupp 2022-04-05")
    assert "så som det var känt" not in maja.says("representation känt 2030-01-01")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("representation otillåten påverkan",
         "Otillåten påverkan ingår sedan den 11 januari 2024 i Systemhotande brottslighet."),
        ("representation våldsbejakande extremism",
         "var ett prioriterat område till och med den 10 januari 2024."),
    ],
)  # fmt: skip
def test_an_area_of_an_older_version_says_what_became_of_it(
    ask: Asking, line: str, told: str
) -> None:
    assert told in ask(line)
    assert told not in ask(f"{line} 2023-06-01")


def test_a_steering_group_without_the_police_is_named(talk: Talk, maja: Member) -> None:
    with talk.database.write() as session:
        groups = select(Group.id).where(Group.code == "BRO-STYR").scalar_subquery()
        police = select(Organisation.id).where(
            Organisation.kind == OrganisationKind.LOCAL_POLICE_AREA
        )
        session.execute(
            update(Seat)
            .where(Seat.group_id == groups, Seat.organisation_id.in_(police))
            .values(person_id=None)
        )
    for line in ("representation", "representation Bromma", "representation lokala styrgrupper"):
        assert "⚠ Bromma lokala styrgrupp har ingen från lokalpolisområdet" in maja.says(line)


def test_a_picture_is_shown_with_every_hole_in_words(talk: Talk, maja: Member) -> None:
    maja.says("representation 2021-01-01")
    maja.presses("Visa som bild")
    (image,) = [part for part in maja.message().parts if isinstance(part, Image)]
    assert isinstance(image.drawing, Matrix)
    assert len(image.drawing.columns) == 13
    assert [row.label for row in image.drawing.rows[:2]] == [
        "Centrala styrgruppen",
        "Centrala beredningsgruppen",
    ]
    for row in image.drawing.rows:
        said = image.alt.split(f"{row.label}: ")[1].split(". Arbetsgrupper")[0]
        for name, cell in zip(image.drawing.columns, row.cells, strict=True):
            if cell.mark in ("none", "vacant"):
                assert name in said


@pytest.mark.parametrize(
    "action", ["representation.page", "representation.picture", "representation.file"]
)
@pytest.mark.parametrize(
    "value", ["", "{}", "[]", '{"on":"i går"}', '{"on":"2024-06-10","kind":"x"}']
)
def test_a_button_that_cannot_be_read_is_refused_in_a_sentence(
    reader: Member, action: str, value: str
) -> None:
    assert "Knappen är för gammal" in reader.sends_button(action, value)


def test_a_group_of_each_kind_has_a_name_for_its_heading(ask: Asking) -> None:
    words = {
        GroupKind.STEERING: "styrgrupper",
        GroupKind.PREPARATORY: "beredningsgrupper",
        GroupKind.WORKING: "arbetsgrupper",
    }
    for word in words.values():
        assert ask(f"representation {word}").startswith(f"Representation · {word}")


def test_it_is_said_in_english_too(talk: Talk) -> None:
    stina = met(talk, STINA)
    stina.says("settings language english")
    told = stina.says("coverage central steering group")
    assert "1 of 11 districts have a voice of their own, 10 are represented by somebody" in told
    assert "→ Via Farsta" in told
    assert MAJA not in told


def test_a_seat_that_stands_vacant_beside_a_voice_is_seen_in_table_and_picture(
    talk: Talk, maja: Member
) -> None:
    assert "· ⚠ 2 vakanta" in maja.says("representation")
    maja.presses("Visa som bild")
    image = next(part for part in maja.message().parts if isinstance(part, Image))
    assert "Vakanta platser: " in image.alt
    assert "Kungsholmen (2)" in image.alt
    assert isinstance(image.drawing, Matrix)
    kungsholmen = image.drawing.columns.index("Kungsholmen")
    words = {row.label: row.cells[kungsholmen].word for row in image.drawing.rows}
    assert words["Lokala styrgrupper"] == "2 vakanta"


def test_the_matrix_tells_of_deputies_and_of_seats_when_needed_beside_a_voice(ask: Asking) -> None:
    rows = {row.split("  ")[0]: row for row in ask("representation").splitlines() if row}
    assert "⚠ 1 vakant · ◐ 1 ersättare · ○ 1 vid behov · ● Egen röst" in rows["Farsta"]
    assert "◐ 1 ersättare" in rows["Bromma"]
    assert "vid behov" not in rows["Bromma"]
