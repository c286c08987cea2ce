"""The schematic map of the units below, coloured by the ranking share."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from vungxanh.core.drawings.cells import Band, Sheet, band_of, bands_between
from vungxanh.core.shown import Choice
from vungxanh.documents import vietnamese
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Colours, MapSheet, Shade, UnitId, drawn_sheet
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.pages import MapCard
from vungxanh.uptake.values import ELEMENTS


def map_card(scene: Scene) -> MapCard | None:
    """The map, or None where no drawing of this unit exists."""
    sheet = locations.sheet(scene.unit.id)
    if sheet is None:
        return None
    shares: dict[UnitId, Decimal | None] = {
        p.unit.id: scene.whole_share(node=p) for p in scene.node.parts
    }
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
                ELEMENTS[name].short.in_language(scene.look.lang),
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
    shares: Mapping[UnitId, Decimal | None],
    bands: tuple[Band, ...],
) -> Sheet:
    colours = Colours(
        url=scene.look.url,
        shades={
            unit: Shade(share, band_of(share, bands), is_missing=share is None)
            for unit, share in shares.items()
        },
        otherwise=Shade(is_missing=True),
    )
    return drawn_sheet(
        sheet,
        colours,
        sentence=_sentence(scene, shares),
        note=sheet.note.in_language(scene.look.lang),
    )


def _sentence(scene: Scene, shares: Mapping[UnitId, Decimal | None]) -> str:
    names: dict[UnitId, str] = {p.unit.id: p.unit.bare_name for p in scene.node.parts}
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
