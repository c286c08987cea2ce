"""A written address taken apart: its letters, where words and parts end, type words, details."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from vungxanh.engines.names.addresses.vocabulary import (
    HAMLET_FORMS,
    PAIRS,
    ROADS,
    SHORT_TYPES,
    Role,
    TypeForm,
    Word,
    glued_form,
    is_syllable,
    type_form,
    word_of,
)

MAX_LETTERS = 400  # an address with hamlet, street and both eras has 150; a page has 2,000
GLUED = range(5, 61)  # letters of a word that may be several run together

_PIECE = re.compile(
    r"([^\W\d_]+|\d+)|((?:[,;|(\[:]|(?<!\d)/|/(?!\d))+)|(\A-|-\Z|[–—_])|(\.)|(-)|([)\]])"
)
_WORD, _HARD, _DASH, _DOT, _HYPHEN, _CLOSING = range(1, 7)


class Token(NamedTuple):
    """A word or number of the text; its letters stand at `start` up to `end` of the joined ones."""

    word: Word
    start: int
    end: int
    is_glued: bool

    @property
    def mask(self) -> int:
        """One bit for each letter."""
        return mask_of(self.start, self.end)


@dataclass(slots=True)
class Written:
    """An address as joined strings of one length, and what is known of each place between letters.

    `base` without accents, `varied` with i for y and c for k at the end of words, `letters` with
    accents but tones, `tones` the tone of the word at each of its letters ("0" is none).
    `bounds` are the places where a name may begin or end, `hard` those that none may cross,
    `tight` those where a part begins or ends, `ends` those where one ends or a type word begins.
    `types` tells the type words that end at a place: (start, type word). `needs` tells what must
    be part of a unit before a name may begin there: the letters of a word like "đường" in front of
    it; `numbered` those of a house number. `claims` are type words that must belong to a unit.
    What stands before `now_at` was so once ("… nay là …"), what stands from there up to
    `now_until`, the end of the bracket or text, is so now; None if the text does not say so.
    `closed` are the ends of brackets, `dotted` where a dot stands.
    """

    base: str
    varied: str
    letters: str
    tones: str
    is_unmarked: bool
    is_glued: bool = False
    bounds: list[int] = field(default_factory=list)
    hard: set[int] = field(default_factory=set)
    tight: set[int] = field(default_factory=set)
    types: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    numbered: dict[int, int] = field(default_factory=dict)
    now_at: int | None = None
    now_until: int = 0
    closed: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    claims: list[int] = field(default_factory=list)
    dotted: set[int] = field(default_factory=set)


def mask_of(start: int, end: int) -> int:
    """The letters from `start` up to `end` as bits."""
    return (1 << end) - (1 << start)


def read(text: str, known: frozenset[str]) -> Written:
    """`text` taken apart; `known` are words of names that are no syllables ("kbang")."""
    plain = unicodedata.normalize("NFC", text).lower().replace("ð", "đ").replace("\n", ",")
    pieces = [piece for chunk in plain.split() for piece in _pieces(chunk)]
    base, varied, letters, tones = joined([piece for piece in pieces if isinstance(piece, Word)])
    is_unmarked = letters == base and not tones.strip("0")
    written = Written(base, varied, letters, tones, is_unmarked)
    tokens = _placed(pieces, written, known)
    written.hard |= {0, len(base)}
    written.tight |= written.hard
    written.ends = set(written.tight)
    written.bounds.append(len(base))
    _note_details(tokens, written)
    _note_types(tokens, written)
    written.ends.update(start for one in written.types.values() for start, _ in one)
    return written


def joined(parts: list[Word]) -> tuple[str, str, str, str]:
    """Base, varied base, letters and tones of words run together."""
    return (
        "".join([part.base for part in parts]),
        "".join([part.varied for part in parts]),
        "".join([part.letters for part in parts]),
        "".join([part.tones for part in parts]),
    )


@lru_cache(maxsize=32768)
def _pieces(chunk: str) -> tuple[Word | int, ...]:
    """Words, and kinds of separators, of a text without spaces."""
    kinds = [(match.lastindex or 0, match[0]) for match in _PIECE.finditer(chunk)]
    # "Sơn-Thanh" parts two names; "Nguyễn-Thị-Minh-Khai" is one.
    is_one_name = chunk.count("-") > 1
    return tuple(
        word_of(text) if kind == _WORD else kind
        for kind, text in kinds
        if not (kind == _HYPHEN and is_one_name)
    )


def _placed(pieces: list[Word | int], written: Written, known: frozenset[str]) -> list[Token]:
    """Words with their places; separators are noted in `written`."""
    tokens: list[Token] = []
    end = 0
    for piece in pieces:
        if not isinstance(piece, Word):
            _note_separator(written, piece, tokens)
            continue
        start, end = end, end + len(piece.base)
        written.bounds.append(start)
        is_glued = _is_glued(piece, known)
        if is_glued:
            written.is_glued = True
            written.bounds.extend(start + at for at in seams(piece.base, known))
        tokens.append(Token(piece, start, end, is_glued))
    return tokens


def _is_glued(word: Word, known: frozenset[str]) -> bool:
    if word.is_syllable or len(word.base) not in GLUED:
        return False
    return word.base not in known and word.base not in HAMLET_FORMS


def _note_separator(written: Written, kind: int, tokens: list[Token]) -> None:
    at = tokens[-1].end if tokens else 0
    if kind in (_HARD, _CLOSING):
        written.hard.add(at)
    if kind == _CLOSING:
        written.closed.add(at)
    if kind == _DOT:
        written.dotted.add(at)
    # "Nguyễn T. Minh Khai": a dot behind one or two letters shortens a word.
    if kind != _DOT or (tokens and len(tokens[-1].word.base) > 2):
        written.tight.add(at)


@lru_cache(maxsize=4096)
def seams(base: str, known: frozenset[str]) -> tuple[int, ...]:
    """Where words run together may be parted, so that every piece is a word or a short type."""

    def is_piece(start: int, end: int) -> bool:
        piece = base[start:end]
        return is_syllable(piece) or piece in known or piece in SHORT_TYPES

    size = len(base)
    spans = [(a, b) for a in range(size) for b in range(a + 1, size + 1) if is_piece(a, b)]
    forward, backward = {0}, {size}
    for start, end in spans:
        if start in forward:
            forward.add(end)
    for start, end in reversed(spans):
        if end in backward:
            backward.add(start)
    return tuple(sorted((forward & backward) - {0, size}))


def _note_now(before: Token | None, token: Token, written: Written) -> None:
    """Behind "nay là" or "nay thuộc" stands what is; before it, what was."""
    if before is not None and before.word.base == "nay" and token.word.base in ("la", "thuoc"):
        _begin_now(before.start, token.end, written)


def _begin_now(start: int, end: int, written: Written) -> None:
    written.now_at = start
    written.now_until = min(at for at in {*written.closed, len(written.base)} if at >= end)
    written.tight |= {start, end}


class _Number(Enum):
    """What a number ends or begins."""

    NONE = 0
    HOUSE = 1  # a street follows: "12 Lê Lợi"
    CLOSED = 2  # the detail ends: "tổ 3", "đường 30/4"


def _note_details(tokens: list[Token], written: Written) -> None:
    """House numbers, streets and hamlets: what may not be read as a unit, and where they end."""
    parted = frozenset(written.tight)
    before: Token | None = None
    number = _Number.NONE
    for token in tokens:
        if token.start in parted:
            before, number = None, _Number.NONE
        role = token.word.role
        if role is Role.NOISE:
            written.tight |= {token.start, token.end}
            _note_now(before, token, written)
        elif role is not Role.NONE or number is not _Number.NONE:
            number = _note_detail(before, token, written, number=number)
        elif token.is_glued and token.word.base.startswith("nayla"):
            _begin_now(token.start, token.start + 5, written)
        if before is not None and (before.word.base, token.word.base) in PAIRS:
            written.tight |= {before.start, token.end}  # "thường trú …", "… Việt Nam"
        before = token
    for at in parted:
        written.needs.pop(at, None)
        written.numbered.pop(at, None)


def _note_detail(
    before: Token | None, token: Token, written: Written, *, number: _Number
) -> _Number:
    """What `token` behind `before` tells, and what the number is that it belongs to."""
    word = token.word
    if word.role is Role.NUMBER:
        number = _kind_of_number(before, number)
    elif number is _Number.NONE or len(word.base) > 1 or word.role is not Role.NONE:
        if word.role is Role.DETAIL:
            written.needs[token.end] = token.mask
        is_road = before is not None and before.word.base in ROADS and word.base == "so"
        return _Number.CLOSED if is_road else _Number.NONE  # "đường số 8"
    if number is _Number.HOUSE:  # "12", "12A", "12/3"
        written.numbered[token.end] = token.mask | written.numbered.get(token.start, 0)
    elif before is not None and before.word.base in HAMLET_FORMS:
        written.tight.add(token.end)  # "tổ 3 Trần Phú"
    return number


def _kind_of_number(before: Token | None, number: _Number) -> _Number:
    if number is not _Number.NONE:
        return number
    is_closed = before is not None and before.word.base in HAMLET_FORMS | ROADS
    return _Number.CLOSED if is_closed else _Number.HOUSE


def _note_types(tokens: list[Token], written: Written) -> None:
    for place, token in enumerate(tokens):
        word = token.word
        if word.begins_type and place + 1 < len(tokens) and token.end not in written.hard:
            after = tokens[place + 1]
            both = type_form(word.text, after.word.text)
            if both is not None:
                _note_type(written, both, (token.start, after.end))
        if word.form is not None:
            _note_type(written, word.form, (token.start, token.end))
        if token.is_glued:
            _note_glued_types(token, written)


def _note_type(written: Written, form: TypeForm, at: tuple[int, int]) -> None:
    start, end = at
    if end in written.ends:
        return  # "xã, huyện"
    written.types.setdefault(end, []).append((start, form.type_word))
    if not form.is_claim or _is_detail(written, start) or _is_road(written, end):
        return  # "số 5 P", "tỉnh lộ 5"
    if form.is_written_out or start in written.tight or end in written.dotted:
        written.claims.append(mask_of(start, end))


def _is_detail(written: Written, start: int) -> bool:
    return start in written.needs or start in written.numbered


def _is_road(written: Written, at: int) -> bool:
    """Whether what begins at `at` makes a road of the type word: "tỉnh lộ 5"."""
    return written.base.startswith("lo", at) and written.base[at + 2 : at + 3].isdigit()


def _note_glued_types(token: Token, written: Written) -> None:
    for start in range(token.start, token.end):
        for end in range(start + 1, min(start + 8, token.end) + 1):
            type_word = glued_form(written.base[start:end])
            if type_word is not None and end not in written.ends:
                written.types.setdefault(end, []).append((start, type_word))
