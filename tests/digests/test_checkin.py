"""The check-in: whom it asks about what, and how it asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from digests.asking import MOST_PARTS, Asking, Round, askable, may_be_told, prompt
from digests.checkin import askings
from digests.waiting import gather
from handlers.texts import language
from models.delivery.outgoing import Errand, queue
from models.message import Actions, Button, Text
from models.people.addresses import Address
from models.people.organisations import Person
from models.schedule import asking_days
from tests.digests.village import MONDAY, NOW, Village

DAY = timedelta(days=1)


@pytest.fixture
def village(session: Session) -> Village:
    return Village(session)


def asked(village: Village, on: date = MONDAY, *people: Person) -> list[Asking]:
    found = people or (village.maja, village.jonas)
    waiting = gather(village.session, on, [person.id for person in found])
    around = Round(on, NOW, found, lambda _: language("sv"))
    return list(askings(village.session, around, waiting))


def codes(village: Village, on: date = MONDAY) -> list[str]:
    found = gather(village.session, on, [village.maja.id])
    return [waiting.measure.code for waiting in found.get(village.maja.id, [])]


def buttons(asking: Asking) -> list[Button]:
    rows = [part for part in asking.parts if isinstance(part, Actions)]
    return [button for row in rows for button in row.buttons if isinstance(button, Button)]


def test_an_owner_who_has_no_seat_any_more_is_not_asked(village: Village) -> None:
    ali = village.person("Ali Nazari", village.city)
    village.measure("FAR-001", ali, MONDAY)
    assert asked(village, MONDAY, ali) == []
    village.seat(ali)
    assert len(asked(village, MONDAY, ali)) == 1


@pytest.mark.parametrize(
    ("status", "ago", "due", "is_asked"),
    [
        ("ongoing", 31, None, True),
        ("ongoing", 30, None, False),
        ("ongoing", 10, date(2024, 6, 24), True),
        ("ongoing", 10, date(2024, 6, 25), False),
        ("ongoing", 2, date(2024, 6, 12), False),
        ("delayed", 10, date(2024, 5, 29), True),
        ("done", 90, date(2024, 5, 29), False),
        ("cancelled", 90, None, False),
    ],
)
def test_owners_are_asked_about_what_is_silent_or_due_soon(
    village: Village, status: str, ago: int, due: date | None, is_asked: bool
) -> None:
    village.report(village.measure("FAR-001", village.maja, due), status, ago * DAY)
    assert bool(codes(village)) is is_asked


def test_a_measure_that_was_never_reported_is_asked_about_after_its_cadence(
    village: Village,
) -> None:
    village.measure("FAR-001", village.maja).start_on = MONDAY - 31 * DAY
    village.measure("FAR-002", village.maja).start_on = MONDAY + DAY
    assert codes(village) == ["FAR-001"]


def test_a_snoozed_measure_waits_for_its_day(village: Village) -> None:
    village.measure("FAR-001", village.maja).snoozed_until = MONDAY + 7 * DAY
    village.session.flush()
    assert codes(village, MONDAY + 6 * DAY) == []
    assert codes(village, MONDAY + 7 * DAY) == ["FAR-001"]


def test_what_was_asked_this_week_is_not_asked_again(village: Village) -> None:
    village.measure("FAR-001", village.maja)
    [asking] = asked(village)
    assert asking.person_id == village.maja.id
    assert asked(village) == []
    assert codes(village, MONDAY + 7 * DAY) == ["FAR-001"]


@pytest.mark.parametrize(
    ("digest_days", "meets", "asks"),
    [
        (2, None, MONDAY),
        (1, date(2024, 6, 13), date(2024, 6, 11)),
        (1, date(2024, 6, 18), date(2024, 6, 14)),
        (2, date(2024, 6, 14), date(2024, 6, 11)),
        (2, date(2024, 6, 18), date(2024, 6, 13)),
        (2, date(2024, 6, 20), MONDAY),
        (3, date(2024, 6, 18), date(2024, 6, 12)),
    ],
)
def test_the_working_day_before_the_digest_of_a_meeting_asks_else_the_weeks_first(
    village: Village, digest_days: int, meets: date | None, asks: date
) -> None:
    village.group.digest_days = digest_days
    village.measure("FAR-001", village.maja, date(2024, 6, 14))
    if meets:
        village.meeting(datetime(meets.year, meets.month, meets.day, 11, tzinfo=UTC))
    days = [day for day in asking_days(MONDAY) if day <= asks and asked(village, day)]
    assert days == [asks]


def test_a_day_that_went_by_without_an_asking_is_made_up_for(village: Village) -> None:
    village.measure("FAR-001", village.maja)
    assert len(asked(village, MONDAY + 2 * DAY)) == 1


def test_what_falls_silent_within_the_week_waits_for_the_next(village: Village) -> None:
    village.report(village.measure("FAR-001", village.maja), "ongoing", 29 * DAY)
    assert asked(village, MONDAY + 3 * DAY) == []
    assert len(asked(village, MONDAY + 7 * DAY)) == 1


def test_each_measure_has_its_answers_and_two_ways_not_to_answer(village: Village) -> None:
    village.measure("FAR-006", village.maja, date(2024, 6, 28))
    [asking] = asked(village)
    pressed = [(button.label, button.action, button.value) for button in buttons(asking)]
    assert pressed == [
        ("Enligt plan", "checkin.on_plan", "FAR-006"),
        ("Försenad", "checkin.delayed", "FAR-006"),
        ("Klar", "checkin.done", "FAR-006"),
        ("Behöver hjälp", "checkin.help", "FAR-006"),
        ("Inte nu", "checkin.later", "FAR-006"),
        ("Någon annan svarar", "checkin.hand_on", "FAR-006"),
    ]
    texts = [part.text for part in asking.parts if isinstance(part, Text)]
    assert texts == [
        "En av dina åtgärder ska stämmas av den här veckan.",
        "**FAR-006 Åtgärd FAR-006**\n? Aldrig rapporterad · klar senast 28 juni. Hur går det?",
    ]


def test_at_most_five_are_asked_and_the_rest_are_behind_one_button(village: Village) -> None:
    for number in range(8):
        village.measure(f"FAR-{number:03}", village.maja)
    [asking] = asked(village)
    assert len(buttons(asking)) == 5 * 6 + 1
    assert buttons(asking)[-1].action == "checkin.week"
    assert "Och 3 till." in [part.text for part in asking.parts if isinstance(part, Text)]


def test_those_behind_the_fifth_come_first_the_next_week(village: Village) -> None:
    for number in range(8):
        village.measure(f"FAR-{number:03}", village.maja)
    asked(village)
    assert codes(village, MONDAY + 7 * DAY)[:3] == ["FAR-005", "FAR-006", "FAR-007"]


def test_who_has_left_or_paused_is_not_told(village: Village) -> None:
    assert may_be_told(village.maja, MONDAY)
    village.maja.left_on = MONDAY
    village.jonas.paused_until = MONDAY + DAY
    assert not may_be_told(village.maja, MONDAY)
    assert not may_be_told(village.jonas, MONDAY)
    assert may_be_told(village.jonas, MONDAY + DAY)


def test_one_message_a_week_is_all_that_asks(village: Village) -> None:
    message = prompt(village.maja, asked(village) or [text_asking(1)], language("sv"))
    errand = Errand("asking", "asking:2024-W24:1", NOW, person_id=village.maja.id)
    queue(village.session, message, Address("workspace", "local", "@1"), errand)
    village.session.flush()
    assert askable(village.session, MONDAY + 4 * DAY) == (village.jonas,)
    assert askable(village.session, MONDAY + 7 * DAY) == (village.maja, village.jonas)


def text_asking(number: int) -> Asking:
    return Asking(1, f"sak {number}", tuple(Text(text=str(each)) for each in range(number)))


def test_the_notification_names_all_that_waits(village: Village) -> None:
    message = prompt(village.maja, [text_asking(1), text_asking(2)], language("sv"))
    assert message.summary == "Väntar på dig: sak 1 och sak 2."
    assert message.parts[0] == Text(text="Hej Maja.")


def test_what_does_not_fit_in_one_message_is_left_out_whole(village: Village) -> None:
    many = [text_asking(20), text_asking(20), text_asking(3)]
    message = prompt(village.maja, many, language("sv"))
    assert len(message.parts) == 1 + 20 + 3 <= MOST_PARTS
    assert message.summary == "Väntar på dig: sak 20 och sak 3."
