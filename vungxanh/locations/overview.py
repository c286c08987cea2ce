"""Pages of units, composed from queries: what a unit is, was, and became."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core.drawings.cells import Sheet
from vungxanh.documents import vietnamese
from vungxanh.locations import pages, queries, rules
from vungxanh.locations.values import (
    REFORM,
    Colours,
    Heir,
    Level,
    Located,
    MapSheet,
    Unit,
    UnitId,
    changes,
    drawn_sheet,
    same_level,
    tree_on,
)

SHOWN_HEIRS = 6


def found_lines(found: Sequence[Located], lang: str) -> tuple[pages.FoundLine, ...]:
    """The lines of a search; one query for all that the units became."""
    later = queries.heirs_of([hit.unit.id for hit in found if hit.unit.valid_to])
    return tuple(_found_line(hit, later.get(hit.unit.id, ()), lang) for hit in found)


def place_page(unit: Unit, on: date, lang: str) -> pages.PlacePage:
    """The page of a unit as seen on a day; at most twelve queries."""
    above, heirs = queries.ancestors(unit.id), queries.heirs(unit.id)
    below = queries.children(unit.id)
    up = queries.next_up(unit.id, on)
    return pages.PlacePage(
        name=unit.name,
        unit_id=unit.id,
        crumbs=(*(_link(one) for one in above), pages.Link(unit.short_name)),
        on=on,
        facts=_facts(unit, up, on=on, era=_era(unit, heirs, lang), lang=lang),
        warning=_warning(unit, on, lang),
        became=_became(unit, heirs, lang),
        made_from=_made_from(unit, lang),
        children=tuple(_child(one) for one in below),
        children_title=rules.counted([one.type_word for one in below]).in_language(lang)
        if below
        else "",
        map=_map(unit, lang),
        figures=_figures(unit),
    )


def _found_line(hit: Located, heirs: Sequence[Heir], lang: str) -> pages.FoundLine:
    unit = hit.unit
    return pages.FoundLine(
        unit=_link(unit, unit.name),
        code=unit.id,
        above=", ".join(one.short_name for one in hit.above),
        era=_era(unit, heirs, lang),
        became=_summary(heirs, lang) if heirs else "",
        heirs=tuple(_link(heir.unit) for heir in heirs[:SHOWN_HEIRS]),
        n_more=max(len(heirs) - SHOWN_HEIRS, 0),
        figures=_figures(unit),
    )


def _facts(unit: Unit, up: Unit | None, *, on: date, era: str, lang: str) -> tuple[pages.Fact, ...]:
    own = rules.own_name(unit.name, unit.type_word)
    english = rules.english_name(unit.type_word, own)
    facts = [
        pages.Fact(_("Tên tiếng Việt"), unit.name),
        pages.Fact(_("Tên tiếng Anh"), english),
        pages.Fact(_("Loại"), _type(unit, lang)),
        pages.Fact(_("Mã"), unit.code),
        pages.Fact(_("Hiệu lực"), era),
    ]
    if up is not None:
        label = _("Cấp trên ngày %(day)s") % {"day": vietnamese.date(on, lang)}
        facts.append(pages.Fact(label, up.name, _url(up.id)))
    return (*facts, *_renamed(unit, lang))


def _renamed(unit: Unit, lang: str) -> list[pages.Fact]:
    words = _("%(name)s; nghị quyết %(act)s ngày %(day)s")
    return [
        pages.Fact(
            _("Tên trước đó"),
            words
            % {
                "name": one.name_before,
                "act": one.resolution,
                "day": vietnamese.date(one.resolved_on, lang),
            },
        )
        for one in changes()
        if one.unit_id == unit.id
    ]


def _warning(unit: Unit, on: date, lang: str) -> str:
    if unit.tree == tree_on(on):
        return ""
    day = {"name": unit.name, "day": vietnamese.date(on, lang)}
    if unit.valid_to is not None:
        return _("Ngày %(day)s không còn %(name)s. Phần dưới cho biết nay thuộc đâu.") % day
    return _("Ngày %(day)s chưa có %(name)s. Phần dưới cho biết hình thành từ đâu.") % day


def _became(unit: Unit, heirs: Sequence[Heir], lang: str) -> pages.Passing | None:
    if not heirs or unit.level is Level.COUNTRY:
        return None
    sentence = f"{unit.name} → {_summary(heirs, lang)}"
    return pages.Passing(sentence, tuple(_kin(heir, lang) for heir in heirs))


def _made_from(unit: Unit, lang: str) -> pages.Passing | None:
    earlier = queries.forebears(unit.id)
    kept = {one.id for one in same_level(unit, (heir.unit for heir in earlier))}
    rows = [heir for heir in earlier if heir.unit.id in kept]
    if not rows or unit.level is Level.COUNTRY:
        return None
    counted = rules.counted([heir.unit.type_word for heir in rows]).in_language(lang)
    return pages.Passing(f"{counted} → {unit.name}", tuple(_kin(heir, lang) for heir in rows))


def _kin(heir: Heir, lang: str) -> pages.Kin:
    told = heir.succession
    return pages.Kin(
        unit=_link(heir.unit, heir.unit.name),
        code=heir.unit.id,
        above=heir.above.short_name if heir.above else "",
        share=rules.passed(told.source, is_whole=told.share == 1).in_language(lang),
        tone="ok" if told.certainty == "sure" else "warn",
        certainty=rules.CERTAINTIES[told.certainty].in_language(lang),
        basis=rules.SOURCES[told.source].in_language(lang),
        is_default=told.is_default and told.share != 1,
    )


def _summary(heirs: Iterable[Heir], lang: str) -> str:
    return rules.counted([heir.unit.type_word for heir in heirs]).in_language(lang)


def _child(one: Unit) -> pages.ChildLine:
    return pages.ChildLine(_link(one, one.name), one.id)


def _era(unit: Unit, heirs: Sequence[Heir], lang: str) -> str:
    if any(heir.succession.source in rules.MERGED_EARLIER for heir in heirs):
        return rules.UNTIL_MERGED.in_language(lang)
    if unit.valid_to is not None:
        last = vietnamese.date(date(2025, 6, 30), lang)
        return _("đến hết %(day)s") % {"day": last}
    return _("từ %(day)s") % {"day": vietnamese.date(REFORM, lang)}


def _type(unit: Unit, lang: str) -> str:
    if lang.startswith("en"):
        return rules.ENGLISH_TYPE[unit.type_word]
    return unit.type_word or "nước"


def _map(unit: Unit, lang: str) -> Sheet | None:
    sheet = queries.sheet(unit.id)
    return drawn(unit, sheet, lang) if sheet else None


def drawn(unit: Unit, sheet: MapSheet, lang: str) -> Sheet:
    """A map that shows where units lie, each a link to its page."""
    n_units = len(sheet.shapes) + sum(one.number is not None for one in sheet.insets)
    return drawn_sheet(
        sheet,
        Colours(url=_url, shades={}),
        sentence=_("Sơ đồ %(n)s đơn vị của %(name)s") % {"n": n_units, "name": unit.name},
        note=sheet.note.in_language(lang),
    )


def _link(unit: Unit, label: str = "") -> pages.Link:
    return pages.Link(label or unit.short_name, _url(unit.id))


def _url(unit_id: UnitId) -> str:
    return reverse("locations-unit", args=[unit_id])


def _figures(unit: Unit) -> pages.Link:
    return pages.Link(_("Số liệu"), reverse("uptake-unit", args=[unit.id]))
