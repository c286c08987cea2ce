"""What the pages of premises show, finished: templates place it, decide nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.checkins.models import Premises
from vungxanh.checkins.queries.premises import Tallies, Tally, total_of
from vungxanh.checkins.values.kinds import KINDS, Kind
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import CURRENT_TREE, Level, Unit, UnitId, registry
from vungxanh.refusals import RefusalError

ORDERS: Final = ("xa", "ten", "loai")


@dataclass(frozen=True, slots=True)
class Row:
    """A unit or a kind with its tally and how many points live there."""

    name: str
    url: str
    tally: Tally
    n_points: int


@dataclass(frozen=True, slots=True)
class LackingRow:
    """Premises that have no point."""

    id: int
    name: str
    url: str
    kind: str
    unit: str
    address: str
    n_staff: int | None
    source: str


def kind_words(kind: str) -> str:
    """A kind in the reader's language."""
    return KINDS[Kind(kind)].words.in_language(reader_language())


def kind_choices() -> list[tuple[str, str]]:
    """The kinds for a select."""
    return [(kind.value, kind_words(kind)) for kind in KINDS]


def scope_of(viewer: Viewer, asked: str) -> UnitId:
    """The unit that a page is about: the one asked for, else the first of the viewer's own."""
    own = sorted(viewer.units, key=lambda one: (not one.startswith(CURRENT_TREE), one))
    return registry().unit(asked or own[0]).id if asked or own else UnitId(f"{CURRENT_TREE}:vn")


def by_unit(found: Tallies, points: Mapping[str, int], scope: Unit) -> list[Row]:
    """The units below the scope of which anything is known, those that lack most first."""
    group = province_of if scope.level is Level.COUNTRY else _itself
    tallies: dict[UnitId, Tally] = {}
    for (unit, _kind), tally in found.items():
        key = group(unit)
        tallies[key] = tallies.get(key, Tally()) + tally
    numbers: dict[UnitId, int] = {}
    for unit, n in points.items():
        numbers[group(unit)] = numbers.get(group(unit), 0) + n
    shown = {*tallies, *(key for key, n in numbers.items() if n)}
    rows = [
        _row(registry().unit(key), tallies.get(key, Tally()), numbers.get(key, 0)) for key in shown
    ]
    return sorted(rows, key=lambda row: (-row.tally.n_lacking, row.name))


def by_kind(found: Tallies, url_of: Callable[[str], str]) -> list[Row]:
    """The kinds that must have points, those that lack most first."""
    rows = []
    for kind in KINDS:
        tally = total_of({key: one for key, one in found.items() if key[1] == kind})
        if tally.n_obliged or tally.n_exempt:
            rows.append(Row(kind_words(kind), url_of(kind), tally, 0))
    return sorted(rows, key=lambda row: (-row.tally.n_lacking, row.name))


def lacking_row(one: Premises) -> LackingRow:
    """One line of the list of those without a point."""
    return LackingRow(
        one.pk,
        one.name,
        reverse("checkins-premises", args=[one.pk]),
        kind_words(one.kind),
        one.unit.name,
        one.address,
        one.n_staff,
        one.list.title,
    )


def page_url(said: Mapping[str, str], **changed: str) -> str:
    """The page with what was asked for, some of it changed; what is empty is left out."""
    told = {name: text for name, text in {**said, **changed}.items() if text}
    address = reverse("checkins-premises_list")
    return f"{address}?{urlencode(told)}" if told else address


def is_of_the_page(refusal: RefusalError) -> bool:
    """Whether what was refused can be mended on the page itself, so that it is shown there."""
    return status_of(refusal) == REFUSED_INPUT


def why_words() -> dict[str, str]:
    """What speaks for a pair, in words."""
    return {
        "tax_code": _("cùng mã số thuế"),
        "organisation": _("cùng tổ chức"),
        "name": _("cùng tên"),
        "address": _("cùng địa chỉ"),
    }


def _row(unit: Unit, tally: Tally, n_points: int) -> Row:
    return Row(unit.name, page_url({"dia-ban": unit.id}), tally, n_points)


def _itself(unit_id: str) -> UnitId:
    return UnitId(unit_id)


def province_of(unit_id: str) -> UnitId:
    """The province that a unit lies in."""
    return registry().unit(unit_id).chain[:2][-1]
