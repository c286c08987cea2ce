"""The role of intake takes visits, and reads nothing of who people are."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.checkins.intake.calls import post, scan
from tests.factories import loops
from tests.factories.points import a_point
from vungxanh.checkins.actions.intake_trial import has_partition, intake_fault
from vungxanh.checkins.models import Scan
from vungxanh.core.async_connections import connector
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions, queries
from vungxanh.people.models import Device
from vungxanh.people.values.counts import Element
from vungxanh.people.values.devices import NewDevice

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
HELD = """
SELECT table_name, privilege_type, string_agg(column_name, ' ' ORDER BY ordinal_position)
FROM information_schema.column_privileges JOIN information_schema.columns
    USING (table_schema, table_name, column_name)
WHERE grantee = 'vungxanh_intake' AND table_schema = current_schema()
GROUP BY 1, 2
"""


@pytest.fixture
def as_intake(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    """Connections that open from now on take the role."""
    options = connections.settings["default"].setdefault("OPTIONS", {})
    monkeypatch.setitem(options, "options", "-c role=vungxanh_intake")
    assert loops.run(role_of_the_writer()) == "vungxanh_intake"


async def role_of_the_writer() -> str:
    async with await connector("a test")() as opened:
        return str((await (await opened.execute("SELECT current_user")).fetchone() or [""])[0])


def test_it_takes_the_visits_of_a_phone_of_nobody_yet_on_its_second_day(
    places_of_both_eras: None, as_intake: None
) -> None:
    now = datetime.now(UTC)
    phone = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now - DAY)
    sent = scan(a_point().code, now)
    answers = post(phone.token, [sent], [sent], [sent | {"direction": "out"}])
    assert [one.status for one in answers] == [200, 200, 200]
    assert Scan.objects.count() == 1
    device = Device.objects.get(pk=phone.id)
    assert (device.person_id is not None, device.second_day_on is not None) == (True, True)
    assert queries.total([""], Element.DEVICES) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT name FROM people_person",
        "SELECT key FROM people_person",
        "SELECT * FROM people_phone",
        "SELECT push FROM people_device",
        "UPDATE people_device SET token_digest = ''",
        "SELECT name FROM checkins_point",
        "UPDATE checkins_scan SET at = now()",
        "DELETE FROM checkins_scan",
        "TRUNCATE checkins_scan",
        "SELECT * FROM accounts_staff",
        "SELECT * FROM accounts_staffsession",
        "SELECT * FROM messaging_message",
        "SELECT * FROM procrastinate_jobs",
        "SELECT checkins_drop_days('2030-01-01')",
    ],
)
def test_it_reads_no_names_no_numbers_and_no_staff(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(statement)


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE vungxanh_intake")
        cursor.execute(statement)


def test_it_holds_what_rooms_granted_and_nothing_else() -> None:
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        held = {(table, right): columns.split() for table, right, columns in cursor.fetchall()}
    tables = {re.sub("_[0-9]{8}$", "", table) for table, _ in held}
    assert tables == {
        "audit_auditevent",
        "checkins_entrance",
        "checkins_point",
        "checkins_scan",
        "django_migrations",
        "people_device",
        "people_livecount",
        "people_person",
    }
    assert held["people_person", "SELECT"] == ["id"]
    assert held["people_device", "UPDATE"] == ["last_seen_at", "second_day_on", "person_id"]
    assert ("audit_auditevent", "SELECT") not in held
    assert ("checkins_scan", "UPDATE") not in held


def test_a_trial_says_whether_intake_could_write_and_leaves_nothing(
    transactional_db: None,
) -> None:
    now = datetime.now(UTC)
    assert intake_fault(now) == ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON checkins_scan FROM vungxanh_intake")
        assert "permission denied for table checkins_scan" in intake_fault(now)
        transaction.set_rollback(True)
    assert (intake_fault(now), Scan.objects.count()) == ("", 0)
    assert (has_partition(now), has_partition(now + 9000 * DAY)) == (True, False)
