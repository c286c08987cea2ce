"""The schematic map of the units below, coloured by the ranking share."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from vungxanh.core.drawings.cells import (
    Area,
    AreaLabel,
    Band,
    Inset,
    Sheet,
    band_of,
    bands_between,
)
from vungxanh.documents import vietnamese
from vungxanh.locations import queries as locations
from vungxanh.locations.values import MapInset, MapLabel, MapShape, MapSheet
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.pages import Choice, MapCard
from vungxanh.uptake.values import INDICATORS


def map_card(scene: Scene) -> MapCard | None:
    """The map, or None where no drawing of this unit exists."""
    sheet = locations.sheet(scene.unit.id)
    if sheet is None:
        return None
    shares: dict[str, Decimal | None] = {p.unit.id: scene.share(p) for p in scene.node.parts}
    bands = bands_between(scene.edges, tuple(shares.values()))
    n_missing = sum(share is None for share in shares.values())
    indicator = scene.look.indicator
    return MapCard(
        title=_("Sơ đồ theo %(by)s") % {"by": indicator.label.in_language(scene.look.lang).lower()},
        sheet=_sheet(scene, sheet, shares=shares, bands=bands),
        bands=bands,
        n_missing=n_missing,
        missing_word=_("chưa có số"),
        measures=tuple(
            Choice(
                INDICATORS[name].short.in_language(scene.look.lang),
                scene.look.url(scene.unit.id, theo=None if name == "population" else name),
                current=scene.look.by == name,
            )
            for name in ("population", "smartphones")
        ),
    )


def _sheet(
    scene: Scene,
    sheet: MapSheet,
    *,
    shares: Mapping[str, Decimal | None],
    bands: tuple[Band, ...],
) -> Sheet:
    return Sheet(
        width=sheet.width,
        height=sheet.height,
        areas=tuple(
            _area(scene, shape, share=shares.get(shape.unit_id), bands=bands)
            for shape in sheet.shapes
        ),
        sentence=_sentence(scene, shares),
        insets=tuple(_inset(inset, shares.get(inset.unit_id), bands) for inset in sheet.insets),
        note=sheet.note.in_language(scene.look.lang),
    )


def _area(scene: Scene, shape: MapShape, *, share: Decimal | None, bands: tuple[Band, ...]) -> Area:
    return Area(
        unit_id=shape.unit_id,
        name=shape.name,
        d=shape.d,
        x=shape.anchor.x,
        y=shape.anchor.y,
        share=share,
        band=band_of(share, bands),
        label=_label(shape.label) if shape.label else None,
        url=scene.look.url(shape.unit_id),
        is_missing=share is None,
    )


def _label(label: MapLabel) -> AreaLabel:
    return AreaLabel(
        x=label.at.x,
        y=label.at.y,
        anchor="end" if label.side == "left" else "start",
        lead=tuple((point.x, point.y) for point in label.lead),
    )


def _inset(inset: MapInset, share: Decimal | None, bands: tuple[Band, ...]) -> Inset:
    return Inset(
        title=inset.title,
        owner=inset.owner,
        x=inset.corner.x,
        y=inset.corner.y,
        width=inset.width,
        height=inset.height,
        d=inset.d,
        band=band_of(share, bands),
    )


def _sentence(scene: Scene, shares: Mapping[str, Decimal | None]) -> str:
    names: dict[str, str] = {p.unit.id: p.unit.bare_name for p in scene.node.parts}
    known = sorted((share, names[unit]) for unit, share in shares.items() if share is not None)
    about = _("Sơ đồ %(n)s đơn vị của %(name)s") % {"n": len(shares), "name": scene.unit.name}
    if not known:
        return f"{about}: {_('chưa có số liệu')}"
    (low, lowest), (high, highest) = known[0], known[-1]
    lang = scene.look.lang
    return _("%(about)s; cao nhất %(highest)s %(high)s, thấp nhất %(lowest)s %(low)s") % {
        "about": about,
        "highest": highest,
        "high": vietnamese.share_percent(high, lang),
        "lowest": lowest,
        "low": vietnamese.share_percent(low, lang),
    }
