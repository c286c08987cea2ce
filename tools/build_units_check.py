"""Comparing the succession with another work on the same reform; nothing of it is kept."""

import hashlib
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.build_units_succession import Heir

_ENTRY = re.compile(
    r"OldToNewEntry\(\s*OldWardRef\((\d+), \d+, \d+, \w+\),\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_NEW = re.compile(r"NewWardRef\((\d+), \d+\)")
_CHECKED = {"whole", "split"}


def agreement(wheel: Path, heirs: Iterable[Heir]) -> None:
    """Print how many communes of early 2025 agree; end the build where one contradicts.

    Equal: the same new communes. Subset: one source names more parts than the other.
    Contradictory: each names a new commune that the other does not.
    """
    ours = _ours(heirs)
    theirs = _theirs(wheel)
    shared = sorted(ours.keys() & theirs.keys())
    equal = [code for code in shared if ours[code] == theirs[code]]
    subset = [c for c in shared if ours[c] < theirs[c] or theirs[c] < ours[c]]
    against = sorted(set(shared) - set(equal) - set(subset))
    print(
        f"agreement: {len(shared)} shared, {len(equal)} equal, {len(subset)} subset, "
        f"{len(against)} contradictory; our side {digest(ours)}"
    )
    if against:
        raise SystemExit(f"the sources contradict each other about: {', '.join(against)}")


def digest(heirs: Mapping[str, set[str]]) -> str:
    """SHA-256 of the lines "old new new …"; tells a test which succession was checked."""
    lines = (" ".join((old, *sorted(heirs[old]))) for old in sorted(heirs))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _ours(heirs: Iterable[Heir]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for heir in heirs:
        if len(heir.old) == 5 and heir.source in _CHECKED:
            found[heir.old].add(heir.new)
    return found


def _theirs(wheel: Path) -> dict[str, set[str]]:
    with zipfile.ZipFile(wheel) as package:
        text = package.read("vietnam_provinces/_ward_conversion_2025.py").decode()
    entries = text[text.index("OLD_TO_NEW:") : text.index("NEW_TO_OLD:")]
    return {
        old.zfill(5): {code.zfill(5) for code in _NEW.findall(new)}
        for old, new in _ENTRY.findall(entries)
    }
