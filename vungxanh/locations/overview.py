"""Pages of units, composed from queries: what a unit is, was, and became."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vungxanh.core.drawings.cells import Sheet
from vungxanh.core.shown import Link
from vungxanh.documents import vietnamese
from vungxanh.locations import pages, queries, rules
from vungxanh.locations.queries.area_levels import level_on
from vungxanh.locations.queries.organisation_counts import n_by_kind
from vungxanh.locations.values import (
    REFORM,
    Colours,
    Heir,
    Level,
    Located,
    MapSheet,
    MatchKind,
    Unit,
    UnitId,
    changes,
    country_of,
    drawn_sheet,
    find_address,
    same_level,
    tree_on,
)
from vungxanh.locations.values.kinds import KINDS
from vungxanh.locations.values.organisations import INVENTED

SHOWN_HEIRS = 6
MOST_OPEN = 63  # units below: more wait behind their heading


def found_page(text: str, on: date | None, *, most: int, lang: str) -> pages.FoundPage:
    """What a name or an address may mean, on a day or in both eras; candidates come first.

    At most three queries, and the names of both trees in memory.
    """
    match = find_address(text, on=on)
    begun = queries.search_located(text, most + 1, tree_on(on) if on else None)
    known = {hit.unit.id for hit in begun}
    meant = [one.id for one in match.candidates]
    if not known.issuperset(meant[:most]):
        others = [hit for hit in begun if hit.unit.id not in set(meant)]
        begun = (*queries.located(meant[:most]), *others)
    told = rules.brief_reason(match.why, text, len(meant))
    return pages.FoundPage(
        lines=found_lines(begun[:most], lang),
        reason=told.in_language(lang) if match.kind is MatchKind.CANDIDATES else "",
        is_cut=len(begun) > most,
    )


def found_lines(found: Sequence[Located], lang: str) -> tuple[pages.FoundLine, ...]:
    """The lines of a search; one query for all that the units became."""
    later = queries.heirs_of([hit.unit.id for hit in found if hit.unit.valid_to])
    return tuple(_found_line(hit, later.get(hit.unit.id, ()), lang) for hit in found)


def place_page(unit: Unit, on: date, lang: str) -> pages.PlacePage:
    """The page of a unit as seen on a day; at most fifteen queries."""
    above, heirs = queries.ancestors(unit.id), queries.heirs(unit.id)
    below, sheet = queries.children(unit.id), queries.sheet(unit.id)
    up = queries.next_up(unit.id, on)
    return pages.PlacePage(
        name=unit.name,
        unit_id=unit.id,
        crumbs=(*(_link(one) for one in above), Link(unit.short_name)),
        on=on,
        facts=_facts(unit, up, on=on, era=_era(unit, heirs, lang), lang=lang),
        warning=_warning(unit, on, lang),
        current=_current(unit, on),
        became=_became(unit, heirs, lang),
        made_from=_made_from(unit, lang),
        children=_children(below, sheet),
        children_title=rules.counted([one.type_word for one in below]).in_language(lang)
        if below
        else "",
        is_long=len(below) > MOST_OPEN,
        map=drawn(unit, sheet, lang) if sheet else None,
        registered=_registered(unit, on, lang),
        ways=_ways(unit),
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
    return (*facts, *_renamed(unit, lang), *_level(unit, on, lang))


def _level(unit: Unit, on: date, lang: str) -> list[pages.Fact]:
    """The level that stands for this very unit, if it exists that day and one was set."""
    found = level_on(unit.id, on) if unit.tree == tree_on(on) else None
    if found is None:
        return []
    since = vietnamese.date(found.since, lang)
    words = _("%(words)s, từ %(day)s") % {"words": found.words.in_language(lang), "day": since}
    if found.is_invented:
        words = f"{words} ({INVENTED.in_language(lang)})"
    return [pages.Fact(_("Cấp độ dịch"), words, reverse("locations-area_level", args=[unit.id]))]


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
    if unit.level is Level.COUNTRY:
        return _("Ngày %(day)s cả nước chia theo cách khác: đây là các tỉnh %(era)s.") % {
            "day": day["day"],
            "era": _era(unit, (), lang),
        }
    if unit.valid_to is not None:
        return _("Ngày %(day)s không còn %(name)s. Phần dưới cho biết nay thuộc đâu.") % day
    return _("Ngày %(day)s chưa có %(name)s. Phần dưới cho biết hình thành từ đâu.") % day


def _current(unit: Unit, on: date) -> Link:
    """The country as it is divided on the day; any other unit has its tables of kin."""
    if unit.level is not Level.COUNTRY:
        return Link("")
    return Link(_("Xem theo ngày này"), _url(country_of(tree_on(on))))


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


def _children(below: Iterable[Unit], sheet: MapSheet | None) -> tuple[pages.ChildLine, ...]:
    """The units below with the numbers that they have on the map."""
    numbers = sheet.numbers if sheet else {}
    return tuple(
        pages.ChildLine(_link(one, one.name), one.id, numbers.get(one.id)) for one in below
    )


def _registered(unit: Unit, on: date, lang: str) -> pages.Registered:
    """Organisations by kind; the links lead to the list with the same filter."""
    asked = {"dia-ban": unit.id, "ngay": on.isoformat()}
    listed = reverse("locations-organisations")
    found = n_by_kind(unit, on)
    return pages.Registered(
        kinds=tuple(
            pages.Counted(
                Link(
                    KINDS[kind].words.in_language(lang),
                    f"{listed}?{urlencode({**asked, 'loai': kind})}",
                ),
                n,
            )
            for kind, n in found
        ),
        n=sum(n for _, n in found),
        all=Link(_("Xem danh sách"), f"{listed}?{urlencode(asked)}"),
    )


def _ways(unit: Unit) -> tuple[Link, ...]:
    """Where a unit's page leads: figures, population, levels of communes, facilities nearby."""
    has_communes = unit.level is not Level.COMMUNE
    levels = "locations-area_levels" if has_communes else "locations-area_level"
    ways = [
        _figures(unit),
        Link(_("Dân số"), reverse("uptake-populations", args=[unit.id])),
        Link(_("Cấp độ dịch"), reverse(levels, args=[unit.id])),
    ]
    if unit.level is Level.COUNTRY:
        return tuple(ways)
    near = f"{reverse('locations-nearest')}?{urlencode({'unit': unit.id})}"
    return (*ways, Link(_("Cơ sở y tế gần đây"), near))


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


def drawn(unit: Unit, sheet: MapSheet, lang: str) -> Sheet:
    """A map that shows where units lie, each a link to its page."""
    n_units = len(sheet.shapes) + sum(one.number is not None for one in sheet.insets)
    return drawn_sheet(
        sheet,
        Colours(url=_url, shades={}),
        sentence=_("Sơ đồ %(n)s đơn vị của %(name)s") % {"n": n_units, "name": unit.name},
        note=sheet.note.in_language(lang),
    )


def _link(unit: Unit, label: str = "") -> Link:
    return Link(label or unit.short_name, _url(unit.id))


def _url(unit_id: UnitId) -> str:
    return reverse("locations-unit", args=[unit_id])


def _figures(unit: Unit) -> Link:
    return Link(_("Số liệu"), reverse("uptake-unit", args=[unit.id]))
