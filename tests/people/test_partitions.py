"""Codes lie in a partition for each day: made ahead, dropped whole, and nothing slips past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.factories.register import AT, a_device, a_neighbour
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.actions import purging
from vungxanh.people.actions.partitions import go_by_day
from vungxanh.people.actions.personal_codes import offline_codes, read_code
from vungxanh.people.actions.refusals import CodeUsedError
from vungxanh.people.models import PhoneProof, UsedCode
from vungxanh.people.models.phones import PROVED
from vungxanh.people.queries.purging import overdue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = timedelta(days=1)
NIGHT = datetime(2026, 3, 3, 2, 30, tzinfo=TZ)
ALL = """
SELECT c.relname FROM pg_inherits JOIN pg_class AS c ON c.oid = inhrelid
WHERE inhparent = %s::regclass ORDER BY 1
"""


@pytest.fixture
def days() -> None:
    """Partitions for the week from the first of March."""
    go_by_day(at=NIGHT - 2 * DAY)


def asked(*moments: datetime) -> None:
    device, _ = a_device()
    PhoneProof.objects.bulk_create(
        PhoneProof(
            device=device,
            number="+84912000001",
            number_index=PROVED.digest("+84912000001"),
            code_digest=bytes(32),
            asked_at=at,
            until=at + timedelta(minutes=5),
        )
        for at in moments
    )
    with connection.cursor() as cursor:  # as at the end of a transaction
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def rows(statement: str, *given: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [str(row[0]) for row in cursor.fetchall()]


def lying() -> list[str]:
    return rows("SELECT tableoid::regclass FROM people_phoneproof ORDER BY asked_at")


def at_noon(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=TZ)


@contextmanager
def as_role(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def test_a_code_lies_in_the_partition_of_its_day_in_vietnam(days: None) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=TZ)
    asked(midnight - timedelta(microseconds=1), midnight)
    assert lying() == ["people_phoneproof_20260301", "people_phoneproof_20260302"]


def test_a_night_drops_the_day_before_yesterday_and_takes_yesterday_s_first_hours(
    days: None,
) -> None:
    asked(at_noon(1), NIGHT - DAY - timedelta(hours=1), NIGHT - DAY, at_noon(2))
    told = overdue(NIGHT)["people_phoneproof"]
    assert (told, purging.purge(at=NIGHT)["people_phoneproof"]) == (2, 2)
    assert "people_phoneproof_20260301" not in rows(ALL, "people_phoneproof")
    assert lying() == ["people_phoneproof_20260302"] * 2
    assert overdue(NIGHT)["people_phoneproof"] == 0


def test_what_dropped_partitions_held_is_counted(days: None) -> None:
    asked(*[at_noon(1)] * 3)
    assert go_by_day(at=NIGHT)["people_phoneproof"] == 3


def test_each_night_makes_the_partitions_of_the_week(days: None) -> None:
    purging.purge(at=NIGHT)
    made = rows(ALL, "people_usedcode")
    assert {f"people_usedcode_202603{day:02}" for day in range(3, 11)} <= set(made)


def test_what_comes_on_a_day_without_a_partition_is_kept_and_goes_in_time() -> None:
    asked(at_noon(1))
    assert lying() == ["people_phoneproof_default"]
    go_by_day(at=at_noon(1))
    assert lying() == ["people_phoneproof_default"]
    assert purging.purge(at=at_noon(2) + DAY)["people_phoneproof"] == 1


def test_a_code_is_used_once_however_many_partitions_there_are(days: None) -> None:
    person = a_neighbour()
    code = offline_codes(person_id=person.pk, n=1, at=AT)[0]
    read_code(text=code.text, by=SYSTEM, at=AT)
    purging.purge(at=NIGHT)
    with pytest.raises(CodeUsedError):
        read_code(text=code.text, by=SYSTEM, at=AT + 2 * DAY)
    assert UsedCode.objects.get().until == AT + 3 * DAY


def test_a_used_code_goes_with_its_day_and_not_before_it_is_over() -> None:
    go_by_day(at=AT)
    code = offline_codes(person_id=a_neighbour().pk, n=1, at=AT)[0]
    read_code(text=code.text, by=SYSTEM, at=AT)
    assert purging.purge(at=AT + 4 * DAY)["people_usedcode"] == 0
    assert go_by_day(at=AT + 5 * DAY)["people_usedcode"] == 1


def test_the_worker_drops_partitions_and_the_web_may_not(days: None) -> None:
    asked(at_noon(1))
    with as_role("vungxanh_web"), pytest.raises(ProgrammingError), transaction.atomic():
        go_by_day(at=NIGHT)
    with as_role("vungxanh_worker"):
        assert go_by_day(at=NIGHT)["people_phoneproof"] == 1


@pytest.mark.parametrize("function", ["people_make_partitions", "people_drop_partitions"])
def test_no_other_table_is_touched(function: str) -> None:
    given = (
        "'people_person', now()" if "drop" in function else "'people_person', '1/1/26', '1/2/26'"
    )
    with pytest.raises(Exception, match="has no partitions"), transaction.atomic():
        rows(f"SELECT {function}({given})")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_while_somebody_holds_the_table_the_rows_go_one_by_one(days: None) -> None:
    asked(at_noon(1))
    held, over = Barrier(2), Barrier(2)

    def hold() -> None:
        with transaction.atomic():
            PhoneProof.objects.count()
            held.wait()
            over.wait()
        connection.close()

    holder = Thread(target=hold)
    holder.start()
    held.wait()
    gone = purging.purge(at=NIGHT)["people_phoneproof"]
    over.wait()
    holder.join()
    assert (gone, PhoneProof.objects.count()) == (1, 0)
    assert "people_phoneproof_20260301" in rows(ALL, "people_phoneproof")
    assert go_by_day(at=NIGHT)["people_phoneproof"] == 0
    assert "people_phoneproof_20260301" not in rows(ALL, "people_phoneproof")


def migrate(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    MigrationExecutor(connection).migrate([("people", name)])


@pytest.mark.slow
def test_what_lay_in_one_table_lies_in_partitions_and_back() -> None:
    asked(at_noon(1), datetime.now(UTC))
    code = offline_codes(person_id=a_neighbour().pk, n=1, at=AT)[0]
    read_code(text=code.text, by=SYSTEM, at=AT)
    migrate("0004_proof_keeps_whom")
    assert set(lying()) == {"people_phoneproof"}
    migrate("0005_partitions")
    today = f"people_phoneproof_{datetime.now(TZ):%Y%m%d}"
    assert lying() == ["people_phoneproof_default", today]
    with pytest.raises(CodeUsedError):
        read_code(text=code.text, by=SYSTEM, at=AT + DAY)
