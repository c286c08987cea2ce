"""Separated text (CSV, TSV, pasted from Excel) to rows of strings.

Encodings are told apart by evidence: a byte-order mark, the zero bytes of UTF-16, valid UTF-8,
TCVN3 or VNI by their words (`oldletters`), and last Windows-1258, accepted only if every letter is
one that Vietnamese uses.
"""

import csv
import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from typing import Final

from vungxanh.documents.grids.cells import place_of
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.oldletters import of_bytes, of_text
from vungxanh.documents.grids.refusals import Reason, at_cell, refused, too_large
from vungxanh.documents.letterfiles.legacy import LegacySet
from vungxanh.refusals import Words

_SEPARATORS: Final = ("\t", ";", ",")
_SAMPLE_LINES: Final = 50
_SAMPLE_BYTES: Final = 4_096
_SAMPLE_CHARACTERS: Final = 65_536
_WEB_PAGE: Final = re.compile(r"\s*(<!doctype html|<html|<head|<body|<table|<\?xml)", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SEPARATOR_LINE: Final = re.compile(r"sep=([;,\t])\r?\n", re.IGNORECASE)
# Letters beyond ASCII that Vietnamese needs before its tone marks, and signs of office texts.
_VIETNAMESE: Final = set("ăâđêôơưĂÂĐÊÔƠƯ")
_SIGNS: Final = set("“”‘’–…•°²³½€«»·×§\xa0\xad")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def decode(content: bytes) -> tuple[str, str, LegacySet | None]:
    """The text, the name of its encoding, and the old set of letters that it was brought from.

    Raises `grids.unknown_encoding`.
    """
    text, encoding = _decoded(content)
    if encoding is None:
        return _of_one_sign_a_byte(content)
    modern, legacy = of_text(text)
    return modern, f"{legacy.value}, {encoding}" if legacy else encoding, legacy


def _of_one_sign_a_byte(content: bytes) -> tuple[str, str, LegacySet | None]:
    if old := of_bytes(content):
        text, legacy = old
        return checked(text), legacy.value, legacy
    return checked(_windows_1258(content)), "windows-1258", None


def _decoded(content: bytes) -> tuple[str, str | None]:
    """The text in its encoding, which is None where each byte is one sign still to be read."""
    for mark, encoding in (
        (BOM_UTF8, "utf-8-sig"),
        (BOM_UTF16_LE, "utf-16"),
        (BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return checked(_strict(content, encoding)), encoding
    wide = _wide_without_mark(content)
    if wide:
        return checked(_strict(content, wide)), wide
    try:
        return checked(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        return "", None


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise refused(Reason.UNKNOWN_ENCODING) from None


def _wide_without_mark(content: bytes) -> str | None:
    sample = content[:_SAMPLE_BYTES]
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    if max(zeros) * 4 < len(sample) // 2 or not any(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _windows_1258(content: bytes) -> str:
    text = unicodedata.normalize("NFC", _strict(content, "cp1258"))
    foreign = {c for c in text if ord(c) > 127 and not _is_vietnamese(c)}
    if foreign:
        raise refused(Reason.UNKNOWN_ENCODING)
    return text


def _is_vietnamese(character: str) -> bool:
    letters = unicodedata.normalize("NFD", character)
    if character in _SIGNS or character in _VIETNAMESE:
        return True
    base = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    return len(letters) > 1 and base != character and (base.isascii() or base in _VIETNAMESE)


def checked(text: str) -> str:
    """`text` itself, unless it is binary or a web page."""
    if _CONTROL.search(text):
        raise refused(Reason.NOT_A_TABLE)
    if _WEB_PAGE.match(text):
        raise refused(Reason.WEB_PAGE)
    return text


def split(text: str, limits: Limits) -> tuple[list[list[str]], str]:
    """The records of separated text, cells stripped and in NFC, and the separator found."""
    text = unicodedata.normalize("NFC", text)
    told = _SEPARATOR_LINE.match(text)
    separator = told.group(1) if told else _separator(text)
    return list(_read(text, separator, limits)), separator


def records(text: str, limits: Limits) -> Iterator[list[str]]:
    """The same records, one at a time as they are asked for."""
    text = unicodedata.normalize("NFC", text)
    told = _SEPARATOR_LINE.match(text)
    return _read(text, told.group(1) if told else _separator(text), limits)


def _read(text: str, separator: str, limits: Limits) -> Iterator[list[str]]:
    is_told = _SEPARATOR_LINE.match(text) is not None
    for number, record in enumerate(_records(text, separator), start=1):
        if number > limits.rows:
            raise too_large(Words("Bảng", "The table"), limits.rows, Words("dòng", "rows"))
        # "sep=;" is for Excel; the row stays so that row numbers are the file's
        yield [] if is_told and number == 1 else _cells(record, number, limits)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    lines = (found.group() for found in _LINE.finditer(text))
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error:
        raise refused(Reason.NOT_A_TABLE) from None


def _cells(record: list[str], row: int, limits: Limits) -> list[str]:
    cells = [" ".join(cell.split()) for cell in record]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > limits.columns:
        raise too_large(Words("Bảng", "The table"), limits.columns, Words("cột", "columns"))
    if max(map(len, cells), default=0) > limits.cell_characters:
        for column, cell in enumerate(cells, start=1):
            check_length(cell, row, column, limits=limits)
    return cells


def check_length(text: str, row: int, column: int, *, limits: Limits) -> None:
    """Raise `grids.long_cell` if a cell holds more characters than a table needs."""
    if len(text) <= limits.cell_characters:
        return
    limit = limits.cell_characters
    raise at_cell(
        Reason.LONG_CELL,
        place_of(row, column),
        Words(
            vi=f"ô dài quá {limit} ký tự; rút ngắn hoặc xóa nội dung không phải số liệu.",
            en=f"the cell is longer than {limit} characters; shorten it or remove what is no"
            " figure.",
        ),
    )


def _separator(text: str) -> str:
    """The first of tab, semicolon, comma that gives most of the first lines equally many cells."""
    lines = text[:_SAMPLE_CHARACTERS].splitlines()
    sample = "\n".join(lines[:_SAMPLE_LINES])
    best = max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))
    return best if _evenness(sample, best) else ","


def _evenness(sample: str, separator: str) -> int:
    widths = Counter(len(r) for r in _records(sample, separator) if len(r) > 1)
    return max(widths.values(), default=0)
