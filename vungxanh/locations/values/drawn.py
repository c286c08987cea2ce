"""A map sheet made ready to be drawn: shares and addresses put to its shapes."""

import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from vungxanh.core.drawings.cells import (
    Area,
    AreaLabel,
    Ground,
    Inset,
    Rectangle,
    Sheet,
    Zoom,
)
from vungxanh.locations.values.maps import (
    Box,
    MapInset,
    MapLabel,
    MapShape,
    MapSheet,
    Point,
)
from vungxanh.locations.values.numbering import letter_spot
from vungxanh.locations.values.units import UnitId


@dataclass(frozen=True, slots=True)
class Shade:
    """What a map says of a unit: share in percent, band 1 to 5 (0 none), whether it is hatched."""

    share: Decimal | None = None
    band: int = 0
    is_missing: bool = False


NO_SHADE = Shade()


@dataclass(frozen=True, slots=True)
class Colours:
    """How a sheet is coloured and where its units lead: shade by unit, address by unit.

    Units without a shade get `otherwise`.
    """

    url: Callable[[UnitId], str]
    shades: Mapping[UnitId, Shade]
    otherwise: Shade = NO_SHADE

    def of(self, unit_id: UnitId) -> Shade:
        """The shade of a unit."""
        return self.shades.get(unit_id, self.otherwise)


def drawn_sheet(sheet: MapSheet, colours: Colours, *, sentence: str, note: str) -> Sheet:
    """The sheet as templates draw it; `sentence` tells the result to who cannot see it."""
    zoomed = {shape.unit_id: shape for shape in sheet.shapes if shape.anchor is None}
    unnamed = [
        (one.unit_id, one.d) for zoom in sheet.zooms for one in zoom.shapes if not one.anchor
    ]
    unnamed += [(shape.unit_id, shape.d) for shape in zoomed.values()]
    return Sheet(
        width=sheet.width,
        height=sheet.height,
        areas=tuple(
            _area(shape, shape.d, at=shape.anchor, colours=colours)
            for shape in sheet.shapes
            if shape.anchor
        ),
        sentence=sentence,
        insets=tuple(_inset(inset, colours) for inset in sheet.insets),
        note=note,
        ground=_ground(unnamed, colours),
        zooms=_zooms(sheet, zoomed, colours),
    )


def _zooms(
    sheet: MapSheet, zoomed: Mapping[UnitId, MapShape], colours: Colours
) -> tuple[Zoom, ...]:
    """The frames with their letters; none of these covers a number."""
    spots = [(one.unit_id, one.anchor) for one in sheet.shapes]
    spots += [(one.unit_id, one.anchor) for zoom in sheet.zooms for one in zoom.shapes]
    known = {one.unit_id: one.number or 0 for one in sheet.shapes}
    taken = [((at.x, at.y), known[unit_id]) for unit_id, at in spots if at]
    return tuple(
        Zoom(
            letter=letter,
            letter_at=letter_spot(_edges(zoom.window), taken),
            window=_rectangle(zoom.window),
            frame=_rectangle(zoom.frame),
            areas=tuple(
                _area(zoomed[one.unit_id], one.d, at=one.anchor, colours=colours)
                for one in zoom.shapes
                if one.anchor
            ),
        )
        for letter, zoom in zip(string.ascii_uppercase, sheet.zooms, strict=False)
    )


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _ground(outlines: Iterable[tuple[UnitId, str]], colours: Colours) -> tuple[Ground, ...]:
    """Outlines put together by what they are coloured with."""
    by_shade: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for unit_id, d in outlines:
        shade = colours.of(unit_id)
        by_shade[shade.band, shade.is_missing].append(d)
    return tuple(Ground(*key, "".join(found)) for key, found in sorted(by_shade.items()))


def _area(shape: MapShape, d: str, *, at: Point, colours: Colours) -> Area:
    shade = colours.of(shape.unit_id)
    return Area(
        unit_id=shape.unit_id,
        name=shape.name,
        d=d,
        x=at.x,
        y=at.y,
        share=shade.share,
        band=shade.band,
        label=_label(shape.label) if shape.label else None,
        url=colours.url(shape.unit_id),
        is_missing=shade.is_missing,
        number=shape.number,
    )


def _label(label: MapLabel) -> AreaLabel:
    return AreaLabel(
        x=label.at.x,
        y=label.at.y,
        anchor="end" if label.side == "left" else "start",
        lead=tuple((point.x, point.y) for point in label.lead),
    )


def _inset(inset: MapInset, colours: Colours) -> Inset:
    shade = colours.of(inset.unit_id)
    return Inset(
        title=inset.title,
        owner=inset.owner,
        x=inset.corner.x,
        y=inset.corner.y,
        width=inset.width,
        height=inset.height,
        d=inset.d,
        band=shade.band,
        share=shade.share,
        is_missing=shade.is_missing,
        number=inset.number,
        url=colours.url(inset.unit_id),
    )


def _rectangle(box: Box) -> Rectangle:
    return Rectangle(box.x, box.y, box.width, box.height)
