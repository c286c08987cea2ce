"""Breaking the glass: a unit of another area is opened to read, for a reason and a while."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, Person, employed
from vungxanh.accounts import actions
from vungxanh.accounts.models import BrokenGlass, Staff
from vungxanh.accounts.queries import authorised, may_read, opening_of
from vungxanh.accounts.queries import glass as queries
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values.glass import Breaking, Verdict
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, ForbiddenError, Viewer
from vungxanh.locations.values import UnitId, registry
from vungxanh.messaging.models import Message

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
REASON = "Ca bệnh ở Quy Nhơn đã đến chợ An Nhơn, cần xem số liệu ngay"
NOTE = "Đúng việc, đã gọi lại hỏi anh ấy"


@pytest.fixture(autouse=True)
def purposes(db: None) -> Iterator[None]:
    """The list of purposes that the package brings, on a day on which they hold."""
    with frozen_at(NOON):
        actions.load_purposes(by=SYSTEM, at=NOON)
        yield


def breaking(**changes: object) -> Breaking:
    """An opening of An Nhơn for a quarter of an hour."""
    said = {"unit": AN_NHON, "reason": REASON, "purpose": "tracing", "minutes": 15} | changes
    return Breaking(**said)  # type: ignore[arg-type]


def break_it(by: Viewer, at: datetime = NOON, **changes: object) -> UUID:
    """Break the glass."""
    return actions.break_glass(breaking=breaking(**changes), by=by, at=at)


def seen_through(viewer: Viewer, at: datetime = NOON) -> Viewer:
    """The viewer with what is open for them at an instant."""
    opening = opening_of(viewer.id, at)
    return replace(viewer, opened=opening.units, glass=str(opening.id)) if opening else viewer


class KilledError(Exception):
    """What ends a transaction half-way."""


def break_and_die(by: Viewer) -> None:
    """Break the glass in a transaction that does not come to its end."""
    with transaction.atomic():
        break_it(by)
        raise KilledError


def events(name: str) -> list[AuditEvent]:
    """Recorded events of one kind, in order."""
    return list(AuditEvent.objects.filter(event=f"accounts.{name}").order_by("sequence"))


def test_an_opening_is_found_until_it_ends_by_itself(
    officer: Colleague, province_officer: Colleague
) -> None:
    glass_id = break_it(officer.viewer)
    opening = opening_of(officer.viewer.id, NOON + timedelta(minutes=14))
    assert opening is not None
    assert (opening.id, opening.units, opening.purpose) == (
        glass_id,
        frozenset({AN_NHON}),
        "tracing",
    )
    assert opening.names[0].vi == "Thị xã An Nhơn (đến 30/6/2025)"
    assert opening_of(officer.viewer.id, NOON + timedelta(minutes=15)) is None
    assert opening_of(officer.viewer.id, NOON - timedelta(minutes=1)) is None
    assert opening_of(province_officer.viewer.id, NOON) is None


def test_reading_an_opening_takes_one_query(
    officer: Colleague, province_officer: Colleague, django_assert_num_queries: object
) -> None:
    break_it(officer.viewer)
    with django_assert_num_queries(1):  # type: ignore[operator]
        opening_of(officer.viewer.id, NOON)


def test_an_opening_is_recorded_with_unit_purpose_and_end(
    officer: Colleague, province_officer: Colleague
) -> None:
    glass_id = break_it(officer.viewer)
    (event,) = events("glass_broken")
    assert (event.by, event.subject) == (officer.viewer.id, f"glass:{glass_id}")
    assert event.detail == {
        "unit": AN_NHON,
        "purpose": "tracing",
        "until": "2026-11-22T05:15:00+00:00",
        "told": 1,
    }
    assert REASON not in str(AuditEvent.objects.values_list("detail", flat=True))


def test_the_supervisor_is_told_in_the_same_transaction(
    officer: Colleague, province_officer: Colleague, other_officer: Colleague
) -> None:
    break_it(officer.viewer)
    (message,) = Message.objects.all()
    assert (message.to, message.kind) == (province_officer.email, "accounts.glass_broken")
    assert "Thị xã An Nhơn" in message.text
    assert REASON not in message.text
    assert officer.staff.name not in message.text


def test_a_killed_transaction_opens_nothing_and_tells_nobody(
    officer: Colleague, province_officer: Colleague
) -> None:
    with pytest.raises(KilledError):
        break_and_die(officer.viewer)
    assert opening_of(officer.viewer.id, NOON) is None
    assert not Message.objects.exists()
    assert not events("glass_broken")


def test_without_a_supervisor_administrators_are_told(
    officer: Colleague, administrator: Colleague, other_officer: Colleague
) -> None:
    Staff.objects.filter(pk=administrator.staff.pk).update(units=[AN_NHON])
    break_it(officer.viewer)
    assert [message.to for message in Message.objects.all()] == [administrator.email]
    (line,) = queries.to_review(administrator.viewer)
    assert line.reason == REASON


def test_a_supervisor_without_an_address_keeps_nobody_from_opening(
    officer: Colleague, province_officer: Colleague, administrator: Colleague
) -> None:
    Staff.objects.filter(pk=province_officer.staff.pk).update(email="province@intranet")
    break_it(officer.viewer)
    assert [message.to for message in Message.objects.all()] == [administrator.email]


def test_nothing_opens_when_nobody_can_be_told(
    officer: Colleague, other_officer: Colleague
) -> None:
    with pytest.raises(actions.GlassUnwatchedError):
        break_it(officer.viewer)
    assert not BrokenGlass.objects.exists()


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"ends_at": NOON}], ids=["closed", "over"]
)
def test_an_account_that_is_no_more_watches_nobody(
    officer: Colleague, province_officer: Colleague, change: dict[str, Any]
) -> None:
    Staff.objects.filter(pk=province_officer.staff.pk).update(**change)
    with pytest.raises(actions.GlassUnwatchedError):
        break_it(officer.viewer)


def test_the_own_right_to_review_does_not_count(province_officer: Colleague) -> None:
    with pytest.raises(actions.GlassUnwatchedError):
        break_it(province_officer.viewer, unit="vn-2021:24")


@pytest.mark.parametrize(
    "unit",
    [QUY_NHON, "vn-2021:21586", "vn-2021:vn", "vn-2025:vn", "vn-2021:999", "An Nhơn", ""],
    ids=["own", "below own", "country", "country today", "unknown", "name", "none"],
)
def test_only_a_unit_outside_the_own_area_opens(
    officer: Colleague, province_officer: Colleague, unit: str
) -> None:
    with pytest.raises(actions.GlassUnitError):
        break_it(officer.viewer, unit=unit)


@pytest.mark.parametrize("unit", ["vn-2021:24", "vn-2025:24", "vn-2021:549", "vn-2021:21907"])
def test_a_unit_of_either_era_and_any_level_below_the_country_opens(
    officer: Colleague, province_officer: Colleague, unit: str
) -> None:
    break_it(officer.viewer, unit=unit)
    opened = opening_of(officer.viewer.id, NOON)
    assert opened is not None
    assert opened.units == {unit}


@pytest.mark.parametrize(
    "reason",
    ["", "cần xem", "xem xem xem xem xem xem", "a b c d e f", "Cần xem số liệu " * 40],
    ids=["empty", "short", "repeated", "letters", "too long"],
)
def test_a_reason_must_be_a_real_sentence(
    officer: Colleague, province_officer: Colleague, reason: str
) -> None:
    with pytest.raises(actions.GlassReasonError):
        break_it(officer.viewer, reason=reason)


@pytest.mark.parametrize(
    "change",
    [{"minutes": 16}, {"minutes": 1440}, {"minutes": 0}, {"purpose": "duty"}, {"purpose": ""}],
    ids=str,
)
def test_only_what_is_offered_can_be_chosen(
    officer: Colleague, province_officer: Colleague, change: dict[str, Any]
) -> None:
    with pytest.raises(actions.GlassChoiceError):
        break_it(officer.viewer, **change)


def test_a_purpose_that_has_ended_opens_nothing(
    officer: Colleague, province_officer: Colleague
) -> None:
    with pytest.raises(actions.GlassChoiceError):
        break_it(officer.viewer, at=datetime(2028, 1, 1, tzinfo=UTC))


def test_without_the_right_nothing_opens(auditor: Colleague, province_officer: Colleague) -> None:
    with pytest.raises(ForbiddenError):
        break_it(auditor.viewer)


def test_the_reason_lies_sealed(officer: Colleague, province_officer: Colleague) -> None:
    break_it(officer.viewer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM accounts_brokenglass")
        (sealed,) = cursor.fetchone()
    assert "chợ".encode() not in bytes(sealed)


def test_one_opening_at_a_time(officer: Colleague, province_officer: Colleague) -> None:
    break_it(officer.viewer)
    with pytest.raises(actions.GlassOpenError):
        break_it(officer.viewer, unit="vn-2021:24")


def test_after_one_has_ended_by_itself_another_opens(
    officer: Colleague, province_officer: Colleague
) -> None:
    break_it(officer.viewer)
    later = NOON + timedelta(minutes=15)
    break_it(officer.viewer, at=later, unit="vn-2021:24")
    opened = opening_of(officer.viewer.id, later)
    assert opened is not None
    assert opened.units == {"vn-2021:24"}


def test_the_database_refuses_two_open_at_once(
    officer: Colleague, province_officer: Colleague
) -> None:
    row = BrokenGlass.objects.get(pk=break_it(officer.viewer))
    row.pk = UUID(int=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_closing_ends_it_and_is_recorded(officer: Colleague, province_officer: Colleague) -> None:
    break_it(officer.viewer)
    actions.close_glass(by=officer.viewer, at=NOON + timedelta(minutes=2))
    assert opening_of(officer.viewer.id, NOON + timedelta(minutes=3)) is None
    assert len(events("glass_closed")) == 1


def test_nobody_closes_what_is_not_theirs_or_not_open(
    officer: Colleague, province_officer: Colleague
) -> None:
    break_it(officer.viewer)
    with pytest.raises(MissingError):
        actions.close_glass(by=province_officer.viewer, at=NOON)
    with pytest.raises(MissingError):
        actions.close_glass(by=officer.viewer, at=NOON + timedelta(hours=1))


def five_openings(officer: Colleague) -> list[UUID]:
    """All openings of a day, each closed at once."""
    opened = []
    for minute in range(5):
        opened.append(break_it(officer.viewer, at=NOON + timedelta(minutes=minute)))
        actions.close_glass(by=officer.viewer, at=NOON + timedelta(minutes=minute, seconds=30))
    return opened


def test_a_sixth_opening_of_a_day_needs_the_supervisor(
    officer: Colleague, province_officer: Colleague
) -> None:
    opened, later = five_openings(officer), NOON + timedelta(hours=1)
    with pytest.raises(actions.GlassTooOftenError):
        break_it(officer.viewer, at=later)
    review(opened[0], province_officer, Verdict.JUSTIFIED)
    assert break_it(officer.viewer, at=later)


def test_what_was_not_justified_frees_nothing_and_the_next_day_begins_anew(
    officer: Colleague, province_officer: Colleague
) -> None:
    review(five_openings(officer)[0], province_officer, Verdict.UNJUSTIFIED)
    with pytest.raises(actions.GlassTooOftenError):
        break_it(officer.viewer, at=NOON + timedelta(hours=1))
    assert break_it(officer.viewer, at=NOON + timedelta(hours=12))


def review(
    glass_id: UUID, by: Person, verdict: Verdict, at: datetime = NOON + timedelta(minutes=6)
) -> None:
    """Say what was found."""
    actions.review_glass(glass_id=glass_id, verdict=verdict, note=NOTE, by=by.viewer, at=at)


def test_the_supervisor_finds_it_and_settles_it_once(
    officer: Colleague, province_officer: Colleague
) -> None:
    glass_id = break_it(officer.viewer)
    assert [line.id for line in queries.to_review(province_officer.viewer)] == [glass_id]
    review(glass_id, province_officer, Verdict.JUSTIFIED)
    (line,) = queries.to_review(province_officer.viewer)
    assert (line.verdict, line.note) == (Verdict.JUSTIFIED, NOTE)
    (event,) = events("glass_reviewed")
    assert event.detail == {"verdict": "justified"}
    with pytest.raises(actions.GlassReviewedError):
        review(glass_id, province_officer, Verdict.UNJUSTIFIED)


def test_what_was_not_justified_ends_at_once(
    officer: Colleague, province_officer: Colleague
) -> None:
    review(break_it(officer.viewer), province_officer, Verdict.UNJUSTIFIED)
    assert opening_of(officer.viewer.id, NOON + timedelta(minutes=7)) is None


def test_nobody_reviews_the_own_opening(officer: Colleague, province_officer: Colleague) -> None:
    glass_id = break_it(officer.viewer)
    assert queries.to_review(officer.viewer).rows == ()
    with pytest.raises(MissingError):
        review(glass_id, officer, Verdict.JUSTIFIED)


def test_a_supervisor_of_another_area_finds_nothing(
    officer: Colleague, province_officer: Colleague, other_officer: Colleague
) -> None:
    glass_id = break_it(officer.viewer)
    assert queries.to_review(other_officer.viewer).rows == ()
    with pytest.raises(MissingError):
        review(glass_id, other_officer, Verdict.JUSTIFIED)


def test_a_supervisor_who_came_later_finds_it(
    officer: Colleague, province_officer: Colleague
) -> None:
    glass_id = break_it(officer.viewer)
    later = employed("later", Role("province_officer"), "vn-2025:52")
    assert [line.id for line in queries.to_review(later.viewer)] == [glass_id]
    assert queries.n_waiting(later.viewer) == 1


@pytest.mark.parametrize("note", ["", "ok", "được được được được"])
def test_a_review_says_something(
    officer: Colleague, province_officer: Colleague, note: str
) -> None:
    glass_id = break_it(officer.viewer)
    with pytest.raises(actions.GlassReasonError):
        actions.review_glass(
            glass_id=glass_id,
            verdict=Verdict.JUSTIFIED,
            note=note,
            by=province_officer.viewer,
            at=NOON,
        )


def test_an_opening_is_for_reading_only_and_ends(
    officer: Colleague, province_officer: Colleague
) -> None:
    break_it(officer.viewer)
    unit = registry().unit(UnitId("vn-2021:549"))

    def load(at: datetime, *, acting: bool = False) -> object:
        viewer = seen_through(officer.viewer, at)
        return authorised(
            unit, viewer=viewer, needs="directives.view", unit=lambda one: one, acting=acting
        )

    assert load(NOON) is unit
    with pytest.raises(MissingError):
        load(NOON, acting=True)
    with pytest.raises(MissingError):
        load(NOON + timedelta(minutes=15))


def test_what_is_read_through_glass_is_recorded_with_the_opening(
    officer: Colleague, province_officer: Colleague
) -> None:
    glass_id = break_it(officer.viewer)
    viewer = seen_through(officer.viewer)
    assert may_read(viewer, registry().unit(UnitId(AN_NHON)), ref="letter:1")
    assert may_read(viewer, registry().unit(UnitId(AN_NHON)), ref="letter:2")
    actions.note_glass(viewer=viewer, at=NOON)
    actions.note_glass(viewer=viewer, at=NOON)  # what was recorded is not recorded again
    (event,) = events("glass_seen")
    assert event.subject == "letter:1"
    assert event.detail == {"glass": str(glass_id), "unit": AN_NHON, "things": 2}


@pytest.mark.parametrize("unit", [QUY_NHON, "vn-2021:24"], ids=["own", "neither"])
def test_what_is_not_read_through_glass_is_not_recorded(
    officer: Colleague, province_officer: Colleague, unit: str
) -> None:
    break_it(officer.viewer)
    viewer = seen_through(officer.viewer)
    is_read = may_read(viewer, registry().unit(UnitId(unit)), ref="letter:1")
    actions.note_glass(viewer=viewer, at=NOON)
    assert is_read is (unit == QUY_NHON)
    assert not events("glass_seen")


def test_an_officer_of_many_units_breaks_the_glass_as_well(
    officer: Colleague, province_officer: Colleague
) -> None:
    below = [one for one in registry().units("vn-2021") if QUY_NHON in one.chain]
    other = [one for one in registry().units("vn-2021") if "vn-2021:543" in one.chain]
    many = frozenset(str(one.id) for one in [*below, *other])
    assert len(many) > 30
    break_it(replace(officer.viewer, units=many))
    assert BrokenGlass.objects.get().area.count(",") == len(many) - 1


def test_what_ended_by_itself_is_marked_and_old_openings_are_forgotten(
    officer: Colleague, province_officer: Colleague
) -> None:
    break_it(officer.viewer)
    actions.forget_glass(at=NOON + timedelta(hours=1))
    assert BrokenGlass.objects.get().ended_at == NOON + timedelta(minutes=15)
    assert actions.forget_glass(at=NOON + timedelta(days=731)) == 1


def test_the_same_right_above_counts_whole_areas_only(officer: Colleague) -> None:
    assert queries.covers(frozenset({PROVINCE}), officer.viewer.units)
    assert queries.covers(frozenset({"vn-2025:52"}), officer.viewer.units)
    assert not queries.covers(frozenset({"vn-2021:21586"}), officer.viewer.units)
    assert not queries.covers(frozenset({PROVINCE}), [])
