"""Lists in pages of fifty whose order never wavers: every order ends in a unique key."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet

PAGE_SIZE = 50
_NOTHING: Mapping[str, str] = MappingProxyType({})

Row = TypeVar("Row")
RowOut = TypeVar("RowOut", covariant=True)
Other = TypeVar("Other")
AnyModel = TypeVar("AnyModel", bound=Model)


class _Rows(Protocol[RowOut]):
    """A sequence or a query."""

    def __getitem__(self, part: slice, /) -> Iterable[RowOut]: ...


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One numbered page: for lists whose length matters and is small enough to count."""

    rows: tuple[Row, ...]
    number: int
    n_pages: int
    n_rows: int
    size: int = PAGE_SIZE

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def first(self) -> int:
        """Where its first row stands in the whole list, counted from 1; 0 when it has none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Where its last row stands in the whole list, counted from 1; 0 when it has none."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def previous(self) -> int | None:
        """The number of the page before, None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def following(self) -> int | None:
        """The number of the page after, None on the last."""
        return self.number + 1 if self.number < self.n_pages else None


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """A stretch of an endless list, and where the next one begins; nothing is counted."""

    rows: tuple[Row, ...]
    next_before: int | None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def mapped(self, change: Callable[[Row], Other]) -> "Slice[Other]":
        """The same stretch with each row changed."""
        return Slice(tuple(change(row) for row in self.rows), self.next_before)


def numbered(rows: QuerySet[AnyModel], number: object, *, size: int = PAGE_SIZE) -> Page[AnyModel]:
    """Page `number` of an ordered list; a number that is none or out of range gives the nearest.

    Two queries: the count and the page.
    """
    _refuse_unstable(rows)
    return _page(rows, number, n_rows=rows.count(), size=size)


def numbered_of(rows: Sequence[Row], number: object, *, size: int = PAGE_SIZE) -> Page[Row]:
    """As `numbered`, of rows that are all there.

    >>> numbered_of("abcde", 2, size=2).rows, numbered_of("abcde", 9, size=2).number
    (('c', 'd'), 3)
    """
    return _page(rows, number, n_rows=len(rows), size=size)


def _page(rows: "_Rows[Row]", number: object, *, n_rows: int, size: int) -> Page[Row]:
    n_pages = max(1, -(-n_rows // size))
    chosen = min(max(_whole(number, otherwise=1), 1), n_pages)
    start = (chosen - 1) * size
    return Page(tuple(rows[start : start + size]), chosen, n_pages, n_rows, size)


def pages_of(page: Page[Any], asked: Mapping[str, str] = _NOTHING) -> dict[str, object]:
    """The context of `core/_pagination.html`: which rows these are, and the neighbours' addresses.

    `asked` is what else the list was asked for; it goes on in the addresses, but what is empty.
    """
    return {
        "first": page.first,
        "last": page.last,
        "total": page.n_rows,
        "previous_url": _address(asked, page.previous),
        "next_url": _address(asked, page.following),
    }


def _address(asked: Mapping[str, str], number: int | None) -> str:
    if number is None:
        return ""
    kept = {name: text for name, text in asked.items() if text}
    return "?" + urlencode(kept | {"trang": str(number)})


def newest_first(
    rows: QuerySet[AnyModel], *, field: str, before: int | None, size: int = PAGE_SIZE
) -> Slice[AnyModel]:
    """The rows below `before` in a unique whole-number field, greatest first; one query."""
    if before is not None:
        rows = rows.filter(**{f"{field}__lt": before})
    found = list(rows.order_by(f"-{field}")[: size + 1])
    is_more = len(found) > size
    found = found[:size]
    return Slice(tuple(found), getattr(found[-1], field) if is_more else None)


def whole_or_none(text: str) -> int | None:
    """A whole number typed into an address, None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _whole(number: object, *, otherwise: int) -> int:
    found = whole_or_none(str(number))
    return otherwise if found is None else found


def _refuse_unstable(rows: QuerySet[Any]) -> None:
    """An order that does not end in a unique field would show rows twice or never."""
    order = rows.query.order_by or rows.model._meta.ordering or [""]
    name = str(order[-1]).removeprefix("-")
    fields = {"pk": rows.model._meta.pk, **{f.name: f for f in rows.model._meta.fields}}
    last = fields.get(name)
    if last is None or not last.unique:
        message = f"the order of {rows.model.__name__} must end in a unique field"
        raise ValueError(message)
