"""The table takes a batch of scans whatever one of them is like."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from tests.checkins.intake.calls import id_at, microseconds
from tests.factories import loops
from vungxanh.checkins.gateways.scan_table import ScanTable
from vungxanh.checkins.models import Scan
from vungxanh.checkins.values.scans import Outcome, ScanRow
from vungxanh.core.async_connections import connector
from vungxanh.core.group_commit import GroupCommit
from vungxanh.people.actions.senders import senders
from vungxanh.people.values.devices import Registered
from vungxanh.people.values.senders import Sender

pytestmark = pytest.mark.django_db(transaction=True)


def row(sender: Sender, **said: Any) -> ScanRow:
    now = datetime.now(UTC)
    at = microseconds(now)
    plain = ScanRow(id_at(now), sender.person_id, 1, 0, 0, 0, at, at, sender.device_id, 0)
    return plain._replace(**said)


def put(rows: list[ScanRow]) -> list[Outcome]:
    async def run() -> list[Outcome]:
        commit = GroupCommit[ScanRow, Outcome](ScanTable(), connector("a test"))
        told = await commit.put(rows)
        await commit.close()
        return told

    return loops.run(run())


@pytest.fixture
def sender(phone: Registered) -> Sender:
    return senders(tokens=[phone.token], at=datetime.now(UTC))[phone.token]


@pytest.mark.parametrize("said", [{"direction": 2}, {"entrance": 256}, {"means": 3}, {"means": -1}])
def test_a_scan_that_the_table_does_not_take_hinders_no_other(
    sender: Sender, said: dict[str, int]
) -> None:
    told = put([row(sender), row(sender, **said), row(sender)])
    assert told == [Outcome.STORED, Outcome.NOT_TAKEN, Outcome.STORED]
    assert Scan.objects.count() == 2


def test_a_commit_waits_for_the_disk_whatever_the_database_is_set_to() -> None:
    async def set_to() -> str:
        async with await connector("a test")() as opened:
            found = await opened.execute("SHOW synchronous_commit")
            return str((await found.fetchone() or [""])[0])

    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = off")
        try:
            assert loops.run(set_to()) == "on"
        finally:
            cursor.execute("ALTER ROLE CURRENT_USER RESET synchronous_commit")
