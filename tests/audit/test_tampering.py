"""Every kind of damage by the owner of the tables is found, named and placed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.tampering import NOON, attempt, sealed, tamper, write
from vungxanh.audit import actions
from vungxanh.audit.models import AuditDay, AuditEvent, AuditSeal, UnsealedEvent
from vungxanh.audit.queries import kept_seal, verify
from vungxanh.audit.queries.keyring import row_tagger
from vungxanh.audit.rules import BadSealFileError, KeptSeal, public_key, read_seal, row_line
from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.viewer import SYSTEM

DAY = timedelta(days=1)
QUEUED = "INSERT INTO QUEUE SELECT max(sequence) FROM LOG"
LATER = "UPDATE SEALS SET sealed_at = sealed_at + interval '1 s' WHERE number = 1"
NO_END = ["DELETE FROM SEALS WHERE number > 2", "DELETE FROM LOG WHERE subject > 'c'"]
NO_BEGINNING = ["DELETE FROM LOG WHERE subject < 'c'", "DELETE FROM SEALS WHERE number = 1"]
# A true row that was made in April 2021, as its id says.
OLD = ("audit.seen", "system:worker", "2021-04-26 05:00:00+00", "a", "upkeep", "{}")
INSERT = (
    "INSERT INTO audit_auditevent (id, event, by, at, subject, purpose, detail, tag)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
FIRST = date(2021, 5, 26)
COPY_OF_B = (
    "INSERT INTO LOG SELECT (gen_random_uuid()), nextval('audit_auditevent_sequence_seq'),"
    " event, by, at, 'x', purpose, detail, tag FROM LOG WHERE subject = 'b'"
)
SWAP = (
    "UPDATE LOG SET sequence = -sequence WHERE subject IN ('a', 'b')",
    (
        "UPDATE LOG SET sequence = (SELECT min(-sequence) FROM LOG"
        " WHERE sequence < 0) WHERE subject = 'b'"
    ),
    "UPDATE LOG SET sequence = -sequence + 1 WHERE subject = 'a'",
)


@pytest.fixture
def three_days(db: None) -> None:
    """a, b | c, d | e: two days that are signed, and today."""
    sealed("a", "b")
    sealed("c", at=NOON + DAY)
    sealed("d", at=NOON + DAY)
    sealed("e", at=NOON + 2 * DAY)


def found() -> str:
    verdict = verify()
    return str(verdict.fault)


def test_untouched_log_is_whole(three_days: None) -> None:
    verdict = verify()
    assert (verdict.fault, verdict.n_rows, verdict.n_seals, verdict.n_days) == (None, 5, 4, 2)


@pytest.mark.parametrize(
    ("fault", "statements"),
    [
        ("row_changed", ["UPDATE LOG SET subject = 'x' WHERE subject = 'b'"]),
        ("row_changed", ["UPDATE LOG SET by = 'staff:x' WHERE subject = 'b'"]),
        ("row_changed", ["UPDATE LOG SET at = at + interval '1 us' WHERE subject = 'b'"]),
        ("row_changed", ["UPDATE LOG SET purpose = 'duty' WHERE subject = 'b'"]),
        ("row_changed", ["UPDATE LOG SET detail = '{ }' WHERE subject = 'b'"]),
        ("row_changed", ["UPDATE LOG SET event = 'x' WHERE subject = 'b'"]),
        ("key_unknown", ["UPDATE LOG SET tag = decode(repeat('00', 20), 'hex')"]),
        ("row_removed", ["DELETE FROM LOG WHERE subject = 'b'"]),
        ("row_removed", ["DELETE FROM LOG"]),
        ("row_inserted", [COPY_OF_B]),
        ("row_inserted", [COPY_OF_B, QUEUED]),
        ("rows_moved", SWAP),
        ("seal_changed", ["UPDATE SEALS SET digest = decode(repeat('00', 32), 'hex')"]),
        ("seal_changed", ["UPDATE SEALS SET last_position = 9 WHERE number = 1"]),
        ("rows_moved", [LATER]),
        ("key_unknown", ["UPDATE SEALS SET tag = decode(repeat('00', 20), 'hex')"]),
        ("seal_missing", ["DELETE FROM SEALS WHERE number = 2"]),
        ("seal_missing", ["DELETE FROM SEALS WHERE number = 1"]),
        ("seal_missing", NO_END),
        ("day_missing", ["DELETE FROM DAYS WHERE day = '2021-05-26'"]),
        ("day_missing", ["DELETE FROM DAYS WHERE day = '2021-05-27'"]),
        ("day_changed", ["UPDATE DAYS SET head = decode(repeat('00', 32), 'hex')"]),
        ("day_changed", ["UPDATE DAYS SET signature = decode(repeat('00', 64), 'hex')"]),
        ("key_unknown", ["UPDATE DAYS SET key = decode(repeat('00', 32), 'hex')"]),
        ("seal_missing", NO_BEGINNING),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_damage_is_found(three_days: None, fault: str, statements: list[str]) -> None:
    tamper(*statements)
    assert found() == fault


def test_fault_is_placed(three_days: None) -> None:
    tamper("UPDATE LOG SET subject = 'x' WHERE subject = 'd'")
    verdict = verify()
    row = AuditEvent.objects.get(subject="x").sequence
    assert (verdict.day, verdict.seal, verdict.row) == (FIRST + DAY, 3, row)


def test_row_taken_from_the_queue_is_found(three_days: None) -> None:
    write("")
    UnsealedEvent.objects.all().delete()
    assert found() == "row_unqueued"


def test_row_copied_whole_is_found_even_when_it_was_sealed(three_days: None) -> None:
    tamper(
        "ALTER TABLE LOG DROP CONSTRAINT audit_auditevent_pkey",
        "INSERT INTO LOG SELECT id, nextval('audit_auditevent_sequence_seq'), event, by, at,"
        " subject, purpose, detail, tag FROM LOG WHERE subject = 'b'",
        "INSERT INTO QUEUE SELECT max(sequence) FROM LOG",
    )
    actions.seal_events(at=NOON + 2 * DAY)
    assert found() == "row_repeated"


def test_chain_made_anew_without_the_key_is_found(three_days: None) -> None:
    tamper(
        "DELETE FROM LOG WHERE subject = 'e'",
        "UPDATE SEALS SET n_rows = 0, sequences = '', last_position = 4 WHERE number = 4",
    )
    assert found() == "rows_moved"


@pytest.fixture
def kept(three_days: None) -> KeptSeal:
    """The newest day's seal, as an office has it on paper."""
    seal = kept_seal(None, viewer=SYSTEM)
    assert seal is not None
    return read_seal(seal.text)


CUT = (
    "DELETE FROM DAYS WHERE day = '2021-05-27'",
    "DELETE FROM SEALS WHERE number > 2",
    "DELETE FROM LOG WHERE subject > 'c'",
)


def test_end_cut_off_is_found_with_a_seal_kept_elsewhere(kept: KeptSeal) -> None:
    assert verify(kept=kept).is_whole
    tamper(*CUT)
    assert verify().is_whole
    assert verify(kept=kept).fault == "end_cut"


def test_day_made_anew_with_stolen_keys_is_found_with_a_seal_kept_elsewhere(kept: KeptSeal) -> None:
    tamper(*CUT)
    sealed("y", at=NOON + DAY)
    sealed("z", at=NOON + 2 * DAY)
    assert verify().is_whole
    verdict = verify(kept=kept)
    assert (verdict.fault, verdict.day) == ("seal_differs", FIRST + DAY)


def test_seal_kept_of_another_installation_is_told(kept: KeptSeal) -> None:
    secret = bytes(range(32))
    other = KeptSeal(kept.statement, public_key(secret), kept.statement.signature(secret))
    assert verify(kept=other).fault == "key_unknown"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("2021-05-27", "2021-05-28"),
        lambda text: text.replace("vungxanh audit day 1", "other"),
        lambda text: text.replace("signature", "signed-by"),
        lambda text: "",
    ],
    ids=["day", "title", "signature", "empty"],
)
def test_seal_file_that_was_changed_is_refused(kept: KeptSeal, spoil: Callable[[str], str]) -> None:
    with pytest.raises(BadSealFileError):
        read_seal(spoil(kept.text))


def test_seal_file_bears_what_mail_does_to_it(kept: KeptSeal) -> None:
    assert read_seal("\r\n" + kept.text.replace("\n", "  \r\n")) == kept


@pytest.mark.parametrize("use", [Use.AUDIT, Use.SEAL], ids=str)
def test_swapped_key_is_found(three_days: None, use: Use) -> None:
    path = keys.folder() / f"{use}.json"
    own = path.read_bytes()
    try:
        path.unlink()
        keys.create_missing()
        assert found() == "key_unknown"
    finally:
        path.write_bytes(own)
        keys.forget()


@pytest.mark.parametrize("use", [Use.AUDIT, Use.SEAL], ids=str)
def test_log_stays_whole_when_a_new_key_comes_into_use(three_days: None, use: Use) -> None:
    path = keys.folder() / f"{use}.json"
    own = path.read_bytes()
    try:
        keys.add_key(use)
        sealed("", at=NOON + 3 * DAY)
        assert verify().is_whole
    finally:
        path.write_bytes(own)
        keys.forget()


def test_check_since_a_day_begins_with_it(three_days: None) -> None:
    tamper("UPDATE LOG SET subject = 'x' WHERE subject = 'b'")
    later = verify(since=FIRST + DAY)
    assert (later.fault, later.n_rows) == (None, 3)
    assert verify(since=FIRST).fault == "row_changed"


def test_check_since_a_day_finds_rows_outside_of_seals(three_days: None) -> None:
    tamper(COPY_OF_B)
    assert verify(since=FIRST + DAY).fault == "row_inserted"


def test_progress_is_told(three_days: None) -> None:
    told: list[int] = []
    verify(progress=told.append)
    assert told == [5]


def purged() -> int:
    return actions.purge_days(at=NOON + 800 * DAY)


def test_purged_days_leave_their_seals_and_a_whole_log(kept: KeptSeal) -> None:
    assert purged() == 4
    assert sorted(AuditEvent.objects.values_list("subject", flat=True)) == [
        "day:2021-05-26",
        "day:2021-05-27",
        "e",
    ]
    assert (AuditDay.objects.count(), AuditSeal.objects.count()) == (2, 1)
    assert verify().is_whole
    assert verify(kept=kept).is_whole
    assert verify(since=FIRST + 2 * DAY).is_whole


def test_days_inside_the_retention_stay(three_days: None) -> None:
    assert actions.n_past(at=NOON + 731 * DAY) == {"audit_auditevent": 2, "audit_auditseal": 1}
    assert actions.purge_days(at=NOON + 731 * DAY) == 2
    assert actions.n_past(at=NOON + 731 * DAY) == {"audit_auditevent": 0, "audit_auditseal": 0}
    assert actions.purge_days(at=NOON + 731 * DAY) == 0
    assert verify().is_whole


def test_deletion_that_no_row_tells_of_is_no_purge(three_days: None) -> None:
    purged()
    tamper("DELETE FROM LOG WHERE event = 'audit.day_purged'")
    assert found() == "seal_missing"


def test_deletion_told_by_a_forged_row_is_no_purge(three_days: None) -> None:
    tamper(
        "DELETE FROM LOG WHERE subject < 'e'",
        "DELETE FROM SEALS WHERE number < 4",
        "UPDATE LOG SET event = 'audit.day_purged', subject = 'day:2021-05-27'",
    )
    assert found() == "seal_missing"


def test_row_that_came_back_after_its_purge_is_found(three_days: None) -> None:
    purged()
    with transaction.atomic():
        fields = ("01790000-0000-7000-8000-000000000000", *OLD)
        tag = row_tagger().tag(row_line(fields))
        with connection.cursor() as cursor:
            cursor.execute(INSERT, (*fields, tag))
    actions.seal_due(at=NOON + 801 * DAY)
    assert found() == "row_repeated"


@pytest.mark.parametrize(
    ("day", "days", "why"),
    [
        ("2021-05-28", 730, "not signed"),
        ("2021-05-27", 730, "oldest first"),
        ("2021-05-26", 100_000, "still kept"),
    ],
    ids=["unsigned", "not the oldest", "kept"],
)
def test_database_itself_refuses_to_purge(three_days: None, day: str, days: int, why: str) -> None:
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT audit_purge_day(%s, %s)", [day, days])


def test_no_short_retention_can_be_asked_for(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() AT TIME ZONE 'Asia/Ho_Chi_Minh'")
        now = cursor.fetchone()[0]
    sealed("a", at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditseal DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_auditseal SET sealed_at = now() - interval '300 days'")
        cursor.execute("ALTER TABLE audit_auditseal ENABLE TRIGGER USER")
    actions.sign_days(at=NOON + 5000 * DAY)
    day = (now - timedelta(days=300)).date()
    with (
        pytest.raises(DatabaseError, match="still kept"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT audit_purge_day(%s, 1)", [day])


@pytest.mark.parametrize("role", ["vungxanh_web", "vungxanh_intake", "vungxanh_auditor"])
def test_only_the_worker_may_purge(three_days: None, role: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(role, "SELECT audit_purge_day('2021-05-26', 730)")


def test_worker_purges_with_its_own_rights(three_days: None) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE vungxanh_worker")
        assert purged() == 4
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def test_setting_of_the_purge_opens_nothing_to_processes(three_days: None) -> None:
    statement = "SET LOCAL vungxanh.audit_purge = 'on'; DELETE FROM audit_auditevent"
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("vungxanh_worker", statement)


def test_day_is_signed_once_when_it_is_over(db: None) -> None:
    sealed("a")
    assert actions.sign_days(at=NOON) == 0
    assert actions.sign_days(at=NOON + DAY) == 1
    assert actions.sign_days(at=NOON + DAY) == 0
    seal = kept_seal(FIRST, viewer=SYSTEM)
    assert seal is not None
    assert seal.is_true
    assert (seal.statement.first_position, seal.statement.last_position) == (1, 1)
