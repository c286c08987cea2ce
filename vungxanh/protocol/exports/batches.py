"""Batches of keys in several files, what the files are called, and the index that lists them.

Source: the published key server. Phones know a file again by its start, end and number, so each
file of a batch ends a second after the one before, and all are 1 of 1.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from vungxanh.protocol.exports import refusals
from vungxanh.protocol.exports.values import Head, Key, by_bytes, checked_head

MOST_KEYS: Final = 500_000  # in a file of the published key server
_MOST_FILES: Final = 99_999
_LONGEST: Final = 2**20  # characters of an index
_PATH: Final = re.compile(
    r"(?P<root>[\w.-]+(/[\w.-]+)*)/(?P<start>\d{1,12})-(?P<end>\d{1,12})-(?P<number>\d{5})\.zip",
    re.ASCII,
)
_UPWARD: Final = {".", ".."}


class Part(NamedTuple):
    """What goes into one file of a batch; `number` from 1."""

    number: int
    head: Head
    keys: tuple[Key, ...]
    revised: tuple[Key, ...]


class ExportPath(NamedTuple):
    """Where a file stands below the place that publishes: the batch's seconds, number from 1."""

    root: str
    start: int
    end: int
    number: int

    def __str__(self) -> str:
        return f"{self.root}/{self.start}-{self.end}-{self.number:05d}.zip"


def parts(
    head: Head, keys: Sequence[Key], revised: Sequence[Key] = (), *, most: int = MOST_KEYS
) -> Iterator[Part]:
    """A batch in files of at most `most` keys, sorted; revised keys come last.

    One file keeps the batch's end; of several, file n ends n seconds later. No keys, no file.
    Raises `protocol.export_head` (too many files).
    """
    ordered = [*sorted(keys, key=by_bytes), *sorted(revised, key=by_bytes)]
    starts = range(0, len(ordered), most)
    if len(starts) > _MOST_FILES:
        raise refusals.head("number", len(starts), (1, _MOST_FILES))
    for number, at in enumerate(starts, start=1):
        end = head.end + (number if len(starts) > 1 else 0)
        n_keys = max(len(keys) - at, 0)
        content = tuple(ordered[at : at + most])
        own = checked_head(Head(head.start, end, head.region))
        yield Part(number, own, content[:n_keys], content[n_keys:])


def index_text(paths: Iterable[ExportPath]) -> str:
    """The index: each path once, oldest first, LF between lines. Raises `protocol.bad_index`."""
    ordered = sorted(set(paths), key=_age)
    text = "\n".join(map(str, ordered))
    if paths_in(text) != tuple(ordered):
        raise refusals.bad_index(1)
    return text


def paths_in(text: str) -> tuple[ExportPath, ...]:
    """The paths of an index, in its order; an LF at its end is allowed.

    Refused (`protocol.bad_index`, with the line): a path that leads elsewhere, is no export
    file's, stands twice or is older than the one before.
    """
    if len(text) > _LONGEST:
        raise refusals.bad_index(1)
    found: list[ExportPath] = []
    for row, line in enumerate(text.removesuffix("\n").split("\n") if text else (), start=1):
        path = _path(line, row)
        if found and _age(path) <= _age(found[-1]):
            raise refusals.bad_index(row)
        found.append(path)
    return tuple(found)


def _path(line: str, row: int) -> ExportPath:
    match = _PATH.fullmatch(line)
    if match is None or _UPWARD & set(match["root"].split("/")):
        raise refusals.bad_index(row)
    path = ExportPath(match["root"], int(match["start"]), int(match["end"]), int(match["number"]))
    if str(path) != line or path.end < path.start or not path.number:
        raise refusals.bad_index(row)
    return path


def _age(path: ExportPath) -> tuple[int, int, int, str]:
    return path.start, path.end, path.number, path.root
