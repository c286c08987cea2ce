"""What the demo shows: two real letters of 2020 and 2021 as the machine reads them."""

from datetime import datetime
from importlib.resources import files as resources

from vungxanh.core.viewer import Viewer
from vungxanh.directives import imports
from vungxanh.directives.imports import Asked

SAMPLES = resources("vungxanh.directives") / "samples"
UNIT = "vn-2021:52"
NAMES = ("binh-dinh-2021.txt", "binh-phuoc-2020.txt")


def load_letters(*, by: Viewer, at: datetime) -> None:
    """Bring the letters in once; a second run finds them there."""
    for name in NAMES:
        content = (SAMPLES / name).read_bytes()
        imports.bring_in(asked=Asked(UNIT, content, name, is_pasted=False), by=by, at=at)


loaders = [load_letters]
