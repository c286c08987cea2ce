"""The sentences with which the file of a letter is refused; each says what, and what to do."""

from enum import StrEnum
from typing import Final

from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.refusals import RefusalError, Words


class Reason(StrEnum):
    """The stable codes of this reader's refusals."""

    DAMAGED = "letters.damaged"
    DANGEROUS_XML = "letters.dangerous_xml"
    EMPTY = "letters.empty"
    LOCKED = "letters.locked"
    NOT_A_LETTER = "letters.not_a_letter"
    NO_TEXT = "letters.no_text"
    OCR_FAILED = "letters.ocr_failed"
    OCR_MISSING = "letters.ocr_missing"
    OCR_SLOW = "letters.ocr_slow"
    OLD_WORD = "letters.old_word"
    OPEN_DOCUMENT = "letters.open_document"
    RICH_TEXT = "letters.rich_text"
    TOO_LARGE = "letters.too_large"
    UNKNOWN_ENCODING = "letters.unknown_encoding"
    WEB_PAGE = "letters.web_page"


class LetterFileError(RefusalError):
    """A file that cannot be read as a letter."""


_SAVE_AS: Final = Words(
    vi="mở bằng Word hoặc LibreOffice, lưu lại thành .docx, rồi tải lên lại",
    en="open it in Word or LibreOffice, save it as .docx, and send it again",
)

_FIXED: Final[dict[Reason, Words]] = {
    Reason.DAMAGED: Words(
        vi="Tệp bị hỏng hoặc chưa tải đủ nên không mở được: xin lại bản gốc, hoặc mở bằng chương"
        " trình đã tạo ra tệp, lưu lại, rồi tải lên lại.",
        en="The file is damaged or incomplete and cannot be opened: ask for the original, or open"
        " it in the program that made it, save it, and send it again.",
    ),
    Reason.DANGEROUS_XML: Words(
        vi=f"Tệp .docx có nội dung XML không an toàn nên không được mở: {_SAVE_AS.vi}.",
        en=f"The .docx file carries unsafe XML and is not opened: {_SAVE_AS.en}.",
    ),
    Reason.EMPTY: Words(
        vi="Tệp trống: chọn tệp có nội dung văn bản.",
        en="The file is empty: choose a file that holds a letter.",
    ),
    Reason.LOCKED: Words(
        vi="Tệp có đặt mật khẩu nên không mở được: bỏ mật khẩu, lưu lại, rồi tải lên lại.",
        en="The file is protected by a password: remove the password, save it, and send it again.",
    ),
    Reason.NOT_A_LETTER: Words(
        vi="Tệp không phải văn bản .docx, .pdf, .txt hay ảnh chụp .png, .jpg, .tif: chọn đúng tệp"
        " văn bản, hoặc lưu văn bản thành .docx hay .pdf rồi tải lên.",
        en="The file is neither a .docx, .pdf or .txt document nor a .png, .jpg or .tif picture:"
        " choose the letter's own file, or save the letter as .docx or .pdf and send it.",
    ),
    Reason.NO_TEXT: Words(
        vi="Tệp mở được nhưng không có chữ nào: chọn tệp có nội dung văn bản.",
        en="The file opens but holds no words: choose a file that holds a letter.",
    ),
    Reason.OCR_FAILED: Words(
        vi="Máy không đọc được chữ trong ảnh: quét lại rõ hơn (300 dpi, PNG, JPG hoặc PDF), hoặc"
        " xin bản .docx.",
        en="The letters in the picture could not be read: scan it again more clearly (300 dpi,"
        " PNG, JPG or PDF), or ask for the .docx.",
    ),
    Reason.OCR_MISSING: Words(
        vi="Văn bản là ảnh chụp, máy chủ chưa có chương trình đọc chữ: cài tesseract-ocr và"
        " tesseract-ocr-vie, hoặc dùng bản .docx hay .pdf có chữ.",
        en="The letter is a picture, and this machine has no program that reads pictures: install"
        " tesseract-ocr and tesseract-ocr-vie, or use a .docx or a .pdf that holds text.",
    ),
    Reason.OCR_SLOW: Words(
        vi="Máy đọc chữ trong ảnh quá lâu nên đã dừng: cắt bớt phần không phải văn bản, quét lại ở"
        " 300 dpi, hoặc xin bản .docx.",
        en="Reading the picture took too long and was stopped: crop what is not the letter, scan"
        " it at 300 dpi, or ask for the .docx.",
    ),
    Reason.OLD_WORD: Words(
        vi=f"Tệp Word kiểu cũ (.doc) không đọc được: {_SAVE_AS.vi}.",
        en=f"This is an old Word file (.doc), which is not read: {_SAVE_AS.en}.",
    ),
    Reason.OPEN_DOCUMENT: Words(
        vi=f"Tệp OpenDocument (.odt) không đọc được: {_SAVE_AS.vi}.",
        en=f"This is an OpenDocument file (.odt), which is not read: {_SAVE_AS.en}.",
    ),
    Reason.RICH_TEXT: Words(
        vi=f"Tệp RTF không đọc được: {_SAVE_AS.vi}.",
        en=f"This is an RTF file, which is not read: {_SAVE_AS.en}.",
    ),
    Reason.UNKNOWN_ENCODING: Words(
        vi="Không rõ bảng mã chữ của tệp .txt, và chữ quá ít để nhận ra TCVN3 hay VNI: mở bằng"
        " Notepad, lưu lại với mã UTF-8, rồi tải lên lại.",
        en="The character set of the .txt file is not known, and too little is written to tell"
        " TCVN3 from VNI: open it in Notepad, save it as UTF-8, and send it again.",
    ),
    Reason.WEB_PAGE: Words(
        vi=f"Tệp là một trang web (HTML), không phải văn bản: {_SAVE_AS.vi}.",
        en=f"The file is a web page (HTML), not a document: {_SAVE_AS.en}.",
    ),
}


def refused(reason: Reason) -> LetterFileError:
    """The refusal of a file that needs no figures in its sentence."""
    return LetterFileError(reason, _FIXED[reason])


def too_many_scans(limits: Limits) -> LetterFileError:
    """More pictures of pages than a machine is asked to read at once."""
    what = Words("Số trang ảnh", "The number of scanned pages")
    return too_large(what, limits.scanned_pages, Words("trang", "pages"))


def too_large(what: Words, limit: int, unit: Words) -> LetterFileError:
    """A file beyond a limit; the sentence names the limit."""
    dotted = f"{limit:,}".replace(",", ".")
    return LetterFileError(
        Reason.TOO_LARGE,
        Words(
            vi=f"{what.vi} quá lớn (giới hạn {dotted} {unit.vi}): chỉ gửi phần văn bản, tách phụ"
            " lục thành tệp riêng.",
            en=f"{what.en} is too large (the limit is {limit:,} {unit.en}): send the letter alone,"
            " its annexes as files of their own.",
        ),
    )
