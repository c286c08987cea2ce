"""The columns of a report form as data: what each holds, and the words of its head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from vungxanh.refusals import RefusalError, Words

MOST_COLUMNS: Final = 20
BLANK: Final = "…"
"""In a form's title: the area that is reported to."""


class ColumnRole(StrEnum):
    """What a column holds: a running number, a unit, a count, a share, a time, words."""

    ORDER = "order"
    NAME = "name"
    COUNT = "count"
    SHARE = "share"
    AS_OF = "as_of"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column. A count has its `element`; a share has a `numerator` and a `base`, both elements.

    What a reporter leaves empty in a count is missing, not zero.
    """

    role: ColumnRole
    head: Words
    element: str = ""
    numerator: str = ""
    base: str = ""


class BadColumnsError(RefusalError):
    """Columns that make no form."""

    def __init__(self, words: Words) -> None:
        super().__init__("uptake.bad_columns", words, field="columns")


def columns_of(wire: Sequence[Mapping[str, Any]]) -> tuple[FormColumn, ...]:
    """Columns as a form keeps them."""
    return tuple(
        FormColumn(
            ColumnRole(one["role"]),
            Words(one["vi"], one["en"]),
            one.get("element", ""),
            one.get("numerator", ""),
            one.get("base", ""),
        )
        for one in wire
    )


def wire_of(columns: Sequence[FormColumn]) -> list[dict[str, str]]:
    """The same to be kept."""
    return [
        {
            "role": str(one.role),
            "vi": one.head.vi,
            "en": one.head.en,
            "element": one.element,
            "numerator": one.numerator,
            "base": one.base,
        }
        for one in columns
    ]


def elements_of(columns: Sequence[FormColumn]) -> tuple[str, ...]:
    """What the form counts, in the order of its columns.

    >>> column = FormColumn(ColumnRole.COUNT, Words("Số máy", "Phones"), element="installs")
    >>> elements_of([FormColumn(ColumnRole.NAME, Words("Huyện", "District")), column])
    ('installs',)
    """
    return tuple(one.element for one in columns if one.role is ColumnRole.COUNT)


def bases_of(columns: Sequence[FormColumn]) -> tuple[str, ...]:
    """What the form's shares are divided by, each once."""
    found = (one.base for one in columns if one.role is ColumnRole.SHARE)
    return tuple(dict.fromkeys(found))


def titled(title: str, area: str) -> str:
    """The title of a form for an area; where it leaves no blank, as it is.

    >>> titled("Số máy đã cài trên địa bàn …", "Tỉnh Bình Định")
    'Số máy đã cài trên địa bàn tỉnh Bình Định'
    """
    return title.replace(BLANK, area[:1].lower() + area[1:])


def full_title(number: str, title: str, area: str) -> str:
    """Number and title of a form for an area."""
    return " – ".join(filter(None, (number, titled(title, area))))


def checked_columns(columns: Sequence[FormColumn], known: Mapping[str, bool]) -> None:
    """Refuse columns that make no form; `known` says of each element whether it is a base."""
    roles = [one.role for one in columns]
    if roles.count(ColumnRole.NAME) != 1 or ColumnRole.COUNT not in roles:
        raise BadColumnsError(_NEEDED)
    if len(columns) > MOST_COLUMNS or any(not one.head.vi.strip() for one in columns):
        raise BadColumnsError(_HEADS)
    heads = [" ".join(one.head.vi.lower().split()) for one in columns]
    if len(set(heads)) != len(heads):
        raise BadColumnsError(_TWICE)
    counted = elements_of(columns)
    if len(set(counted)) != len(counted) or any(one not in known for one in counted):
        raise BadColumnsError(_COUNTS)
    for one in columns:
        if one.role is ColumnRole.SHARE and not _is_share(one, known):
            raise BadColumnsError(_SHARE)


def _is_share(column: FormColumn, known: Mapping[str, bool]) -> bool:
    return column.numerator in known and known.get(column.base, False)


_NEEDED: Final = Words(
    "Biểu mẫu cần đúng một cột tên địa bàn và ít nhất một cột số đếm. Thêm cột còn thiếu.",
    "A form needs one column of units and at least one count. Add what is missing.",
)
_HEADS: Final = Words(
    f"Mỗi cột cần có tên, và biểu mẫu có nhiều nhất {MOST_COLUMNS} cột. Xem lại các cột.",
    f"Each column needs a head, and a form has at most {MOST_COLUMNS} columns. Check them.",
)
_TWICE: Final = Words(
    "Hai cột có cùng tên. Đặt tên khác nhau để người nộp không nhầm.",
    "Two columns have the same head. Name them apart, so that nobody confuses them.",
)
_COUNTS: Final = Words(
    "Mỗi cột số đếm ghi một chỉ số khác nhau. Chọn lại chỉ số của các cột.",
    "Each count holds another element. Choose the elements anew.",
)
_SHARE: Final = Words(
    "Cột tỷ lệ cần tử số và mẫu số. Chọn số được tính và mẫu số của cột đó.",
    "A share needs what is counted and its base. Choose both.",
)
