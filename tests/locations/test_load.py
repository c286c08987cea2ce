"""Putting the tree into the database."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from vungxanh.audit.models import AuditEvent
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import actions, queries
from vungxanh.locations.models import AdminUnit
from vungxanh.locations.values import COUNTRY, Level

MORNING = datetime(2021, 5, 26, 1, 0, tzinfo=UTC)


def recorded() -> list[dict[str, object]]:
    return list(
        AuditEvent.objects.filter(event="locations.loaded").values_list("detail", flat=True)
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_loading_writes_every_unit_once_and_one_audit_event() -> None:
    assert actions.load_units(by=SYSTEM, at=MORNING) == 11_368
    assert actions.load_units(by=SYSTEM, at=MORNING) == 0
    assert AdminUnit.objects.count() == 11_368
    assert recorded() == [{"n_changed": 11_368, "n_units": 11_368}]
    assert len(queries.descendants(COUNTRY, Level.COMMUNE)) == 10_599


@pytest.mark.slow
@pytest.mark.django_db
def test_loading_again_mends_what_differs_and_nothing_else() -> None:
    actions.load_units(by=SYSTEM, at=MORNING)
    AdminUnit.objects.filter(id="vn-2021:540").update(short_name="Qui Nhơn")
    assert actions.load_units(by=SYSTEM, at=MORNING) == 1
    assert queries.unit("vn-2021:540").short_name == "TP. Quy Nhơn"


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    "changes",
    [
        {"code": "541"},
        {"level": "village"},
        {"level": "country"},
        {"parent_id": None},
        {"valid_from": "2026-01-01"},
    ],
)
def test_the_table_refuses_units_that_cannot_be(changes: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AdminUnit.objects.filter(id="vn-2021:540").update(**changes)
