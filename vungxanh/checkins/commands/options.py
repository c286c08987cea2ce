"""What the options of tracing take: several files, sizes of memory, moments; how a verb ends."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from vungxanh.refusals import Words

INTERRUPTED: Final = 130  # the exit code after Ctrl-C
STOPPED: Final = Words(
    "Đã dừng theo yêu cầu; không ghi gì.", "Stopped as asked; nothing was written."
)
FARTHEST: Final = 2**40  # seconds since 1970 that a time may be away
_SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)([KMGT]?)(?:i?B)?", flags=re.IGNORECASE)
_POWERS: Final = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_UNIX: Final = re.compile(r"[+-]?[0-9]+")
_RFC_3339: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})",
    flags=re.IGNORECASE | re.ASCII,
)
FILE: Final = click.Path(path_type=Path)


class ManyFiles(click.Command):
    """A command whose `--visits` takes all the words up to the next option: shells expand `*`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each further file."""
        return super().parse_args(ctx, _repeated(args, "--visits"))


class Size(click.ParamType[int]):
    """Bytes, written 4G, 512M or 8000000000."""

    name = "size"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number of bytes; K, M, G and T are powers of 1024."""
        if isinstance(value, int):
            return value
        found = _SIZE.fullmatch(value.strip())
        if not found or not float(found[1]):
            self.fail(f"{value}: 4G, 512M", param, ctx)
        return int(float(found[1]) * 1024 ** _POWERS[found[2].upper()])


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


class Seconds(click.ParamType[int]):
    """A length of time; below zero is for the engine to refuse."""

    name = "seconds"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """A whole number of seconds."""
        if isinstance(value, int):
            return value
        if not _UNIX.fullmatch(value) or int(value) > FARTHEST:
            self.fail(f"{value}: 900", param, ctx)
        return int(value)


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


Option = Callable[[Callable[..., None]], Callable[..., None]]


def seconds(name: str, default: int, words: str) -> Option:
    """An option of a length of time."""
    return click.option(name, type=Seconds(), default=default, show_default=True, help=words)


def cap(name: str, words: str) -> Option:
    """An option of a number that 0 switches off."""
    return click.option(name, type=click.IntRange(0), default=0, metavar="N", help=words)


store = click.option("--store", type=FILE, help="Kho lượt vào đã dựng / a store that was built")
visits = click.option(
    "--visits",
    type=FILE,
    multiple=True,
    help="Tệp lượt vào .parquet, .csv, một hay nhiều / files of visits, one or more",
)
cases = click.option("--cases", type=FILE, required=True, help="Tệp ca bệnh .csv, .parquet / cases")
out = click.option(
    "--out", type=FILE, required=True, help="Tệp kết quả .parquet, .csv / the answer"
)
as_of = click.option("--as-of", type=Moment(), help="1622000000, 2021-05-26T17:00:00+07:00")
default_stay = seconds("--default-stay", 3600, "Giây ở lại khi không có giờ ra / without an end")
threads = click.option("--threads", type=click.IntRange(1, 256), help="Số luồng / how many threads")
memory = click.option("--memory", type=Size(), help="Không dùng quá, ví dụ 4G / use no more")
as_json = click.option("--json", "is_json", is_flag=True, help="Một tài liệu JSON / one document")
