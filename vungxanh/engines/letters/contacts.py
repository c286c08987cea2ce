"""Telephone numbers, e-mail addresses and pages that a letter names, and what for."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.types import Contact

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL: Final = re.compile(r"https?://[^\s)<>;,\]]+|\bwww\.[^\s)<>;,\]]+")
_PHONE: Final = re.compile(r"(?<![\d/.-])(?:\+84|0)\d{1,4}[ .]?\d{3,4}[ .]?\d{3,4}(?![\d/-])")
_CALLED: Final = words(
    r"(?:số điện thoại|điện thoại|đt|sđt|đường dây nóng|hotline|liên hệ|zalo|số máy)[^.;]{0,60}$"
)
_FOR: Final = re.compile(
    r"([A-ZĐÀ-Ỹ][^.;:()]{3,60}?)[,\s]*(?:theo\s*)?(?:số\s*)?(?:điện thoại|ĐT|SĐT|email)\s*:?\s*$"
)


def find_contacts(passages: Iterable[Passage]) -> tuple[Contact, ...]:
    """Each address once, in the order it stands."""
    found: dict[tuple[str, str], Contact] = {}
    for passage in passages:
        for contact in _in_passage(passage):
            found.setdefault((contact.kind, contact.value), contact)
    return tuple(found.values())


def _in_passage(passage: Passage) -> Iterator[Contact]:
    for match in _PHONE.finditer(passage.text):
        if _CALLED.search(passage.folded[: match.start()]):
            yield _contact("phone", passage, match)
    for match in _EMAIL.finditer(passage.text):
        yield _contact("email", passage, match)
    for match in _URL.finditer(passage.text):
        yield _contact("url", passage, match)


def _contact(kind: str, passage: Passage, match: re.Match[str]) -> Contact:
    value = match[0].rstrip(".,")
    named = _FOR.search(passage.text[: match.start()])
    end = match.start() + len(value)
    return Contact(
        kind, value, named[1].strip() if named else None, passage.span(match.start(), end)
    )
