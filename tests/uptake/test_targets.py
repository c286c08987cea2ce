"""Targets and campaigns: one stands for a unit and a count, whoever comes at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.figures import AT, BINH_DINH, QUY_NHON
from tests.factories.people import AN_NHON, Person
from vungxanh.audit.models import AuditEvent
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.engines.coverage import CoverageError
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake import actions, queries
from vungxanh.uptake.actions import UptakeError
from vungxanh.uptake.models import Campaign, Target
from vungxanh.uptake.values.targets import Goal, NewCampaign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

DUE = date(2021, 8, 31)
LATER = AT + timedelta(hours=1)
GOAL = Goal(
    numerator="bluezone_with_phone",
    due_on=DUE,
    origin="Công văn thử",
    share_percent=Decimal(60),
    denominator="smartphones",
)
UNITS = (QUY_NHON, UnitId(AN_NHON))


def target(**changes: Any) -> Target:
    said: dict[str, Any] = {
        "unit_id": QUY_NHON,
        "numerator": "bluezone_with_phone",
        "denominator": "smartphones",
        "share_percent": Decimal(60),
        "due_on": DUE,
        "origin": "Công văn thử",
        "by": SYSTEM,
        "at": AT,
    }
    return actions.set_target(**{**said, **changes})


def campaign(**changes: Any) -> Campaign:
    asked = NewCampaign(BINH_DINH, "Cao điểm  tháng 8", UNITS, date(2021, 8, 1), GOAL)
    return actions.set_campaign(asked=replace(asked, **changes), by=SYSTEM, at=AT)


def standing(unit: str = QUY_NHON) -> list[Target]:
    return [one for one in queries.targets_of(UnitId(unit)) if one.ended_at is None]


def test_database_lets_one_target_stand_for_a_unit_and_a_count() -> None:
    first = target()
    again = Target.objects.get(id=first.id)
    again.id = new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    target(numerator="installs")
    assert len(standing()) == 2


def test_targets_that_stood_twice_are_mended_and_the_newest_stands() -> None:
    mend = import_module("vungxanh.uptake.migrations.0006_targets_mended").MEND
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX target_stands_once")
    same: dict[str, Any] = {
        "unit_id": QUY_NHON,
        "numerator": "installs",
        "n_asked": 500,
        "due_on": DUE,
    }
    rows = [Target(**same, set_at=AT + timedelta(minutes=n), set_by="x") for n in (0, 1, 2)]
    other = Target(**{**same, "unit_id": AN_NHON}, set_at=AT, set_by="x")
    Target.objects.bulk_create([*rows, other])
    with connection.cursor() as cursor:
        cursor.execute(mend)
    ends = [Target.objects.get(id=row.id).ended_at for row in (*rows, other)]
    assert ends == [rows[1].set_at, rows[2].set_at, None, None]


def test_target_set_by_another_meanwhile_is_not_overwritten_unseen() -> None:
    first = target()
    with pytest.raises(UptakeError) as refused:
        target(seen=(), at=LATER)
    assert refused.value.code == "uptake.target_meanwhile"
    assert standing() == [first]
    second = target(seen=[first.id], at=LATER)
    assert standing() == [second]


def test_number_is_a_target_and_binds_no_unit_below() -> None:
    number = target(
        unit_id=BINH_DINH, share_percent=None, denominator=None, n_asked=500, numerator="installs"
    )
    assert (number.denominator, number.share_percent, number.n_asked) == ("", None, 500)
    assert queries.target_of(locations.unit(BINH_DINH), LATER) == number
    assert queries.target_of(locations.unit(QUY_NHON), LATER) is None


def test_share_and_number_at_once_are_refused() -> None:
    with pytest.raises(CoverageError) as refused:
        target(n_asked=500)
    assert refused.value.code == "coverage.target_of_what"
    assert Target.objects.count() == 0


def test_campaign_gives_every_unit_its_target_and_ends_what_stood() -> None:
    before = target()
    found = campaign()
    before.refresh_from_db()
    assert before.ended_at == AT
    assert found.name == "Cao điểm tháng 8"
    assert {one.unit_id for one in queries.targets_in(found)} == set(UNITS)
    assert all(standing(unit)[0].campaign_id == found.id for unit in UNITS)
    assert queries.campaigns_of(BINH_DINH) == [(found, 2)]
    events = AuditEvent.objects.filter(event__startswith="uptake.").values_list("event", flat=True)
    assert sorted(events)[:1] == ["uptake.campaign_set"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, "uptake.campaign_without_name"),
        ({"unit_ids": ()}, "uptake.campaign_without_units"),
        ({"starts_on": DUE + timedelta(1)}, "uptake.campaign_dates"),
        ({"unit_ids": (QUY_NHON, UnitId("vn-2021:213"))}, "uptake.outside_campaign"),
        ({"unit_ids": (QUY_NHON, UnitId("vn-2021:999"))}, "uptake.outside_campaign"),
        ({"goal": replace(GOAL, share_percent=Decimal(101))}, "uptake.impossible_target"),
        ({"goal": replace(GOAL, denominator="")}, "coverage.target_without_base"),
    ],
    ids=["name", "units", "days", "elsewhere", "unknown", "above all", "no base"],
)
def test_campaign_is_refused_whole(changes: dict[str, Any], code: str) -> None:
    kept = target()
    with pytest.raises((UptakeError, CoverageError)) as refused:
        campaign(**changes)
    assert refused.value.code == code
    assert standing() == [kept]
    assert Campaign.objects.count() == 0


def test_officer_of_one_district_sets_no_campaign_of_the_province(officer: Person) -> None:
    asked = NewCampaign(BINH_DINH, "Cao điểm", UNITS, date(2021, 8, 1), GOAL)
    with pytest.raises(ForbiddenError):
        actions.set_campaign(asked=asked, by=officer.viewer, at=AT)
    assert Campaign.objects.count() == 0


def test_ended_campaign_comes_back_but_not_over_a_newer_target() -> None:
    found = campaign()
    by: dict[str, Any] = {"by": SYSTEM, "at": LATER, "campaign_id": found.id, "scope_id": BINH_DINH}
    assert actions.end_campaign(**by) == 2
    assert standing() == standing(AN_NHON) == []
    newer = target(at=LATER)
    assert actions.reopen_campaign(**by) == 1
    assert (standing(), len(standing(AN_NHON))) == ([newer], 1)


def test_ended_target_stands_again_where_no_other_does() -> None:
    first = target()
    by: dict[str, Any] = {"unit_id": QUY_NHON, "by": SYSTEM, "at": LATER}
    actions.end_target(target_id=first.id, **by)
    actions.reopen_target(target_id=first.id, **by)
    assert standing() == [first]
    target(at=LATER)
    with pytest.raises(UptakeError) as refused:
        actions.reopen_target(target_id=first.id, **by)
    assert refused.value.code == "uptake.target_stands"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_targets_set_at_once_one_stands() -> None:
    def set_one(share: int) -> None:
        try:
            target(share_percent=Decimal(share))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        list(both.map(set_one, (60, 70), timeout=30))
    assert len(standing()) == 1
    assert Target.objects.count() == 2
