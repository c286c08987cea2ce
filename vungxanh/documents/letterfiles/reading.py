"""The entrance: a file to the text of a letter, by what its bytes are, never by its name alone."""

from pathlib import PurePath
from typing import Final

from vungxanh.documents.letterfiles.limits import LIMITS, Limits
from vungxanh.documents.letterfiles.pictures import picture_ending, read_picture
from vungxanh.documents.letterfiles.plain import read_plain
from vungxanh.documents.letterfiles.refusals import LetterFileError, Reason, refused, too_large
from vungxanh.documents.letterfiles.types import LetterText, Ocr
from vungxanh.documents.letterfiles.word import read_word
from vungxanh.refusals import Words

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_PDF: Final = b"%PDF-"
_PDF_HEAD_BYTES: Final = 1_024  # readers accept a PDF that begins within these bytes
_RTF: Final = b"{\\rtf"
# Names of formats with a beginning of their own: without it such a file is broken.
_SIGNED: Final = frozenset({".docx", ".docm", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})


def read_letter_file(
    content: bytes, *, name: str, ocr: Ocr | None = None, limits: Limits = LIMITS
) -> LetterText:
    """The text of a letter in a file, or `LetterFileError` with one sentence, nothing else.

    `ocr` reads pages that are pictures; without it such a file is refused (`letters.ocr_missing`).
    """
    if len(content) > limits.file_bytes:
        megabytes = limits.file_bytes // (1024 * 1024)
        raise too_large(Words("Tệp", "The file"), megabytes, Words("MB", "MB"))
    if not content.strip(b"\x00\t\n\r\f\v "):
        raise refused(Reason.EMPTY)
    letter = _read(content, name, ocr=ocr, limits=limits)
    return _checked(letter, limits)


def _read(content: bytes, name: str, *, ocr: Ocr | None, limits: Limits) -> LetterText:
    if content.startswith(_OLE):
        raise refused(Reason.LOCKED if _ENCRYPTED in content else Reason.OLD_WORD)
    if content.startswith(_ZIP):
        return read_word(content, limits)
    if _PDF in content[:_PDF_HEAD_BYTES]:
        return _read_pdf(content, ocr, limits)
    if ending := picture_ending(content):
        return read_picture(content, ending, ocr=ocr, limits=limits)
    if content.lstrip().startswith(_RTF):
        raise refused(Reason.RICH_TEXT)
    try:
        return read_plain(content)
    except LetterFileError:
        if PurePath(name).suffix.lower() in _SIGNED:
            raise refused(Reason.DAMAGED) from None
        raise


def _read_pdf(content: bytes, ocr: Ocr | None, limits: Limits) -> LetterText:
    # PDFium takes a tenth of a second to load: only those wait who bring a PDF.
    from vungxanh.documents.letterfiles.pdf.reading import read_pdf

    return read_pdf(content, ocr, limits)


def _checked(letter: LetterText, limits: Limits) -> LetterText:
    if not letter.text.strip():
        raise refused(Reason.NO_TEXT)
    if len(letter.text) > limits.characters:
        raise too_large(
            Words("Văn bản", "The text"), limits.characters, Words("ký tự", "characters")
        )
    return letter
