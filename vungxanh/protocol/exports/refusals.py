"""Why an export file, its signatures or what stands beside it is turned away."""

from enum import Enum
from typing import NamedTuple

from vungxanh.protocol.refusals import ProtocolError
from vungxanh.refusals import Words


class ExportError(ProtocolError):
    """An export file, a signature or a key that is refused."""


class Place(NamedTuple):
    """Where a key stands: `keys` or `revised_keys`, and its row from 1."""

    listed: str
    row: int

    def __str__(self) -> str:
        return f"{self.listed}, row {self.row}"


class Torn(Enum):
    """What about a container is not as it must be."""

    NO_ZIP = Words("không phải tệp ZIP toàn vẹn", "it is no whole ZIP file")
    EXTRA_BYTES = Words(
        "có byte thừa trước hoặc sau phần ZIP", "there are bytes before or after the ZIP"
    )
    LOCKED = Words("có mật khẩu", "it is locked with a password")
    METHOD = Words("nén theo cách lạ", "it is packed in an unusual way")
    DAMAGED = Words("nội dung nén bị hỏng", "its packed content is damaged")


def torn(what: Torn) -> ExportError:
    """The container cannot be read."""
    code = "protocol.export_zip"
    return ExportError(
        code,
        Words(
            f"Không mở được tệp khóa: {what.value.vi}. Tải lại tệp đã công bố.",
            f"The export file does not open: {what.value.en}. Fetch the published file again.",
        ),
    )


def members() -> ExportError:
    """The container does not hold exactly the two members."""
    code = "protocol.export_members"
    return ExportError(
        code,
        Words(
            "Tệp khóa phải có đúng hai mục export.bin và export.sig, mỗi mục một lần: "
            "tải lại tệp đã công bố.",
            "An export file must hold export.bin and export.sig, once each, and nothing else: "
            "fetch the published file again.",
        ),
    )


def too_large(name: str, limit: int) -> ExportError:
    """More bytes than an export file ever has, packed or unpacked."""
    code = "protocol.export_too_large"
    size = f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit // 2**10} KB"
    return ExportError(
        code,
        Words(
            f"{name} lớn hơn {size}: không phải tệp khóa; chia nhỏ nếu tự tạo.",
            f"{name} is larger than {size}: this is no export file; split it if you made it.",
        ),
        field=name,
    )


def header() -> ExportError:
    """`export.bin` does not begin as version 1 does."""
    code = "protocol.export_header"
    return ExportError(
        code,
        Words(
            "export.bin không bắt đầu bằng “EK Export v1” và bốn dấu cách: lấy tệp phiên bản 1.",
            "export.bin does not begin with “EK Export v1” and four spaces: take a file of "
            "version 1.",
        ),
        field="export.bin",
    )


def not_protobuf(name: str, place: Place | None = None) -> ExportError:
    """Bytes that end too early or are no message; the place of a key, where one is torn."""
    code = "protocol.export_torn"
    where = None if place is None else str(place)
    return ExportError(
        code,
        Words(
            f"{where or name} bị cắt cụt hoặc không đúng định dạng: tải lại tệp đã công bố.",
            f"{where or name} is cut off or not in its format: fetch the published file again.",
        ),
        field=name,
        where=where,
    )


def head(name: str, value: int, bounds: tuple[int, int]) -> ExportError:
    """A time or a number of the batch that cannot be."""
    code = "protocol.export_head"
    least, most = bounds
    return ExportError(
        code,
        Words(
            f"{name} của tệp khóa là {value}, phải từ {least} đến {most}: sửa lại hoặc lấy tệp "
            "khác.",
            f"{name} of the export file is {value}, it must be from {least} to {most}: mend it or "
            "take another file.",
        ),
        field=name,
    )


def not_text(name: str) -> ExportError:
    """A region, or a signer's name, that is no text (bytes of another encoding)."""
    code = "protocol.export_text"
    return ExportError(
        code,
        Words(
            f"{name} có ký tự không phải UTF-8: gõ lại.",
            f"{name} has characters that are no UTF-8: type it again.",
        ),
        field=name,
    )


def key_length(place: Place, n: int, expected: int) -> ExportError:
    """A key that is too short or too long."""
    code = "protocol.export_key"
    return ExportError(
        code,
        Words(
            f"Khóa thứ {place.row} ({place.listed}) dài {n} byte, phải là {expected}: "
            "sửa hoặc bỏ khóa này rồi tạo lại tệp.",
            f"Key {place.row} of {place.listed} has {n} bytes, it must have {expected}: mend it or "
            "leave it out and make the file again.",
        ),
        field="key",
        where=str(place),
    )


def key_number(place: Place, name: str, found: tuple[int, int, int]) -> ExportError:
    """A number of a key outside its bounds; `found` is the value, the least and the most."""
    code = "protocol.export_key"
    value, least, most = found
    return ExportError(
        code,
        Words(
            f"{name} của khóa thứ {place.row} ({place.listed}) là {value}, phải từ {least} đến "
            f"{most}: sửa hoặc bỏ khóa này rồi tạo lại tệp.",
            f"{name} of key {place.row} of {place.listed} is {value}, it must be from {least} to "
            f"{most}: mend it or leave it out and make the file again.",
        ),
        field=name,
        where=str(place),
    )


def future_key(place: Place) -> ExportError:
    """A key that begins after its file was closed."""
    code = "protocol.future_key"
    return ExportError(
        code,
        Words(
            f"Khóa thứ {place.row} ({place.listed}) bắt đầu sau khi tệp kết thúc: ai cũng phát "
            "giả được; kiểm tra đồng hồ và bỏ khóa này.",
            f"Key {place.row} of {place.listed} begins after its file ends, so anyone could send "
            "its identifiers: check the clock and leave it out.",
        ),
        field="rolling_start",
        where=str(place),
    )


def key_twice(place: Place) -> ExportError:
    """The same key in two rows."""
    code = "protocol.key_twice"
    return ExportError(
        code,
        Words(
            f"Khóa thứ {place.row} ({place.listed}) đã có ở dòng trước: bỏ một dòng.",
            f"Key {place.row} of {place.listed} stands in a row before: leave one out.",
        ),
        field="key",
        where=str(place),
    )


def bad_index(row: int) -> ExportError:
    """An index that does not list export files, oldest first."""
    code = "protocol.bad_index"
    return ExportError(
        code,
        Words(
            f"Dòng {row} của index.txt sai: mỗi dòng một đường dẫn tương đối "
            "gốc/bắt_đầu-kết_thúc-00001.zip, cũ trước, không lặp.",
            f"Line {row} of index.txt is wrong: one relative path root/start-end-00001.zip a line, "
            "oldest first, none twice.",
        ),
        field="index.txt",
        where=f"line {row}",
    )
