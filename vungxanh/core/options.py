"""What options of the command line take: files, several files, moments, one JSON document."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final

import click

FARTHEST: Final = 2**40  # seconds since 1970 that a time may be away
FILE: Final = click.Path(path_type=Path)
_UNIX: Final = re.compile(r"[+-]?[0-9]+")
_RFC_3339: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})",
    flags=re.IGNORECASE | re.ASCII,
)


class ManyFiles(click.Command):
    """A command whose option `many` takes all words up to the next option: shells expand `*`."""

    many: ClassVar[str]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each further file."""
        return super().parse_args(ctx, _repeated(args, self.many))


class Moment(click.ParamType[int]):
    """Unix seconds, or RFC 3339 with its offset."""

    name = "moment"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Unix seconds; parts of a second are cut off."""
        if isinstance(value, int):
            return value
        seconds = _seconds(value.strip())
        if seconds is None or abs(seconds) > FARTHEST:
            self.fail(f"{value}: 1622000000, 2021-05-26T17:00:00+07:00", param, ctx)
        return seconds


as_json = click.option("--json", "is_json", is_flag=True, help="Một tài liệu JSON / one document")


def _seconds(text: str) -> int | None:
    if _UNIX.fullmatch(text):
        return int(text)
    if not _RFC_3339.fullmatch(text):
        return None
    try:
        return int(datetime.fromisoformat(text.upper()).timestamp() // 1)
    except ValueError:
        return None


def _repeated(args: Sequence[str], option: str) -> list[str]:
    """`--visits a b` as `--visits a --visits b`."""
    written: list[str] = []
    is_taking, n_taken = False, 0
    for word in args:
        if word.startswith("-"):
            is_taking, n_taken = word == option or word.startswith(f"{option}="), int("=" in word)
        elif is_taking:
            written += [option] if n_taken else []
            n_taken += 1
        written.append(word)
    return written
