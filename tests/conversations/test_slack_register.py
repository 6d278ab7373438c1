"""Keeping the register on Slack: how far a district is involved, and two records of one person."""

from __future__ import annotations

from sqlalchemy import select

from models.measures.measure import Measure
from models.people.merge import kept_of
from models.people.organisations import Person as Record
from models.registry_version import names_have_changed
from tests.conversations.slack_stage import Bot
from tests.slack.fake import FakeSlack, Person, Room
from tests.stores import BOTH_STORES

TWIN = "jonas.lindmarck@polisen.example"


def test_involvement_is_changed_in_a_form_and_undone(bot: Bot, maja: Person, farsta: Room) -> None:
    seen = maja.command("/samverkan", "involvering Farsta", farsta)
    assert "Otrygga och brottsutsatta platser" in seen.text
    form = maja.presses("Ändra involvering", seen.message).view
    area = {"Prioriterat samverkansområde": "Otrygga och brottsutsatta platser"}
    wrong = maja.fills(form, {**area, "Grad": "Leder"}).submit()
    assert "Så är det redan" in " ".join(wrong.errors.values())
    saved = maja.fills(form, {**area, "Grad": "Deltar"}).submit()
    assert saved.closed
    assert "deltar från 10 juni 2024" in saved.message.plain
    undone = maja.presses("Ångra", saved.message)
    assert "är som förut" in undone.text


@BOTH_STORES
def test_the_coordinator_finds_two_records_in_a_form_and_sees_what_will_move(
    bot: Bot, slack: FakeSlack, eva: Person, jonas: Person
) -> None:
    with bot.database.write() as session:
        known = session.scalars(select(Record).where(Record.name == "Jonas Lindmark")).one()
        twin = Record(email=TWIN, name="Jonas Lindmarck", organisation_id=known.organisation_id)
        session.add(twin)
        session.flush()
        session.scalars(select(Measure).where(Measure.code == "FAR-009")).one().owner_id = twin.id
        names_have_changed(session)
        records = twin.id, known.id
    form = eva.command("/samverkan", "slå ihop").view
    keep = eva.looks_for("Posten som ska behållas", "Jonas Lindmark", form)
    merge = eva.looks_for("Posten som ska gå upp i den", "Jonas Lindmarck", form)
    assert (keep[0], merge[0]) == (
        "Jonas Lindmark, LPO Farsta, jonas.lindmark@polisen.example",
        f"Jonas Lindmarck, LPO Farsta, {TWIN}",
    )
    values = {"Posten som ska behållas": keep[0], "Posten som ska gå upp i den": merge[0]}
    preview = eva.fills(form, values).submit().view
    assert "1 åtgärd" in preview.plain
    done = eva.fills(preview, {}).submit()
    assert done.closed
    assert "Flyttat: 1 åtgärd." in done.message.plain
    assert "FAR-009" in jonas.command("/samverkan", "mina").text
    twin_account = slack.user("Jonas Lindmarck", TWIN)
    assert "FAR-009" in twin_account.command("/samverkan", "mina").text
    with bot.database.read() as session:
        merged, kept = (session.get_one(Record, key) for key in records)
        assert kept_of(session, merged) is kept
