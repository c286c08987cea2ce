"""Who issues figures at each level, and to whom they report: a proposal that the form lets change.

Names follow the letters of 2020 and 2021 (Cục Tin học hóa, Sở Thông tin và Truyền thông) and the
merger into departments of science and technology since 1 March 2025. Districts and their offices
ended on 1 July 2025; the province's department succeeds them. The day on which Cục Tin học hóa was
renamed was not checked against the decision: whoever composes a document sees the proposal and
corrects it.
"""

from dataclasses import dataclass
from datetime import date

from vungxanh.locations import queries as locations
from vungxanh.locations.values import CURRENT_TREE, REFORM, Level, Unit, tree_on

_NAMED_DIGITAL = date(2022, 10, 19)
_MERGED = date(2025, 3, 1)
_MINISTRY = "Bộ Thông tin và Truyền thông"
_SCIENCE = "Bộ Khoa học và Công nghệ"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency in official words; `since` is included, `until` excluded, None is open.

    `parent` and `reports_to` may hold `{unit}` ("tỉnh Bình Định") and `{above}` (the unit above).
    """

    level: Level
    parent: str
    name: str
    symbol: str
    head_post: str
    reports_to: tuple[str, ...]
    since: date | None = None
    until: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the agency existed on the day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


_AGENCIES = (
    Agency(
        Level.COUNTRY, _MINISTRY, "Cục Tin học hóa", "THH", "Cục trưởng",
        (f"Lãnh đạo {_MINISTRY}",), until=_NAMED_DIGITAL,
    ),
    Agency(
        Level.COUNTRY, _MINISTRY, "Cục Chuyển đổi số quốc gia", "CĐSQG", "Cục trưởng",
        (f"Lãnh đạo {_MINISTRY}",), since=_NAMED_DIGITAL, until=_MERGED,
    ),
    Agency(
        Level.COUNTRY, _SCIENCE, "Cục Chuyển đổi số quốc gia", "CĐSQG", "Cục trưởng",
        (f"Lãnh đạo {_SCIENCE}",), since=_MERGED,
    ),
    Agency(
        Level.PROVINCE, "UBND {unit}", "Sở Thông tin và Truyền thông", "STTTT-CNTT", "Giám đốc",
        (f"Cục Tin học hóa - {_MINISTRY}", "UBND {unit}"), until=_NAMED_DIGITAL,
    ),
    Agency(
        Level.PROVINCE, "UBND {unit}", "Sở Thông tin và Truyền thông", "STTTT-CNTT", "Giám đốc",
        (f"Cục Chuyển đổi số quốc gia - {_MINISTRY}", "UBND {unit}"),
        since=_NAMED_DIGITAL, until=_MERGED,
    ),
    Agency(
        Level.PROVINCE, "UBND {unit}", "Sở Khoa học và Công nghệ", "SKHCN-CĐS", "Giám đốc",
        (f"Cục Chuyển đổi số quốc gia - {_SCIENCE}", "UBND {unit}"), since=_MERGED,
    ),
    Agency(
        Level.DISTRICT, "UBND {unit}", "Phòng Văn hóa và Thông tin", "PVHTT", "Trưởng phòng",
        ("Sở Thông tin và Truyền thông", "UBND {unit}"), until=_MERGED,
    ),
    Agency(
        Level.DISTRICT, "UBND {unit}", "Phòng Văn hóa, Khoa học và Thông tin", "PVHKHTT",
        "Trưởng phòng", ("Sở Khoa học và Công nghệ", "UBND {unit}"), since=_MERGED, until=REFORM,
    ),
    Agency(
        Level.COMMUNE, "UBND {above}", "UBND {unit}", "UBND", "Chủ tịch", ("UBND {above}",)
    ),
)  # fmt: skip


def issuer_of(unit: Unit, day: date) -> Unit:
    """The unit whose agency issues figures of `unit` as of a day: one that stands on it.

    A unit of today re-bases figures of the past itself. For one that ended it is what it passed
    into whole, else the unit above all that it became: the province, for a district.
    """
    if unit.tree in {tree_on(day), CURRENT_TREE}:
        return unit
    heirs = [one.unit for one in locations.heirs(unit.id) if one.unit.level is unit.level]
    if len(heirs) == 1:
        return heirs[0]
    return locations.next_up(unit.id, day) or unit


def agency_of(unit: Unit, day: date) -> Agency:
    """The agency that issues the figures of a unit on a day; `unit` is one that stands on it.

    Of a unit of today no agency is older than the unit.
    """
    since = max(day, unit.valid_from) if unit.valid_from else day
    return next(
        agency for agency in _AGENCIES if agency.level is unit.level and agency.stands_on(since)
    )


def in_a_sentence(unit: Unit) -> str:
    """A unit's name inside a sentence: "tỉnh Bình Định", "thành phố Quy Nhơn", "cả nước"."""
    if unit.level is Level.COUNTRY:
        return "cả nước"
    return unit.name[:1].lower() + unit.name[1:]


def whole(unit: Unit) -> str:
    """What the row of the whole is called: "Toàn tỉnh", "Cả nước"."""
    if unit.level is Level.COUNTRY:
        return "Cả nước"
    return f"Toàn {unit.type_word.lower()}"
