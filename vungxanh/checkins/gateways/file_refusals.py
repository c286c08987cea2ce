"""Why a file of visits or cases is turned away: which file, row and column, and what to do."""

from collections.abc import Sequence
from pathlib import Path

from vungxanh.core import file_words
from vungxanh.core.file_words import Place
from vungxanh.engines.tracing.types import TracingError
from vungxanh.refusals import Words


def missing_file(path: Path) -> TracingError:
    """There is no such file."""
    return _of_file("tracing.no_file", path, file_words.missing(path))


def unreadable_file(path: Path) -> TracingError:
    """The system does not let the file be read."""
    return _of_file("tracing.file_unreadable", path, file_words.unreadable(path))


def given_twice(path: Path) -> TracingError:
    """Its visits would count twice."""
    words = Words(
        f"Tệp {path.name} được nêu hai lần, lượt vào sẽ bị tính đôi: bỏ một lần.",
        f"{path.name} is given twice, its visits would count double: leave one out.",
    )
    return _of_file("tracing.file_twice", path, words)


def unknown_kind(path: Path) -> TracingError:
    """Neither Parquet nor CSV."""
    words = Words(
        f"Tệp {path.name} không phải .parquet hay .csv: xuất lại theo một trong hai dạng.",
        f"{path.name} is neither .parquet nor .csv: export it as one of the two.",
    )
    return _of_file("tracing.file_kind", path, words)


def damaged(path: Path) -> TracingError:
    """A Parquet that ends early or whose bytes were changed, a CSV that ends within a cell."""
    return _of_file("tracing.file_damaged", path, file_words.damaged(path))


def not_utf8(path: Path) -> TracingError:
    """A CSV in another encoding, or no text at all."""
    return _of_file("tracing.not_utf8", path, file_words.not_utf8(path))


def empty_csv(path: Path) -> TracingError:
    """Not even a line of column names."""
    return _of_file("tracing.no_header", path, file_words.without_head(path))


def missing_columns(path: Path, missing: Sequence[str], present: Sequence[str]) -> TracingError:
    """Columns that are needed and not there."""
    words = file_words.missing_columns(path, missing, present)
    return _of_file("tracing.missing_columns", path, words, column=missing[0])


def column_twice(path: Path, column: str) -> TracingError:
    """Two columns of one name."""
    words = file_words.column_twice(path, column)
    return _of_file("tracing.column_twice", path, words, column=column)


def wrong_type(path: Path, column: str, found: str) -> TracingError:
    """A column that holds no integers."""
    words = Words(
        f"Tệp {path.name}, cột {column} có kiểu {found}: cần số nguyên int64"
        " (giờ là giây kể từ 1970), đổi kiểu rồi xuất lại.",
        f"{path.name}, column {column} is {found}: it must be int64"
        " (times as unix seconds); convert it and export again.",
    )
    return _of_file("tracing.wrong_type", path, words, column=column)


def not_a_number(place: Place, column: str) -> TracingError:
    """A CSV value that is no int64."""
    words = place.before(
        f", cột {column}: không phải số nguyên int64 (giờ là giây kể từ 1970); sửa ô này rồi làm"
        " lại.",
        f", column {column}: no int64 integer (times are unix seconds); mend this cell and try"
        " again.",
    )
    return _of_row("tracing.not_a_number", place, words, column=column)


def too_large(place: Place, column: str) -> TracingError:
    """An unsigned id above what int64 holds."""
    words = place.before(
        f", cột {column}: số lớn hơn int64 chứa được; đổi mã rồi làm lại.",
        f", column {column}: above what int64 holds; renumber and try again.",
    )
    return _of_row("tracing.number_too_large", place, words, column=column)


def wrong_row(place: Place, n_cells: int, n_columns: int) -> TracingError:
    """A CSV line with more or fewer cells than names."""
    return _of_row("tracing.wrong_row", place, file_words.wrong_row(place, n_cells, n_columns))


def empty_value(place: Place, column: str) -> TracingError:
    """A null where only `t_out` may have one."""
    words = place.before(
        f", cột {column} để trống: điền vào hoặc bỏ dòng này rồi làm lại.",
        f", column {column} is empty: fill it in or remove the row, and try again.",
    )
    return _of_row("tracing.empty_value", place, words, column=column)


def out_of_range(place: Place, column: str) -> TracingError:
    """A time that is no second since 1970."""
    words = place.before(
        f", cột {column}: không phải giây kể từ 1970; đổi về giây rồi làm lại.",
        f", column {column}: no seconds since 1970; convert the times and try again.",
    )
    return _of_row("tracing.time_out_of_range", place, words, column=column)


def out_before_in(place: Place) -> TracingError:
    """A visit that ends before it begins."""
    words = place.before(
        ": giờ ra (t_out) trước giờ vào (t_in); sửa dòng này rồi làm lại.",
        ": t_out lies before t_in; mend this row and try again.",
    )
    return _of_row("tracing.out_before_in", place, words, column="t_out")


def window_reversed(place: Place, column: str) -> TracingError:
    """A case whose window ends before it begins."""
    words = place.before(
        f": khoảng thời gian kết thúc ({column}) trước khi bắt đầu; sửa dòng này rồi làm lại.",
        f": the window ends ({column}) before it begins; mend this row and try again.",
    )
    return _of_row("tracing.window_reversed", place, words, column=column)


def _of_file(code: str, path: Path, words: Words, *, column: str | None = None) -> TracingError:
    return TracingError(code, words, field=column, where=path.name)


def _of_row(code: str, place: Place, words: Words, *, column: str | None = None) -> TracingError:
    return TracingError(code, words, field=column, where=f"{place.row}")
