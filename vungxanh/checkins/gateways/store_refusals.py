"""Why a store of visits is not opened or not built: what is missing, and what to do."""

from collections.abc import Sequence
from pathlib import Path

from vungxanh.documents import vietnamese
from vungxanh.engines.tracing.types import TracingError
from vungxanh.refusals import Words


def not_a_store(directory: Path) -> TracingError:
    """The directory is not there, or holds something else."""
    code = "tracing.not_a_store"
    return TracingError(
        code,
        Words(
            f"{directory} không phải kho lượt vào: dựng kho bằng `vungxanh tracing build`.",
            f"{directory} is no store of visits: make one with `vungxanh tracing build`.",
        ),
        where=directory.name,
    )


def half_built(directory: Path) -> TracingError:
    """Building was broken off before the store was whole."""
    code = "tracing.store_half_built"
    return TracingError(
        code,
        Words(
            f"Kho {directory} dựng dở, chưa có manifest.json: chạy lại `vungxanh tracing build`.",
            f"The store {directory} is half built, it has no manifest.json yet: run"
            " `vungxanh tracing build` again.",
        ),
        where=directory.name,
    )


def array_missing(directory: Path, name: str) -> TracingError:
    """A file that the manifest names is not there, or not as long as it says."""
    code = "tracing.store_damaged"
    return TracingError(
        code,
        Words(
            f"Kho {directory} thiếu hoặc cụt tệp {name}: chép lại cả thư mục, hoặc dựng lại.",
            f"In the store {directory} the file {name} is missing or cut off: copy the whole"
            " directory again, or build it again.",
        ),
        where=name,
    )


def manifest_unreadable(directory: Path) -> TracingError:
    """The manifest is no manifest."""
    code = "tracing.store_damaged"
    return TracingError(
        code,
        Words(
            f"Không đọc được manifest.json của kho {directory}: dựng lại kho.",
            f"The manifest.json of the store {directory} cannot be read: build it again.",
        ),
        where="manifest.json",
    )


def other_format(directory: Path, found: str) -> TracingError:
    """Another version of this program wrote the store."""
    code = "tracing.store_format"
    return TracingError(
        code,
        Words(
            f"Kho {directory} ở dạng {found}, bản này không đọc được: dựng lại kho.",
            f"The store {directory} has the form {found}, which this version does not read: build"
            " it again.",
        ),
        where=directory.name,
    )


def other_than_announced(paths: Sequence[Path]) -> TracingError:
    """Other visits than a moment ago, or than a file's summary says."""
    code = "tracing.file_changed"
    listed = ", ".join(path.name for path in paths)
    return TracingError(
        code,
        Words(
            f"Trong {listed} có tệp đổi trong lúc đọc, hoặc phần tóm tắt cuối tệp sai: chép lại từ"
            " nguồn rồi làm lại.",
            f"Among {listed} a file changed while it was read, or its summary is wrong: copy it"
            " from its source again and try again.",
        ),
        where=listed,
    )


def no_folder(directory: Path) -> TracingError:
    """There is a file of that name, or nothing may be written there."""
    code = "tracing.store_folder"
    return TracingError(
        code,
        Words(
            f"Không dựng được kho ở {directory}: nơi này không phải thư mục, hoặc không được ghi."
            " Chọn thư mục khác.",
            f"No store can be built at {directory}: it is no folder, or cannot be written. Choose"
            " another one.",
        ),
        where=directory.name,
    )


def stale(directory: Path, names: Sequence[str]) -> TracingError:
    """Files of visits have changed since the store was built."""
    code = "tracing.store_stale"
    listed = ", ".join(names)
    return TracingError(
        code,
        Words(
            f"Kho {directory} cũ hơn dữ liệu: {listed} đã đổi sau khi dựng. Dựng lại kho.",
            f"The store {directory} is older than the data: {listed} changed since it was built."
            " Build it again.",
        ),
        where=listed,
    )


def replaced(directory: Path) -> TracingError:
    """Another store took its place between two looks."""
    code = "tracing.store_replaced"
    return TracingError(
        code,
        Words(
            f"Kho {directory} vừa được dựng lại trong lúc hỏi: hỏi lại.",
            f"The store {directory} was built again while it was asked: ask once more.",
        ),
        where=directory.name,
    )


def being_built(directory: Path) -> TracingError:
    """Another program is building in the same place."""
    code = "tracing.store_busy"
    return TracingError(
        code,
        Words(
            f"Một chương trình khác đang dựng kho {directory}: chờ xong rồi làm lại.",
            f"Another program is building the store {directory}: wait for it and try again.",
        ),
        where=directory.name,
    )


def disk_short(directory: Path, needed: int, free: int) -> TracingError:
    """The store would not fit."""
    code = "tracing.disk_short"
    vi, en = _megabytes(needed, free, "vi"), _megabytes(needed, free, "en")
    return TracingError(
        code,
        Words(
            f"Kho cần {vi[0]} MB, ổ đĩa của {directory} còn {vi[1]} MB: dọn ổ hoặc chọn ổ khác.",
            f"The store needs {en[0]} MB, the disk of {directory} has {en[1]} MB left: make room or"
            " choose another disk.",
        ),
        where=directory.name,
    )


def memory_short(needed: int, allowed: int) -> TracingError:
    """Building would take more memory than it may."""
    code = "tracing.memory_short"
    vi, en = _megabytes(needed, allowed, "vi"), _megabytes(needed, allowed, "en")
    return TracingError(
        code,
        Words(
            f"Dựng kho cần {vi[0]} MB bộ nhớ, chỉ được dùng {vi[1]} MB: tăng mức cho phép hoặc"
            " dựng từng quãng thời gian.",
            f"Building the store takes {en[0]} MB of memory, {en[1]} MB are allowed: allow more or"
            " build stores of shorter times.",
        ),
    )


def _megabytes(one: int, other: int, lang: str) -> tuple[str, str]:
    return vietnamese.count(-(-one // 10**6), lang), vietnamese.count(other // 10**6, lang)
