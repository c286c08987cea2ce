"""Words of addresses that are no names: streets, hamlets, type words, and what stands between."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from vungxanh.engines.names.readings import BEFORE, LEVELS
from vungxanh.engines.names.spelling import TONES, is_less_marked, spelling, syllable, words


class Role(Enum):
    """What a word of an address may be beside a part of a name."""

    NONE = 0
    NUMBER = 1
    DETAIL = 2  # a name behind it is a street's, a hamlet's or a building's
    NOISE = 3  # stands between units: "nay là", "thuộc", "cũ"


@dataclass(frozen=True, slots=True)
class TypeForm:
    """A type word as written; `is_claim` when a unit's name must follow it."""

    type_word: str
    is_written_out: bool
    is_claim: bool


# A number behind these ends the detail: "tổ 3 Trần Phú" names a ward, "số 3 Trần Phú" a street.
_HAMLETS = (
    "tổ kp phố khupho khuvuc todanpho tieukhu thôn ấp xóm khóm bản buôn làng đội khu kv vực cụm tdp"
    " khối bon phum sóc"
)
_STREETS = "số sn đường ngõ ngách hẻm kiệt lô ql lộ dãy tầng chợ hẽm chung cư tòa toà nhà kcn cty"
_BETWEEN = "nay là thuộc cũ mới trước đây tại ở vn của và"
# The parts of a Vietnamese syllable without accents.
_FIRST = "b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|qu|r|s|t|th|tr|v|x"
_MIDDLE = (
    "a|e|i|o|u|y|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay|oe|oeo|oi|oo|ua|uay|ua|uau|ue|ui|uo"
    "|uoi|uou|uu|uy|uya|uye|uyu|ye|yeu"
)
_SYLLABLE = re.compile(rf"(?:{_FIRST})?(?:{_MIDDLE})(?:c|ch|m|n|ng|nh|p|t|k)?|\d+")


def _by_base(listed: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in listed.split():
        base = syllable(word).base
        found[base] = (*found.get(base, ()), word)
    return found


_DETAILS = _by_base(f"{_HAMLETS} {_STREETS}")
_NOISE = _by_base(_BETWEEN)
_BEGINNINGS = frozenset(form[0] for form in BEFORE if len(form) == 2)
_GLUED = {"".join(form): type_word.type_word for form, type_word in BEFORE.items()}
SHORT_TYPES = frozenset("".join(form) for form in BEFORE if len("".join(form)) <= 2)
# What is written before an address or behind it; a unit may begin or end there.
PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "viet nam",
        "thuong tru",
        "tam tru",
        "cu tru",
        "cu ngu",
        "ho khau",
        "dia chi",
        "que quan",
    )
)
ROADS = frozenset({"duong", "lo", "ql", "tl"})  # "đường 30/4", "quốc lộ 1A"
HAMLET_FORMS = frozenset(_by_base(_HAMLETS))


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number in lower case, and all that is known of it alone.

    `base`, `varied`, `letters` and `tones` have one length: without accents; that with i for y and
    c for k at its end; without tones; the tone at each letter ("0" is none). A word of several
    syllables bears each tone on its own letter only.
    """

    text: str
    base: str
    varied: str
    letters: str
    tones: str
    role: Role
    form: TypeForm | None
    begins_type: bool
    is_syllable: bool


@lru_cache(maxsize=32768)
def word_of(text: str) -> Word:
    """A word taken apart."""
    part = syllable(text)
    whole = is_syllable(part.base)
    tone = part.tones if len(part.tones) == 1 else "0"
    return Word(
        text=text,
        base=part.base,
        varied=spelling((text,)).varied,
        letters=part.letters,
        tones=tone * len(part.base) if whole else _single_tones(part.letters, text),
        role=_role(text),
        form=type_form(text),
        begins_type=part.base in _BEGINNINGS,
        is_syllable=whole,
    )


def _single_tones(letters: str, word: str) -> str:
    marks = [set(unicodedata.normalize("NFD", letter)) for letter in word]
    tones = "".join(next(iter(sorted(one & TONES)), "0") for one in marks)
    return tones if len(tones) == len(letters) else "0" * len(letters)


def _role(word: str) -> Role:
    """Accents of a listed word may be left out but not be others ("bàn" is no "bản")."""
    if word.isdigit():
        return Role.NUMBER
    if _is_any(word, _DETAILS):
        return Role.DETAIL
    return Role.NOISE if _is_any(word, _NOISE) else Role.NONE


def _is_any(word: str, listed: dict[str, tuple[str, ...]]) -> bool:
    full = listed.get(syllable(word).base, ())
    return any(is_less_marked(spelling((word,)), spelling((one,))) for one in full)


@lru_cache(maxsize=32768)
def type_form(*written: str) -> TypeForm | None:
    """The type word that one or two words write, if any."""
    joined = words(" ".join(written))
    form = BEFORE.get(tuple(syllable(word).base for word in joined))
    if form is None or not is_less_marked(spelling(joined), form.spelt):
        return None
    full = " ".join(joined)
    return TypeForm(form.type_word, is_written_out=full in LEVELS, is_claim=full != "t")


def glued_form(base: str) -> str | None:
    """The type word that these plain letters write, all its words run together."""
    return _GLUED.get(base)


@lru_cache(maxsize=32768)
def is_syllable(base: str) -> bool:
    """Whether these plain letters can be one syllable, or a number."""
    return _SYLLABLE.fullmatch(base) is not None
