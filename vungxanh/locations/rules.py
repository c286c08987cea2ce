"""Vietnamese names of units: type words, short forms and the order of the alphabet."""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from vungxanh.engines.names import Why
from vungxanh.refusals import Words

# Type words as the units carry them; how dense tables shorten them.
SHORT_TYPE = {
    "tỉnh": "",
    "thành phố": "TP.",
    "quận": "Q.",
    "huyện": "H.",
    "thị xã": "TX.",
    "phường": "P.",
    "xã": "X.",
    "thị trấn": "TT.",
    "đặc khu": "ĐK.",
    "": "",
}
# English words for types as Circular 03/2009/TT-BNG translates them; "đặc khu" came later.
ENGLISH_TYPE = {
    "tỉnh": "province",
    "thành phố": "city",
    "quận": "district",
    "huyện": "rural district",
    "thị xã": "town",
    "phường": "ward",
    "xã": "commune",
    "thị trấn": "township",
    "đặc khu": "special zone",
    "": "country",
}
MOST_NAMED = 5  # candidates that a sentence names
_PLURAL = {"province": "provinces", "city": "cities", "country": "countries"}
# Names of provinces in everyday and tabular use beside the official ones.
ALIASES = {
    "Hồ Chí Minh": ("HCM", "TPHCM"),
    "Bà Rịa - Vũng Tàu": ("BRVT",),
    "Thừa Thiên Huế": ("TT Huế", "TTH"),
}

# The 29 letters of the alphabet with f, j, w, z where dictionaries put them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_WEIGHT = dict(zip(_ALPHABET, string.ascii_uppercase + string.ascii_lowercase, strict=False))
_TONE = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_WORD = re.compile(r"[^\W\d_]+|\d+")


def tidy(text: str) -> str:
    """`text` in NFC with single spaces and none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def full_name(type_word: str, bare: str) -> str:
    """The official name: `thành phố`, `Quy Nhơn` give "Thành phố Quy Nhơn"."""
    return tidy(f"{type_word[:1].upper()}{type_word[1:]} {bare}")


def bare_name(type_word: str, bare: str) -> str:
    """The name without its type word; numbered units keep it ("Quận 1")."""
    return full_name(type_word, bare) if bare.isdigit() else bare


def short_name(type_word: str, bare: str) -> str:
    """The form for dense tables: "TP. Quy Nhơn", "H. Vĩnh Thạnh", "Q. 1"."""
    return tidy(f"{SHORT_TYPE[type_word]} {bare}")


def english_name(type_word: str, own: str) -> str:
    """The name in English; numbers stand after their word.

    >>> english_name("phường", "Quy Nhơn Bắc"), english_name("quận", "1")
    ('Quy Nhơn Bắc Ward', 'District 1')
    """
    word = ENGLISH_TYPE[type_word].title() if type_word else ""
    return tidy(f"{word} {own}" if own.isdigit() else f"{own} {word}")


def counted(type_words: Sequence[str]) -> Words:
    """How many units of each type, the most first: "5 phường và 1 xã".

    >>> counted(["phường", "xã", "phường"]).en
    '2 wards and 1 commune'
    """
    found = Counter(type_words).most_common()
    vi = [f"{n} {word or 'nước'}" for word, n in found]
    en = [f"{n} {_english_type(word, n)}" for word, n in found]
    return Words(vi=_joined(vi, "và"), en=_joined(en, "and"))


def _english_type(word: str, n: int) -> str:
    one = ENGLISH_TYPE[word]
    return one if n == 1 else _PLURAL.get(one, f"{one}s")


def _joined(parts: Sequence[str], last: str) -> str:
    return f" {last} ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def sort_key(name: str) -> str:
    """A key whose byte order is Vietnamese dictionary order (ASCII only).

    Letters first (a ă â b c d đ e ê ...), words before longer words, numbers by value; then
    tones by syllable (ngang, huyền, hỏi, ngã, sắc, nặng). Where the tone mark stands (hoà, hòa)
    and capitals do not matter.

    >>> sorted(["Ân", "An Lão", "An", "Ản", "Quận 10", "Quận 2"], key=sort_key)
    ['An', 'Ản', 'An Lão', 'Ân', 'Quận 2', 'Quận 10']
    """
    words = [_word_key(word) for word in _WORD.findall(tidy(name).lower())]
    return "-".join(letters for letters, _ in words) + " " + "".join(tone for _, tone in words)


@lru_cache(maxsize=8192)
def _word_key(word: str) -> tuple[str, str]:
    if word.isdigit():
        return word.zfill(4), "0"
    marks = unicodedata.normalize("NFD", word)
    tones = [_TONE[mark] for mark in marks if mark in _TONE]
    letters = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONE))
    return "".join(_WEIGHT.get(letter, "") for letter in letters), tones[0] if tones else "0"


def own_name(name: str, type_word: str) -> str:
    """The official name without its type word, numbers alone too ("1" of "Quận 1")."""
    return name[len(type_word) + 1 :] if type_word else name


def reason(why: Why, text: str, found: Sequence[str]) -> Words:
    """The sentence for a match: what was found, or what to write so that it is found."""
    written, listed = text.strip()[:60], ", ".join(found[:MOST_NAMED])
    vi, en = _REASONS[why]
    n_more = len(found) - MOST_NAMED
    more = Words(f" và {n_more} nơi nữa", f" and {n_more} more") if n_more > 0 else Words("", "")
    return Words(
        vi=vi.format(text=written, found=listed + more.vi),
        en=en.format(text=written, found=listed + more.en),
    )


def brief_reason(why: Why, text: str, n_found: int) -> Words:
    """The same where what was found stands below it.

    >>> brief_reason(Why.SEVERAL, "An Lão", 7).en
    '“An Lão” may be: 7 units below. Write the type of unit too, or choose one.'
    """
    written = text.strip()[:60]
    vi, en = _REASONS[why]
    units = "1 unit below" if n_found == 1 else f"{n_found} units below"
    return Words(
        vi=vi.format(text=written, found=f"{n_found} đơn vị dưới đây"),
        en=en.format(text=written, found=units),
    )


_REASONS = {
    Why.SAME: ("Đúng tên.", "The name agrees."),
    Why.TYPE_DIFFERS: (
        "Đúng tên, khác loại đơn vị: {found}.",
        "The name agrees, the type of unit differs: {found}.",
    ),
    Why.LESS_MARKED: (
        "Hiểu “{text}” là {found} (viết thiếu dấu).",
        "“{text}” is read as {found} (written without all its accents).",
    ),
    Why.VARIANT: (
        "Hiểu “{text}” là {found} (cách viết i/y, c/k).",
        "“{text}” is read as {found} (i for y or c for k).",
    ),
    Why.SEVERAL: (
        "“{text}” có thể là: {found}. Ghi thêm loại đơn vị hoặc chọn một.",
        "“{text}” may be: {found}. Write the type of unit too, or choose one.",
    ),
    Why.MARKS_DIFFER: (
        "Không có “{text}”; gần nhất: {found}. Kiểm lại dấu.",
        "There is no “{text}”; the nearest is: {found}. Check the accents.",
    ),
    Why.LEVEL_DIFFERS: (
        "Không có “{text}” ở cấp đó; cùng tên có: {found}.",
        "There is no “{text}” at that level; of the same name: {found}.",
    ),
    Why.ERAS: (
        "“{text}” có ở nhiều thời kỳ: {found}. Ghi thêm ngày hoặc chọn một.",
        "“{text}” stands in several eras: {found}. Give the day too, or choose one.",
    ),
    Why.NOT_THEN: (
        "Ngày đó không có “{text}”; ở thời kỳ khác có: {found}. Đổi ngày hoặc chọn một.",
        "There was no “{text}” on that day; in another era: {found}. Change the day or choose one.",
    ),
    Why.CONTRADICTS: (
        "Các phần của “{text}” không khớp nhau; từng phần có: {found}. Kiểm lại cấp trên.",
        "The parts of “{text}” do not agree; they may be: {found}. Check the units above.",
    ),
    Why.OUTSIDE: (
        "“{text}” nằm ngoài địa bàn này: {found}. Kiểm lại địa bàn.",
        "“{text}” lies outside this area: {found}. Check the area.",
    ),
    Why.PART_UNKNOWN: (
        "Chưa hiểu hết “{text}”; gần nhất: {found}. Kiểm lại phần chưa rõ.",
        "Not all of “{text}” is understood; the nearest is: {found}. Check the rest.",
    ),
    Why.TOO_LONG: (
        "“{text}…” quá dài. Chỉ ghi địa chỉ.",
        "“{text}…” is too long. Write the address alone.",
    ),
    Why.EMPTY: ("Tên để trống.", "The name is empty."),
    Why.UNKNOWN: (
        "Không có “{text}” trong địa bàn này. Kiểm lại tên hoặc địa bàn cấp trên.",
        "There is no “{text}” in this area. Check the name or the unit above it.",
    ),
}


# What is said under a map, by its quality; the country's map is of another make.
MAP_NOTES = {
    "country": Words(
        vi="Sơ đồ các tỉnh, không phải ranh giới chính thức. Quần đảo Hoàng Sa và Trường Sa vẽ "
        "trong khung, theo tỷ lệ riêng.",
        en="A schematic map of the provinces, not official boundaries. The Hoàng Sa and Trường Sa "
        "archipelagos stand in frames of their own scale.",
    ),
    "fair": Words(
        vi="Sơ đồ dựng từ tâm xã, không phải ranh giới chính thức.",
        en="Schematic cells made from the centres of communes, not official boundaries.",
    ),
    "rough": Words(
        vi="Sơ đồ dựng từ tâm xã, không phải ranh giới chính thức; tỉnh này vẽ gần đúng.",
        en="Schematic cells made from the centres of communes, not official boundaries; "
        "this province is drawn roughly.",
    ),
}


# How a succession is known, by `values.Source`.
SOURCES = {
    "whole": Words(vi="nguyên xã chuyển sang", en="passed whole"),
    "split": Words(
        vi="bị chia, chưa rõ từng phần bao nhiêu", en="parted; how large each part is, is not known"
    ),
    "alias": Words(
        vi="đã sáp nhập vào xã bên trước 7/2025, tìm theo tên",
        en="merged into a neighbour before July 2025, found by name",
    ),
    "name": Words(
        vi="đã sáp nhập trước 7/2025, xã mới giữ tên này",
        en="merged before July 2025 into a commune that took the name",
    ),
    "moved": Words(
        vi="đã sáp nhập trước 7/2025, tìm theo tên ở huyện mà xã bên chuyển sang",
        en="merged before July 2025, found by name in the district its neighbours passed to",
    ),
    "district": Words(
        vi="không tìm được xã kế thừa, chỉ biết thuộc huyện cũ này",
        en="no successor found; known only by its district",
    ),
    "communes": Words(vi="theo các xã của huyện", en="by the communes of the district"),
    "merged": Words(vi="nguyên tỉnh chuyển sang", en="passed whole"),
}
# Communes that were merged before their tree ended, on a day that no source of ours gives.
MERGED_EARLIER = frozenset({"alias", "name", "moved", "district"})
UNTIL_MERGED = Words(
    vi="đến khi sáp nhập, trước 7/2025 (không rõ ngày)",
    en="until it was merged, before July 2025 (the day is not known)",
)
CERTAINTIES = {
    "sure": Words(vi="chắc chắn", en="sure"),
    "uncertain": Words(vi="chưa chắc", en="uncertain"),
}
_ALL = Words(vi="toàn bộ", en="all of it")
_PART = Words(vi="một phần, chưa rõ tỷ lệ", en="a part, its share not known")
_UNKNOWN = Words(vi="chưa rõ", en="not known")


def passed(source: str, *, is_whole: bool) -> Words:
    """How much of an old unit passed into a new one, in words.

    >>> passed("split", is_whole=False).en, passed("district", is_whole=False).en
    ('a part, its share not known', 'not known')
    """
    if is_whole:
        return _ALL
    return _UNKNOWN if source in ("moved", "district") else _PART


def own_note(source: str, licence: str, as_of: date) -> Words:
    """What is said under a map of imported boundaries."""
    return Words(
        vi=f"Ranh giới đã nhập, hình vẽ giản lược. Nguồn: {source}; giấy phép: {licence}; "
        f"đúng đến {as_of:%d/%m/%Y}.",
        en=f"Imported boundaries, drawn with fewer corners. Source: {source}; licence: {licence}; "
        f"as of {as_of.day} {as_of:%B %Y}.",
    )
