"""What a verb answers: one document for machines, lines for people."""

from typing import NamedTuple


class Told(NamedTuple):
    """`document` is printed with `--json`, `lines` without."""

    document: dict[str, object]
    lines: tuple[str, ...]
