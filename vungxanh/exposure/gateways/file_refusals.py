"""Why a file of exposure notification is turned away, by file, row and column."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from vungxanh.core import file_words
from vungxanh.core.file_words import Place
from vungxanh.refusals import RefusalError, Words


class ExposureError(RefusalError):
    """A file or an option that exposure notification cannot work with."""


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
    return _of_file("exposure.no_file", path, file_words.missing(path))


def unreadable_file(path: Path) -> ExposureError:
    """The system does not let the file be read."""
    return _of_file("exposure.file_unreadable", path, file_words.unreadable(path))


def file_too_large(path: Path, limit: int) -> ExposureError:
    """More bytes than such a file ever has."""
    n = limit // 2**20
    words = Words(
        f"Tệp {path.name} lớn hơn {n} MB: không phải tệp đúng loại; kiểm tra lại.",
        f"{path.name} is larger than {n} MB: it is not of this kind; check which file it is.",
    )
    return _of_file("exposure.file_too_large", path, words)


def given_twice(path: Path) -> ExposureError:
    """Its keys would count double."""
    words = Words(
        f"Tệp {path.name} được nêu hai lần, khóa sẽ bị đếm đôi: bỏ một lần.",
        f"{path.name} is given twice, its keys would count double: leave one out.",
    )
    return _of_file("exposure.file_twice", path, words)


def not_utf8(path: Path) -> ExposureError:
    """Text in another encoding, or no text at all."""
    return _of_file("exposure.not_utf8", path, file_words.not_utf8(path))


def damaged(path: Path) -> ExposureError:
    """A table that ends within a cell."""
    return _of_file("exposure.file_damaged", path, file_words.damaged(path))


def empty_csv(path: Path) -> ExposureError:
    """Not even a line of column names."""
    return _of_file("exposure.no_header", path, file_words.without_head(path))


def missing_columns(path: Path, missing: Sequence[str], present: Sequence[str]) -> ExposureError:
    """Columns that are needed and not there."""
    words = file_words.missing_columns(path, missing, present)
    return _of_file("exposure.missing_columns", path, words, column=missing[0])


def column_twice(path: Path, column: str) -> ExposureError:
    """Two columns of one name."""
    words = file_words.column_twice(path, column)
    return _of_file("exposure.column_twice", path, words, column=column)


def wrong_row(place: Place, n_cells: int, n_columns: int) -> ExposureError:
    """A line with more or fewer cells than names."""
    return _of_row("exposure.wrong_row", place, file_words.wrong_row(place, n_cells, n_columns))


def not_a_number(place: Place, column: str) -> ExposureError:
    """A cell that must hold a whole number."""
    words = place.before(
        f", cột {column}: không phải số nguyên; sửa ô này rồi làm lại.",
        f", column {column}: no whole number; mend this cell and try again.",
    )
    return _of_row("exposure.not_a_number", place, words, column=column)


def bad_time(place: Place) -> ExposureError:
    """A time that is no second since 1970."""
    words = place.before(
        ", cột at: không phải giây kể từ 1970 (mili giây thì chia cho 1000); đổi về giây rồi làm"
        " lại.",
        ", column at: no seconds since 1970 (divide milliseconds by 1000); convert the times and"
        " try again.",
    )
    return _of_row("exposure.bad_time", place, words, column="at")


def bad_signal(place: Place) -> ExposureError:
    """A signal strength that no radio reports."""
    words = place.before(
        ", cột rssi: phải từ −128 đến 127 dBm; sửa ô này rồi làm lại.",
        ", column rssi: it must be from −128 to 127 dBm; mend this cell and try again.",
    )
    return _of_row("exposure.bad_signal", place, words, column="rssi")


def bad_bytes(place: Place, column: str, n_bytes: int | None) -> ExposureError:
    """A cell that is not so many bytes in hexadecimal; any number where `n_bytes` is None."""
    n = "" if n_bytes is None else f"{2 * n_bytes} "
    words = place.before(
        f", cột {column}: không phải {n}chữ số thập lục phân (0–9, a–f); sửa ô này rồi làm lại.",
        f", column {column}: not {n}hexadecimal digits (0–9, a–f); mend this cell and try again.",
    )
    return _of_row("exposure.not_hex", place, words, column=column)


def _of_file(code: str, path: Path, words: Words, *, column: str | None = None) -> ExposureError:
    return ExposureError(code, words, field=column, where=path.name)


def _of_row(code: str, place: Place, words: Words, *, column: str | None = None) -> ExposureError:
    return ExposureError(code, words, field=column, where=f"{place.row}")
