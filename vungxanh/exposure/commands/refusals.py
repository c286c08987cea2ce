"""What a verb of exposure notification is turned away for beside its files."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from vungxanh.core import progress
from vungxanh.core.file_words import Place
from vungxanh.documents.vietnamese import moment
from vungxanh.exposure.gateways.file_refusals import ExposureError
from vungxanh.refusals import Words


def limits_of_the_machine() -> AbstractContextManager[None]:
    """Say in a sentence what the system has no more of."""
    return progress.limits_of_the_machine(memory_short, disk_full)


def not_hex(field: str) -> ExposureError:
    """An option that is not bytes in hexadecimal."""
    code = "exposure.bad_hex"
    return ExposureError(
        code,
        Words(
            f"--{field} không phải thập lục phân (cặp chữ số 0–9, a–f): chép lại.",
            f"--{field} is not hexadecimal (pairs of 0–9, a–f): copy it again.",
        ),
        field=field,
    )


def embargoed(place: Place, at: int) -> ExposureError:
    """A key that phones still accept; `at` is when none does any more."""
    code = "exposure.embargo"
    start, when = place.words, datetime.fromtimestamp(at, UTC)
    return ExposureError(
        code,
        Words(
            f"{start.vi}: khóa còn hiệu lực, công bố lúc này thì người khác phát lại được;"
            f" bỏ dòng này và công bố từ {moment(when)} ({at}).",
            f"{start.en}: the key is still valid and published now others could replay it;"
            f" leave the row out and publish it from {moment(when, 'en')} in Viet Nam ({at}).",
        ),
        field="rolling_start",
        where=f"{place.row}",
    )


def no_folder(path: Path) -> ExposureError:
    """The folder of the file is not there or not to be written."""
    code = "exposure.out_folder"
    return ExposureError(
        code,
        Words(
            f"Không ghi được {path}: tạo thư mục hoặc cấp quyền ghi.",
            f"{path} cannot be written: make its folder or allow writing.",
        ),
        field="out",
    )


def overwrites_input(path: Path) -> ExposureError:
    """The file would replace one that it is made from."""
    code = "exposure.out_is_input"
    return ExposureError(
        code,
        Words(
            f"{path.name} vừa là tệp đầu vào vừa là tệp kết quả: đặt tên khác cho kết quả.",
            f"{path.name} is read and would be written over: give the result another name.",
        ),
        field="out",
    )


def memory_short() -> ExposureError:
    """The system has no more memory."""
    code = "exposure.memory_short"
    return ExposureError(
        code,
        Words(
            "Không đủ bộ nhớ: chia nhỏ nhật ký nghe, hoặc chạy trên máy nhiều bộ nhớ hơn.",
            "There is not enough memory: split the log, or use a machine with more memory.",
        ),
    )


def disk_full() -> ExposureError:
    """No room for what should be written."""
    code = "exposure.disk_full"
    return ExposureError(
        code,
        Words(
            "Ổ đĩa đầy, tệp chưa được ghi: dọn chỗ trống rồi chạy lại.",
            "The disk is full and nothing was written: make room and run again.",
        ),
        field="out",
    )
