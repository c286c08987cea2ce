"""A PDF gives its words in the order of reading, or one sentence; scans go to a machine."""

import io
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pypdf
import pytest

from tests.documents import samples
from tests.documents.letterfiles_samples import (
    SENTENCES,
    Shown,
    in_tcvn3,
    in_vni,
    packed_pdf,
    pdf,
    pdf_of_pictures,
    read,
    show,
    tsv,
)
from vungxanh.documents.formats import Format, write
from vungxanh.documents.letterfiles import (
    LIMITS,
    Kind,
    LetterFileError,
    Limits,
    Picture,
    Reason,
    read_letter_file,
    refused,
)

WORDS = "Kinh gui: Cac so, ban, nganh; UBND cac huyen, thi xa, thanh pho trong toan tinh"


def refusal(content: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(LetterFileError) as caught:
        read_letter_file(content, name="thu.pdf", limits=limits)
    return caught.value.code


def encrypted(content: bytes, *, user: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(user_password=user, owner_password="chủ", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_words_are_read_with_their_pages() -> None:
    letter = read(
        pdf(show(72, 700, WORDS) + show(72, 680, "Kinh gui: A"), show(72, 700, "Tran trong./."))
    )
    assert letter.text == f"{WORDS}\nKinh gui: A\n\nTran trong./."
    assert (letter.kind, letter.n_pages, letter.encoding) == (Kind.PDF, 2, None)
    assert letter.warnings == ()


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turned: int) -> None:
    matrix = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[turned]
    lines = b"\n".join((show(72, 500, "dong mot"), show(72, 480, "dong hai")))
    content = b"q %s cm %s Q" % (matrix.encode(), lines)
    assert read(pdf(content, page=f"/Rotate {turned}")).text == "dong mot\ndong hai"


def test_a_cropped_page_is_read() -> None:
    content = show(172, 500, "dong mot") + show(172, 480, "dong hai")
    assert read(pdf(content, page="/CropBox[100 100 500 600]")).text == "dong mot\ndong hai"


def test_a_watermark_is_left_out_and_told() -> None:
    askew = b"q .7 .7 -.7 .7 200 300 cm %s Q\n" % show(0, 0, "BAN SAO", size=40)
    letter = read(pdf(askew + show(72, 700, WORDS)))
    assert letter.text == WORDS
    assert "xoay nghiêng" in letter.warnings[0].vi


@pytest.mark.parametrize(
    ("typed", "face", "legacy"),
    [(in_tcvn3, ".VnTime", "tcvn3"), (in_vni, "VNI-Times", "vni"), (in_vni, "Times-Roman", "vni")],
    ids=["face-tcvn3", "face-vni", "words-vni"],
)
def test_old_sets_are_recognised_in_a_pdf(
    typed: Callable[[str], str], face: str, legacy: str
) -> None:
    lines = typed(SENTENCES).splitlines()
    shown = b"".join(show(72, 700 - 20 * n, line, size=8) for n, line in enumerate(lines))
    letter = read(pdf(shown, face=face))
    assert " ".join(letter.text.split()) == " ".join(SENTENCES.split())
    assert letter.encoding == legacy


def test_a_face_of_capitals_gives_capitals_in_a_pdf() -> None:
    typed = in_tcvn3("ủy ban nhân dân tỉnh, các sở, ngành")
    letter = read(pdf(show(72, 700, typed), face=".VnTimeH"))
    assert letter.text == "ỦY BAN NHÂN DÂN TỈNH, CÁC SỞ, NGÀNH"


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_against_printing_alone_does_not_matter(algorithm: str) -> None:
    content = encrypted(pdf(show(72, 700, WORDS)), user="", algorithm=algorithm)
    assert read(content).text == WORDS


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_against_reading_is_refused(algorithm: str) -> None:
    content = encrypted(pdf(show(72, 700, WORDS)), user="mật khẩu", algorithm=algorithm)
    assert refusal(content) == "letters.locked"


def test_a_broken_file_after_a_locked_one_is_not_called_locked() -> None:
    locked = encrypted(pdf(show(72, 700, WORDS)), user="mật khẩu", algorithm="AES-256")
    assert [refusal(content) for content in (locked, pdf())] == [
        "letters.locked",
        "letters.damaged",
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n", "letters.damaged"),
        (pdf(show(72, 700, WORDS))[:300], "letters.damaged"),
        (pdf(), "letters.damaged"),
        (pdf(b""), "letters.no_text"),
        (pdf(*[b""] * 101), "letters.too_large"),
        (b"before %PDF-1.4 and behind", "letters.damaged"),
    ],
)
def test_broken_empty_and_overlong_files_are_refused(content: bytes, code: str) -> None:
    assert refusal(content) == code


@pytest.mark.slow
def test_a_table_drawn_with_lines_is_read_row_by_row() -> None:
    document = samples.binh_dinh(times=6)
    rows = [line.split("\t") for line in read(write(document, Format.PDF)).text.split("\n")]
    table = [row for row in rows if len(row) == 7]
    assert len(table) == 2 + 66 + 1  # the head is repeated on each page, and said once
    assert table[2][1:4] == ["Thành phố Quy Nhơn (a)", "75.878", "290.229"]
    assert table[-1][:4] == ["", "Toàn tỉnh", "1.214.274", "8.926.902"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 12 Tf 72 700 Td " + b"(a) Tj " * 60_000 + b"ET",
        b"0 0 m 9 9 l S\n" * 700_000,
        b"q " * 5_000_000,
    ],
    ids=["words", "lines", "states"],
)
def test_a_small_file_that_draws_without_end_is_refused_at_once(content: bytes) -> None:
    packed = packed_pdf(content)
    began = time.process_time()
    assert refusal(packed) == "letters.too_large"
    assert (len(packed) < 200_000, time.process_time() - began < 2) == (True, True)


def test_a_small_file_that_unpacks_without_end_is_refused() -> None:
    content = packed_pdf(b" " * 3_000_000)
    assert refusal(content, Limits(pdf_unpacked_bytes=2_000_000)) == "letters.too_large"


def test_a_page_of_too_many_words_is_refused() -> None:
    assert refusal(pdf(show(72, 700, WORDS)), Limits(page_words=5)) == "letters.too_large"


def test_words_laid_under_a_scan_by_other_software_are_told() -> None:
    letter = read(pdf(b"BT 3 Tr ET " + show(72, 700, WORDS)))
    assert letter.text == WORDS
    assert "nhận dạng" in letter.warnings[0].vi


def test_letters_drawn_as_lines_need_a_machine() -> None:
    assert refusal(pdf(b"0 0 m 9 9 l S\n" * 200)) == "letters.ocr_missing"


@pytest.mark.slow
def test_many_may_read_at_once() -> None:
    contents = [write(samples.letter(number=n), Format.PDF) for n in (1, 2)] * 8
    alone = [read(content).text for content in contents[:2]]
    with ThreadPoolExecutor(4) as people:
        together = list(people.map(lambda content: read(content).text, contents))
    assert together == alone * 8


GREY = np.full((400, 300), 255, np.uint8)


@pytest.mark.slow
def test_a_scan_goes_to_the_machine_and_is_told() -> None:
    table = tsv((1, 100, 200, "Kính"), (1, 190, 200, "gửi:"), (2, 100, 300, "Sở"))
    machine = Shown(table)
    letter = read_letter_file(pdf_of_pictures(GREY, dpi=72), name="thu.pdf", ocr=machine)
    assert letter.text.split() == ["Kính", "gửi:", "Sở"]
    assert (letter.kind, letter.was_scanned, letter.n_pages) == (Kind.SCAN, True, 1)
    assert "máy đọc từ ảnh" in letter.warnings[0].vi
    (picture,) = machine.pictures
    assert (picture.ending, picture.dpi) == ("pgm", 300)
    assert picture.content.startswith(b"P5 1250 1667 255\n")


def test_a_scan_without_a_machine_is_refused_with_what_to_install() -> None:
    with pytest.raises(LetterFileError, match="tesseract-ocr-vie") as caught:
        read(pdf_of_pictures(GREY))
    assert caught.value.code == "letters.ocr_missing"


def test_a_huge_page_is_made_into_a_smaller_picture() -> None:
    machine = Shown(tsv((1, 100, 200, "Sở")))
    content = pdf_of_pictures(GREY, dpi=3)
    read_letter_file(content, name="", ocr=machine, limits=Limits(drawn_pixels=1_000_000))
    assert machine.pictures[0].dpi == 8


def test_too_many_scanned_pages_are_refused_before_any_is_read() -> None:
    machine = Shown(tsv())
    with pytest.raises(LetterFileError) as caught:
        read_letter_file(pdf_of_pictures(*[GREY] * 21), name="", ocr=machine)
    assert (caught.value.code, machine.pictures) == ("letters.too_large", [])


class Slow:
    """A machine that needs too long."""

    def read(self, picture: Picture) -> str:
        raise refused(Reason.OCR_SLOW)


def test_what_the_machine_refuses_is_refused() -> None:
    with pytest.raises(LetterFileError) as caught:
        read_letter_file(pdf_of_pictures(GREY), name="", ocr=Slow())
    assert caught.value.code == "letters.ocr_slow"
