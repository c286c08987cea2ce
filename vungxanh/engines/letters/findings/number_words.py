"""Vietnamese number words as letters write them in brackets after a number."""

from collections.abc import Sequence
from typing import Final

from vungxanh.engines.letters.passages import fold

_DIGITS: Final = {
    word: number
    for number, forms in enumerate(
        (
            *(("khong",), ("mot",), ("hai",), ("ba",), ("bon", "tu"), ("nam", "lam", "nham")),
            *(("sau",), ("bay",), ("tam",), ("chin",)),
        )
    )
    for word in forms
}
_SCALES: Final = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_JOINING: Final = frozenset(("le", "linh"))
# What may follow the number inside the brackets.
_UNITS: Final = frozenset(
    (
        *("ngay", "nguoi", "lan", "bo", "ban", "thang", "tuan", "gio", "phut", "phan tram"),
        *("thanh vien", "don vi", "thue bao", "diem", "ho", "to", "doi", "xa", "phuong", "huyen"),
    )
)


def number_of_words(text: str) -> int | None:
    """The number that words say, a unit after them left out; None if they say none.

    >>> number_of_words("hai trăm linh năm"), number_of_words("năm ngày"), number_of_words("tổ")
    (205, 5, None)
    """
    spoken = fold(text).split()
    for size in (0, 1, 2):
        if size and " ".join(spoken[-size:]) not in _UNITS:
            continue
        number = _whole(spoken[: len(spoken) - size])
        if number is not None:
            return number
    return None


def _whole(spoken: Sequence[str]) -> int | None:
    """Groups of up to three digits, each before its scale, the greater scale first."""
    total, group, above = 0, list[str](), 10**12
    for word in spoken:
        scale = _SCALES.get(word)
        if scale is None:
            group.append(word)
            continue
        count = _below_thousand(group)
        if count is None or scale >= above:
            return None
        total, group, above = total + count * scale, [], scale
    if not group:
        return total if spoken else None
    rest = _below_thousand(group)
    return None if rest is None else total + rest


def _below_thousand(spoken: Sequence[str]) -> int | None:
    words = [word for word in spoken if word not in _JOINING]
    hundreds = 0
    if "tram" in words[1:2] and words[0] in _DIGITS:
        hundreds, words = 100 * _DIGITS[words[0]], words[2:]
    if not words:
        return hundreds if hundreds else None
    below = _below_hundred(words)
    return None if below is None else hundreds + below


def _below_hundred(words: Sequence[str]) -> int | None:
    """ "năm", "mười lăm", "hai mươi", "hai mươi mốt" ("muoi" stands for mười and mươi)."""
    if words[0] == "muoi":
        tens, rest = 10, words[1:]
    elif len(words) > 1 and words[1] == "muoi" and words[0] in _DIGITS:
        tens, rest = 10 * _DIGITS[words[0]], words[2:]
    else:
        tens, rest = 0, words
    if not rest:
        return tens
    return tens + _DIGITS[rest[0]] if len(rest) == 1 and rest[0] in _DIGITS else None
