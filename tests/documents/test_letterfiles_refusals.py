"""What cannot be read is refused with one sentence and a stable code, soon and in little room."""

import io
import re
import struct
import zipfile

import pytest

from tests.documents.letterfiles_samples import (
    Shown,
    cell,
    container,
    document,
    docx,
    paragraph,
    pdf,
    show,
    table,
    tsv,
)
from tests.factories.workbooks import workbook
from vungxanh.documents.letterfiles import (
    LIMITS,
    Kind,
    LetterFileError,
    Limits,
    Ocr,
    Reason,
    read_letter_file,
    refused,
)
from vungxanh.documents.letterfiles.pages.tsv import pages_of

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
GOOD = docx(paragraph("Sở Y tế đề nghị:"))
OPEN_DOCUMENT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": "<office/>",
}
ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">]>'
NOISE = bytes(range(256)) * 20
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1240, 1754) + b"\x08\0\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08" + struct.pack(">HH", 1754, 1240) + b"\1\1\1\0"


def tiff(*sizes: tuple[int, int], order: str = "<", loops: bool = False) -> bytes:
    """The head of a TIFF with pages of these sizes."""
    file = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    for place, (width, height) in enumerate(sizes, start=1):
        behind = 8 if loops else len(file) + 2 + 24 + 4
        tags = struct.pack(f"{order}HHIHHHHII", 256, 3, 1, width, 0, 257, 4, 1, height)
        follows = behind if loops or place < len(sizes) else 0
        file += struct.pack(f"{order}H", 2) + tags + struct.pack(f"{order}I", follows)
    return file


def refusal(
    content: bytes, name: str = "thu", *, limits: Limits = LIMITS, ocr: Ocr | None = None
) -> LetterFileError:
    with pytest.raises(LetterFileError) as caught:
        read_letter_file(content, name=name, limits=limits, ocr=ocr)
    return caught.value


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.docx", "letters.empty"),
        (b" \r\n\x00", "a.txt", "letters.empty"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a.doc", "letters.old_word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "letters.locked"),
        (rb"{\rtf1\ansi So Y te}", "a.rtf", "letters.rich_text"),
        (rb"{\rtf1\ansi So Y te}", "a.doc", "letters.rich_text"),
        (container(OPEN_DOCUMENT), "a.odt", "letters.open_document"),
        ("<!DOCTYPE html><p>Sở Y tế".encode(), "a.doc", "letters.web_page"),
        (workbook([["Đơn vị"]]), "a.xlsx", "letters.not_a_letter"),
        (container({"a.txt": "x"}), "a.zip", "letters.not_a_letter"),
        (NOISE, "a.bin", "letters.not_a_letter"),
        (NOISE, "a.docx", "letters.damaged"),
        (GOOD[:-30], "a.docx", "letters.damaged"),
        (GOOD[:40], "a.docx", "letters.damaged"),
        (docx("<w:p>"), "a.docx", "letters.damaged"),
        (docx(paragraph("")), "a.docx", "letters.no_text"),
        (container({"word/document.xml": ENTITY + document("")}), "a", "letters.dangerous_xml"),
        (b"\xe1\x87\xff thu", "a.txt", "letters.unknown_encoding"),
        ("\ufeffSở".encode("utf-16-le") + b"\x00", "a.txt", "letters.damaged"),
    ],
    ids=range(19),  # files with the time in them would be named otherwise in every worker
)
def test_other_files_are_refused_by_what_they_are(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name).code == code


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a", "a.exe"])
def test_the_bytes_decide_and_not_the_name(name: str) -> None:
    assert read_letter_file(GOOD, name=name).kind is Kind.DOCX
    assert read_letter_file(pdf(show(72, 700, "So Y te")), name=name).kind is Kind.PDF


SMALL = Limits(
    file_bytes=5_000, characters=50, parts=5, unpacked_bytes=3_000, xml_elements=60,
    xml_depth=12, table_cells=4, scanned_pages=2, page_pixels=3_000_000,
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"a" * 5_001,
        b"a" * 51,
        container({f"{n}.xml": "" for n in range(6)}),
        docx(paragraph("a" * 3_000)),
        docx(paragraph("a") * 20),
        docx("<w:sdt>" * 20 + "</w:sdt>" * 20),
        docx(table([cell("a"), cell("b"), cell("c", properties='<w:gridSpan w:val="9"/>')])),
        PNG[:16] + struct.pack(">II", 9_000, 9_000),
        tiff((100, 100), (100, 100), (100, 100)),
        tiff((100, 100), loops=True),
    ],
    ids=["bytes", "text", "parts", "unpacked", "elements", "depth", "cells", "pixels", "pages",
         "loop"],
)  # fmt: skip
def test_whatever_is_too_large_is_refused(content: bytes) -> None:
    told = refusal(content, limits=SMALL)
    assert told.code == "letters.too_large"
    assert re.search(r"giới hạn [\d.]+ \w+", told.words.vi)


@pytest.mark.slow
def test_a_part_that_unpacks_without_end_is_not_unpacked() -> None:
    bomb = container({"word/document.xml": b"<a>" + b" " * 60_000_000})
    assert len(bomb) < 100_000
    assert refusal(bomb).code == "letters.too_large"


def test_a_locked_part_of_a_container_is_refused() -> None:
    content = bytearray(GOOD)
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)).code == "letters.locked"


def test_a_part_packed_in_another_way_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("word/document.xml", document(paragraph("Sở")))
    assert refusal(file.getvalue()).code == "letters.damaged"


def test_a_part_whose_sum_is_wrong_is_refused() -> None:
    content = bytearray(GOOD)
    content[content.index(b"PK\x01\x02") + 16] ^= 1
    assert refusal(bytes(content)).code == "letters.damaged"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("picture", "begins"),
    [(PNG, b"P5 2480 350"), (JPEG, b"P5 2480 350"), (tiff((1240, 1754)), b"II*"),
     (tiff((1240, 1754), order=">"), b"MM")],
)  # fmt: skip
def test_a_picture_goes_to_the_machine(picture: bytes, begins: bytes) -> None:
    machine = Shown(tsv((1, 100, 200, "Sở"), (1, 150, 200, "Y"), (1, 180, 200, "tế")))
    letter = read_letter_file(picture, name="a.png", ocr=machine)
    assert (letter.text, letter.kind, letter.n_pages) == ("Sở Y tế", Kind.SCAN, 1)
    assert machine.pictures[0].content.startswith(begins)
    assert refusal(picture).code == "letters.ocr_missing"


@pytest.mark.parametrize(
    "picture",
    [
        PNG[:20],
        JPEG[:12],
        JPEG[:4] + b"\xff" * 9,
        tiff((0, 9)),
        tiff((9, 9))[:20],
        b"II*\0\0\0\0\0",
    ],
)
def test_a_broken_picture_is_refused_before_the_machine_sees_it(picture: bytes) -> None:
    machine = Shown(tsv())
    assert refusal(picture, ocr=machine).code == "letters.damaged"
    assert machine.pictures == []


@pytest.mark.parametrize("said", ["", "level\n1\t2", "head\n" + "5\t" * 11 + "x", "head\nx\t" * 12])
def test_a_machine_that_stammers_is_refused(said: str) -> None:
    with pytest.raises(LetterFileError) as caught:
        pages_of(said, 300)
    assert caught.value.code == "letters.ocr_failed"


@pytest.mark.slow
def test_a_picture_without_words_is_refused() -> None:
    assert refusal(PNG, ocr=Shown(tsv())).code == "letters.no_text"


@pytest.mark.parametrize("reason", [each for each in Reason if each is not Reason.TOO_LARGE])
def test_every_sentence_says_what_to_do_in_both_languages(reason: Reason) -> None:
    words = refused(reason).words
    assert all(": " in said and said.endswith(".") for said in (words.vi, words.en))
