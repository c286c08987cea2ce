"""A process that dies between a revocation and the list: the next job makes the list."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Func, IntegerField, Max, Value

from tests.factories.points import a_point, code_of
from tests.factories.register import AT
from vungxanh.checkins import jobs
from vungxanh.checkins.actions import listing
from vungxanh.checkins.actions.issuing import ISSUING
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.models import RevocationList
from vungxanh.checkins.queries.revocations import newest_read
from vungxanh.checkins.values.kinds import State
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.protocol.places.revocations import Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
MINUTE = timedelta(minutes=1)
OFFICER = Viewer(
    id="staff:7d0d3e8c-0000-4000-8000-000000000001",
    name="",
    units=frozenset({"vn-2025:21583"}),
    capabilities=frozenset({"points.manage"}),
)


class KilledError(Exception):
    """The process is no more."""


def said_of(number: int) -> Verdict:
    held = newest_read()
    assert held is not None
    return held.holds(number)


def test_a_process_killed_before_the_list_leaves_it_to_the_next_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """First nothing was begun, then the list itself was cut short: nothing half made is left."""
    point = a_point()
    code = code_of(point)
    listing.list_revoked(by=SYSTEM, at=AT)
    decide_point(point=point, state=State.SUSPENDED, reason="Sai", by=OFFICER, at=AT + MINUTE)
    assert said_of(code.pk) is Verdict.NOT_REVOKED

    def killed(**_said: object) -> None:
        raise KilledError

    with monkeypatch.context() as broken:
        broken.setattr(listing, "record", killed)
        with pytest.raises(KilledError):
            listing.list_revoked(by=SYSTEM, at=AT + 2 * MINUTE)
    assert RevocationList.objects.count() == 1
    with frozen_at(AT + 3 * MINUTE):
        jobs.list_revoked_codes(timestamp=0)
    assert said_of(code.pk) is Verdict.REVOKED


def held_up() -> int:
    """How many times this connection holds the lock that issuers wait for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            " AND ((classid::bigint << 32) | objid::bigint) = %s AND mode = 'ExclusiveLock'",
            [ISSUING],
        )
        return int(cursor.fetchone()[0])


def test_whoever_makes_a_list_lets_issuers_go_on_before_it_is_made() -> None:
    a_point()
    with transaction.atomic():
        listing.list_revoked(by=SYSTEM, at=AT)
        assert held_up() == 0


def test_a_question_that_fails_under_the_lock_lets_issuers_go_on_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on a table that is being rebuilt: the connection lives on, the lock does not."""
    wrong = Func(Value(1), function="no_such_function", output_field=IntegerField())
    monkeypatch.setattr(listing, "Max", lambda _name: Max(wrong))
    with pytest.raises(DatabaseError, match="no_such_function"):
        listing.list_revoked(by=SYSTEM, at=AT)
    assert held_up() == 0
