"""What the demo shows of the register and of area levels: invented, and marked so everywhere."""

import csv
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files as resources

from vungxanh.core.viewer import Viewer
from vungxanh.locations.actions import area_levels as levels
from vungxanh.locations.imports import organisations as imports
from vungxanh.locations.models.area_levels import AreaLevel
from vungxanh.locations.models.organisations import OrganisationImport
from vungxanh.locations.values import parse_unit_id
from vungxanh.locations.values.area_levels import Decision, LevelInputs

SAMPLES = resources("vungxanh.locations") / "samples"
SAMPLE = SAMPLES / "to-chuc.csv"
LEVELS = SAMPLES / "cap-do.csv"
SCOPE = "vn-2025:vn"
POPULATION_SOURCE = "số ví dụ, không có thật"


def load_invented(*, by: Viewer, at: datetime) -> None:
    """Take the sample in as a list of its own; a second run changes nothing."""
    if OrganisationImport.objects.filter(file_name=SAMPLE.name).exists():
        return
    brought = imports.Brought(
        unit=SCOPE,
        content=SAMPLE.read_bytes(),
        name=SAMPLE.name,
        is_pasted=False,
        source="Dữ liệu minh họa của phần mềm",
        as_of="1/7/2025",
    )
    kept = imports.bring_in(brought=brought, by=by, at=at)
    imports.accept(import_id=kept.id, choices={}, by=by, at=at)


def load_levels(*, by: Viewer, at: datetime) -> None:
    """Levels of some communes of both trees, told or decided; a second run changes nothing."""
    if AreaLevel.objects.filter(is_invented=True).exists():
        return
    lines = LEVELS.read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines, delimiter=";"):
        _set_level(row, by=by, at=at)


def _set_level(row: Mapping[str, str], *, by: Viewer, at: datetime) -> None:
    """One row: decided where it names a level, else told by the criteria of its day."""
    unit_id = parse_unit_id(row["Mã địa bàn"])
    on = datetime.strptime(row["Từ ngày"] + " +0700", "%d/%m/%Y %z").date()
    if row["Cấp độ"]:
        levels.decide_level(
            unit_id=unit_id,
            on=on,
            level=int(row["Cấp độ"]),
            decision=Decision(row["Cơ quan"], row["Số quyết định"]),
            is_invented=True,
            by=by,
            at=at,
        )
        return
    inputs = LevelInputs(
        n_new_cases=int(row["Ca trong tuần"]),
        population=int(row["Dân số"]),
        population_source=POPULATION_SOURCE,
        n_adults=int(row["Từ 18 tuổi"]),
        n_adults_dosed=int(row["Đã tiêm"]),
        has_capacity=row["Đủ khả năng điều trị"] == "có",
    )
    levels.compute_level(unit_id=unit_id, on=on, inputs=inputs, is_invented=True, by=by, at=at)


loaders = [load_invented, load_levels]
