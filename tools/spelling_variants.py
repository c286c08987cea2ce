"""Write tests/data/addresses/variants.csv: addresses as people type them, each with its unit.

Run by developers, never by the product:
    python -m tools.spelling_variants

The rules are typing habits (`tools/typing_habits.py`), written without the matcher: they share no
code with it, so that both can be wrong in different ways. A row is marked ambiguous when another
unit that may be meant (of the day, if the row has one) has the same written names under the same
rules, or when a street runs into a commune's name that has no type word.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tools.typing_habits import (
    LEVEL_OF_TYPE,
    OPEN_DETAILS,
    Part,
    Style,
    as_typed,
    bare,
    plain,
    style_of,
    written_part,
)
from vungxanh.locations.values import Unit, UnitId, successions, units_2021, units_2025

SEED = 20260801
N_ROWS = 2000
TARGET = Path("tests/data/addresses/variants.csv")
HEAD = ("text", "on", "expected", "ambiguous", "habits")
DAYS = {"vn-2021": "2021-08-01", "vn-2025": "2026-08-01"}
MIX = {"commune": 0.78, "district": 0.17, "province": 0.05}

Draw = np.random.Generator


@dataclass(frozen=True)
class Row:
    """One address; `rival` says why it may mean another unit, empty if it may not."""

    text: str
    on: str
    expected: str
    rival: str
    habits: str


class Country:
    """Units of both eras with their chains, and what became of the old ones."""

    def __init__(self) -> None:
        self.units = {one.id: one for one in (*units_2021(), *units_2025())}
        self.below = {key: one for key, one in self.units.items() if one.level != "country"}
        self.heirs = {one.old: one.new for one in successions() if one.is_default}
        self.bearers: dict[str, list[UnitId]] = defaultdict(list)
        for one in self.below.values():
            self.bearers[plain(own(one))].append(one.id)

    def chain(self, unit: UnitId) -> list[Unit]:
        """The unit and those above it but the country, the lowest first."""
        found = [self.units[unit]]
        while (parent := found[-1].parent_id) is not None:
            found.append(self.units[parent])
        return found[:-1]


def own(unit: Unit) -> str:
    """The name without its type word: "1" of "Phường 1"."""
    return unit.name[len(unit.type_word) + 1 :] if unit.type_word else unit.name


def main() -> None:
    """Write the file and print how many rows are ambiguous."""
    rows = variants(SEED, N_ROWS)
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(HEAD)
        for row in rows:
            writer.writerow((row.text, row.on, row.expected, row.rival, row.habits))
    print(len(rows), "rows,", sum(bool(row.rival) for row in rows), "ambiguous")


def variants(seed: int, n_rows: int) -> list[Row]:
    """Addresses drawn with this seed."""
    draw = np.random.default_rng(seed)
    country = Country()
    return [made(country, unit, draw) for unit in drawn(country, draw, n_rows)]


def drawn(country: Country, draw: Draw, n_rows: int) -> Iterator[UnitId]:
    """Units of both eras in equal shares, more communes than others."""
    pools: dict[tuple[str, str], list[UnitId]] = defaultdict(list)
    for one in country.below.values():
        pools[one.tree, one.level].append(one.id)
    for at in range(n_rows):
        tree = ("vn-2021", "vn-2025")[at % 2]
        level = str(draw.choice(list(MIX), p=list(MIX.values())))
        pool = pools.get((tree, level)) or pools[tree, "commune"]
        yield pool[int(draw.integers(len(pool)))]


def made(country: Country, unit: UnitId, draw: Draw) -> Row:
    """One address of the unit."""
    chain = country.chain(unit)
    style = style_of(draw, n_levels=len(chain))
    parts = [written_part(own(one), one.type_word, style, draw) for one in chain]
    if style.drops_middle and len(parts) == 3:
        parts = [parts[0], parts[2]]
    elif style.drops_top and len(parts) > 1:
        parts = parts[:-1]
    tree = chain[0].tree
    day = DAYS[tree] if style.has_day else ""
    if style.is_mixed and tree == "vn-2021" and len(chain) == 3 and unit in country.heirs:
        return mixed(country, unit, (style, parts), draw)
    text = as_typed(parts, style, draw)
    rival = open_end(parts, style, chain[0]) or rivals(country, unit, (style, parts, day), text)
    return Row(text, day, unit, rival, style.habits)


def mixed(country: Country, unit: UnitId, said: tuple[Style, list[Part]], draw: Draw) -> Row:
    """The old address with what it is now behind it; the day tells which is asked for."""
    style, parts = said
    heir = country.heirs[unit]
    now = [written_part(own(one), one.type_word, style, draw) for one in country.chain(heir)]
    style = replace(style, order="small first", now_is=tuple(now))
    is_new = bool(draw.random() < 0.5)
    day = DAYS["vn-2025" if is_new else "vn-2021"]
    asked = heir if is_new else unit
    asked_parts = now if is_new else parts
    level = country.units[asked]
    text = as_typed(parts, style, draw)
    rival = open_end(asked_parts, style, level)
    rival = rival or rivals(country, asked, (style, asked_parts, day), text)
    return Row(text, day, asked, rival, f"{style.habits}; nay là")


def open_end(parts: Sequence[Part], style: Style, unit: Unit) -> str:
    """A street's name has no end where no sign and no type word follows it."""
    is_bare = (unit.level == "commune" or len(parts) == 1) and not parts[0].type_text
    is_open = style.detail in OPEN_DETAILS and not style.separator.strip()
    return "open end" if is_bare and is_open else ""


def rivals(country: Country, unit: UnitId, said: tuple[Style, list[Part], str], text: str) -> str:
    """Units that the same words may mean."""
    style, parts, day = said
    near = {other for part in parts for other in country.bearers[plain(part.name)]} - {unit}
    own_worth = worth(country, unit, (style, parts))
    for other in sorted(near):
        tree = country.units[other].tree
        if day and DAYS[tree] != day:
            continue
        if style.accents == "some" and not is_readable(own(country.units[other]), text):
            continue
        theirs = worth(country, other, (style, parts))
        if theirs is not None and (
            not is_neighbour(country, unit, other) or own_worth is None or theirs >= own_worth
        ):
            return str(other)
    return ""


def is_readable(name: str, text: str) -> bool:
    """Whether each syllable stands in the text, with its accents or without."""
    words = {syllable(word) for word in re.findall(r"\w+", unicodedata.normalize("NFC", text))}
    each = re.findall(r"[^\W\d_]+", name)
    return all(syllable(word) in words or syllable(bare(word)) in words for word in each)


def syllable(word: str) -> str:
    """A syllable's letters and accents, wherever its tone stands; i for y, c for k."""
    marks = unicodedata.normalize("NFD", word.lower().replace("đ", "d\u0335"))
    return "".join(sorted(re.sub("k$", "c", marks).replace("y", "i")))


def is_neighbour(country: Country, unit: UnitId, other: UnitId) -> bool:
    """Type words are written loosely: they tell only neighbours of one name apart."""
    one, two = country.units[unit], country.units[other]
    is_within = unit in two.chain or other in one.chain  # tỉnh and thành phố Hà Giang
    is_near = is_within or (one.parent_id == two.parent_id and one.tree == two.tree)
    return is_near and marked(own(one)) == marked(own(two))


def worth(country: Country, unit: UnitId, said: tuple[Style, list[Part]]) -> int | None:
    """How many written type words are the unit's own, if its chain can be meant at all."""
    style, parts = said
    chain = country.chain(unit)
    lowest = [at for at, part in enumerate(parts) if may_mean(part, chain[0], style)]
    scores = [
        best_of([parts[at], *parts[:at], *parts[at + 1 :]], chain, style, is_lowest=True)
        for at in lowest
    ]
    return max((score for score in scores if score is not None), default=None)


def best_of(
    parts: Sequence[Part], chain: Sequence[Unit], style: Style, *, is_lowest: bool = False
) -> int | None:
    """Every part must be another unit of the chain, the first the lowest one if asked."""
    if not parts:
        return 0
    found: list[int] = []
    for at, one in enumerate(chain[:1] if is_lowest else chain):
        if may_mean(parts[0], one, style):
            rest = [*chain[:at], *chain[at + 1 :]]
            deeper = best_of(parts[1:], rest, style)
            if deeper is not None:
                found.append(deeper + (bool(parts[0].type_text) and is_own_type(parts[0], one)))
    return max(found, default=None)


def is_own_type(part: Part, unit: Unit) -> bool:
    """Whether the type word written is the unit's own."""
    return part.type_word == unit.type_word


def may_mean(part: Part, unit: Unit, style: Style) -> bool:
    """The same letters (and accents, if the style keeps all), and a type word of its level."""
    if plain(part.name) != plain(own(unit)):
        return False
    if style.accents == "all" and marked(part.name) != marked(own(unit)):
        return False
    return not part.type_text or unit.level in LEVEL_OF_TYPE[part.type_word]


def marked(name: str) -> str:
    """The letters with accents wherever the tone stands in its syllable."""
    words = unicodedata.normalize("NFD", name.lower()).split()
    return " ".join("".join(sorted(word)) for word in words)


if __name__ == "__main__":
    main()
