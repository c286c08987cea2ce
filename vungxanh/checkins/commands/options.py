"""What the options of tracing take: several files, sizes of memory, lengths of time."""

import re
from collections.abc import Callable
from typing import Final

import click

from vungxanh.core.options import FARTHEST, FILE, ManyFiles, Moment

_SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)([KMGT]?)(?:i?B)?", flags=re.IGNORECASE)
_POWERS: Final = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_WHOLE: Final = re.compile(r"[+-]?[0-9]+")


class ManyVisits(ManyFiles):
    """A command whose `--visits` takes several files."""

    many = "--visits"


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


class Seconds(click.ParamType[int]):
    """A length of time; below zero is for the engine to refuse."""

    name = "seconds"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """A whole number of seconds."""
        if isinstance(value, int):
            return value
        if not _WHOLE.fullmatch(value) or int(value) > FARTHEST:
            self.fail(f"{value}: 900", param, ctx)
        return int(value)


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
