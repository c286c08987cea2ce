"""Lists of revoked codes: made when something changed, exact, never against a code under way."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from tests.factories.points import a_point, code_of
from tests.factories.register import AT
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.issuing import Door, issue_codes
from vungxanh.checkins.actions.listing import KEPT_FOR, list_revoked
from vungxanh.checkins.models import Point, PointCode, RevocationList
from vungxanh.checkins.queries import revocations as queries
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.protocol.places.revocations import RevocationList as ReadList
from vungxanh.protocol.places.revocations import Verdict, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def listed(at: datetime = AT) -> ReadList:
    made = list_revoked(by=SYSTEM, at=at)
    assert made is not None
    return read(bytes(made.content), public_keys())


def revoke(point: Point, at: datetime = AT) -> PointCode:
    code = code_of(point)
    PointCode.objects.filter(pk=code.pk).update(revoked_at=at, revoked_by="staff:x")
    return code


def test_a_revoked_code_is_on_the_list_and_every_other_is_not() -> None:
    points = [a_point(f"Chợ {n}") for n in range(40)]
    gone = {revoke(point).pk for point in points[::4]}
    held = listed()
    said = {code.pk: held.holds(code.pk) for code in PointCode.objects.all()}
    assert {number for number, one in said.items() if one is Verdict.REVOKED} == gone
    assert {one for number, one in said.items() if number not in gone} == {Verdict.NOT_REVOKED}


def test_the_list_is_signed_under_the_present_key() -> None:
    a_point()
    assert listed().verified is True


def test_a_code_that_was_rotated_is_good_until_its_day_and_then_listed() -> None:
    code = code_of(a_point())
    PointCode.objects.filter(pk=code.pk).update(ends_at=AT + 2 * MINUTE)
    assert listed().holds(code.pk) is Verdict.NOT_REVOKED
    assert list_revoked(by=SYSTEM, at=AT + MINUTE) is None
    assert listed(AT + 2 * MINUTE).holds(code.pk) is Verdict.REVOKED


def test_nothing_new_makes_no_new_list_until_a_day_has_passed() -> None:
    a_point()
    listed()
    assert list_revoked(by=SYSTEM, at=AT + MINUTE) is None
    assert list_revoked(by=SYSTEM, at=AT + DAY + MINUTE) is not None


def test_a_revocation_is_due_at_the_next_minute() -> None:
    code = code_of(a_point())
    listed()
    PointCode.objects.filter(pk=code.pk).update(revoked_at=AT + MINUTE, revoked_by="staff:x")
    assert listed(AT + MINUTE).holds(code.pk) is Verdict.REVOKED
    assert list_revoked(by=SYSTEM, at=AT + 2 * MINUTE) is None


def test_a_revocation_that_came_into_the_table_late_is_due_too() -> None:
    point = a_point()
    listed(AT + MINUTE)
    revoke(point, AT)  # begun before the list, committed after it
    assert queries.is_due(AT + 2 * MINUTE)


def test_a_revocation_taken_back_leaves_the_list() -> None:
    code = revoke(a_point())
    assert listed().holds(code.pk) is Verdict.REVOKED
    PointCode.objects.filter(pk=code.pk).update(revoked_at=None, revoked_by="")
    assert listed(AT + MINUTE).holds(code.pk) is Verdict.NOT_REVOKED


def test_a_code_issued_after_the_list_is_not_covered_and_never_refused() -> None:
    point = a_point()
    held = listed()
    (newer,) = issue_codes(doors=[Door(point.pk, point.code)], by=SYSTEM, at=AT)
    assert held.holds(newer.pk) is Verdict.NOT_COVERED


def test_without_any_code_there_is_a_list_that_refuses_none() -> None:
    assert listed().holds(1) is Verdict.NOT_COVERED


def test_old_lists_go_and_the_newest_stays() -> None:
    first = list_revoked(by=SYSTEM, at=AT)
    second = list_revoked(by=SYSTEM, at=AT + KEPT_FOR + MINUTE)
    assert first is not None
    assert second is not None
    assert list(RevocationList.objects.values_list("pk", flat=True)) == [second.pk]


def test_the_log_says_of_how_many_codes_a_list_speaks() -> None:
    revoke(a_point())
    a_point("Chợ khác")
    list_revoked(by=SYSTEM, at=AT)
    event = AuditEvent.objects.get(event="checkins.revoked_listed")
    assert (event.detail["revoked"], event.detail["valid"]) == (1, 1)


def test_a_list_older_than_26_hours_is_stale() -> None:
    list_revoked(by=SYSTEM, at=AT)
    fresh, stale = (
        queries.newest_facts(AT + timedelta(hours=26)),
        queries.newest_facts(AT + 2 * DAY),
    )
    assert fresh is not None
    assert stale is not None
    assert (fresh.is_stale, stale.is_stale) == (False, True)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_list_never_speaks_of_a_code_that_is_still_on_its_way() -> None:
    """Another transaction has drawn a number and not committed: the list ends before it."""
    point = a_point()
    old = code_of(point)
    first = listed()
    drawn: list[int] = []
    issued, go_on = threading.Event(), threading.Event()

    def issue() -> None:
        try:
            with transaction.atomic():
                found = issue_codes(doors=[Door(point.pk, point.code)], by=SYSTEM, at=AT)
                drawn.append(found[0].pk)
                issued.set()
                go_on.wait(30)
        finally:
            connection.close()

    other = threading.Thread(target=issue)
    other.start()
    assert issued.wait(30)
    revoke(point, AT + MINUTE)
    held = listed(AT + MINUTE)
    go_on.set()
    other.join()
    assert held.holds(drawn[0]) is Verdict.NOT_COVERED
    assert held.holds(old.pk) is Verdict.REVOKED
    assert held.revocations.upto == first.revocations.upto
