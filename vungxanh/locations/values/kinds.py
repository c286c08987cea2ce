"""What organisations are: the kinds of offices and of health facilities, with their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vungxanh.engines.names import fold
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.locations.values.similar import same_name_key
from vungxanh.refusals import Words


class Family(StrEnum):
    """The two lists: who governs and works here, and where the sick and the well are cared for."""

    OFFICE = "office"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Kind:
    """What an organisation is; `others` are further ways to write it."""

    code: str
    family: Family
    words: Words
    others: tuple[str, ...] = ()


_OFFICES = (
    Kind("committee", Family.OFFICE, Words("Ủy ban nhân dân", "People's committee"), ("UBND",)),
    Kind("agency", Family.OFFICE, Words("Cơ quan nhà nước", "State agency"), ("sở", "phòng ban")),
    Kind(
        "telecom",
        Family.OFFICE,
        Words("Doanh nghiệp viễn thông", "Telecom operator"),
        ("nhà mạng",),
    ),
    Kind(
        "school",
        Family.OFFICE,
        Words("Trường học", "School"),
        ("trường", "THPT", "THCS", "tiểu học", "mầm non", "trung học phổ thông", "đại học"),
    ),
    Kind("enterprise", Family.OFFICE, Words("Doanh nghiệp", "Enterprise"), ("công ty",)),
    Kind("industrial_zone", Family.OFFICE, Words("Khu công nghiệp", "Industrial zone"), ("KCN",)),
    Kind(
        "broadcaster",
        Family.OFFICE,
        Words("Đài phát thanh, truyền hình", "Broadcaster"),
        ("đài", "phát thanh", "truyền hình", "đài truyền thanh"),
    ),
    Kind("other", Family.OFFICE, Words("Tổ chức khác", "Other organisation"), ("khác",)),
)
_HEALTH = (
    Kind(
        "commune_station",
        Family.HEALTH,
        Words("Trạm y tế xã", "Commune health station"),
        ("TYT", "trạm y tế"),
    ),
    Kind(
        "health_centre",
        Family.HEALTH,
        Words("Trung tâm y tế", "Health centre"),
        ("TTYT", "trung tâm y tế huyện", "trung tâm y tế khu vực"),
    ),
    Kind(
        "provincial_hospital",
        Family.HEALTH,
        Words("Bệnh viện tỉnh", "Provincial hospital"),
        ("bệnh viện đa khoa tỉnh", "bệnh viện", "BV", "BVĐK"),
    ),
    Kind("central_hospital", Family.HEALTH, Words("Bệnh viện trung ương", "Central hospital")),
    Kind(
        "private_hospital",
        Family.HEALTH,
        Words("Bệnh viện tư nhân", "Private hospital"),
        ("bệnh viện tư",),
    ),
    Kind(
        "disease_control",
        Family.HEALTH,
        Words("Trung tâm kiểm soát bệnh tật", "Centre for disease control"),
        ("CDC", "TTKSBT"),
    ),
    Kind("clinic", Family.HEALTH, Words("Phòng khám", "Clinic"), ("PK", "phòng khám đa khoa")),
    Kind(
        "laboratory",
        Family.HEALTH,
        Words("Phòng xét nghiệm", "Laboratory"),
        ("xét nghiệm", "labo"),
    ),
    Kind(
        "quarantine",
        Family.HEALTH,
        Words("Cơ sở cách ly", "Quarantine facility"),
        ("khu cách ly", "cơ sở cách ly tập trung", "khu cách ly tập trung"),
    ),
    Kind("pharmacy", Family.HEALTH, Words("Nhà thuốc", "Pharmacy"), ("quầy thuốc",)),
)
KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in (*_OFFICES, *_HEALTH)}
_WRITTEN_KINDS: Final[Mapping[str, str]] = {
    key: kind.code
    for kind in KINDS.values()
    for text in (kind.words.vi, kind.words.en, *kind.others, kind.code.replace("_", " "))
    for key in (fold(text), same_name_key(text))
}


def kind_of(text: str) -> str:
    """The code of a kind written in either language or short; an unknown one is refused."""
    code = text.strip() if text.strip() in KINDS else None
    found = code or _WRITTEN_KINDS.get(fold(text)) or _WRITTEN_KINDS.get(same_name_key(text))
    if found is None:
        known = ", ".join(kind.words.vi for kind in KINDS.values())
        raise OrganisationError(
            "locations.unknown_kind",
            Words(
                f"Không có loại “{text.strip()[:40]}”. Các loại: {known}.",
                f"There is no kind “{text.strip()[:40]}”. The kinds in Vietnamese: {known}.",
            ),
            field="kind",
        )
    return found


def kind_of_name(name: str) -> str:
    """The code of the kind that a name begins with ("TYT xã Nhơn Hội"), "" if it tells none."""
    key, found = same_name_key(name), ""
    for kind in KINDS.values():
        begins = [same_name_key(text) for text in (kind.words.vi, *kind.others)]
        if any(key == one or key.startswith(f"{one} ") for one in begins):
            longest = max(len(one) for one in begins if key.startswith(one))
            found = max(found, f"{longest:03}{kind.code}")
    return found[3:]
