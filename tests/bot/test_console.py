"""A message as plain text says what is in its pictures and files."""

from __future__ import annotations

from datetime import time

from bot.console import as_text
from models.drawings import Mark
from models.message import File, Form, Image, Message, TimeField
from tests.bot.drawing.matrices import alone


def test_a_picture_is_its_words_and_a_file_its_name_and_size() -> None:
    picture = Image(drawing=alone(Mark.HELD), alt="Farsta har egen plats", name="tackning")
    file = File.holding(b"a;b\n" * 3000, label="Som tabell", name="tackning.csv")
    said = as_text(Message(summary="Täckning", parts=(picture, file)))
    assert said == "[Farsta har egen plats]\n\n[Som tabell: tackning.csv, 12 kB]"


def test_a_form_shows_the_time_of_day_that_it_holds() -> None:
    begins = TimeField(name="starts", label="Börjar", initial=time(13, 30))
    form = Form(name="meeting", title="Möte", submit="Spara", cancel="Avbryt", fields=(begins,))
    assert "starts: Börjar * 13:30" in as_text(form)
