"""Sentences of a paragraph and clauses of a sentence, without being misled by abbreviations."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.passages import Passage, words

_STOP: Final = re.compile(r"(?<![.])[.!?…](?:/\.)?[)”\"]?\s+(?=[A-ZĐÀ-Ỹ“\"(\d-])")
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(])(?:TP|TX|Tp|Tx|TT|KT|TM|TL|TUQ|ThS|TS|BS|PGS|GS|v\.v|Q|P|H|X|CS|số|ĐT|[A-ZĐ])$"
)
_CLAUSE: Final = re.compile(r"\s*;\s+")
_ALSO: Final = words(r"^(?:đồng thời|ngoài ra|bên cạnh đó|mặt khác|cùng với đó|và)\b[,:]?\s*")


def sentences_of(passage: Passage) -> tuple[Passage, ...]:
    """The sentences of a paragraph, in order.

    >>> [s.text for s in sentences_of(Passage.of("UBND TP. Huế làm. Sở khác làm việc này."))]
    ['UBND TP. Huế làm.', 'Sở khác làm việc này.']
    """
    return tuple(_cut(passage, (m for m in _STOP.finditer(passage.text) if _is_stop(passage, m))))


def clauses_of(sentence: Passage) -> tuple[Passage, ...]:
    """The parts of a sentence between semicolons outside brackets."""
    found = (m for m in _CLAUSE.finditer(sentence.text) if _is_outside(sentence.text, m.start()))
    return tuple(_cut(sentence, found))


def without_also(clause: Passage) -> Passage:
    """A clause without the "đồng thời" that ties it to the one before."""
    found = _ALSO.match(clause.folded)
    return clause.part(found.end()) if found else clause


def _is_stop(passage: Passage, match: re.Match[str]) -> bool:
    return not _ABBREVIATED.search(passage.text[: match.start()]) and _is_outside(
        passage.text, match.start()
    )


def _is_outside(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("(") <= before.count(")")


def _cut(passage: Passage, found: Iterator[re.Match[str]]) -> Iterator[Passage]:
    begin = 0
    for match in found:
        yield passage.part(begin, match.end())
        begin = match.end()
    rest = passage.part(begin)
    if rest:
        yield rest
