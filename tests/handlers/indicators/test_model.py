"""The model of districts: only where asked for, beside the direct figure, limited and labelled."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.drawings import Intervals
from models.indicators.indicator import Basis, Indicator, Observation
from models.message import Image, Table
from models.surveys.survey import Sensitivity
from tests.conversations.talk import MAJA, Member, Talk

LABEL = "Modellskattning – lånar styrka från andra stadsdelar"


def test_a_model_stands_beside_the_districts_own_figure_with_its_label(reader: Member) -> None:
    reader.says("indikator trygg_ensam_kvall")
    told = reader.presses("Modell")
    assert LABEL in told
    assert "kan dölja en stadsdel som avviker" in told
    (table,) = [part for part in reader.message().parts if isinstance(part, Table)]
    assert table.columns == ("Stadsdelsområde", "Egen siffra", "Modell", "Flyttad",
                             "Egen siffra mot staden")  # fmt: skip
    jarva = next(row for row in table.rows if row[0].text == "Järva")
    assert jarva[1].text.startswith("45 % (40–50")
    assert jarva[3].text.startswith("+")
    reader.presses("Som bild")
    (image,) = [part for part in reader.message().parts if isinstance(part, Image)]
    assert isinstance(image.drawing, Intervals)
    assert all(row.model is not None for row in image.drawing.rows)
    assert "Den ofyllda rutan är en modellskattning" in image.drawing.note
    assert ", modell 46 %." in image.alt


def test_a_model_is_not_offered_where_it_never_fits(reader: Member) -> None:
    reader.says("indikator personrån")
    assert "Modell" not in [each.label for each in reader.buttons()]
    told = reader.sends_button("indicator.model", '{"code": "personran"}')
    assert "En modell visas bara för urval av boende." in told
    assert LABEL not in told


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("sensitive", "En modell visas aldrig för det som är känsligt."),
        ("members", "En modell visas bara för urval av boende."),
        (
            "same",
            "Skillnader mellan områdena går inte att se i de här siffrorna. Hela staden: 55 %.",
        ),
        ("few", "För få områden har en siffra som kan visas för en modell."),
    ],
)
def test_a_model_is_refused_with_the_reason(talk: Talk, change: str, told: str) -> None:
    with talk.database.write() as session:
        query = select(Indicator).where(Indicator.code == "trygg_ensam_kvall")
        shown = session.scalars(query).one()
        rows = session.scalars(
            select(Observation).where(
                Observation.indicator_id == shown.id, Observation.period == "2023"
            )
        ).all()
        if change == "sensitive":
            shown.sensitivity = Sensitivity.SENSITIVE
        if change == "members":
            shown.basis = Basis.MEMBERS
        for at, row in enumerate(each for each in rows if each.place):
            if change == "same":
                row.value, row.low, row.high = 55, 50, 60
            if change == "few" and at > 5:
                session.delete(row)
    said = talk.member(MAJA).sends_button("indicator.model", '{"code": "trygg_ensam_kvall"}')
    assert told in said
    assert LABEL not in said
