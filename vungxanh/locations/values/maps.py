"""Map sheets: the frozen types of a drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vungxanh.locations import rules
from vungxanh.locations.values.units import UnitId, unit_id
from vungxanh.refusals import Words


class Side(StrEnum):
    """The margin of a sheet in which a label stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a sheet, in its drawing units: x to the right, y down."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class MapLabel:
    """Where a name stands and the line that leads to it.

    `at` is the baseline of the first of two lines: text ends there on the left side
    (`text-anchor="end"`) and begins there on the right. `lead` runs from the shape to the text.
    """

    side: Side
    at: Point
    lead: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class MapShape:
    """One unit's outline: `d` of an SVG path, a point inside it, and how it is called.

    A sheet of a few units has a label beside the map for each. Where there are many, each has a
    `number` in the order of names, which stands at `anchor`; `anchor` is None where the shape is
    too small for it, and then stands in a zoom.
    """

    unit_id: UnitId
    name: str
    d: str
    anchor: Point | None
    label: MapLabel | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class MapInset:
    """Islands too far away for the sheet, drawn in a box of their own scale.

    `title` and `owner` are to be written above the box: "Hoàng Sa", "Đà Nẵng".
    """

    unit_id: UnitId
    title: str
    owner: str
    corner: Point
    width: int
    height: int
    d: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a sheet."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ZoomShape:
    """A unit's outline as a zoom shows it; `anchor`: where its number stands, if here."""

    unit_id: UnitId
    d: str
    anchor: Point | None


@dataclass(frozen=True, slots=True)
class MapZoom:
    """A crowded part of a sheet, `window`, drawn larger in `frame` below.

    A window may lie in the frame of another zoom.
    """

    window: Box
    frame: Box
    shapes: tuple[ZoomShape, ...]


class MapQuality(StrEnum):
    """Whether the cells lie where the units do; `rough` sheets say so. `own`: real boundaries."""

    FAIR = "fair"
    ROUGH = "rough"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A drawing of a unit's children; one drawing unit is one CSS pixel at natural size.

    `note` always accompanies the drawing.
    """

    unit_id: UnitId
    width: int
    height: int
    shapes: tuple[MapShape, ...]
    insets: tuple[MapInset, ...]
    quality: MapQuality
    note: Words
    zooms: tuple[MapZoom, ...] = ()

    @property
    def unit_ids(self) -> tuple[UnitId, ...]:
        """The units of shapes and of insets; those of a country's insets stand twice."""
        shapes = tuple(shape.unit_id for shape in self.shapes)
        return (*shapes, *(inset.unit_id for inset in self.insets))

    @property
    def numbers(self) -> dict[UnitId, int]:
        """The numbers by which the key and lists name the units; empty on a sheet with labels."""
        known: tuple[MapShape | MapInset, ...] = (*self.shapes, *self.insets)
        return {one.unit_id: one.number for one in known if one.number is not None}


def sheet_from_wire(tree: str, row: Mapping[str, Any], *, note: Words | None = None) -> MapSheet:
    """A sheet as the builders in `tools` or `plotting` wrote it, codes made ids of the tree."""
    return MapSheet(
        unit_id=unit_id(tree, row["code"]),
        width=row["width"],
        height=row["height"],
        shapes=tuple(_shape(tree, one) for one in row["shapes"]),
        insets=tuple(_inset(tree, one) for one in row["insets"]),
        quality=MapQuality(row["quality"]),
        note=note or rules.MAP_NOTES["country" if row["code"] == "vn" else row["quality"]],
        zooms=tuple(_zoom(tree, one) for one in row.get("zooms", ())),
    )


def _shape(tree: str, row: Mapping[str, Any]) -> MapShape:
    label = row.get("label")
    return MapShape(
        unit_id=unit_id(tree, row["code"]),
        name=row["name"],
        d=row["d"],
        anchor=_point(row["anchor"]),
        label=_label(label) if label else None,
        number=row.get("number"),
    )


def _point(corner: Sequence[int] | None) -> Point | None:
    return Point(*corner) if corner else None


def _zoom(tree: str, row: Mapping[str, Any]) -> MapZoom:
    return MapZoom(
        Box(*row["window"]),
        Box(*row["frame"]),
        tuple(
            ZoomShape(unit_id(tree, one["code"]), one["d"], _point(one["anchor"]))
            for one in row["shapes"]
        ),
    )


def _label(row: Mapping[str, Any]) -> MapLabel:
    lead = tuple(Point(*corner) for corner in row["lead"])
    return MapLabel(Side(row["side"]), Point(*row["at"]), lead)


def _inset(tree: str, row: Mapping[str, Any]) -> MapInset:
    return MapInset(
        unit_id=unit_id(tree, row["code"]),
        title=row["title"],
        owner=row["owner"],
        corner=Point(*row["corner"]),
        width=row["width"],
        height=row["height"],
        d=row["d"],
        number=row.get("number"),
    )
