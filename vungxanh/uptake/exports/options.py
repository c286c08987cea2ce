"""What is proposed to the officer before a document is frozen."""

from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.uptake.exports.agencies import agency_of, in_a_sentence, issuer_of, whole
from vungxanh.uptake.exports.figures import NOUNS, OFFICIAL, Layout
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.values import ReportOptions

_TYPES = ("tỉnh", "quận", "huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn")


def proposed(scene: Scene, layout: Layout) -> ReportOptions:
    """The options as proposed: the agency of the as-of's day, the usual title and note."""
    issuer = issuer_of(scene.unit, layout.on)
    agency = agency_of(issuer, layout.on)
    words = {"unit": in_a_sentence(issuer), "above": _above(issuer)}
    noun = NOUNS[scene.look.indicator.numerator]
    return ReportOptions(
        parent=agency.parent.format(**words),
        agency=agency.name.format(**words),
        symbol=agency.symbol,
        label="Phụ lục",
        title=(noun.upper(), f"theo {_types_of_parts(scene)}".upper()),
        notes=(_method(scene),),
        source=_sources(layout),
        place=_place(issuer),
        subject=f"báo cáo số {noun} đến ngày {layout.day_words}",
        addressees=tuple(name.format(**words) for name in agency.reports_to),
        recipients=("Như trên", f"Lưu: VT, {agency.symbol.rpartition('-')[2]}"),
        post=agency.head_post,
    )


def _method(scene: Scene) -> str:
    return (
        "Tỷ lệ tính từ số đếm, làm tròn nửa lên đến 2 số lẻ; "
        f"tỷ lệ {whole(scene.unit).lower()} là tổng chia tổng, "
        "không phải trung bình của các đơn vị."
    )


def _above(unit: Unit) -> str:
    above = locations.ancestors(unit.id)
    return in_a_sentence(above[-1]) if above else ""


def _place(unit: Unit) -> str:
    return "Hà Nội" if unit.parent_id is None else unit.bare_name


def _types_of_parts(scene: Scene) -> str:
    """The kinds of units in the table, in the order of the law: "huyện, thị xã, thành phố"."""
    found = {part.unit.type_word.lower() for part in scene.node.parts}
    known = [word for word in _TYPES if word in found]
    return ", ".join([*known, *sorted(found - set(known))]) or "đơn vị"


def _sources(layout: Layout) -> str:
    """Where each column comes from; columns of one source are named together."""
    by_source: dict[tuple[str, ...], list[str]] = {}
    for element, sources in layout.sources.items():
        by_source.setdefault(sources, []).append(OFFICIAL[element])
    if len(by_source) == 1:
        return f"{'; '.join(next(iter(by_source)))}."
    named = [f"{_joined(names)}: {', '.join(sources)}" for sources, names in by_source.items()]
    return f"{'; '.join(named)}." if named else ""


def _joined(names: list[str]) -> str:
    return " và ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
