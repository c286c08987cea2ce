"""Columns that are not used, so that nobody believes they were."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.documents.grids import column_letters
from vungxanh.engines.checks.heads import is_remark, label
from vungxanh.engines.checks.rules.case import Case
from vungxanh.engines.checks.sentences import say
from vungxanh.engines.checks.types import Column, Finding
from vungxanh.engines.names import fold

_PEOPLE: Final = re.compile(r"\bnguoi\b")


def repeated_column(case: Case) -> Iterator[Finding]:
    """A second column that counts the same: the figures of the first are used."""
    for column in case.table.columns:
        if column.role != "count" or column.element is None:
            continue
        first = case.table.column_of(column.element)
        if first is None or first is column or _are_people_and_times(first, column):
            continue
        yield Finding(
            code="column.repeated",
            severity="warning",
            where=_where(column),
            message=say(
                "Cột “{second}” cũng là {element}; chỉ dùng cột “{first}”. Xóa cột thừa hoặc ghi rõ"
                " hai cột khác nhau ở đâu.",
                "Column “{second}” counts {element} too; only “{first}” is used. Remove one or say"
                " in what they differ.",
                second=column.head,
                first=first.head,
                element=label(column.element),
            ),
            claim=column.head,
            found=first.head,
            element=column.element,
        )


def _are_people_and_times(one: Column, other: Column) -> bool:
    """ "Số người khai báo" beside "Số lượt khai báo" are two things, though one element."""
    return len({bool(_PEOPLE.search(fold(column.head))) for column in (one, other)}) > 1


def unused_column(case: Case) -> Iterator[Finding]:
    """A column whose head says nothing that is counted here."""
    for column in case.table.columns:
        if column.role != "other" or not column.head or is_remark(column.head):
            continue
        yield Finding(
            code="column.not_recognised",
            severity="info",
            where=_where(column),
            message=say(
                "Cột “{head}” không được nhận ra nên không dùng; nếu là số liệu, ghi lại tên cột,"
                " ví dụ “Dân số”.",
                "Column “{head}” was not recognised and is not used; if it holds figures, name it"
                " like “Dân số” or “population”.",
                head=column.head,
            ),
            claim=column.head,
        )


def _where(column: Column) -> str:
    return f"cột {column_letters(column.position)}"
