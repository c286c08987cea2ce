"""What the page and the file of points' use show, finished: rows of units and of kinds."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from vungxanh.checkins.rules.activity import DaySum, Use
from vungxanh.checkins.values.activity import FAULTS, Activity
from vungxanh.checkins.views.premises_shown import kind_words, province_of
from vungxanh.core.preferences import reader_language
from vungxanh.documents import vietnamese
from vungxanh.engines.coverage.ratios import share_percent
from vungxanh.locations.values import Level, Unit, registry


@dataclass(frozen=True, slots=True)
class UseRow:
    """A unit or a kind with its points and their scans."""

    name: str
    url: str
    sums: DaySum
    use: Use

    @property
    def active(self) -> str:
        """The share of points with a scan in seven days; nothing where there is no point."""
        return _share(self.use.n_active, self.use.n_points)

    @property
    def by_keeper(self) -> str:
        """The share of scans by keepers; nothing where there is no scan."""
        return _share(self.sums.n_by_keeper, self.sums.n_scans)


def whole(found: Activity) -> UseRow:
    """All of it in one row."""
    return UseRow("", "", found.sums, found.use)


def by_unit(found: Activity, scope: Unit) -> list[UseRow]:
    """The units right below the country, communes below any other; most points first."""
    is_country = scope.level is Level.COUNTRY
    name_of = registry().unit
    cells = found.by(lambda unit, _: province_of(unit) if is_country else unit)
    rows = (UseRow(name_of(key).name, page_url(key), *cell) for key, cell in cells.items())
    return _in_order(rows)


def by_kind(found: Activity) -> list[UseRow]:
    """The kinds; most points first."""
    cells = found.by(lambda _, kind: kind)
    return _in_order(UseRow(kind_words(key), "", *cell) for key, cell in cells.items())


def faults_of(found: Activity) -> list[str]:
    """What cannot be, in words."""
    return [FAULTS[one].in_language(reader_language()) for one in found.faults]


def page_url(unit_id: str) -> str:
    """The page of a unit."""
    return f"{reverse('checkins-activity')}?{urlencode({'dia-ban': unit_id})}"


def _in_order(rows: Iterable[UseRow]) -> list[UseRow]:
    return sorted(rows, key=lambda row: (-row.use.n_points, -row.sums.n_scans, row.name))


def _share(part: int, whole: int) -> str:
    return vietnamese.share_percent(share_percent(part, whole), reader_language()) if whole else ""
