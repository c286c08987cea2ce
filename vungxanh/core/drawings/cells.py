"""A schematic map: areas in five bands, labels beside it or numbers with a key below.

Far islands and crowded parts stand in frames of their own scale.

One unit of a sheet is one CSS pixel at its natural size; x runs to the right, y down.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

LINE_HEIGHT = 15
PointXY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class AreaLabel:
    """Where the two lines of a label stand (`x`, `y`: first baseline) and its lead line."""

    x: float
    y: float
    anchor: Literal["start", "end"]
    lead: tuple[PointXY, ...]

    @property
    def path(self) -> str:
        """The lead line as the `d` of an SVG path."""
        return polyline(self.lead)

    @property
    def second_y(self) -> float:
        """The baseline of the second line."""
        return self.y + LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its outline `d`, the point its lead line starts from, and what it says.

    `share` is a percentage or None when not known; `band` is 1 to 5, or 0 without a figure;
    `is_missing` draws the hatch (no report, or no figure). `url` empty means no link. A `number`
    stands at (`x`, `y`) and in the key.
    """

    unit_id: str
    name: str
    d: str
    x: float
    y: float
    share: Decimal | None
    band: int
    label: AreaLabel | None = None
    url: str = ""
    is_missing: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Inset:
    """A frame for islands far away (Hoàng Sa, Trường Sa): `title` and `owner` stand above it.

    With a `url` it is a link to their unit; `share`, `band` and `is_missing` are those of an area.
    """

    title: str
    owner: str
    x: float
    y: float
    width: float
    height: float
    d: str
    band: int = 0
    share: Decimal | None = None
    is_missing: bool = False
    number: int | None = None
    url: str = ""

    @property
    def title_y(self) -> float:
        """The baseline of the title, above the frame."""
        return self.y - LINE_HEIGHT - 3

    @property
    def owner_y(self) -> float:
        """The baseline of the owner's name, just above the frame."""
        return self.y - 4


@dataclass(frozen=True, slots=True)
class Ground:
    """The outlines `d` of all areas of one band that are coloured here and named elsewhere."""

    band: int
    is_missing: bool
    d: str


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A frame on a sheet."""

    x: float
    y: float
    width: float
    height: float

    @property
    def letter_y(self) -> float:
        """The baseline of the letter that stands above the frame."""
        return self.y - 4


@dataclass(frozen=True, slots=True)
class Zoom:
    """A crowded part of a sheet, `window`, drawn larger in `frame`; both bear the `letter`.

    In the window it stands with its middle at `letter_at`.
    """

    letter: str
    letter_at: PointXY
    window: Rectangle
    frame: Rectangle
    areas: tuple[Area, ...]

    @property
    def scale(self) -> Decimal:
        """How many times larger, to one decimal."""
        return round(Decimal(self.frame.width) / Decimal(self.window.width), 1)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line of the key: which unit a number means, and what the map says of it."""

    number: int
    name: str
    url: str
    share: Decimal | None
    band: int
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Areas on a sheet `width` by `height`; `sentence` tells the result to who cannot see it.

    `note` always accompanies the drawing ("Sơ đồ …, không phải ranh giới chính thức").
    """

    width: float
    height: float
    areas: tuple[Area, ...]
    sentence: str
    insets: tuple[Inset, ...] = ()
    note: str = ""
    ground: tuple[Ground, ...] = ()
    zooms: tuple[Zoom, ...] = ()

    @property
    def named(self) -> tuple[Area, ...]:
        """Every area once, where it is a link and bears its number: on the sheet or in a zoom."""
        return (*self.areas, *(area for zoom in self.zooms for area in zoom.areas))

    @property
    def key(self) -> tuple[KeyLine, ...]:
        """The numbers of the sheet in order; empty where areas have labels of their own."""
        named: list[tuple[Area | Inset, str]] = [(area, area.name) for area in self.named]
        named += [(inset, inset.title) for inset in self.insets]
        lines = [
            KeyLine(one.number, name, one.url, one.share, one.band, one.is_missing)
            for one, name in named
            if one.number is not None
        ]
        return tuple(sorted(lines, key=lambda line: line.number))


@dataclass(frozen=True, slots=True)
class Band:
    """A class of the legend: `lower` ≤ share < `upper`, in percent, and how many units it holds."""

    number: int
    lower: Decimal | None
    upper: Decimal | None
    n_units: int = 0


@dataclass(frozen=True, slots=True)
class Swatch:
    """One field of the drawn legend."""

    band: Band | None
    x: float
    width: float


def polyline(points: tuple[PointXY, ...]) -> str:
    """An open line as the `d` of an SVG path.

    >>> polyline(((1, 2), (3.25, 4)))
    'M1 2L3.2 4'
    """
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points) if points else ""


def band_of(share: Decimal | None, bands: tuple[Band, ...]) -> int:
    """The number of the band that holds `share`; 0 when it is not known.

    >>> two = (Band(1, None, Decimal(10)), Band(2, Decimal(10), None))
    >>> band_of(Decimal("10.00"), two), band_of(None, two)
    (2, 0)
    """
    if share is None:
        return 0
    reached = [band.number for band in bands if band.lower is None or share >= band.lower]
    return reached[-1] if reached else 0


def bands_between(
    edges: tuple[Decimal, ...], shares: tuple[Decimal | None, ...]
) -> tuple[Band, ...]:
    """The bands cut at `edges` (ascending), each with the number of `shares` it holds.

    >>> [band.n_units for band in bands_between((Decimal(9), Decimal(10)), (Decimal(9), None))]
    [0, 1, 0]
    """
    lowers = (None, *edges)
    uppers = (*edges, None)
    empty = tuple(
        Band(number, lower, upper)
        for number, (lower, upper) in enumerate(zip(lowers, uppers, strict=True), start=1)
    )
    found = [band_of(share, empty) for share in shares]
    return tuple(
        Band(band.number, band.lower, band.upper, found.count(band.number)) for band in empty
    )


def swatches(bands: tuple[Band, ...], *, width: float, with_missing: bool) -> tuple[Swatch, ...]:
    """The fields of a legend `width` wide: equal parts with a seam of 2, the missing one last."""
    fields: tuple[Band | None, ...] = (*bands, None) if with_missing else bands
    part = width / max(len(fields), 1)
    return tuple(
        Swatch(band, round(index * part, 1), round(part - 2, 1))
        for index, band in enumerate(fields)
    )


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
