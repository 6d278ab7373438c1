"""Two records of one person become one: nothing is left pointing at the one that is gone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.database import Database
from models.digest_settings import DigestSetting
from models.groups import Seat
from models.measures.measure import (
    Follow,
)
from models.people.accounts import Account
from models.people.merge import (
    ONCE_EACH,
    STAYS,
    BothHaveAnswered,
    CannotMerge,
    MergedAlready,
    Pair,
    SamePerson,
    belongings,
    kept_of,
    merge,
    person_of_email,
    references,
    shared_groups,
)
from models.people.organisations import DisplayPolicy, Person, Standing
from models.records import AuditEntry, Post, Reading
from models.seats.changes import ChangeKind, Ledger
from models.seats.holders import seats_of_group
from models.surveys.box import ballots, my_answers, put_answers
from models.surveys.sealing import KeysInMemory
from models.surveys.survey import Ballot, Invitation, Survey
from models.tables import METADATA
from tests.digests.village import MONDAY, NOW, Village
from tests.models.references import an_open_survey, fill_every_reference

KEYS = KeysInMemory()
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def village(session: Session) -> Village:
    """Farsta in small."""
    return Village(session)


@pytest.fixture
def pair(village: Village) -> Pair:
    """Maja, and another record that somebody made of her."""
    return Pair(village.maja, village.person("Maja Ekwall", village.city))


def pointing(session: Session, person: int) -> set[str]:
    """The columns in which a row points to a person."""
    return {
        str(column)
        for column in references()
        if session.scalar(select(func.count()).select_from(column.table).where(column == person))
    }


def invitation(session: Session, survey: Survey, person: Person) -> Invitation | None:
    """A person's invitation to a survey."""
    return session.scalars(
        select(Invitation).where(
            Invitation.survey_id == survey.id, Invitation.person_id == person.id
        )
    ).first()


def answers(session: Session, survey: Survey, person: Person, value: str) -> None:
    """The person answers the survey's question."""
    asked = invitation(session, survey, person)
    assert asked is not None
    put_answers(session, asked, {1: value}, KEYS)
    session.flush()


def test_whatever_points_to_a_person_follows_and_what_stays_says_why(
    session: Session, village: Village, pair: Pair
) -> None:
    earlier = village.person("M Ekvall", village.city)
    fill_every_reference(village, pair.merged, earlier)
    # Whoever adds a table that points to people adds a row of it above.
    merged = pair.merged.id
    session.add(AuditEntry(at=NOW, person_id=merged, action="x", subject="x"))
    session.add(DigestSetting(person_id=merged, changed_at=NOW))
    assert pointing(session, merged) == {
        str(each) for each in references()
    } - {"person_merge.merged_id"}  # fmt: skip
    moved = belongings(session, pair.merged)
    assert (moved["seat"], moved["measure"], moved["progress_report"]) == (1, 1, 3)
    merge(session, pair, village.jonas, LATER, KEYS)
    assert pointing(session, merged) == set(STAYS)
    assert kept_of(session, earlier) is pair.kept
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "merge_people")).one()
    assert (entry.person_id, entry.subject) == (village.jonas.id, f"person:{pair.kept.id}")
    assert (entry.detail["merged"], entry.detail["rows"]["seat"]) == (merged, 1)


def test_every_key_in_which_two_records_can_collide_is_known() -> None:
    keyed = {
        str(column)
        for column in references()
        for columns in (
            [column.table.primary_key.columns]
            + [c.columns for c in column.table.constraints if hasattr(c, "columns")
               and type(c).__name__ == "UniqueConstraint"]
            + [index.columns for index in column.table.indexes if index.unique]
        )
        if column in set(columns)
    }  # fmt: skip
    assert keyed - set(STAYS) == ONCE_EACH
    assert {name.split(".")[0] for name in STAYS} <= set(METADATA.tables)


def test_a_seats_history_names_the_kept_record_on_every_day_and_as_known_on_any(
    session: Session, village: Village, pair: Pair
) -> None:
    seat = village.seat(pair.merged)
    ledger = Ledger.open(session, ChangeKind.ENDED, village.group, None, NOW)
    ledger.revise(seat, valid_until=MONDAY + timedelta(days=30))
    merge(session, pair, None, LATER, KEYS)
    for on, known_at in ((MONDAY, None), (MONDAY, NOW - timedelta(seconds=1)), (MONDAY, LATER)):
        seats = seats_of_group(session, village.group, on, known_at)
        held = [each for each in seats if each.position == seat.position]
        assert {each.person for each in held} <= {pair.kept}
    copies = session.scalars(select(Seat).where(Seat.position == seat.position)).all()
    assert {copy.person for copy in copies} == {pair.kept}
    assert len(copies) == 2


def test_two_mandates_of_one_seat_that_become_one_persons_are_no_conflict(
    session: Session, village: Village, pair: Pair
) -> None:
    first = village.seat(pair.kept)
    first.valid_until = MONDAY
    second = village.seat(pair.merged)
    second.position, second.valid_from = first.position, MONDAY
    session.flush()
    assert shared_groups(session, pair, MONDAY) == [village.group]
    merge(session, pair, None, LATER, KEYS)
    assert {first.person, second.person} == {pair.kept}


@pytest.mark.parametrize(
    ("who", "answered"),
    [((), False), (("kept",), True), (("merged",), True)],
    ids=["nobody", "the kept", "the merged"],
)
def test_of_an_open_survey_one_invitation_remains_and_the_answers_can_be_changed(
    session: Session, village: Village, pair: Pair, who: tuple[str, ...], answered: bool
) -> None:
    both = {"kept": pair.kept, "merged": pair.merged}
    survey = an_open_survey(village, village.jonas, [pair.kept, pair.merged])
    for name in who:
        answers(session, survey, both[name], "yes")
    merge(session, pair, None, LATER, KEYS)
    asked = invitation(session, survey, pair.kept)
    assert asked is not None
    assert asked.answered is answered
    assert invitation(session, survey, pair.merged) is None
    assert list(my_answers(session, asked, KEYS).values()) == ["yes"] * len(who)
    answers(session, survey, pair.kept, "no")
    assert ballots(session, survey, [pair.kept.id], KEYS) == {pair.kept.id: {1: "no"}}
    assert len(session.scalars(select(Ballot)).all()) == 1


def test_an_answer_of_the_merged_alone_follows_with_its_invitation(
    session: Session, village: Village, pair: Pair
) -> None:
    survey = an_open_survey(village, village.jonas, [pair.merged])
    answers(session, survey, pair.merged, "yes")
    merge(session, pair, None, LATER, KEYS)
    asked = invitation(session, survey, pair.kept)
    assert asked is not None
    assert list(my_answers(session, asked, KEYS).values()) == ["yes"]


def test_an_answer_in_a_survey_that_is_not_counted_yet_follows_too(
    session: Session, village: Village, pair: Pair
) -> None:
    survey = an_open_survey(village, village.jonas, [pair.merged])
    answers(session, survey, pair.merged, "yes")
    survey.closed_at = LATER
    merge(session, pair, None, LATER, KEYS)
    assert ballots(session, survey, [pair.kept.id], KEYS) == {pair.kept.id: {1: "yes"}}


def test_who_has_answered_an_open_survey_twice_waits_until_it_has_closed(
    session: Session, village: Village, pair: Pair
) -> None:
    survey = an_open_survey(village, village.jonas, [pair.kept, pair.merged])
    answers(session, survey, pair.kept, "yes")
    answers(session, survey, pair.merged, "no")
    with pytest.raises(BothHaveAnswered) as refused:
        merge(session, pair, None, LATER, KEYS)
    assert refused.value.survey is survey
    survey.closed_at = LATER
    merge(session, pair, None, LATER, KEYS)
    # Two answers were counted, so two remain asked: the numbers of a closed survey stand.
    assert invitation(session, survey, pair.merged) is not None
    assert invitation(session, survey, pair.kept) is not None


def test_the_conversations_become_one_read_as_far_as_either_was(
    session: Session, village: Village, pair: Pair
) -> None:
    kept, merged = pair.kept.id, pair.merged.id
    for person, own, group in ((kept, 5, 7), (merged, 6, 4)):
        session.add(Post(channel=f"@{person}", at=NOW, line="x"))
        session.add(Reading(person_id=person, channel=f"@{person}", post_id=own))
        session.add(Reading(person_id=person, channel="FAR-BER", post_id=group))
    session.flush()
    merge(session, pair, None, LATER, KEYS)
    rows = session.execute(select(Reading.person_id, Reading.channel, Reading.post_id))
    assert set(rows) == {(kept, f"@{kept}", 6), (kept, "FAR-BER", 7)}
    assert set(session.scalars(select(Post.channel))) == {f"@{kept}"}


def test_accounts_elsewhere_live_on_and_the_pages_own_address_is_left(
    session: Session, village: Village, pair: Pair
) -> None:
    session.add(
        Account(
            platform="slack", workspace="T1", user="U2", person_id=pair.merged.id, linked_at=NOW
        )
    )
    session.flush()
    merge(session, pair, None, LATER, KEYS)
    mine = session.scalars(select(Account).where(Account.person_id == pair.kept.id)).all()
    living = {(each.platform, each.user) for each in mine if each.gone_at is None}
    assert living == {("workspace", str(pair.kept.id)), ("slack", "U2")}


def test_the_stricter_protection_wins_and_nobody_gains_rights(
    session: Session, village: Village, pair: Pair
) -> None:
    pair.merged.display_policy = DisplayPolicy.FUNCTION_ONLY
    pair.merged.standing = Standing.COORDINATOR
    pair.kept.left_on = date(2024, 1, 1)
    pair.merged.paused_until = date(2024, 8, 1)
    pair.merged.noticed_at = NOW
    merge(session, pair, None, LATER, KEYS)
    assert pair.kept.display_policy is pair.merged.display_policy is DisplayPolicy.FUNCTION_ONLY
    assert pair.kept.standing is pair.merged.standing is Standing.MEMBER
    assert pair.kept.is_active(MONDAY)
    assert not pair.merged.is_active(MONDAY)
    assert (pair.kept.paused_until, pair.kept.noticed_at) == (date(2024, 8, 1), NOW)


def test_who_has_left_by_both_records_left_on_the_later_day(
    session: Session, village: Village, pair: Pair
) -> None:
    known = datetime(2023, 1, 1, tzinfo=UTC)
    pair.kept.left_on, pair.merged.left_on = date(2022, 1, 1), date(2023, 5, 1)
    pair.merged.leaving_known_at = known
    merge(session, pair, None, LATER, KEYS)
    assert (pair.kept.left_on, pair.kept.leaving_known_at) == (date(2023, 5, 1), known)


def test_either_address_finds_the_kept_record_also_after_two_merges(
    session: Session, village: Village, pair: Pair
) -> None:
    merge(session, pair, None, LATER, KEYS)
    assert person_of_email(session, " Maja.Ekwall@Stockholm.example") is pair.kept
    third = village.person("Maj Ekvall", village.city)
    merge(session, Pair(third, pair.kept), None, LATER, KEYS)
    for person in (pair.kept, pair.merged, third):
        assert person_of_email(session, person.email) is third
    assert person_of_email(session, "nobody@example.com") is None


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        (lambda pair: Pair(pair.kept, pair.kept), SamePerson),
        (replace, MergedAlready),
        (lambda pair: Pair(pair.merged, pair.kept), MergedAlready),
    ],
    ids=["with oneself", "twice", "into a merged one"],
)
def test_it_is_refused(
    session: Session,
    village: Village,
    pair: Pair,
    pairs: Callable[[Pair], Pair],
    error: type[CannotMerge],
) -> None:
    merge(session, pair, None, LATER, KEYS)
    with pytest.raises(error):
        merge(session, pairs(pair), None, LATER, KEYS)


def test_of_two_merges_at_once_in_either_direction_one_is_done(database: Database) -> None:
    with database.write() as session:
        village = Village(session)
        ids = village.maja.id, village.person("Maja Ekwall", village.city).id

    def attempt(order: tuple[int, int]) -> bool:
        with database.write() as session:
            pair = Pair(session.get_one(Person, order[0]), session.get_one(Person, order[1]))
            try:
                merge(session, pair, None, LATER, KEYS)
            except MergedAlready:
                return False
            return True

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(attempt, [ids, ids[::-1]]))
    assert sorted(done) == [False, True]


def test_a_measure_that_both_records_follow_is_followed_once(
    session: Session, village: Village, pair: Pair
) -> None:
    measures = [village.measure(code, None) for code in ("FAR-001", "FAR-002")]
    for person, followed in ((pair.kept, measures[:1]), (pair.merged, measures)):
        session.add_all(
            Follow(measure_id=each.id, person_id=person.id, since=NOW) for each in followed
        )
    session.flush()
    merge(session, pair, None, LATER, KEYS)
    rows = session.scalars(select(Follow)).all()
    assert {(row.measure_id, row.person_id) for row in rows} == {
        (each.id, pair.kept.id) for each in measures
    }
