"""What the demo shows: real letters of 2020 and 2021, and an invented one of after the reform."""

from datetime import datetime
from importlib.resources import files as resources

from vungxanh.core.viewer import Viewer
from vungxanh.directives import imports
from vungxanh.directives.imports import Asked
from vungxanh.locations import queries as locations

SAMPLES = resources("vungxanh.directives") / "samples"
# Each is received by the province of its own day.
RECEIVED = (
    ("vn-2025:52", "gia-lai-2026-mau.txt"),
    ("vn-2021:52", "binh-dinh-2021.txt"),
    ("vn-2021:52", "binh-phuoc-2020.txt"),
)


def load_letters(*, by: Viewer, at: datetime) -> None:
    """Bring the letters in once; a second run finds them there.

    A letter of a unit that is not loaded is left out.
    """
    loaded = locations.units({unit for unit, _name in RECEIVED})
    for unit, name in RECEIVED:
        if unit in loaded:
            content = (SAMPLES / name).read_bytes()
            imports.bring_in(asked=Asked(unit, content, name, is_pasted=False), by=by, at=at)


loaders = [load_letters]
