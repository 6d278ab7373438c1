"""What is known of other rows while a row is checked: those of the files, then what is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.workbook.columns import Key, Row, Value, folded
from bot.workbook.headings import nearest
from bot.workbook.sheets import BY_NAME
from bot.workbook.stored import Stored

HOME_ZONE = "Europe/Stockholm"
ALSO_CALLED = ("name", "name_sv", "title", "title_sv")
"""Columns under which a registrar may remember a row whose code is wanted."""


@dataclass
class Known:
    """The rows of the files over the rows of the database, by the names they are referred to."""

    rows: dict[str, list[Row]]
    stored: Stored
    _facts: dict[str, dict[Value, dict[str, Value]]] = field(default_factory=dict)
    _near: dict[tuple[str, str], str] = field(default_factory=dict)
    _by_key: dict[str, dict[Key, dict[str, Value]]] = field(default_factory=dict)

    def facts(self, sheet: str) -> dict[Value, dict[str, Value]]:
        """What each row of a sheet says, by its name without regard to capitals."""
        if sheet not in self._facts:
            title = BY_NAME[sheet].columns[0].name
            held = (one.values for one in self.stored.held(sheet).values())
            found = {folded(values[title]): dict(values) for values in held}
            for row in self.rows.get(sheet, []):
                if row.values.get(title) is not None:
                    before = found.get(folded(row.values[title]), {})
                    found[folded(row.values[title])] = {**before, **row.values}
            self._facts[sheet] = found
        return self._facts[sheet]

    def by_key(self, sheet: str) -> dict[Key, dict[str, Value]]:
        """What each row of a sheet says, by its whole key."""
        if sheet not in self._by_key:
            found = {key: held.values for key, held in self.stored.held(sheet).items()}
            for row in self.rows.get(sheet, []):
                found[row.key] = {**found.get(row.key, {}), **row.values}
            self._by_key[sheet] = found
        return self._by_key[sheet]

    def fact(self, sheet: str, name: Value, column: str) -> Value:
        """One thing that a row says; None when the row is not known."""
        return self.facts(sheet).get(folded(name), {}).get(column)

    def canonical(self, sheet: str, written: str) -> str | None:
        """The name as its own row writes it, of whom it is another name too; None without a row."""
        name = self.stored.other_name(sheet, written) or written
        found = self.facts(sheet).get(folded(name))
        return None if found is None else str(found[BY_NAME[sheet].columns[0].name])

    def nearest(self, sheet: str, written: str) -> str:
        """The known name that is most like what was written, with what else it is called."""
        if (sheet, written) not in self._near:
            self._near[sheet, written] = self._search(sheet, written)
        return self._near[sheet, written]

    def _search(self, sheet: str, written: str) -> str:
        title = BY_NAME[sheet].columns[0].name
        called: dict[str, str] = {}
        for values in self.facts(sheet).values():
            name = str(values[title])
            for column in ALSO_CALLED:
                other = values.get(column)
                if other and other != name:
                    called.setdefault(str(other), f"{name} ({other})")
            called[name] = name
        found = nearest(written, list(called))
        return called[found] if found else ""

    def zone(self, row: Row) -> str:
        """The zone in which a row's times are written: that of its group."""
        group = row.values.get("group")
        if group is None:
            for sheet in ("measure", "survey"):
                if sheet in row.values:
                    group = self.fact(f"{sheet}s", row.values[sheet], "group")
        zone = self.fact("groups", group, "zone")
        return zone if isinstance(zone, str) and is_zone(zone) else HOME_ZONE


def is_zone(name: str) -> bool:
    """Whether a time zone goes by this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
