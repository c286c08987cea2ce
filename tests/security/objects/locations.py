"""Units, organisations, lists and boundaries that were brought, area levels."""

from datetime import date

from tests.factories import boundaries as made
from tests.factories.people import PROVINCE, QUY_NHON, Colleague
from tests.locations.organisations import entry
from tests.security.attacks import FORMULA, PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import queries as places
from vungxanh.locations.actions import area_levels, organisations
from vungxanh.locations.imports import organisations as lists
from vungxanh.locations.imports.boundaries import Asked, bring_boundaries
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.area_levels import Decision, LevelInputs

LIST = f"Tên cơ sở;Loại\n{FORMULA};Trung tâm y tế\n"


def things(owner: Colleague) -> list[Thing]:
    """One of each in Quy Nhơn; units, organisations and levels are open to anyone."""
    at = clock.now()
    hostile = entry(PAYLOAD[:150], source=FORMULA)
    organisation = organisations.add_organisation(entry=hostile, by=owner.viewer, at=at)
    area_levels.load_criteria(by=SYSTEM, at=at)
    level = area_levels.decide_level(
        unit_id=UnitId(QUY_NHON),
        on=date(2021, 10, 25),
        level=3,
        decision=Decision(PAYLOAD[:100], FORMULA),
        inputs=LevelInputs(),
        by=SYSTEM,
        at=at,
    )
    brought = lists.Brought(QUY_NHON, LIST.encode(), FORMULA, False, PAYLOAD[:100], "1/8/2021")
    listed = lists.bring_in(brought=brought, by=owner.viewer, at=at)
    asked = Asked(
        scope=places.unit(PROVINCE),
        content=made.content(made.file_of(PROVINCE)),
        file_name=FORMULA,
        source=PAYLOAD[:100],
        licence=PAYLOAD[:60],
        as_of=date(2021, 5, 1),
    )
    boundaries = bring_boundaries(asked=asked, by=SYSTEM, at=at)
    return [
        *(Thing(path, "unit_id", QUY_NHON, is_secret=False) for path in ("/don-vi/", "/dia-ban/")),
        Thing("/api/v1/units/", "unit_id", QUY_NHON, is_secret=False),
        Thing("/to-chuc/", "organisation_id", str(organisation), is_secret=False),
        Thing("/to-chuc/danh-sach.", "form", "csv", is_secret=False),
        Thing("/to-chuc/nhap/", "import_id", str(listed.id)),
        Thing(
            "/ranh-gioi/",
            "import_id",
            str(boundaries.id),
            is_secret=False,
        ),
        Thing("/don-vi/", "level_id", str(level.id), is_secret=False),
    ]
