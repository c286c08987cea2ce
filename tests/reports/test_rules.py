"""Names of files, typed codes, and what two documents say differently."""

from datetime import date
from urllib.parse import unquote

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.documents import annex, letter
from vungxanh.documents.content import Footnote, Paragraph
from vungxanh.reports.rules import (
    Difference,
    differences,
    disposition,
    file_name,
    typed_code,
)

ANYTHING = st.text(max_size=200)


@given(ANYTHING)
def test_no_title_breaks_a_file_name(title: str) -> None:
    name = file_name(title, as_of=date(2021, 5, 26), edition=3, ending="pdf")
    assert name.endswith(" 2021-05-26 bản 3.pdf")
    assert not set('/\\:*?"<>|\r\n\0') & set(name)
    assert not name.startswith((".", " "))


@given(ANYTHING)
def test_no_name_escapes_from_the_header(name: str) -> None:
    header = disposition(f"{name}.pdf")
    plain, quoted = header.removeprefix("attachment; filename=").split("; filename*=UTF-8''")
    assert header.isascii()
    assert not set(' "\r\n;') & set(plain)
    assert plain.endswith(".pdf")
    assert unquote(quoted).endswith(".pdf")


@given(ANYTHING)
def test_typed_code_is_a_code_or_nothing(text: str) -> None:
    code = typed_code(text)
    assert code is None or typed_code(code) == code


def test_code_is_read_as_people_type_it() -> None:
    typed = ("7F3A-91C4", "7f3a91c4", " 7F3A 91C4 ", "7F3A–91C4")
    assert {typed_code(one) for one in typed} == {"7F3A-91C4"}


def test_equal_documents_do_not_differ() -> None:
    assert differences(annex(), annex()) == ()
    assert differences(letter(), letter()) == ()


def test_changed_count_is_named_by_row_and_column() -> None:
    assert differences(annex(count=10), annex(count=1234)) == (
        Difference("Phường Trần Phú", "Số", "10", "1.234"),
        Difference("Toàn thành phố", "Số", "10", "1.234"),
    )


def test_footnote_mark_alone_is_no_changed_figure() -> None:
    marked = msgspec.structs.replace(annex(), footnotes=(Footnote("a", "đang xác minh."),))
    assert differences(annex(), marked) == (Difference("", "", "", "(a) đang xác minh."),)


def test_row_that_came_or_went_is_named() -> None:
    found = differences(annex(name="Phường A"), annex(name="Phường B"))
    assert [(one.row, one.before, one.after) for one in found] == [
        ("Phường B", "", "1"),
        ("Phường B", "", "75.878"),
        ("Phường A", "1", ""),
        ("Phường A", "75.878", ""),
    ]


def test_changed_words_of_a_letter_are_named() -> None:
    other = msgspec.structs.replace(letter(), body=(Paragraph("Công văn khác."),))
    assert differences(letter(), other) == (
        Difference("", "", "Công văn này chỉ để thử./.", ""),
        Difference("", "", "", "Công văn khác./."),
    )
