"""What a verb of tracing is turned away for beside its files: output, memory, disk, engine."""

from pathlib import Path

from vungxanh.documents.vietnamese import count
from vungxanh.engines.tracing.types import TracingError
from vungxanh.refusals import Words


def unknown_ending(path: Path) -> TracingError:
    """The answer is written as Parquet or CSV only."""
    code = "tracing.out_kind"
    return TracingError(
        code,
        Words(
            f"Không ghi được dạng của {path.name}: đặt tên kết thúc bằng .parquet hoặc .csv.",
            f"{path.name} has no known ending: end the name with .parquet or .csv.",
        ),
        field="out",
    )


def no_folder(path: Path) -> TracingError:
    """The folder of the answer is not there or not to be written."""
    code = "tracing.out_folder"
    return TracingError(
        code,
        Words(
            f"Không ghi được vào thư mục {path.parent}: tạo thư mục hoặc cấp quyền ghi.",
            f"The folder {path.parent} cannot be written: make it or allow writing.",
        ),
        field="out",
    )


def overwrites_input(path: Path) -> TracingError:
    """The answer would replace a file that it is made from."""
    code = "tracing.out_is_input"
    return TracingError(
        code,
        Words(
            f"{path.name} vừa là tệp đầu vào vừa là tệp kết quả: đặt tên khác cho kết quả.",
            f"{path.name} is read and would be written over: give the answer another name.",
        ),
        field="out",
    )


def memory_short(needed: int | None = None, allowed: int | None = None) -> TracingError:
    """The work needs more memory than it may take, in bytes; None where that is not known."""
    code = "tracing.memory_short"
    least, most = -(-(needed or 0) // 10**6), (allowed or 0) // 10**6
    vi = f" (cần khoảng {_size(least, 'vi')}, được {_size(most, 'vi')})" if needed else ""
    en = f" (it needs about {_size(least, 'en')} of {_size(most, 'en')})" if needed else ""
    return TracingError(
        code,
        Words(
            f"Không đủ bộ nhớ{vi}: dựng kho bằng tracing build rồi hỏi kho, thu hẹp câu hỏi,"
            " hoặc dùng máy nhiều bộ nhớ hơn.",
            f"There is not enough memory{en}: build a store with tracing build and ask that,"
            " ask for less, or use a machine with more.",
        ),
        field="memory",
    )


def disk_full() -> TracingError:
    """No room for what should be written."""
    code = "tracing.disk_full"
    return TracingError(
        code,
        Words(
            "Ổ đĩa đầy, kết quả chưa được ghi: dọn chỗ trống rồi chạy lại.",
            "The disk is full and nothing was written: make room and run again.",
        ),
        field="out",
    )


def needs_store() -> TracingError:
    """Spark reads a store that every worker sees, not files."""
    code = "tracing.spark_needs_store"
    return TracingError(
        code,
        Words(
            "Spark chỉ hỏi kho đã dựng: chạy tracing build vào thư mục mà mọi worker đọc được,"
            " rồi dùng --store.",
            "Spark asks a store only: run tracing build into a folder that all workers can read,"
            " then use --store.",
        ),
        field="store",
    )


def no_cap() -> TracingError:
    """Only the compiled engine stops early."""
    code = "tracing.no_cap"
    return TracingError(
        code,
        Words(
            "Cách tính sql và reference không có --cap: bỏ tham số này hoặc dùng kernel.",
            "The engines sql and reference know no --cap: leave it out or use kernel.",
        ),
        field="cap",
    )


def _size(millions: int, lang: str) -> str:
    """Bytes in millions as people say them: from a thousand on gigabytes with one decimal."""
    if millions < 1000:
        return f"{millions} MB"
    tenths = millions // 100
    point = "." if lang == "en" else ","
    return f"{count(tenths // 10, lang)}{point}{tenths % 10} GB"
