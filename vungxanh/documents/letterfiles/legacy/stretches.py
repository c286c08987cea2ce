"""Text set in faces of a legacy character set, marked where it stands until it is understood.

A face is evidence only together with its words: many a file says .VnTime where the letters are
Unicode. All stretches of one set are therefore weighed together, and converted if more of their
words are Vietnamese in that set than as they stand.
"""

import re
from typing import Final

from vungxanh.documents.letterfiles.legacy.evidence import UNICODE_LETTER, share, votes
from vungxanh.documents.letterfiles.legacy.faces import set_of_face
from vungxanh.documents.letterfiles.legacy.sets import LegacySet, from_legacy

_KINDS: Final = (
    (LegacySet.TCVN3, False),
    (LegacySet.TCVN3, True),
    (LegacySet.VNI, False),
)
_FIRST_MARK: Final = 0xE000
_END: Final = "\ue00f"
_MARKS: Final = {kind: chr(_FIRST_MARK + place) for place, kind in enumerate(_KINDS)}
_KIND_OF: Final = {mark: kind for kind, mark in _MARKS.items()}
_STRETCH: Final = re.compile(f"([{''.join(_KIND_OF)}])([^{_END}]*){_END}")
# Marks never stand around what parts cells and lines, which may be put in another order.
_PIECE: Final = re.compile(r"[^\t\n]+")
_OURS: Final = re.compile("[\ue000-\ue00f]")


def marked(text: str, face: str) -> str:
    """`text` with marks around it where its face is made for a legacy set."""
    clean = _OURS.sub("", text)
    legacy, capitals = set_of_face(face)
    if legacy is None:
        return clean
    mark = _MARKS[legacy, capitals]
    return _PIECE.sub(lambda piece: f"{mark}{piece[0]}{_END}", clean) if clean.strip() else clean


def unmarked(text: str) -> tuple[str, LegacySet | None]:
    """`text` without marks, its legacy stretches in Unicode, and the set that they were in."""
    found = _STRETCH.findall(text)
    proved = {legacy for legacy in LegacySet if _is_proved(found, legacy)}
    plain = _STRETCH.sub(lambda stretch: _read(stretch, proved), text)
    return plain, next(iter(proved), None)


def _is_proved(found: list[tuple[str, str]], legacy: LegacySet) -> bool:
    own = [words for mark, words in found if _KIND_OF[mark][0] is legacy]
    cast = votes(" ".join(words for words in own if not UNICODE_LETTER.search(words)))
    return bool(cast) and share(cast, lambda word: from_legacy(word, legacy)) > share(cast, str)


def _read(stretch: re.Match[str], proved: set[LegacySet]) -> str:
    mark, words = stretch.groups()
    legacy, capitals = _KIND_OF[mark]
    if legacy not in proved or UNICODE_LETTER.search(words):
        return words.upper() if capitals else words
    return from_legacy(words, legacy, capitals=capitals)
