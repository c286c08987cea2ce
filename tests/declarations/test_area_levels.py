"""Levels of areas enter the judgement: of the home on the day, and the worst of places visited."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.checkins.intake.calls import id_at
from tests.declarations.declare_scene import NOON, WELL, a_holder, forms, made
from tests.factories.points import a_point
from vungxanh.checkins.models import Scan
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.gateways.judging import OUTCOME_PLACE
from vungxanh.declarations.models import Declaration
from vungxanh.declarations.values.declared import Made
from vungxanh.locations.actions.area_levels import decide_level, withdraw_level
from vungxanh.locations.values.area_levels import Decision, LevelOn
from vungxanh.locations.values.units import UnitId
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.persons import envelope_of

pytestmark = pytest.mark.django_db
HOME = str(WELL["unit"])
ELSEWHERE = "vn-2021:21553"
TODAY = NOON.astimezone(clock.TZ).date()


@pytest.fixture(autouse=True)
def _forms(places_of_both_eras: None) -> None:
    forms()


def level(unit: str, number: int, *, on: date) -> LevelOn:
    """A unit of this level from a day on."""
    decision = Decision("Ủy ban mẫu", "1/QĐ-MẪU")
    return decide_level(
        unit_id=UnitId(unit), on=on, level=number, decision=decision, by=SYSTEM, at=NOON
    )


def visited(device: Device, unit: str, *, ago_days: int) -> None:
    """A scan of the holder at a point of a unit."""
    at = NOON - timedelta(days=ago_days)
    Scan.objects.create(
        id=id_at(at),
        person_id=device.person_id or 0,
        point_id=a_point(f"Chợ mẫu {ago_days}", unit=unit).pk,
        entrance=0,
        direction=0,
        means=0,
        at=at,
        received_at=at,
        device_id=new_id(),
        flags=0,
    )


def judged(one: Made) -> dict[str, Any]:
    """The colour of a declaration, and the facts of areas that its rules were given."""
    (told,) = declare(made=(one,), at=NOON)
    row = Declaration.objects.get(pk=one.id)
    envelope = envelope_of(Person.objects.get(pk=row.person_id))
    facts = json.loads(envelope.open(bytes(row.outcome or b""), OUTCOME_PLACE))["facts"]
    return {
        "colour": told.colour,
        "home": facts.get("area_level"),
        "places": facts.get("worst_place_level"),
    }


def test_home_in_an_area_of_level_4_is_yellow_from_its_day_on() -> None:
    level(HOME, 4, on=TODAY)
    device = a_holder()
    assert judged(made(device)) == {"colour": "yellow", "home": 4, "places": None}
    earlier = NOON - timedelta(days=1)
    before = replace(made(device), id=id_at(earlier), at=earlier)
    assert judged(before) == {"colour": "green", "home": None, "places": None}


def test_level_that_was_taken_back_does_not_count() -> None:
    set_wrongly = level(HOME, 4, on=TODAY)
    withdraw_level(level_id=set_wrongly.id, reason="ghi nhầm", by=SYSTEM, at=NOON)
    level(ELSEWHERE, 4, on=TODAY)
    assert judged(made(a_holder())) == {"colour": "green", "home": None, "places": None}


def test_worst_place_of_the_days_looked_back_counts_by_its_level_on_that_day() -> None:
    device = a_holder()
    level(HOME, 1, on=TODAY - timedelta(days=30))
    level(ELSEWHERE, 4, on=TODAY - timedelta(days=5))
    level(ELSEWHERE, 2, on=TODAY - timedelta(days=2))
    visited(device, HOME, ago_days=1)
    visited(device, ELSEWHERE, ago_days=1)
    assert judged(made(device)) == {"colour": "green", "home": 1, "places": 2}
    visited(device, ELSEWHERE, ago_days=4)
    again = replace(made(device), at=NOON + timedelta(minutes=1))
    assert judged(again) == {"colour": "yellow", "home": 1, "places": 4}


def test_places_before_the_days_looked_back_and_of_others_do_not_count() -> None:
    device, other = a_holder(), a_holder()
    level(ELSEWHERE, 4, on=TODAY - timedelta(days=60))
    visited(other, ELSEWHERE, ago_days=1)
    visited(device, ELSEWHERE, ago_days=22)
    assert judged(made(device))["places"] is None


def test_nobody_is_asked_about_where_no_level_is_set() -> None:
    device = a_holder()
    visited(device, ELSEWHERE, ago_days=1)
    assert judged(made(device)) == {"colour": "green", "home": None, "places": None}
