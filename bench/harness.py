"""`make bench`: every benchmark, in one table of ours beside the peer.

A module of this package that has `run(full: bool) -> list[Row]` is a benchmark. `--small` runs the
small form; names on the command line choose modules. A row over its limit makes the exit code 1.
"""

import importlib
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADS = ("what", "ours", "peer", "ratio", "limit", "unit", "note")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; `ratio` says how many times better than the peer ours is.

    `limit` is the most that `ours` may be, or the least when the unit is a rate (holds a "/").
    """

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    limit: float | None
    unit: str
    note: str = ""

    @property
    def is_within(self) -> bool:
        """Whether ours keeps to its limit."""
        if self.limit is None:
            return True
        return self.ours >= self.limit if "/" in self.unit else self.ours <= self.limit

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed; a limit that was not kept is marked."""
        limit = _number(self.limit) + ("" if self.is_within else " ✗")
        ratio = "" if self.ratio is None else f"{_number(self.ratio)}×"
        numbers = (_number(self.ours), _number(self.peer), ratio, limit)
        return (self.name, *numbers, self.unit, self.note)


def _number(value: float | None) -> str:
    """Three significant digits, no exponent."""
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def modules() -> list[str]:
    """The names of the benchmark modules, those with a `run`."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return [path.stem for path in files if "\ndef run(full: bool)" in path.read_text()]


def run_one(name: str, *, full: bool) -> list[Row]:
    """The rows of one module."""
    return list(importlib.import_module(f"bench.{name}").run(full))


def table(rows: Sequence[Row]) -> str:
    """All rows under one head, columns aligned."""
    lines = [HEADS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    return "\n".join(_aligned(line, widths) for line in lines)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    # Text to the left, the four columns of numbers to the right.
    cells = [
        cell.rjust(width) if 1 <= column <= 4 else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def machine() -> str:
    """The commit and the machine that the numbers belong to."""
    command = ["git", "describe", "--always", "--dirty"]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    commit = asked.stdout.strip() or "no commit"
    python = platform.python_version()
    load = os.getloadavg()[0]
    chip = platform.machine()
    return f"commit {commit}, {os.cpu_count()} cores, {chip}, Python {python}, load {load:.1f}"


def main(arguments: Sequence[str]) -> int:
    """Run, print the table, and say by the exit code whether every limit was kept."""
    chosen = [argument for argument in arguments if argument != "--small"]
    unknown = sorted(set(chosen) - set(modules()))
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(modules())}; or --small")
        return 2
    full, names = "--small" not in arguments, chosen or modules()
    rows: list[Row] = []
    for name in names:
        print(f"… {name}", file=sys.stderr)
        rows += run_one(name, full=full)
    print(machine())
    print(table(rows))
    return 0 if all(row.is_within for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
