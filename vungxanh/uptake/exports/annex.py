"""The annex as the province issues it: letterhead, ranked table, doubts, notes and source."""

from collections.abc import Iterable

from vungxanh.documents import vietnamese
from vungxanh.documents.content import Annex, AsOf, AttachedTo, Letterhead, Serial
from vungxanh.uptake.exports import remarks
from vungxanh.uptake.exports.figures import NOUNS, Layout, layout_of, table_of
from vungxanh.uptake.models import Claim
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.ranking import Standing
from vungxanh.uptake.values import ELEMENTS, ReportOptions


def figures_annex(
    scene: Scene, found: Standing, options: ReportOptions, *, claims: Iterable[Claim] = ()
) -> Annex:
    """The figures that the unit page shows, as an official annex; always in Vietnamese."""
    layout = layout_of(scene)
    automatic = remarks.automatic_notes(scene, found, layout, claims=claims)
    return Annex(
        letterhead=Letterhead(agency=options.agency, parent=options.parent),
        label=options.label,
        title=options.title,
        attached_to=_attached(options, layout),
        as_of=AsOf(layout.on, layout.at),
        units=units_of(layout),
        sorted_by=_order(found, layout),
        selection=_selection(scene),
        tables=(table_of(scene, found, layout=layout, marks=remarks.marks(scene, found, layout)),),
        footnotes=remarks.doubts(scene, found, layout),
        notes=(*options.notes, *automatic),
        source=options.source,
    )


def _order(found: Standing, layout: Layout) -> str:
    """By what the rows stand; where nobody has a rank, by name."""
    if all(row.rank is None for row in found.main):
        return "tên đơn vị, không xếp hạng"
    return f"tỷ lệ trên {NOUNS[layout.main.denominator]}"


def units_of(layout: Layout) -> str:
    """The measures of the columns: "người, máy; tỷ lệ %"."""
    elements = (layout.main.numerator, *(one.denominator for one in layout.indicators))
    measures = dict.fromkeys(ELEMENTS[element].measure.vi for element in elements)
    return f"{', '.join(measures)}; tỷ lệ %"


def _attached(options: ReportOptions, layout: Layout) -> AttachedTo | None:
    if not options.symbol:
        return None
    year = layout.on.year if options.dated is None else options.dated.year
    serial = Serial(options.symbol, number=options.number, dated=options.dated, year=year)
    return AttachedTo("Công văn", serial, options.agency)


def _selection(scene: Scene) -> str:
    known_at = scene.look.known_at
    return f"số liệu như đã biết lúc {vietnamese.moment(known_at)}" if known_at else ""
