"""Why a file of visits or cases is turned away: which file, row and column, and what to do.

Rows are counted from 1 without the line of column names; a CSV's own line is named beside it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from vungxanh.engines.tracing.types import TracingError
from vungxanh.refusals import Words


class Place(NamedTuple):
    """A row of a file, from 1; in a CSV the line of names stands above it."""

    path: Path
    row: int

    @property
    def words(self) -> Words:
        """The place at the beginning of a sentence."""
        if self.path.suffix.lower() == ".parquet":
            line = Words("", "")
        else:
            line = Words(f" (dòng {self.row + 1} của tệp)", f" (line {self.row + 1} of the file)")
        return Words(
            f"Tệp {self.path.name}, dòng dữ liệu {self.row}{line.vi}",
            f"{self.path.name}, row {self.row}{line.en}",
        )


def missing_file(path: Path) -> TracingError:
    """There is no such file."""
    code = "tracing.no_file"
    return TracingError(
        code,
        Words(
            f"Không thấy tệp {path}: kiểm tra lại đường dẫn.",
            f"There is no file {path}: check the path.",
        ),
        where=path.name,
    )


def unreadable_file(path: Path) -> TracingError:
    """The system does not let the file be read."""
    code = "tracing.file_unreadable"
    return TracingError(
        code,
        Words(
            f"Hệ điều hành không cho đọc tệp {path.name}: kiểm tra quyền đọc và ổ đĩa.",
            f"The system does not let {path.name} be read: check permissions and disk.",
        ),
        where=path.name,
    )


def given_twice(path: Path) -> TracingError:
    """Its visits would count twice."""
    code = "tracing.file_twice"
    return TracingError(
        code,
        Words(
            f"Tệp {path.name} được nêu hai lần, lượt vào sẽ bị tính đôi: bỏ một lần.",
            f"{path.name} is given twice, its visits would count double: leave one out.",
        ),
        where=path.name,
    )


def unknown_kind(path: Path) -> TracingError:
    """Neither Parquet nor CSV."""
    code = "tracing.file_kind"
    return TracingError(
        code,
        Words(
            f"Tệp {path.name} không phải .parquet hay .csv: xuất lại theo một trong hai dạng.",
            f"{path.name} is neither .parquet nor .csv: export it as one of the two.",
        ),
        where=path.name,
    )


def damaged(path: Path) -> TracingError:
    """A Parquet that ends early or whose bytes were changed."""
    code = "tracing.file_damaged"
    return TracingError(
        code,
        Words(
            f"Tệp {path.name} bị hỏng hoặc chưa chép xong: chép lại từ nguồn rồi làm lại.",
            f"{path.name} is damaged or was not copied to its end: copy it from its source again.",
        ),
        where=path.name,
    )


def not_utf8(path: Path) -> TracingError:
    """A CSV in another encoding, or no text at all."""
    code = "tracing.not_utf8"
    return TracingError(
        code,
        Words(
            f"Tệp {path.name} không phải văn bản UTF-8: lưu lại dạng “CSV UTF-8” rồi làm lại.",
            f"{path.name} is no UTF-8 text: save it as “CSV UTF-8” and try again.",
        ),
        where=path.name,
    )


def empty_csv(path: Path) -> TracingError:
    """Not even a line of column names."""
    code = "tracing.no_header"
    return TracingError(
        code,
        Words(
            f"Tệp {path.name} trống: cần ít nhất dòng đầu ghi tên các cột.",
            f"{path.name} is empty: it needs at least a first line with the columns' names.",
        ),
        where=path.name,
    )


def missing_columns(path: Path, missing: Sequence[str], present: Sequence[str]) -> TracingError:
    """Columns that are needed and not there."""
    code = "tracing.missing_columns"
    wanted, there = ", ".join(missing), ", ".join(present[:12])
    return TracingError(
        code,
        Words(
            f"Tệp {path.name} thiếu cột {wanted} (đang có: {there}): đặt tên cột đúng như vậy.",
            f"{path.name} lacks the columns {wanted} (it has: {there}): name them exactly so.",
        ),
        field=missing[0],
        where=path.name,
    )


def column_twice(path: Path, column: str) -> TracingError:
    """Two columns of one name."""
    code = "tracing.column_twice"
    return TracingError(
        code,
        Words(
            f"Tệp {path.name} có hai cột tên {column}: bỏ hoặc đổi tên một cột.",
            f"{path.name} has two columns named {column}: remove or rename one.",
        ),
        field=column,
        where=path.name,
    )


def wrong_type(path: Path, column: str, found: str) -> TracingError:
    """A column that holds no integers."""
    code = "tracing.wrong_type"
    return TracingError(
        code,
        Words(
            f"Tệp {path.name}, cột {column} có kiểu {found}: cần số nguyên int64"
            " (giờ là giây kể từ 1970), đổi kiểu rồi xuất lại.",
            f"{path.name}, column {column} is {found}: it must be int64"
            " (times as unix seconds); convert it and export again.",
        ),
        field=column,
        where=path.name,
    )


def not_a_number(place: Place, column: str) -> TracingError:
    """A CSV value that is no int64."""
    code = "tracing.not_a_number"
    start = place.words
    return TracingError(
        code,
        Words(
            f"{start.vi}, cột {column}: không phải số nguyên int64"
            " (giờ là giây kể từ 1970); sửa ô này rồi làm lại.",
            f"{start.en}, column {column}: no int64 integer"
            " (times are unix seconds); mend this cell and try again.",
        ),
        field=column,
        where=f"{place.row}",
    )


def too_large(place: Place, column: str) -> TracingError:
    """An unsigned id above what int64 holds."""
    code = "tracing.number_too_large"
    start = place.words
    return TracingError(
        code,
        Words(
            f"{start.vi}, cột {column}: số lớn hơn int64 chứa được; đổi mã rồi làm lại.",
            f"{start.en}, column {column}: above what int64 holds; renumber and try again.",
        ),
        field=column,
        where=f"{place.row}",
    )


def wrong_row(place: Place, n_cells: int, n_columns: int) -> TracingError:
    """A CSV line with more or fewer cells than names."""
    code = "tracing.wrong_row"
    start = place.words
    return TracingError(
        code,
        Words(
            f"{start.vi}: có {n_cells} ô mà dòng đầu có {n_columns} cột; sửa dòng này rồi làm lại.",
            f"{start.en}: {n_cells} cells under {n_columns} columns; mend this line and try again.",
        ),
        where=f"{place.row}",
    )


def empty_value(place: Place, column: str) -> TracingError:
    """A null where only `t_out` may have one."""
    code = "tracing.empty_value"
    start = place.words
    return TracingError(
        code,
        Words(
            f"{start.vi}, cột {column} để trống: điền vào hoặc bỏ dòng này rồi làm lại.",
            f"{start.en}, column {column} is empty: fill it in or remove the row, and try again.",
        ),
        field=column,
        where=f"{place.row}",
    )


def out_of_range(place: Place, column: str) -> TracingError:
    """A time that is no second since 1970."""
    code = "tracing.time_out_of_range"
    start = place.words
    return TracingError(
        code,
        Words(
            f"{start.vi}, cột {column}: không phải giây kể từ 1970; đổi về giây rồi làm lại.",
            f"{start.en}, column {column}: no seconds since 1970; convert the times and try again.",
        ),
        field=column,
        where=f"{place.row}",
    )


def out_before_in(place: Place) -> TracingError:
    """A visit that ends before it begins."""
    code = "tracing.out_before_in"
    start = place.words
    return TracingError(
        code,
        Words(
            f"{start.vi}: giờ ra (t_out) trước giờ vào (t_in); sửa dòng này rồi làm lại.",
            f"{start.en}: t_out lies before t_in; mend this row and try again.",
        ),
        field="t_out",
        where=f"{place.row}",
    )


def window_reversed(place: Place, column: str) -> TracingError:
    """A case whose window ends before it begins."""
    code = "tracing.window_reversed"
    start = place.words
    return TracingError(
        code,
        Words(
            f"{start.vi}: khoảng thời gian kết thúc ({column}) trước khi bắt đầu;"
            " sửa dòng này rồi làm lại.",
            f"{start.en}: the window ends ({column}) before it begins;"
            " mend this row and try again.",
        ),
        field=column,
        where=f"{place.row}",
    )
