"""A schematic map: areas, their bands, and labels led out to the left and to the right.

Units: the sheet's own user units; one unit is one CSS pixel when the sheet is drawn at full width.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Side = Literal["left", "right", "none"]

LABEL_STEP = 30.0  # two lines of 12 px text and a little air
LEAD_GAP = 4.0  # between the end of a lead line and its text
ELBOW = 6.0  # the level end of a lead line
MARGIN = 92.0  # room for the longest short name of a district at 12 px


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its outline `d`, the point that its label is led from, and what it says.

    `share` is a percentage or None when not known; `band` is 1 to 5, or 0 without a figure;
    `is_missing` draws the hatch (no report, or no figure). `url` empty means no link.
    """

    unit_id: str
    name: str
    d: str
    x: float
    y: float
    side: Side
    share: Decimal | None
    band: int
    url: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Inset:
    """A labelled frame for what lies far away: Hoàng Sa and Trường Sa on the country's map."""

    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """Areas on a sheet `width` by `height`; `sentence` tells the result to who cannot see it."""

    width: float
    height: float
    areas: tuple[Area, ...]
    sentence: str
    insets: tuple[Inset, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A class of the legend: `lower` ≤ share < `upper`, in percent, and how many units it holds."""

    number: int
    lower: Decimal | None
    upper: Decimal | None
    n_units: int


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands: the lead line from the area's point, and the start of its two lines."""

    area: Area
    path: str
    x: float
    y: float
    anchor: Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A laid out sheet: total size, the offset of the areas, the labels."""

    width: float
    height: float
    offset: float
    sheet: Sheet
    labels: tuple[Label, ...]


def band_of(share: Decimal | None, bands: tuple[Band, ...]) -> int:
    """The number of the band that holds `share`; 0 when it is not known.

    >>> two = (Band(1, None, Decimal(10), 0), Band(2, Decimal(10), None, 0))
    >>> band_of(Decimal("10.00"), two), band_of(None, two)
    (2, 0)
    """
    if share is None:
        return 0
    below = [band for band in bands if band.lower is None or share >= band.lower]
    return below[-1].number if below else 0
