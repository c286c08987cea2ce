"""Addresses of the whole country and both eras, beside rapidfuzz choosing the likest full address.

The texts are the 2,000 drawn by typing habits (`tests/data/addresses`). The peer compares each with
all 14,722 official addresses (`process.extractOne`, weighted ratio, case folded and cut-off none):
the usual way to match names without a parser. It always answers, so its share of wrong units
stands in the note beside ours, of the rows that are not ambiguous. One core each.
"""

import csv
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time

import rapidfuzz
from rapidfuzz import fuzz, process, utils

from bench.harness import Row
from vungxanh.engines.names import AddressIndex, Kind, Place
from vungxanh.locations.rules import ALIASES, own_name
from vungxanh.locations.values import Level, Unit, successions, units_2021, units_2025

VARIANTS = Path("tests/data/addresses/variants.csv")
LEAST_RATE = 5000.0
MOST_BUILD_MS = 1000.0
REPEAT = 3


@dataclass(frozen=True)
class Text:
    """An address, the day asked for, the unit meant, and whether it can be known."""

    text: str
    on: date | None
    expected: str
    is_clear: bool


def run(full: bool) -> list[Row]:
    """Rate, build time and memory of the index; the small form gives the peer fewer texts."""
    texts = read()
    places = both_eras()
    follows = [(one.old, one.new) for one in successions()]
    build = best(lambda: AddressIndex(places, follows))
    size = memory(lambda: AddressIndex(places, follows))
    index = AddressIndex(places, follows)
    ours = len(texts) / best(lambda: [index.find(one.text, on=one.on) for one in texts])
    few = texts[:: 20 if full else 100]
    names = official(places)
    start = process_time()
    guessed = [guess(one.text, names) for one in few]
    peer = len(few) / (process_time() - start)
    n_wrong = sum(
        one.expected != key for one, key in zip(few, guessed, strict=True) if one.is_clear
    )
    note = f"{answered(index, texts)}; peer rapidfuzz {rapidfuzz.__version__}, {n_wrong} wrong"
    note = f"{note} of {sum(one.is_clear for one in few)}"
    return [
        Row("addresses: both eras", ours, peer, ours / peer, LEAST_RATE, "address/s", note),
        Row("addresses: index built", build * 1e3, None, None, MOST_BUILD_MS, "ms"),
        Row("addresses: index in memory", size / 1e6, None, None, None, "MB"),
    ]


def read() -> list[Text]:
    """The drawn addresses."""
    with VARIANTS.open(encoding="utf-8", newline="") as lines:
        return [
            Text(
                row["text"],
                date.fromisoformat(row["on"]) if row["on"] else None,
                row["expected"],
                not row["ambiguous"],
            )
            for row in csv.DictReader(lines)
        ]


def both_eras() -> list[Place]:
    """Every unit of both trees but the country."""
    units = (*units_2021(), *units_2025())
    return [place_of(one) for one in units if one.level is not Level.COUNTRY]


def place_of(unit: Unit) -> Place:
    """A unit as the matcher knows it."""
    name = own_name(unit.name, unit.type_word)
    is_top = unit.level is Level.PROVINCE
    aliases = ALIASES.get(name, ()) if is_top else ()
    parent = None if is_top else unit.parent_id
    days = (unit.valid_from, unit.valid_to)
    return Place(unit.id, name, unit.type_word, unit.level, aliases, parent, *days)


def official(places: Iterable[Place]) -> dict[str, str]:
    """The whole official address of each place, folded as the peer folds texts."""
    by_key = {one.key: one for one in places}
    found = {}
    for key, place in by_key.items():
        parts, at = [], place
        while True:
            parts.append(f"{at.type_word} {at.name}")
            if at.parent is None:
                break
            at = by_key[at.parent]
        found[key] = utils.default_process(", ".join(parts))
    return found


def guess(text: str, names: dict[str, str]) -> str:
    """The key whose address the peer finds likest."""
    folded = utils.default_process(text)
    _, _, key = process.extractOne(folded, names, scorer=fuzz.WRatio)
    return str(key)


def answered(index: AddressIndex, texts: list[Text]) -> str:
    """What came of the clear texts."""
    found = [(one, index.find(one.text, on=one.on)) for one in texts if one.is_clear]
    sure = [(one, it) for one, it in found if it.kind in (Kind.EXACT, Kind.FOLDED)]
    n_wrong = sum(it.keys != (one.expected,) for one, it in sure)
    return f"{100 * len(sure) / len(found):.2f} % resolved, {n_wrong} wrong"


def best(work: Callable[[], object]) -> float:
    """Seconds of one core, the quickest of three runs."""
    times = []
    for _ in range(REPEAT):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def memory(make: Callable[[], object]) -> int:
    """Bytes that one more index holds."""
    tracemalloc.start()
    kept = make()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size if kept is not None else 0
