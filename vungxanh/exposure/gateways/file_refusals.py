"""Why a file of exposure notification is turned away, by file, row and column."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from vungxanh.refusals import RefusalError, Words


class ExposureError(RefusalError):
    """A file or an option that exposure notification cannot work with."""


class Place(NamedTuple):
    """A row of data of a CSV, counted from 1; the line that names the columns stands above it."""

    path: Path
    row: int

    @property
    def words(self) -> Words:
        """The place at the beginning of a sentence."""
        name, row = self.path.name, self.row
        return Words(
            f"Tệp {name}, dòng dữ liệu {row} (dòng {row + 1} của tệp)",
            f"{name}, row {row} (line {row + 1} of the file)",
        )


@contextmanager
def in_file(path: Path) -> Iterator[None]:
    """Put the file's name before what a protocol says of its content."""
    try:
        yield
    except RefusalError as error:
        words = Words(f"Tệp {path.name}: {error.words.vi}", f"{path.name}: {error.words.en}")
        where = f"{path.name}, {error.where}" if error.where else path.name
        raise ExposureError(error.code, words, field=error.field, where=where) from None


def missing_file(path: Path) -> ExposureError:
    """There is no such file."""
    code = "exposure.no_file"
    return ExposureError(
        code,
        Words(
            f"Không thấy tệp {path}: kiểm tra lại đường dẫn.",
            f"There is no file {path}: check the path.",
        ),
        where=path.name,
    )


def unreadable_file(path: Path) -> ExposureError:
    """The system does not let the file be read."""
    code = "exposure.file_unreadable"
    return ExposureError(
        code,
        Words(
            f"Hệ điều hành không cho đọc tệp {path.name}: kiểm tra quyền đọc và ổ đĩa.",
            f"The system does not let {path.name} be read: check permissions and disk.",
        ),
        where=path.name,
    )


def file_too_large(path: Path, limit: int) -> ExposureError:
    """More bytes than such a file ever has."""
    code = "exposure.file_too_large"
    n = limit // 2**20
    return ExposureError(
        code,
        Words(
            f"Tệp {path.name} lớn hơn {n} MB: không phải tệp đúng loại; kiểm tra lại.",
            f"{path.name} is larger than {n} MB: it is not of this kind; check which file it is.",
        ),
        where=path.name,
    )


def given_twice(path: Path) -> ExposureError:
    """Its keys would count double."""
    code = "exposure.file_twice"
    return ExposureError(
        code,
        Words(
            f"Tệp {path.name} được nêu hai lần, khóa sẽ bị đếm đôi: bỏ một lần.",
            f"{path.name} is given twice, its keys would count double: leave one out.",
        ),
        where=path.name,
    )


def not_utf8(path: Path) -> ExposureError:
    """Text in another encoding, or no text at all."""
    code = "exposure.not_utf8"
    return ExposureError(
        code,
        Words(
            f"Tệp {path.name} không phải văn bản UTF-8: lưu lại dạng “CSV UTF-8” rồi làm lại.",
            f"{path.name} is no UTF-8 text: save it as “CSV UTF-8” and try again.",
        ),
        where=path.name,
    )


def damaged(path: Path) -> ExposureError:
    """A table that ends within a cell."""
    code = "exposure.file_damaged"
    return ExposureError(
        code,
        Words(
            f"Tệp {path.name} bị hỏng hoặc chưa chép xong: chép lại từ nguồn rồi làm lại.",
            f"{path.name} is damaged or was not copied to its end: copy it from its source again.",
        ),
        where=path.name,
    )


def empty_csv(path: Path) -> ExposureError:
    """Not even a line of column names."""
    code = "exposure.no_header"
    return ExposureError(
        code,
        Words(
            f"Tệp {path.name} trống: cần ít nhất dòng đầu ghi tên các cột.",
            f"{path.name} is empty: it needs at least a first line with the columns' names.",
        ),
        where=path.name,
    )


def missing_columns(path: Path, missing: Sequence[str], present: Sequence[str]) -> ExposureError:
    """Columns that are needed and not there."""
    code = "exposure.missing_columns"
    wanted, there = ", ".join(missing), ", ".join(present[:12])
    return ExposureError(
        code,
        Words(
            f"Tệp {path.name} thiếu cột {wanted} (đang có: {there}): đặt tên cột đúng như vậy.",
            f"{path.name} lacks the columns {wanted} (it has: {there}): name them exactly so.",
        ),
        field=missing[0],
        where=path.name,
    )


def column_twice(path: Path, column: str) -> ExposureError:
    """Two columns of one name."""
    code = "exposure.column_twice"
    return ExposureError(
        code,
        Words(
            f"Tệp {path.name} có hai cột tên {column}: bỏ hoặc đổi tên một cột.",
            f"{path.name} has two columns named {column}: remove or rename one.",
        ),
        field=column,
        where=path.name,
    )


def wrong_row(place: Place, n_cells: int, n_columns: int) -> ExposureError:
    """A line with more or fewer cells than names."""
    code = "exposure.wrong_row"
    start = place.words
    return ExposureError(
        code,
        Words(
            f"{start.vi}: có {n_cells} ô mà dòng đầu có {n_columns} cột; sửa dòng này rồi làm lại.",
            f"{start.en}: {n_cells} cells under {n_columns} columns; mend this line and try again.",
        ),
        where=f"{place.row}",
    )


def not_a_number(place: Place, column: str) -> ExposureError:
    """A cell that must hold a whole number."""
    code = "exposure.not_a_number"
    start = place.words
    return ExposureError(
        code,
        Words(
            f"{start.vi}, cột {column}: không phải số nguyên; sửa ô này rồi làm lại.",
            f"{start.en}, column {column}: no whole number; mend this cell and try again.",
        ),
        field=column,
        where=f"{place.row}",
    )


def bad_time(place: Place) -> ExposureError:
    """A time that is no second since 1970."""
    code = "exposure.bad_time"
    start = place.words
    return ExposureError(
        code,
        Words(
            f"{start.vi}, cột at: không phải giây kể từ 1970 (mili giây thì chia cho 1000);"
            " đổi về giây rồi làm lại.",
            f"{start.en}, column at: no seconds since 1970 (divide milliseconds by 1000);"
            " convert the times and try again.",
        ),
        field="at",
        where=f"{place.row}",
    )


def bad_signal(place: Place) -> ExposureError:
    """A signal strength that no radio reports."""
    code = "exposure.bad_signal"
    start = place.words
    return ExposureError(
        code,
        Words(
            f"{start.vi}, cột rssi: phải từ −128 đến 127 dBm; sửa ô này rồi làm lại.",
            f"{start.en}, column rssi: it must be from −128 to 127 dBm; mend this cell and try"
            " again.",
        ),
        field="rssi",
        where=f"{place.row}",
    )


def bad_bytes(place: Place, column: str, n_bytes: int | None) -> ExposureError:
    """A cell that is not so many bytes in hexadecimal; any number where `n_bytes` is None."""
    code = "exposure.not_hex"
    start = place.words
    n = "" if n_bytes is None else f"{2 * n_bytes} "
    return ExposureError(
        code,
        Words(
            f"{start.vi}, cột {column}: không phải {n}chữ số thập lục phân (0–9, a–f);"
            " sửa ô này rồi làm lại.",
            f"{start.en}, column {column}: not {n}hexadecimal digits (0–9, a–f);"
            " mend this cell and try again.",
        ),
        field=column,
        where=f"{place.row}",
    )
