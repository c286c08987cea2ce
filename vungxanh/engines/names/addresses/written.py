"""A written address taken apart: its letters, where words and parts end, type words, details."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from vungxanh.engines.names.addresses.vocabulary import (
    HAMLET_FORMS,
    SHORT_TYPES,
    Role,
    TypeForm,
    is_syllable,
    role_of,
    type_form,
)
from vungxanh.engines.names.spelling import syllable

MAX_LETTERS = 400  # the longest of 5,000 real addresses has 130; a letter's page has 2,000
GLUED = range(5, 61)  # letters of a word that may be several run together

_TOKEN = re.compile(r"([^\W\d_]+)|(\d+)|([,;/|()\[\]:\n]|\.(?=\s*\Z))|(\s[-–—]|[-–—]\s|[–—_])|(\.)")
_WORD, _NUMBER, _HARD, _DASH, _DOT = range(1, 6)


Spelt = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of the text, its letters at `start` up to `end` of the joined ones."""

    word: str
    base: str
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
    `tight` those where a part begins or ends. `types` tells the type words that end at a place:
    (start, type word). `needs` tells what must be understood before a name may begin there: the
    letters of a house number or of a word like "đường" in front of it. `claims` are type words
    that must belong to a unit.
    """

    base: str = ""
    varied: str = ""
    letters: str = ""
    tones: str = ""
    bounds: list[int] = field(default_factory=list)
    hard: set[int] = field(default_factory=set)
    tight: set[int] = field(default_factory=set)
    types: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    claims: list[int] = field(default_factory=list)
    is_unmarked: bool = True
    is_glued: bool = False
    dotted: set[int] = field(default_factory=set)


def mask_of(start: int, end: int) -> int:
    """The letters from `start` up to `end` as bits."""
    return (1 << end) - (1 << start)


def read(text: str, known: frozenset[str]) -> Written:
    """`text` taken apart; `known` are words of names that are no syllables ("kbang")."""
    written = Written()
    tokens = _tokens(text, written, known)
    end = len(written.base)
    written.hard |= {0, end}
    written.tight |= written.hard
    written.is_unmarked = written.letters == written.base and not written.tones.strip("0")
    written.is_glued = any(token.is_glued for token in tokens)
    written.bounds = _bounds(tokens, end, known)
    _note_details(tokens, written)
    _note_types(tokens, written)
    return written


@lru_cache(maxsize=16384)
def _taken_apart(word: str) -> Spelt:
    """Base, varied base, letters, and the tone at each letter."""
    part = syllable(word)
    varied = part.base
    if varied.endswith("k"):
        varied = varied[:-1] + "c"
    elif varied.endswith("y") and not varied.endswith("ay"):
        varied = varied[:-1] + "i"
    tone = part.tones if len(part.tones) == 1 else "0"
    tones = tone * len(part.base) if is_syllable(part.base) else _single_tones(part.letters, word)
    return part.base, varied, part.letters, tones


def _single_tones(letters: str, word: str) -> str:
    """Words run together bear each tone on its own letter only."""
    marks = [set(unicodedata.normalize("NFD", letter)) for letter in word]
    tones = "".join(next(iter(sorted(one & _TONES)), "0") for one in marks)
    return tones if len(tones) == len(letters) else "0" * len(letters)


_TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}


def _tokens(text: str, written: Written, known: frozenset[str]) -> list[Token]:
    """The words and numbers of the text; separators are noted in `written`."""
    tokens: list[Token] = []
    parts: list[Spelt] = []
    end = 0
    plain = unicodedata.normalize("NFC", text).lower().replace("ð", "đ")
    for match in _TOKEN.finditer(plain):
        kind = match.lastindex or 0
        if kind > _NUMBER:
            _note_separator(written, kind, tokens)
            continue
        part = _taken_apart(match[0])
        parts.append(part)
        base, start, end = part[0], end, end + len(part[0])
        tokens.append(Token(match[0], base, start, end, _is_glued(kind, base, known)))
    written.base, written.varied, written.letters, written.tones = _joined(parts)
    return tokens


def letters_of(name: tuple[str, ...]) -> Spelt:
    """Base, varied base, letters and tones of the words of a name, each joined."""
    return _joined([_taken_apart(word) for word in name])


def _joined(parts: list[Spelt]) -> Spelt:
    if not parts:
        return "", "", "", ""
    base, varied, letters, tones = map("".join, zip(*parts, strict=True))
    return base, varied, letters, tones


def _is_glued(kind: int, base: str, known: frozenset[str]) -> bool:
    return kind == _WORD and len(base) in GLUED and not is_syllable(base) and base not in known


def _note_separator(written: Written, kind: int, tokens: list[Token]) -> None:
    at = tokens[-1].end if tokens else 0
    if kind == _HARD:
        written.hard.add(at)
    if kind == _DOT:
        written.dotted.add(at)
    # "Nguyễn T. Minh Khai": a dot behind one or two letters shortens a word.
    if kind != _DOT or (tokens and len(tokens[-1].base) > 2):
        written.tight.add(at)


def _bounds(tokens: list[Token], end: int, known: frozenset[str]) -> list[int]:
    """Where names may begin or end: between words, and inside words run together."""
    bounds: list[int] = []
    for token in tokens:
        bounds.append(token.start)
        if token.is_glued:
            bounds.extend(token.start + at for at in seams(token.base, known))
    return [*bounds, end]


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


def _note_details(tokens: list[Token], written: Written) -> None:
    """House numbers, streets and hamlets: what may not be read as a unit, and where they end."""
    before: Token | None = None
    number = 0
    for token in tokens:
        if before is None or token.start in written.hard:
            before, number = None, 0
        role = role_of(token.word)
        if role is Role.NOISE:
            written.tight |= {token.start, token.end}
        if before is not None and (before.base, token.base) == ("viet", "nam"):
            written.tight.add(before.start)
        if before is not None:
            number = _note_detail(before, token, written, number=number)
        elif role is Role.NUMBER:
            number = token.mask
            written.needs[token.end] = number
        before = token


def _note_detail(before: Token, token: Token, written: Written, *, number: int) -> int:
    """What `token` behind `before` tells; the letters of the house number so far."""
    role = role_of(token.word)
    if role is Role.NUMBER and before.base in HAMLET_FORMS:
        written.tight.add(token.end)  # "tổ 3" ends the detail
        return 0
    if role is Role.NUMBER or (number and len(token.base) == 1 and role is Role.NONE):
        number |= token.mask  # "12", "12A", "12 B"
        written.needs[token.end] = number
        return number
    if role is Role.DETAIL:
        written.needs[token.end] = token.mask
    return 0


def _note_types(tokens: list[Token], written: Written) -> None:
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        for form, end in _forms_at(token, after, written):
            start = token.start
            written.types.setdefault(end, []).append((start, form.type_word))
            if _is_claim(form, start, end, written=written):
                written.claims.append(mask_of(start, end))
        if token.is_glued:
            _note_glued_types(token, written)


def _forms_at(
    token: Token, after: Token | None, written: Written
) -> Iterator[tuple[TypeForm, int]]:
    if after is not None and token.end not in written.hard:
        both = type_form(token.word, after.word)
        if both is not None:
            yield both, after.end
    one = type_form(token.word)
    if one is not None:
        yield one, token.end


def _is_claim(form: TypeForm, start: int, end: int, *, written: Written) -> bool:
    """Whether a unit must follow: "xã Nhơn Hội", "P. Trần Phú", but not "xã, huyện"."""
    if end in written.hard or not form.is_claim:
        return False
    if _is_road(written, end) or start in written.needs:
        return False
    return start in written.tight or form.is_written_out or end in written.dotted


def _is_road(written: Written, at: int) -> bool:
    """Whether what begins at `at` makes a road of the type word: "tỉnh lộ 5"."""
    return written.base.startswith("lo", at) and written.base[at + 2 : at + 3].isdigit()


def _note_glued_types(token: Token, written: Written) -> None:
    for start in range(token.start, token.end):
        for size in (1, 2, 4, 5, 6, 8):
            form = type_form(written.letters[start : start + size])
            if form is not None and start + size < token.end:
                written.types.setdefault(start + size, []).append((start, form.type_word))
