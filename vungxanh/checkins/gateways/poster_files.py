"""The files of a job: parts that are whole, then one ZIP of them with a list of what is in it.

A part is written whole or not at all, so a job that was killed goes on behind its last part.
"""

import csv
import io
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from vungxanh.core.durable import beside, fill, sync_folder
from vungxanh.documents.escaping import escaped

LIST: Final = "danh-sach.csv"
HEADS: Final = (
    "Mã điểm",
    "Tên điểm",
    "Lối vào",
    "Địa chỉ",
    "Ngày cấp",
    "Số bản",
    "Tệp",
    "Ghi chú",
)
_FIXED: Final = (1980, 1, 1, 0, 0, 0)


class JobFolder:
    """Where a job keeps its parts until they are one file."""

    def __init__(self, home: Path, job_id: UUID) -> None:
        self.path = home / "posters" / str(job_id)

    def open(self) -> None:
        """Make the folder, for its owner alone."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def drop(self) -> None:
        """Take the folder and all in it away."""
        shutil.rmtree(self.path, ignore_errors=True)

    def has_part(self, first: int) -> bool:
        """Whether the part that begins with this poster is whole."""
        return self._part(first).exists()

    def write_part(
        self, first: int, files: Mapping[str, bytes], rows: Sequence[Sequence[str]]
    ) -> None:
        """Keep a part: the posters by their names, and their rows of the list."""

        def write(stream: BinaryIO) -> None:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as part:
                for name, pdf in files.items():
                    part.writestr(zipfile.ZipInfo(name, _FIXED), pdf)
                part.writestr(zipfile.ZipInfo(LIST, _FIXED), _csv(rows))

        draft = beside(self._part(first))
        fill(draft, write)
        draft.replace(self._part(first))
        sync_folder(self.path)

    def joined(self, firsts: Iterable[int]) -> Path:
        """One ZIP of all parts, with one list; on disk alone."""
        whole = self.path / "bang-ma.zip"
        whole.unlink(missing_ok=True)
        draft = beside(whole)

        def write(stream: BinaryIO) -> None:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
                rows = [_csv([HEADS]), *(_moved(self._part(one), package) for one in firsts)]
                package.writestr(zipfile.ZipInfo(LIST, _FIXED), b"\xef\xbb\xbf" + b"".join(rows))

        fill(draft, write)
        return draft.replace(whole)

    def _part(self, first: int) -> Path:
        return self.path / f"{first:06d}.zip"


def _moved(path: Path, package: zipfile.ZipFile) -> bytes:
    """Copy the posters of a part; gives the rows of its list."""
    with zipfile.ZipFile(path) as part:
        for entry in part.infolist():
            if entry.filename != LIST:
                package.writestr(zipfile.ZipInfo(entry.filename, _FIXED), part.read(entry))
        return part.read(LIST)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerows(
        [escaped(cell) for cell in row] for row in rows
    )
    return held.getvalue().encode()
