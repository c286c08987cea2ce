"""Claims in their JSON form: `{"claims": [{where, quote, element, unit, value, …}]}`."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from vungxanh.engines.checks.dates import as_of_in
from vungxanh.engines.checks.heads import base_of
from vungxanh.engines.checks.types import CheckError, Claim
from vungxanh.refusals import Words


def claims_of(content: object) -> tuple[Claim, ...]:
    """The claims of a parsed JSON document: an object with `claims`, or the list itself.

    Raises `checks.bad_claims` naming the first item that is not one.
    """
    listed = content.get("claims") if isinstance(content, Mapping) else content
    if not isinstance(listed, list):
        raise _bad(0, "claims")
    return tuple(_claim(number, item) for number, item in enumerate(listed, start=1))


def _claim(number: int, item: object) -> Claim:
    if not isinstance(item, Mapping):
        raise _bad(number, "{}")
    fields = _Fields(number, item)
    written = fields.text("base_as_written")
    element = fields.text("element")
    if element is None:
        raise _bad(number, "element")
    return Claim(
        where=fields.text("where") or "",
        element=element,
        quote=fields.text("quote") or "",
        unit=fields.text("unit"),
        value=fields.count("value"),
        share_percent=fields.percent("share_percent"),
        base_as_written=written,
        base=fields.text("base") or (base_of(written) if written else None),
        base_value=fields.count("base_value"),
        rank=fields.count("rank"),
        of=fields.count("of"),
        as_of=as_of_in(fields.text("as_of") or ""),
        span=fields.span("span"),
    )


class _Fields:
    """The fields of one item, each of its own type or absent."""

    def __init__(self, number: int, item: Mapping[object, object]) -> None:
        self._number = number
        self._item = item

    def text(self, name: str) -> str | None:
        """A string."""
        value = self._item.get(name)
        if value is None or isinstance(value, str):
            return value
        raise _bad(self._number, name)

    def count(self, name: str) -> int | None:
        """A whole number."""
        value = self._item.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise _bad(self._number, name)

    def percent(self, name: str) -> Decimal | None:
        """A number or a string of one; the decimals as written."""
        value = self._item.get(name)
        if value is None:
            return None
        try:
            percent = Decimal(str(value)) if isinstance(value, int | float | str) else None
        except InvalidOperation:
            percent = None
        if percent is None or not percent.is_finite() or isinstance(value, bool):
            raise _bad(self._number, name)
        return percent

    def span(self, name: str) -> tuple[int, int] | None:
        """Two character offsets."""
        value = self._item.get(name)
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2 and all(isinstance(n, int) for n in value):
            return value[0], value[1]
        raise _bad(self._number, name)


def _bad(number: int, field: str) -> CheckError:
    return CheckError(
        "checks.bad_claims",
        Words(
            f"Tệp số nêu trong văn bản sai ở mục {number}, trường “{field}”: cần danh sách claims"
            " với where, element, unit, value, share_percent, as_of.",
            f"The file of stated figures is wrong at item {number}, field “{field}”: it needs a"
            " list claims with where, element, unit, value, share_percent, as_of.",
        ),
        field=field,
    )
