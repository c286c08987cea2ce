"""Kinds of places as people write them in lists, or as a name tells them."""

from typing import Final

from vungxanh.checkins.values.kinds import KINDS, Kind
from vungxanh.engines.names import fold

# Beginnings and words without accents that tell a kind; the first that fits counts.
_TOLD: Final = (
    (Kind.QUARANTINE_HOME, ("cach ly",)),
    (Kind.SCHOOL, ("truong", "mam non", "mau giao", "tieu hoc", "trung hoc", "dai hoc")),
    (Kind.CLINIC, ("benh vien", "phong kham", "nha thuoc", "quay thuoc", "tram y te", "y te")),
    (Kind.OFFICE, ("ubnd", "uy ban", "chi cuc", "cong so", "co quan", "van phong", "cong an")),
    (Kind.BUS, ("xe buyt", "xe khach", "nha xe", "ben xe")),
    (Kind.TAXI, ("taxi", "xe hop dong", "xe cong nghe")),
    (Kind.TRAIN, ("tau hoa", "duong sat")),
    (Kind.BOAT, ("tau thuyen", "thuyen", "ben pha")),
    (Kind.HOTEL, ("khach san", "nha nghi", "homestay", "resort", "luu tru")),
    (Kind.RESTAURANT, ("nha hang", "quan an", "quan nuoc", "quan com", "ca phe", "cafe")),
    (Kind.MARKET, ("cho", "sieu thi", "cua hang", "tap hoa", "trung tam thuong mai", "shop")),
    (Kind.FACTORY, ("nha may", "xuong", "xi nghiep", "khu cong nghiep", "san xuat")),
    (Kind.WORSHIP, ("chua", "nha tho", "giao xu", "thanh that", "tho tu", "ton giao")),
    (Kind.HOUSING, ("chung cu", "nha tro", "khu tro", "ky tuc xa")),
    (Kind.EVENT, ("su kien", "dam cuoi", "hoi nghi", "hoi cho", "tiec")),
)
_WORDS: Final = {
    fold(said): kind
    for kind, facts in KINDS.items()
    for said in (kind.value, facts.words.vi, facts.words.en)
}


def kind_named(text: str) -> Kind | None:
    """The kind that a cell names, by its code, its words or a word of them; None for none.

    >>> kind_named("Trường học"), kind_named("market"), kind_named("Chợ truyền thống")
    (<Kind.SCHOOL: 'school'>, <Kind.MARKET: 'market'>, <Kind.MARKET: 'market'>)
    >>> kind_named("xyz") is None
    True
    """
    written = fold(text)
    return _WORDS.get(written) or kind_of_name(text)


def kind_of_name(name: str) -> Kind | None:
    """The kind that the name of a place tells, None where it tells none.

    >>> kind_of_name("Trường THCS Lê Lợi"), kind_of_name("Hộ Nguyễn Văn Mẫu")
    (<Kind.SCHOOL: 'school'>, None)
    """
    folded = f" {fold(name)} "
    for kind, words in _TOLD:
        if any(f" {word} " in folded for word in words):
            return kind
    return None
