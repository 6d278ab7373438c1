"""A file that gives measures another owner tells those concerned, once, whatever their number."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo import seed
from bot.workbook import importing
from models.database import Database
from tests.bot.workbook.test_approved_wordings import AT, heard

MAJA = "maja.ekvall@farsta.stockholm.example"
BIRGITTA = "birgitta.frisk@farsta.stockholm.example"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_new_and_the_former_owner_are_told_once_for_all_that_changes_hands(
    stockholm: Database, tmp_path: Path
) -> None:
    heading, *lines = (seed.FOLDER / "measures.csv").read_text(encoding="utf-8").splitlines()
    majas = [line for line in lines if f",{MAJA}," in line][:3]
    file = tmp_path / "measures.csv"
    moved = [line.replace(MAJA, BIRGITTA) for line in majas]
    file.write_text("\n".join([heading, *moved]) + "\n", encoding="utf-8")
    draft = importing.read([file])
    assert importing.bring_in(draft, stockholm, AT).counts.changed == 3
    told = heard(stockholm)
    assert set(told) == {MAJA, BIRGITTA}
    assert "Du ansvarar för 3 åtgärder till" in told[BIRGITTA]
    assert "Du ansvarar inte längre för 3 åtgärder" in told[MAJA]
    for line in majas:
        code, title = line.split(",")[:2]
        assert f"{code} {title}" in told[BIRGITTA]
        assert f"{code} {title}" in told[MAJA]
    assert importing.bring_in(draft, stockholm, AT).counts.changed == 0
    assert heard(stockholm) == told
