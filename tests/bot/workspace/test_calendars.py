"""Calendars at secret addresses: read without signing in, and not there when made up."""

from __future__ import annotations

from sqlalchemy import select

from models.meetings.calendar_feeds import new_feed
from models.people.organisations import Person
from tests.bot.workspace.world import NOW, SECRET, World, browser


def test_a_calendar_program_reads_without_signing_in(world: World) -> None:
    with world.database.write() as session:
        maja = session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()
        token = new_feed(session, maja, None, NOW).token(SECRET)
    with browser(world.app()) as client:
        got = client.get(f"/calendar/{token}.ics")
        assert got.headers["content-type"] == "text/calendar; charset=utf-8"
        assert got.headers["cache-control"] == "no-store"
        assert got.text.startswith("BEGIN:VCALENDAR")
        made_up = client.get(f"/calendar/{token[:-1]}x.ics")
        assert made_up.status_code == 404
        assert "Adressen till kalendern är stängd" in made_up.text
        to_program = client.get(f"/calendar/{token}", follow_redirects=False)
        assert to_program.headers["location"].startswith("webcal://")
        assert to_program.headers["location"].endswith(f"/calendar/{token}.ics")
