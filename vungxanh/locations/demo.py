"""What the demo shows of organisations and facilities: invented ones, marked so everywhere."""

from datetime import datetime
from importlib.resources import files as resources

from vungxanh.core.viewer import Viewer
from vungxanh.locations.imports import organisations as imports
from vungxanh.locations.models.organisations import OrganisationImport

SAMPLE = resources("vungxanh.locations") / "samples" / "to-chuc.csv"
SCOPE = "vn-2025:vn"


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


loaders = [load_invented]
