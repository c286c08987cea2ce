"""Putting the tree into the database."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from vungxanh.audit.models import AuditEvent
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import actions, queries
from vungxanh.locations.models import AdminUnit, UnitSuccession
from vungxanh.locations.values import COUNTRY, Level

MORNING = datetime(2021, 5, 26, 1, 0, tzinfo=UTC)


N_2021, N_2025, N_SUCCESSIONS = 11_368, 3_356, 14_980
N_ALL = N_2021 + N_2025 + N_SUCCESSIONS


def recorded() -> list[tuple[str, Any]]:
    loaded = AuditEvent.objects.filter(event="locations.loaded").order_by("sequence")
    return list(loaded.values_list("subject", "detail"))


@pytest.mark.slow
@pytest.mark.django_db
def test_loading_writes_both_eras_once_and_an_audit_event_for_each_part() -> None:
    assert actions.load_units(by=SYSTEM, at=MORNING) == N_ALL
    assert actions.load_units(by=SYSTEM, at=MORNING) == 0
    assert AdminUnit.objects.count() == N_2021 + N_2025
    assert UnitSuccession.objects.count() == N_SUCCESSIONS
    assert recorded() == [
        ("tree:vn-2021", {"n_changed": N_2021, "n_units": N_2021}),
        ("tree:vn-2025", {"n_changed": N_2025, "n_units": N_2025}),
        ("succession:vn-2021", {"n_changed": N_SUCCESSIONS, "n_successions": N_SUCCESSIONS}),
    ]
    assert len(queries.descendants(COUNTRY, Level.COMMUNE)) == 10_599
    assert len(queries.descendants("vn-2025:vn", Level.COMMUNE)) == 3_321


@pytest.mark.slow
@pytest.mark.django_db
def test_loading_again_mends_what_differs_and_nothing_else() -> None:
    actions.load_units(by=SYSTEM, at=MORNING)
    AdminUnit.objects.filter(id="vn-2021:540").update(short_name="Qui Nhơn")
    UnitSuccession.objects.filter(old_id="vn-2021:21586").update(certainty="uncertain")
    assert actions.load_units(by=SYSTEM, at=MORNING) == 3
    assert queries.unit("vn-2021:540").short_name == "TP. Quy Nhơn"
    assert queries.successors("vn-2021:21586")[0].certainty == "sure"


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


@pytest.mark.usefixtures("places_of_both_eras")
@pytest.mark.parametrize(
    "changes",
    [
        {"new_id": "vn-2021:540"},
        {"new_id": "vn-2025:21583"},
        {"share": "1.5"},
        {"share": "0"},
        {"certainty": "perhaps"},
        {"source": "rumour"},
        {"is_default": True},
    ],
)
def test_the_table_refuses_successions_that_cannot_be(changes: dict[str, object]) -> None:
    parts = UnitSuccession.objects.filter(old_id="vn-2021:540")
    parts.filter(new_id="vn-2025:21583").update(is_default=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        parts.filter(new_id="vn-2025:21553").update(**changes)
