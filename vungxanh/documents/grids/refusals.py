"""The sentences with which a file is refused; each says what, where and what to do."""

from enum import StrEnum
from typing import Final

from vungxanh.refusals import RefusalError, Words


class Reason(StrEnum):
    """The stable codes of this reader's refusals."""

    BAD_ADDRESS = "grids.bad_address"
    BINARY_WORKBOOK = "grids.binary_workbook"
    CELL_ERROR = "grids.cell_error"
    DAMAGED = "grids.damaged"
    DANGEROUS_XML = "grids.dangerous_xml"
    EMPTY = "grids.empty"
    FORMULA_WITHOUT_VALUE = "grids.formula_without_value"
    MACROS = "grids.macros"
    LONG_CELL = "grids.long_cell"
    NOT_A_TABLE = "grids.not_a_table"
    OLD_EXCEL = "grids.old_excel"
    LOCKED = "grids.locked"
    TOO_LARGE = "grids.too_large"
    UNKNOWN_ENCODING = "grids.unknown_encoding"
    WEB_PAGE = "grids.web_page"


class GridError(RefusalError):
    """A file or pasted text that cannot be read as a table."""


_SAVE_AS: Final = Words(
    vi="mở tệp bằng Excel hoặc LibreOffice, chọn Lưu thành .xlsx hoặc CSV UTF-8, rồi tải lên lại",
    en="open it in Excel or LibreOffice, save it as .xlsx or CSV UTF-8, and send it again",
)

_FIXED: Final[dict[Reason, Words]] = {
    Reason.EMPTY: Words(
        vi="Tệp trống, không có ô nào có nội dung: chọn tệp có bảng số liệu.",
        en="The file is empty, no cell holds anything: choose a file with a table of figures.",
    ),
    Reason.OLD_EXCEL: Words(
        vi=f"Tệp Excel kiểu cũ (.xls) không đọc được: {_SAVE_AS.vi}.",
        en=f"This is an old Excel file (.xls), which is not read: {_SAVE_AS.en}.",
    ),
    Reason.LOCKED: Words(
        vi="Tệp có đặt mật khẩu nên không mở được: bỏ mật khẩu trong Excel rồi tải lên lại.",
        en="The file is protected by a password: remove the password in Excel and send it again.",
    ),
    Reason.BINARY_WORKBOOK: Words(
        vi=f"Tệp Excel nhị phân (.xlsb) không đọc được: {_SAVE_AS.vi}.",
        en=f"This is a binary Excel file (.xlsb), which is not read: {_SAVE_AS.en}.",
    ),
    Reason.MACROS: Words(
        vi="Tệp có macro (.xlsm) nên không được mở: trong Excel chọn Lưu thành, kiểu .xlsx, rồi tải"
        " lên lại.",
        en="The file holds macros (.xlsm) and is not opened: in Excel save it as .xlsx and"
        " send it again.",
    ),
    Reason.NOT_A_TABLE: Words(
        vi=f"Tệp không phải bảng tính .xlsx, .ods hay CSV: {_SAVE_AS.vi}.",
        en=f"The file is neither an .xlsx or .ods workbook nor CSV: {_SAVE_AS.en}.",
    ),
    Reason.WEB_PAGE: Words(
        vi=f"Tệp là một trang web (HTML), không phải bảng tính: {_SAVE_AS.vi}.",
        en=f"The file is a web page (HTML), not a workbook: {_SAVE_AS.en}.",
    ),
    Reason.DAMAGED: Words(
        vi=f"Tệp bảng tính bị hỏng, chưa tải đủ hoặc ghi sai chuẩn: {_SAVE_AS.vi}.",
        en=f"The workbook is damaged, incomplete or written against the standard: {_SAVE_AS.en}.",
    ),
    Reason.DANGEROUS_XML: Words(
        vi=f"Tệp bảng tính có khai báo XML không an toàn nên không được mở: {_SAVE_AS.vi}.",
        en=f"The workbook carries unsafe XML declarations and is not opened: {_SAVE_AS.en}.",
    ),
    Reason.BAD_ADDRESS: Words(
        vi="Tệp .xlsx ghi sai địa chỉ hoặc thứ tự ô: mở bằng Excel, lưu lại rồi tải lên.",
        en="The .xlsx file has cells at wrong addresses or out of order: open it in Excel and save"
        " it again.",
    ),
    Reason.UNKNOWN_ENCODING: Words(
        vi=f"Không rõ bảng mã chữ của tệp (có thể là TCVN3 hoặc VNI): {_SAVE_AS.vi}.",
        en=f"The character set of the file is not known (perhaps TCVN3 or VNI): {_SAVE_AS.en}.",
    ),
}


def refused(code: Reason) -> GridError:
    """The refusal of a whole file that needs no figures in its sentence."""
    return GridError(code, _FIXED[code])


def too_large(what: Words, limit: int, unit: Words) -> GridError:
    """A file beyond a limit; the sentence names the limit."""
    dotted = f"{limit:,}".replace(",", ".")
    return GridError(
        Reason.TOO_LARGE,
        Words(
            vi=f"{what.vi} quá lớn (giới hạn {dotted} {unit.vi}): chia thành nhiều tệp nhỏ hơn.",
            en=f"{what.en} is too large (the limit is {limit:,} {unit.en}): split it into smaller"
            " files.",
        ),
    )


def at_cell(code: Reason, place: Words, words: Words) -> GridError:
    """A refusal because of one cell; the sentence begins with its place."""
    return GridError(
        code,
        Words(vi=_begin(place.vi, words.vi), en=_begin(place.en, words.en)),
        where=place.vi,
    )


def _begin(place: str, sentence: str) -> str:
    return f"{place[0].upper()}{place[1:]}: {sentence}"
