"""What was purged, in words: the rooms of this house as people know them."""

from vungxanh.refusals import Words

ROOM_WORDS = {
    "accounts": Words(vi="tài khoản", en="accounts"),
    "audit": Words(vi="nhật ký", en="audit log"),
    "checkins": Words(vi="lượt vào, ra", en="check-ins"),
    "core": Words(vi="tệp tạm, khóa", en="files and keys"),
    "declarations": Words(vi="tờ khai y tế", en="health declarations"),
    "directives": Words(vi="văn bản đến", en="letters"),
    "duties": Words(vi="việc được giao", en="duties"),
    "exposure": Words(vi="tiếp xúc", en="exposure"),
    "locations": Words(vi="địa bàn, tổ chức", en="places"),
    "messaging": Words(vi="tin nhắn", en="messages"),
    "people": Words(vi="sổ người", en="register of persons"),
    "reports": Words(vi="báo cáo", en="reports"),
    "uptake": Words(vi="số liệu", en="figures"),
}


def told(counts: dict[str, int], language: str) -> tuple[tuple[str, int], ...]:
    """Rooms that deleted something, in words, the most first; a room without words by its label.

    >>> told({"people": 3, "uptake": 0, "other": 4}, "vi")
    (('other', 4), ('sổ người', 3))
    """
    found = sorted(((-n, room) for room, n in counts.items() if n))
    return tuple((_named(room, language), -n) for n, room in found)


def _named(room: str, language: str) -> str:
    words = ROOM_WORDS.get(room)
    return words.in_language(language) if words else room
