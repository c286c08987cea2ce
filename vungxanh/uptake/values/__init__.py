"""Frozen words of the room: elements, indicators, figures and the table that pages and API read."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from vungxanh.documents.content import Authority
from vungxanh.documents.grids import read_grid
from vungxanh.engines.checks import Figure, history_of
from vungxanh.refusals import Words

PUBLISHED = Path(__file__).resolve().parents[1] / "published" / "published.csv"
BROUGHT_KINDS = ("letter", "table", "census", "bulletin", "press", "entry")
REPORT_KIND, OWN_KIND = "report", "own"
SOURCE_KINDS = (*BROUGHT_KINDS, REPORT_KIND, OWN_KIND)
"""Sources of figures: what people bring, sums of reports, and what this house counts itself."""
REPORTED = ("installs", "bluezone_with_phone", "points_registered")
"""Elements of which our own count stands beside what reporters tell, never in its place."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that is counted: its stable name, label, measure and place in a ratio."""

    name: str
    label: Words
    short: Words
    measure: Words
    is_base: bool = False
    is_cumulative: bool = True


_PEOPLE = Words("người", "people")
_PHONES = Words("máy", "phones")
_POINTS = Words("điểm", "points")
_TIMES = Words("lượt", "times")

ELEMENTS: dict[str, Element] = {
    element.name: element
    for element in (
        Element(
            "bluezone_with_phone",
            Words("Bluezoner có số điện thoại", "Bluezone users with a phone number"),
            Words("Có số điện thoại", "With phone number"),
            _PEOPLE,
        ),
        Element(
            "installs",
            Words("Lượt cài đặt Bluezone", "Bluezone installs"),
            Words("Lượt cài đặt", "Installs"),
            _TIMES,
        ),
        Element(
            "population",
            Words("Dân số", "Population"),
            Words("Dân số", "Population"),
            _PEOPLE,
            is_base=True,
        ),
        Element(
            "adults",
            Words("Người trưởng thành", "Adults"),
            Words("Người lớn", "Adults"),
            _PEOPLE,
            is_base=True,
        ),
        Element(
            "smartphones",
            Words("Số điện thoại thông minh", "Smartphones"),
            Words("Số smartphone", "Smartphones"),
            _PHONES,
            is_base=True,
        ),
        Element(
            "subscriptions",
            Words("Thuê bao di động", "Mobile subscriptions"),
            Words("Thuê bao", "Subscriptions"),
            Words("thuê bao", "subscriptions"),
            is_base=True,
        ),
        Element(
            "points_registered",
            Words("Điểm kiểm soát đã đăng ký", "Control points registered"),
            Words("Điểm đăng ký", "Points registered"),
            _POINTS,
            is_base=True,
        ),
        Element(
            "points_active",
            Words("Điểm kiểm soát có lượt quét", "Control points with scans"),
            Words("Điểm có quét", "Active points"),
            _POINTS,
            is_cumulative=False,
        ),
        Element("scans", Words("Lượt quét mã QR", "QR scans"), Words("Lượt quét", "Scans"), _TIMES),
        Element(
            "people_scanned",
            Words("Người đã quét mã QR", "People who scanned"),
            Words("Người quét", "People scanned"),
            _PEOPLE,
            is_cumulative=False,
        ),
        Element(
            "declarations",
            Words("Tờ khai y tế", "Health declarations"),
            Words("Tờ khai", "Declarations"),
            _TIMES,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """A ratio of two elements, by the name used in URLs, with its label."""

    name: str
    numerator: str
    denominator: str
    label: Words
    short: Words


INDICATORS: dict[str, Indicator] = {
    indicator.name: indicator
    for indicator in (
        Indicator(
            "population",
            "bluezone_with_phone",
            "population",
            Words("Tỷ lệ trên dân số", "Share of population"),
            Words("% dân số", "% of population"),
        ),
        Indicator(
            "smartphones",
            "bluezone_with_phone",
            "smartphones",
            Words("Tỷ lệ trên smartphone", "Share of smartphones"),
            Words("% trên smartphone", "% of smartphones"),
        ),
        Indicator(
            "points",
            "points_active",
            "points_registered",
            Words("Điểm kiểm soát có lượt quét", "Control points in use"),
            Words("% điểm có quét", "% points in use"),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class NewFact:
    """One figure on its way in."""

    unit_id: str
    element: str
    value: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """When a table is asked for: figures not later than `as_of`, as known at `known_at`."""

    as_of: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Lineage:
    """One revision of one figure, and where it came from."""

    value: int
    as_of: datetime
    received_at: datetime
    revision: int
    submission_id: str
    source: str
    source_kind: str
    source_published_on: date | None
    is_illustrative: bool
    published_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    brought_by: str
    has_original: bool


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What an officer may change of an annex and its letter: head, title, notes and sign-off.

    What is automatic (missing units, disputed figures, doubts) is not here: it cannot be left out.
    """

    parent: str
    agency: str
    symbol: str
    label: str
    title: tuple[str, ...]
    notes: tuple[str, ...]
    source: str
    place: str
    subject: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    post: str
    authority: Authority = Authority.OWN
    signer: str = ""
    number: int | None = None
    dated: date | None = None


@lru_cache(maxsize=1)
def published_figures() -> tuple[Figure, ...]:
    """Figures of 2020-2022 that come with the package, each with its source."""
    return history_of(read_grid(PUBLISHED.read_bytes(), name=PUBLISHED.name))
