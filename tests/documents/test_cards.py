"""Cards with a code: one sheet, the code reads back, the name stays inside the frame."""

import datetime as dt

import pypdfium2
import pytest
from msgspec.structs import replace

from tests.factories.qr import text_in
from vungxanh.core.drawings.codes import qr_drawing
from vungxanh.documents.cards import CodeCard, write_card

AT = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)


def card(text: str, **said: str) -> CodeCard:
    drawing = qr_drawing(text)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.size} {drawing.size}">'
        f'<path d="{drawing.d}"/></svg>'
    )
    plain = CodeCard(
        "Thẻ giấy", "Cắt theo khung.", svg, "Mã QR", "Vùng Xanh", "Lê Thị Mẫu", (), (), AT
    )
    return replace(plain, **said)


def sheets(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize(
    "text", ["ABC" * 60, "https://x.example/" + "z1" * 60, "1234567890" * 34, "VX1:" + "QW23" * 50]
)
def test_a_code_on_paper_reads_back(text: str) -> None:
    assert text_in(write_card(card(text))) == text


def test_a_card_is_made_at_any_moment() -> None:
    moment = replace(card("ABC" * 60), made_at=AT.replace(microsecond=123456))
    assert write_card(moment) == write_card(card("ABC" * 60))


def test_equal_content_gives_equal_bytes() -> None:
    assert write_card(card("ABC" * 60)) == write_card(card("ABC" * 60))


def test_the_longest_name_stays_on_one_sheet() -> None:
    found = sheets(write_card(card("ABC" * 60, bearer="Nguyễn Thị Ánh Tuyết " * 20)))
    assert len(found) == 1
    assert "…" in found[0]


def test_words_never_become_markup() -> None:
    found = sheets(write_card(card("ABC" * 60, bearer="#panic() *Mẫu* $x$")))
    assert "#panic() *Mẫu* $x$" in " ".join(found[0].split())
