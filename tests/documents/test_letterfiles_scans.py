"""Pictures of letters: made ready, read by Tesseract, and put in the order of reading."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.documents import samples
from tests.documents.letterfiles_samples import (
    Shown,
    grey_of,
    pdf_of_pictures,
    png,
    read,
    scanned,
    tsv,
)
from vungxanh.core.tesseract import Tesseract
from vungxanh.documents.formats import Format, write
from vungxanh.documents.letterfiles import (
    Kind,
    LetterFileError,
    LetterText,
    Picture,
    read_letter_file,
)
from vungxanh.documents.letterfiles.pages.letter import letter_of
from vungxanh.documents.letterfiles.pages.pixels import pgm, straightened
from vungxanh.documents.letterfiles.pages.tsv import pages_of

MISSING = "Tesseract is missing. Run: sudo apt-get install tesseract-ocr tesseract-ocr-vie"
WITH_TABLE = samples.letter(number=12, dated=dt.date(2021, 5, 27))
LETTER = samples.letter(number=12, dated=dt.date(2021, 5, 27), annexes=())
DPI = 150


def distance(one: str, other: str) -> int:
    """Levenshtein's distance: letters put in, left out or changed."""
    signs = np.array([ord(sign) for sign in other])
    places = np.arange(len(other) + 1)
    costs = places
    for n, sign in enumerate(one, start=1):
        changed = np.minimum(costs[1:] + 1, costs[:-1] + (signs != ord(sign)))
        row = np.concatenate([[n], changed])
        costs = np.minimum.accumulate(row - places) + places
    return int(costs[-1])


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def machine() -> Tesseract:
    found = Tesseract.installed()
    assert found is not None, MISSING
    return found


@pytest.fixture(scope="module")
def truth() -> LetterText:
    return read(write(LETTER, Format.PDF))


@pytest.fixture(scope="module")
def scan(machine: Tesseract) -> LetterText:
    content = pdf_of_pictures(*scanned(write(LETTER, Format.PDF)))
    return read_letter_file(content, name="quet.pdf", ocr=machine)


@pytest.mark.slow
def test_a_noisy_scan_is_read_with_at_most_three_wrong_letters_in_a_hundred(
    scan: LetterText, truth: LetterText
) -> None:
    assert distance(flat(truth.text), flat(scan.text)) <= 0.03 * len(flat(truth.text))
    assert (scan.kind, scan.n_pages) == (Kind.SCAN, 1)
    assert "đối chiếu với bản gốc" in scan.warnings[0].vi


@pytest.mark.slow
def test_columns_of_a_scan_are_read_one_after_the_other(scan: LetterText) -> None:
    head = flat(scan.text.partition("Kính gửi")[0])
    assert head.index("V/v") < head.index("CỘNG HÒA") < head.index("Bình Định, ngày 27")
    end = flat(scan.text.partition("Nơi nhận:")[2])
    assert end.index("Lưu: VT") < end.index("KT. GIÁM ĐỐC") < end.index("PHÓ GIÁM ĐỐC")


@pytest.mark.slow
def test_a_table_of_a_scan_keeps_its_rows_and_columns(machine: Tesseract) -> None:
    content = write(WITH_TABLE, Format.PDF)
    scan = read_letter_file(pdf_of_pictures(*scanned(content)), name="quet.pdf", ocr=machine)
    found = [line.split("\t") for line in scan.text.split("\n") if "\t" in line]
    wanted = [line.split("\t") for line in read(content).text.split("\n") if "\t" in line]
    assert [len(row) for row in found] == [len(row) for row in wanted]
    cells = [cell for row in wanted for cell in row]
    right = [a == b for a, b in zip((c for row in found for c in row), cells, strict=True)]
    assert sum(right) >= 0.75 * len(right)


@pytest.mark.slow
def test_a_picture_of_a_page_is_read_like_a_scan(machine: Tesseract) -> None:
    (page, *_) = scanned(write(LETTER, Format.PDF))
    letter = read_letter_file(png(page), name="chup.png", ocr=machine)
    begins = "UBND TỈNH BÌNH ĐỊNH SỞ THÔNG TIN VÀ TRUYỀN THÔNG Số: 12/STTTT-TTBCXB V/v"
    assert flat(letter.text).startswith(begins)


@pytest.mark.slow
def test_nothing_of_a_letter_is_left_on_disk(
    machine: Tesseract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    machine = Tesseract.installed() or machine
    machine.read(Picture(pgm(ruled()), "pgm", DPI))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_page_that_takes_too_long_is_stopped() -> None:
    machine = Tesseract.installed(seconds=0.01)
    assert machine is not None, MISSING
    with pytest.raises(LetterFileError) as caught:
        machine.read(Picture(pgm(ruled()), "pgm", DPI))
    assert caught.value.code == "letters.ocr_slow"


@pytest.mark.slow
def test_a_picture_that_the_machine_does_not_understand_is_refused(machine: Tesseract) -> None:
    with pytest.raises(LetterFileError) as caught:
        pages_of(machine.read(Picture(b"II*\0\x08\0\0\0\0\0\0\0\0\0", "tif")), None)
    assert caught.value.code == "letters.ocr_failed"


def test_a_machine_that_is_gone_is_refused() -> None:
    with pytest.raises(LetterFileError) as caught:
        Tesseract("/nonexistent/tesseract").read(Picture(b"", "pgm"))
    assert caught.value.code == "letters.ocr_failed"


def test_without_the_program_or_its_vietnamese_there_is_no_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Tesseract.installed() is None
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho eng\n")
    program.chmod(0o755)
    assert Tesseract.installed() is None


def ruled(slope: float = 0.0) -> NDArray[np.uint8]:
    """A page of 900 × 1200 pixels with two columns and two rows ruled, sinking by `slope`."""
    page = np.full((1200, 900), 255, np.uint8)
    across = np.arange(100, 800)
    for top in (200, 300, 400):
        rows = np.rint(top + slope * (across - 450)).astype(int)
        page[rows, across] = page[rows + 1, across] = 0
    for left in (100, 400, 799):
        page[200:401, left : left + 2] = 0
    return page


@pytest.mark.slow
@pytest.mark.parametrize("slope", [0.0, 0.01, -0.02])
def test_lines_of_a_table_are_found_and_wiped(slope: float) -> None:
    ready = straightened(ruled(slope), DPI)
    assert {round(s.at * DPI / 72 / 100) for s in ready.across} == {2, 3, 4}
    assert {round(s.at * DPI / 72 / 100) for s in ready.down} == {1, 4, 8}
    assert (grey_of(ready.picture) < 128).mean() < 1e-4


@pytest.mark.slow
def test_words_in_a_ruled_scan_become_rows() -> None:
    words = [(1, 120, 260, "Quy"), (1, 190, 260, "Nhơn"), (2, 420, 261, "290.229")]
    doubled = [(line, 2 * left, 2 * low, text) for line, left, low, text in words]
    machine = Shown(tsv(*doubled, (3, 240, 720, "Tổng"), width=1800, height=2400))
    letter = read_letter_file(pdf_of_pictures(ruled(), dpi=DPI), name="", ocr=machine)
    assert letter.text == "Quy Nhơn\t290.229\nTổng\t"


def test_a_line_that_sinks_is_one_line() -> None:
    words = [(1, 100 + 200 * n, 200 + 4 * n, f"chữ{n}") for n in range(9)]
    beside = [(2, 1950, 239, "nữa")]
    text = letter_of(pages_of(tsv(*words, *beside), 300), was_scanned=True).text
    assert text.split() == [*(f"chữ{n}" for n in range(9)), "nữa"]
    assert "\n" not in text


@pytest.mark.slow
def test_specks_are_taken_out_and_letters_stay() -> None:
    page = ruled()
    page[600, 450], page[700:720, 300:304] = 0, 0
    clean = grey_of(straightened(page, DPI).picture)
    assert (clean[600, 450], clean[710, 301]) == (255, 0)


@pytest.mark.slow
def test_a_picture_with_a_palette_is_seen_in_its_colours() -> None:
    machine = Shown(tsv((1, 100, 200, "Sở")))
    places = np.zeros((600, 400), np.uint8)
    places[200:250, 100:140] = 1
    read_letter_file(png(places, b"\xff\xff\xff\x00\x00\x00"), name="", ocr=machine)
    assert (grey_of(machine.pictures[0]) < 128).mean() == pytest.approx(1 / 120, rel=0.1)
