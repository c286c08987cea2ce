"""Processor time of a program with everything that it started, from Linux' /proc (proc(5))."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

_TICKS: Final = os.sysconf("SC_CLK_TCK")


class _Process(NamedTuple):
    parent: int
    ticks: int


def seconds(roots: Iterable[int]) -> float:
    """User and system time until now of these processes and all below them, ended ones too.

    A process that has ended counts through its parent, which waited for it.
    """
    known = _processes()
    wanted = set(roots)
    grown = True
    while grown:
        below = {pid for pid, one in known.items() if one.parent in wanted} - wanted
        wanted |= below
        grown = bool(below)
    return sum(known[pid].ticks for pid in wanted if pid in known) / _TICKS


def _processes() -> dict[int, _Process]:
    found: dict[int, _Process] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (one := _read(folder / "stat")):
            found[int(folder.name)] = one
    return found


def _read(stat: Path) -> _Process | None:
    """Fields 4 and 14 to 17: parent; own user and system time, and those of ended children."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None  # it has just ended
    return _Process(int(fields[1]), sum(map(int, fields[11:15])))
