"""The role of intake takes visits, and reads nothing of who people are."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.checkins.intake.calls import post, scan
from tests.factories import loops
from tests.factories.points import a_point
from tests.factories.register import a_neighbour
from vungxanh.accounts.actions.devices import enrol_device
from vungxanh.checkins.actions.door_devices import invite_door_device
from vungxanh.checkins.actions.intake_trial import has_partition, intake_fault
from vungxanh.checkins.models import Scan
from vungxanh.core.async_connections import connector
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.people import actions, queries
from vungxanh.people.actions.personal_codes import offline_codes, print_card
from vungxanh.people.models import Device, Person
from vungxanh.people.values.counts import Element
from vungxanh.people.values.devices import NewDevice

pytestmark = pytest.mark.django_db(transaction=True)
OFFICER = Viewer(id="system:test", name="", capabilities=frozenset({"points.manage"}))
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


def test_it_finds_and_begins_those_whom_a_keeper_reads(
    places_of_both_eras: None, as_intake: None
) -> None:
    now, point = datetime.now(UTC), a_point()
    holder = a_neighbour(papers=(("cccd", "052185000001"),), phone="0912000041")
    card = print_card(person_id=holder.pk, by=SYSTEM, at=now)
    once = offline_codes(person_id=holder.pk, n=1, at=now)[0]
    link = invite_door_device(point=point, entrance=0, name="Máy mẫu", by=OFFICER, at=now)
    door = enrol_device(code=link.code, at=now)
    read = [
        ("vn.cccd", "052185000001"),
        ("vn.cccd", "052185000002|123456789|Người Mẫu|20031985|Nữ|Quy Nhơn|01052021"),
        ("bhyt", "GD4520000000001"),
        ("phone", "0912000041"),
        ("phone", "0912000042"),
        ("vn.person", "******000001|NGUOI MAU|1985-**-**|0|Q1|"),
        ("vungxanh.person", card.text),
        ("vungxanh.person", once.text),
    ]
    sent = [
        scan(point.code, now, means="keeper", subject={"kind": kind, "value": value})
        for kind, value in read
    ]
    first, second = (*post(door.token, sent), *post(door.token, sent))
    assert first.body == {"stored": 8, "duplicate": 0, "refused": []}
    assert second.body == {"stored": 0, "duplicate": 8, "refused": []}
    assert Scan.objects.filter(person_id=holder.pk).count() == 4
    assert Person.objects.count() == 5


def test_it_takes_the_visits_of_companions(places_of_both_eras: None, as_intake: None) -> None:
    now = datetime.now(UTC)
    phone = actions.register_device(device=NewDevice("web"), by=SYSTEM, at=now)
    sent = scan(a_point().code, now, subject={"kind": "companion", "value": "+2"})
    (answer,) = post(phone.token, [sent])
    assert answer.body == {"stored": 1, "duplicate": 0, "refused": []}
    assert Person.objects.get(companion=2).guardian_id == Device.objects.get().person_id


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT name FROM people_person",
        "SELECT key FROM people_person",
        "SELECT number FROM people_phone",
        "SELECT number FROM people_document",
        "SELECT code FROM people_nationalcode",
        "SELECT token FROM people_searchtoken",
        "UPDATE people_person SET guardian_id = NULL",
        "UPDATE people_phone SET proved_at = now()",
        "DELETE FROM people_usedcode",
        "SELECT name FROM accounts_enrolleddevice",
        "UPDATE accounts_enrolleddevice SET token_digest = NULL",
        "INSERT INTO checkins_doordevice SELECT FROM checkins_doordevice",
        "SELECT * FROM people_phone",
        "SELECT push FROM people_device",
        "UPDATE people_device SET token_digest = ''",
        "SELECT outcome FROM declarations_declaration",
        "UPDATE declarations_declaration SET answers = NULL",
        "DELETE FROM declarations_declaration",
        "SELECT work FROM declarations_pending",
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


def test_it_keeps_persons_longer_and_never_shorter(places_of_both_eras: None) -> None:
    before = a_neighbour().kept_until
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("UPDATE people_person SET kept_until = kept_until - 1")
    attempt("UPDATE people_person SET kept_until = kept_until + 1")
    assert Person.objects.get().kept_until == before + DAY


def test_it_holds_what_rooms_granted_and_nothing_else() -> None:
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        held = {(table, right): columns.split() for table, right, columns in cursor.fetchall()}
    tables = {re.sub("_([0-9]{8}|default)$", "", table) for table, _ in held}
    assert tables == {
        "accounts_enrolleddevice",
        "audit_auditevent",
        "checkins_doordevice",
        "checkins_entrance",
        "checkins_point",
        "checkins_scan",
        "declarations_declaration",
        "declarations_declarationcount",
        "declarations_pending",
        "declarations_questionnaire",
        "declarations_ruleset",
        "django_migrations",
        "people_device",
        "people_document",
        "people_livecount",
        "people_nationalcode",
        "people_person",
        "people_phone",
        "people_printedcard",
        "people_searchtoken",
        "people_usedcode",
    }
    known = {"id", "guardian_id", "companion", "residence_id", "kept_until"}
    assert set(held["people_person", "SELECT"]) == known
    assert held["people_person", "UPDATE"] == ["kept_until"]
    assert held["accounts_enrolleddevice", "UPDATE"] == ["last_contact_at"]
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
