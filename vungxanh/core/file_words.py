"""What is wrong with a file that a verb was given, in words; codes and errors are the rooms' own.

Rows are counted from 1 without the line of column names; a CSV's own line is named beside it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from vungxanh.refusals import Words

_MOST_COLUMNS: Final = 12  # that a sentence lists
_EMPTY_LINES: Final = (b"\n", b"\r\n")


class Place(NamedTuple):
    """A row of a file, from 1; in a CSV the line of names stands above it."""

    path: Path
    row: int

    @property
    def words(self) -> Words:
        """The place at the beginning of a sentence."""
        name, row = self.path.name, self.row
        vi, en = f"Tệp {name}, dòng dữ liệu {row}", f"{name}, row {row}"
        if self.path.suffix.lower() == ".parquet":
            return Words(vi, en)
        line = self.line
        return Words(f"{vi} (dòng {line} của tệp)", f"{en} (line {line} of the file)")

    @property
    def line(self) -> int:
        """The line of a CSV on which the row stands: empty lines are no rows, but they are lines.

        Looked up in the file, which takes a second for ten million rows; without it, as if no line
        were empty.
        """
        n_left = self.row + 1
        try:
            with self.path.open("rb") as file:
                for number, line in enumerate(file, start=1):
                    n_left -= line not in _EMPTY_LINES
                    if not n_left:
                        return number
        except OSError:
            pass
        return self.row + 1

    def before(self, vi: str, en: str) -> Words:
        """A sentence of each language, the place before it."""
        start = self.words
        return Words(f"{start.vi}{vi}", f"{start.en}{en}")


def missing(path: Path) -> Words:
    """There is no such file."""
    return Words(
        f"Không thấy tệp {path}: kiểm tra lại đường dẫn.",
        f"There is no file {path}: check the path.",
    )


def unreadable(path: Path) -> Words:
    """The system does not let the file be read."""
    return Words(
        f"Hệ điều hành không cho đọc tệp {path.name}: kiểm tra quyền đọc và ổ đĩa.",
        f"The system does not let {path.name} be read: check permissions and disk.",
    )


def damaged(path: Path) -> Words:
    """A file that ends early or whose bytes were changed."""
    return Words(
        f"Tệp {path.name} bị hỏng hoặc chưa chép xong: chép lại từ nguồn rồi làm lại.",
        f"{path.name} is damaged or was not copied to its end: copy it from its source again.",
    )


def not_utf8(path: Path) -> Words:
    """Text in another encoding, or no text at all."""
    return Words(
        f"Tệp {path.name} không phải văn bản UTF-8: lưu lại dạng “CSV UTF-8” rồi làm lại.",
        f"{path.name} is no UTF-8 text: save it as “CSV UTF-8” and try again.",
    )


def without_head(path: Path) -> Words:
    """A CSV without even a line of column names."""
    return Words(
        f"Tệp {path.name} trống: cần ít nhất dòng đầu ghi tên các cột.",
        f"{path.name} is empty: it needs at least a first line with the columns' names.",
    )


def missing_columns(path: Path, needed: Sequence[str], present: Sequence[str]) -> Words:
    """Columns that are needed and not there; the first of those that are."""
    wanted, there = ", ".join(needed), ", ".join(present[:_MOST_COLUMNS])
    return Words(
        f"Tệp {path.name} thiếu cột {wanted} (đang có: {there}): đặt tên cột đúng như vậy.",
        f"{path.name} lacks the columns {wanted} (it has: {there}): name them exactly so.",
    )


def column_twice(path: Path, column: str) -> Words:
    """Two columns of one name."""
    return Words(
        f"Tệp {path.name} có hai cột tên {column}: bỏ hoặc đổi tên một cột.",
        f"{path.name} has two columns named {column}: remove or rename one.",
    )


def wrong_row(place: Place, n_cells: int, n_columns: int) -> Words:
    """A line with more or fewer cells than names."""
    return place.before(
        f": có {n_cells} ô mà dòng đầu có {n_columns} cột; sửa dòng này rồi làm lại.",
        f": {n_cells} cells under {n_columns} columns; mend this line and try again.",
    )
