"""Lists of measures as pictures: every measure in words, a page at a time, and back again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from handlers.measures.pictures import told_in_parts
from models.drawings import StatusGrid, Timeline
from models.measures.measure import Measure, ProgressReport
from models.message import Image
from tests.conversations.talk import MONDAY_MORNING, Member, Talk
from tests.handlers.conftest import met


def picture(member: Member) -> Image:
    """The one picture of the last message."""
    (image,) = (part for part in member.message().parts if isinstance(part, Image))
    return image


def test_a_group_is_seen_over_time_with_every_measure_in_words(reader: Member) -> None:
    reader.says("åtgärder Farsta")
    reader.presses("Över tid")
    image = picture(reader)
    assert isinstance(image.drawing, Timeline)
    assert len(image.drawing.bars) == 14
    assert "FAR-006 Trygghetsvandring Farsta strand: Ingen rapport på 47 dagar." in image.alt
    assert "3 rapporter, senast 24 april 2024" in image.alt
    silent = next(bar for bar in image.drawing.bars if bar.code == "FAR-006")
    assert (silent.lamp, silent.word) == ("silent", "Ingen rapport på 47 dagar")
    assert "FAR-011" in reader.presses("Som lista")


def test_more_measures_than_fit_come_on_more_pictures_none_twice(reader: Member) -> None:
    reader.says("åtgärder")
    reader.presses("Över tid")
    codes = []
    for _ in range(20):
        drawing = picture(reader).drawing
        assert isinstance(drawing, Timeline)
        codes += [bar.code for bar in drawing.bars]
        if "Nästa bild" not in [button.label for button in reader.buttons()]:
            break
        reader.presses("Nästa bild")
    assert len(codes) == len(set(codes)) == 89


def test_all_districts_are_counted_and_old_ones_stand_with_what_they_became(
    reader: Member,
) -> None:
    reader.says("åtgärder Farsta")
    reader.presses("Alla områden på en bild")
    image = picture(reader)
    assert isinstance(image.drawing, StatusGrid)
    assert image.drawing.columns[0] == "Centralt"
    assert "Rinkeby-Kista" not in image.drawing.columns
    every = image.drawing.rows[-1].cells[-1]
    assert sum(number for _, number in every.counts) == 89
    assert "försenad: " in image.alt


def test_a_thousand_reports_are_drawn_as_days(talk: Talk) -> None:
    maja = met(talk, "maja.ekvall@farsta.stockholm.example")
    with talk.database.write() as session:
        measure = session.scalars(select(Measure).where(Measure.code == "FAR-011")).one()
        session.add_all(
            ProgressReport(
                measure_id=measure.id,
                at=MONDAY_MORNING - timedelta(hours=number),
                status="delayed",
            )
            for number in range(1000)
        )
    maja.says("mina")
    maja.presses("Över tid")
    image = picture(maja)
    assert "1 008 rapporter" in image.alt.replace("\u00a0", " ") or "1008 rapporter" in image.alt
    assert isinstance(image.drawing, Timeline)
    assert len(image.drawing.bars[0].reports) < 60


def test_pictures_of_one_list_are_about_as_large_as_each_other() -> None:
    told = [(number, "x" * 400) for number in range(6)]
    assert [len(things) for things, _ in told_in_parts(told, "Titel.", 20)] == [3, 3]
    assert [len(things) for things, _ in told_in_parts(told[:1], "Titel.", 20)] == [1]


def test_no_word_of_the_time_stands_on_the_next(reader: Member) -> None:
    reader.says("åtgärder Farsta")
    reader.presses("Över tid")
    drawing = picture(reader).drawing
    assert isinstance(drawing, Timeline)
    told = [tick.word for tick in drawing.ticks]
    assert told[told.index("2023") - 1] == "okt"
