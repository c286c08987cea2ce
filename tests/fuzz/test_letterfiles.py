"""Whatever the bytes of a letter, reading gives its text or a refusal, never anything else.

Real files of each kind are changed at random: single bits, runs cut out, doubled or moved, numbers
made huge. PDFium is native code, so its files are also changed after unpacking, where changes
reach its parsers; a crash would end the whole run.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from functools import cache
from typing import Final, TypeVar

import numpy as np
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import DecodedStreamObject, NameObject

from tests.documents import samples
from tests.documents.letterfiles_samples import SENTENCES, Shown, container, in_tcvn3, tsv
from vungxanh.documents.formats import Format, write
from vungxanh.documents.letterfiles import LetterText, Limits, read_letter_file
from vungxanh.documents.letterfiles.pages.boxes import Page, Stroke, Word
from vungxanh.documents.letterfiles.pages.letter import letter_of
from vungxanh.refusals import RefusalError

pytestmark = pytest.mark.slow

N_CHANGED: Final = 1_000
LIMITS: Final = Limits(drawn_pixels=200_000)
TOKENS: Final = (
    *(b"99999999999", b"-1", b"0", b"null", b"[", b"<<", b">>", b"1 0 R", b"/Kids", b"endstream"),
    *(b"2147483647", b"1e38", b"</w:p>", b"<w:tbl>", b"&a;", b"<!DOCTYPE a>", b'"', b"\xff\xfe"),
)


def outcome(content: bytes) -> LetterText | RefusalError:
    machine = Shown(tsv((1, 10, 20, "Sở")))
    try:
        return read_letter_file(content, name="thu", ocr=machine, limits=LIMITS)
    except RefusalError as refusal:
        return refusal


T = TypeVar("T")


def one_of(options: Sequence[T], chance: np.random.Generator) -> T:
    return options[int(chance.integers(len(options)))]


def changed(content: bytes, chance: np.random.Generator) -> bytes:
    """Some bytes changed, cut out, doubled or put in."""
    file = bytearray(content)
    for _ in range(one_of((1, 2, 4, 8, 30), chance)):
        place, other = (int(n) for n in chance.integers(len(file) + 1, size=2))
        length = int(chance.integers(1, 100))
        put = (b"", chance.bytes(1), one_of(TOKENS, chance), file[other : other + length])
        file[place : place + one_of((0, 1, 1, length), chance)] = one_of(put, chance)
    return bytes(file[: one_of((None, None, None, len(file) // 2), chance)])


@cache
def letter(form: Format) -> bytes:
    return write(samples.letter(number=12, dated=dt.date(2021, 5, 27)), form)


@cache
def unpacked_pdf() -> bytes:
    """The letter with every stream as plain text, so that changes reach what is inside."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(letter(Format.PDF)))
    for page in writer.pages:
        plain = DecodedStreamObject()
        content = page.get_contents()
        assert content is not None
        plain.set_data(content.get_data())
        page[NameObject("/Contents")] = writer._add_object(plain)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def changed_docx(chance: np.random.Generator) -> bytes:
    """The letter with one part changed and packed again."""
    with zipfile.ZipFile(io.BytesIO(letter(Format.DOCX))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    part = one_of(["word/document.xml", "word/styles.xml", "_rels/.rels"], chance)
    return container({**parts, part: changed(parts[part], chance)})


@pytest.mark.parametrize("seed", range(4))
def test_changed_pdfs_are_read_or_refused(seed: int) -> None:
    chance = np.random.default_rng(seed)
    files = (letter(Format.PDF), unpacked_pdf())
    for _ in range(N_CHANGED // 4):
        assert isinstance(
            outcome(changed(one_of(files, chance), chance)), LetterText | RefusalError
        )


@pytest.mark.parametrize("seed", range(4))
def test_changed_word_documents_are_read_or_refused(seed: int) -> None:
    chance = np.random.default_rng(seed)
    for _ in range(N_CHANGED // 8):
        packed = changed(letter(Format.DOCX), chance)
        assert isinstance(outcome(packed), LetterText | RefusalError)
        assert isinstance(outcome(changed_docx(chance)), LetterText | RefusalError)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_changed_texts_are_read_or_refused(encoding: str) -> None:
    chance = np.random.default_rng(len(encoding))
    content = in_tcvn3(SENTENCES * 3).encode(encoding)
    for _ in range(N_CHANGED):
        assert isinstance(outcome(changed(content, chance)), LetterText | RefusalError)


BEGINNINGS = st.sampled_from(
    [
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"II*\x00",
        b"MM\x00*",
    ]
)


@given(BEGINNINGS, st.binary(max_size=400))
@settings(max_examples=1_000, deadline=None)
def test_any_bytes_are_read_or_refused(begin: bytes, rest: bytes) -> None:
    assert isinstance(outcome(begin + rest), LetterText | RefusalError)


lengths = st.floats(-1e6, 1e6, allow_nan=False)
WORDS = st.builds(Word, st.text(max_size=9), lengths, lengths, lengths, st.floats(1, 100))
STROKES = st.builds(Stroke, lengths, lengths, lengths)


@given(st.lists(WORDS, max_size=30), st.lists(STROKES, max_size=9), st.lists(STROKES, max_size=9))
@settings(max_examples=500, deadline=None)
def test_words_anywhere_on_a_page_become_text(
    words: list[Word], across: list[Stroke], down: list[Stroke]
) -> None:
    page = Page(595, 842, tuple(words), tuple(across), tuple(down))
    assert isinstance(letter_of([page, page], was_scanned=False), LetterText)
