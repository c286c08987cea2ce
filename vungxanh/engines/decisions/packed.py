"""Facts in 28 signs, so that a million of them are read at once into columns.

21 bytes little-endian, in base64: version u1, signs u2, standings u1, conditions u2 (a bit for each
word in the order of `types`), flags u1 (two bits each: 0 not known, 1 no, 2 yes), area_level i1,
worst_place_level i1, doses i1, dose_days i2, recovered_days i2, test u1, test_hours i2, age i2
(-1 not known), form u1, one byte kept free. A word that `types` does not list is left out: no rule
can name it. A number beyond its bounds is brought to the edge.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from struct import Struct

import numpy as np
import numpy.typing as npt

from vungxanh.engines.decisions.types import FLAGS, NUMBERS, SETS, WORDS, Facts

VERSION = 1
SIGNS_LONG = 28
_UNKNOWN = -1
_LAYOUT = Struct("<BHBHBbbbhhBhhBx")
PACKED = np.dtype(
    [
        *(("version", "u1"), ("signs", "<u2"), ("standings", "u1"), ("conditions", "<u2")),
        *(("flags", "u1"), ("area_level", "i1"), ("worst_place_level", "i1"), ("doses", "i1")),
        *(("dose_days", "<i2"), ("recovered_days", "<i2"), ("test", "u1"), ("test_hours", "<i2")),
        *(("age", "<i2"), ("form", "u1"), ("free", "u1")),
    ]
)
"""One row for each person; shape (n,)."""
_BITS = {fact: {word: 1 << bit for bit, word in enumerate(words)} for fact, words in SETS.items()}
_PLACES = {fact: {word: place for place, word in enumerate(words)} for fact, words in WORDS.items()}


def packed(facts: Facts) -> str:
    """Facts as 28 signs of base64."""
    content = _LAYOUT.pack(
        VERSION,
        _bits("signs", facts.signs),
        _bits("standings", facts.standings),
        _bits("conditions", facts.conditions),
        _flags(facts),
        _number("area_level", facts.area_level),
        _number("worst_place_level", facts.worst_place_level),
        _number("doses", facts.doses),
        _number("dose_days", facts.dose_days),
        _number("recovered_days", facts.recovered_days),
        _PLACES["test"].get(facts.test, 0),
        _number("test_hours", facts.test_hours),
        _number("age", facts.age),
        _PLACES["form"].get(facts.form, 0),
    )
    return b64encode(content).decode()


def unpacked(text: str) -> Facts:
    """The facts that `packed` wrote; ValueError for anything else."""
    row = columns_of([text])[0]
    sets = {fact: _words_of(fact, int(row[fact])) for fact in SETS}
    numbers = {fact: _known(int(row[fact])) for fact in NUMBERS}
    flags = {fact: _flag_of(int(row["flags"]), place) for place, fact in enumerate(FLAGS)}
    return Facts(
        signs=sets["signs"],
        standings=sets["standings"],
        conditions=sets["conditions"],
        been=flags["been"],
        contact_case=flags["contact_case"],
        contact_country=flags["contact_country"],
        contact_ill=flags["contact_ill"],
        area_level=numbers["area_level"],
        worst_place_level=numbers["worst_place_level"],
        doses=numbers["doses"],
        dose_days=numbers["dose_days"],
        recovered_days=numbers["recovered_days"],
        test=WORDS["test"][row["test"]],
        test_hours=numbers["test_hours"],
        age=numbers["age"],
        form=WORDS["form"][row["form"]],
    )


def columns_of(texts: Sequence[str]) -> npt.NDArray[np.void]:
    """Packed facts as rows of PACKED, in the order given; ValueError for what is not packed."""
    if any(len(text) != SIGNS_LONG for text in texts):
        raise ValueError("facts are packed in 28 signs")
    rows = np.frombuffer(b64decode("".join(texts), validate=True), dtype=PACKED)
    if len(rows) and not bool((rows["version"] == VERSION).all()):
        raise ValueError("facts of another version")
    return rows


def flag(rows: npt.NDArray[np.void], fact: str) -> npt.NDArray[np.uint8]:
    """0 not known, 1 no, 2 yes; shape (n,)."""
    return np.asarray((rows["flags"] >> (2 * FLAGS.index(fact))) & 3, dtype=np.uint8)


def bits_of(fact: str, words: Sequence[str]) -> int:
    """The bits of words of a set."""
    return sum(_BITS[fact][word] for word in words)


def place_of(fact: str, word: str) -> int:
    """The number by which a word is packed."""
    return _PLACES[fact][word]


def _bits(fact: str, words: frozenset[str]) -> int:
    bits = _BITS[fact]
    return sum(bits.get(word, 0) for word in words)


def _words_of(fact: str, bits: int) -> frozenset[str]:
    return frozenset(word for word, bit in _BITS[fact].items() if bits & bit)


def _flags(facts: Facts) -> int:
    found = (facts.been, facts.contact_case, facts.contact_country, facts.contact_ill)
    return sum((1 + is_so) << (2 * place) for place, is_so in enumerate(found) if is_so is not None)


def _flag_of(flags: int, place: int) -> bool | None:
    return (None, False, True)[(flags >> (2 * place)) & 3]


def _number(fact: str, value: int | None) -> int:
    if value is None:
        return _UNKNOWN
    low, high = NUMBERS[fact]
    return min(max(value, low), high)


def _known(value: int) -> int | None:
    return None if value == _UNKNOWN else value
