"""TXT: which character set the bytes are in, told apart by evidence, and the text.

In this order: a byte-order mark, the zero bytes of UTF-16, valid UTF-8, TCVN3 or VNI by their
words, and last Windows-1258, accepted only if every letter is one that Vietnamese uses.
"""

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from vungxanh.documents.letterfiles.characters import seen
from vungxanh.documents.letterfiles.legacy import (
    converted,
    from_legacy,
    modern,
    recognised_bytes,
)
from vungxanh.documents.letterfiles.refusals import Reason, refused
from vungxanh.documents.letterfiles.types import Kind, LetterText

_MARKS: Final = (
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES: Final = 4_096
_WEB_PAGE: Final = re.compile(r"\s*(<!doctype html|<html|<head|<body|<table|<\?xml)", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CONTROLS_ALLOWED: Final = 3
_CONTROL_SHARE: Final = 0.002
# Letters beyond ASCII that Vietnamese needs before its tone marks, and signs of office texts.
_VIETNAMESE: Final = frozenset("ăâđêôơưĂÂĐÊÔƠƯ")
_SIGNS: Final = frozenset("“”‘’‚„–—…•°²³½¼¾±µ€«»·×÷§©®™₫\xa0\xad")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")


def read_plain(content: bytes) -> LetterText:
    """The text of a TXT file; refuses web pages, binary files and unknown character sets."""
    text, encoding = _decoded(content)
    if _WEB_PAGE.match(text):
        raise refused(Reason.WEB_PAGE)
    if len(_CONTROL.findall(text)) > _CONTROLS_ALLOWED + _CONTROL_SHARE * len(text):
        raise refused(Reason.NOT_A_LETTER)
    return _letter(text, encoding)


def _letter(text: str, encoding: str) -> LetterText:
    if encoding != _BYTES:
        text, legacy = modern(text)
        encoding = f"{legacy}, {encoding}" if legacy else encoding
    elif legacy := recognised_bytes(text, _as_windows_1258):
        text, encoding = from_legacy(text, legacy), legacy.value
    else:
        text, encoding = _windows_1258(text), "windows-1258"
    warnings = (converted(legacy),) if legacy else ()
    return LetterText(seen(text), Kind.TXT, encoding=encoding, warnings=warnings)


_BYTES: Final = "bytes"
"""Stands for the encoding where each byte is one sign still to be understood."""


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding), encoding
    if wide := _wide_without_mark(content):
        return _strict(content, wide), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _one_sign_a_byte(content), _BYTES


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise refused(Reason.DAMAGED) from None


def _wide_without_mark(content: bytes) -> str | None:
    sample = content[:_SAMPLE_BYTES]
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    if max(zeros) * 4 < len(sample) // 2 or min(zeros) * 4 > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _one_sign_a_byte(content: bytes) -> str:
    """Windows-1252, and Latin-1 for the five bytes that it does not define."""
    return "".join(
        piece.decode("cp1252") if piece[0] not in _UNDEFINED else piece.decode("latin-1")
        for piece in _PIECES.findall(content)
    )


_UNDEFINED: Final = frozenset(b"\x81\x8d\x8f\x90\x9d")
_PIECES: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]+|[^\x81\x8d\x8f\x90\x9d]+")


def _as_windows_1258(text: str) -> str:
    back = text.encode("cp1252", "replace").decode("cp1258", "replace")
    return unicodedata.normalize("NFC", back)


def _windows_1258(text: str) -> str:
    read = _as_windows_1258(text)
    if any(ord(sign) > 127 and not _is_vietnamese(sign) for sign in set(read)):
        raise refused(Reason.UNKNOWN_ENCODING)
    return read


def _is_vietnamese(sign: str) -> bool:
    """Whether Vietnamese texts hold this sign: ấ is â with a tone."""
    if sign in _SIGNS or sign in _VIETNAMESE:
        return True
    letters = unicodedata.normalize("NFD", sign)
    tones = [mark for mark in letters if mark in _TONES]
    base = unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in _TONES))
    return bool(tones) and base != "" and (base.isascii() or base in _VIETNAMESE)
