"""Which column of a table says what of an organisation, recognised from its heading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vungxanh.core.headings import Column, Headings, WrittenRow, heading_of, unmarked
from vungxanh.documents.grids import Cell, Grid
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words

MOST_ROWS: Final = 5_000
"""Every station of the country stands in two or three lists."""
HEADINGS: Final[Headings] = {
    "name": (
        "ten don vi", "ten co so", "ten co so y te", "ten to chuc", "to chuc", "ten co quan", "ten",
        "don vi", "co so", "name", "organisation", "facility",
    ),
    "kind": ("loai", "loai hinh", "loai don vi", "loai co so", "phan loai", "kind", "type"),
    "unit_id": ("ma dia ban", "ma don vi hanh chinh", "ma xa", "ma dvhc", "unit", "unit id"),
    "province": ("tinh", "tinh thanh", "tinh thanh pho", "province"),
    "district": ("huyen", "quan huyen", "huyen thi xa thanh pho", "district"),
    "commune": (
        "xa", "xa phuong", "phuong xa", "xa phuong thi tran", "phuong xa thi tran",
        "xa phuong dac khu", "commune",
    ),
    "area": ("dia ban", "thuoc dia ban", "don vi hanh chinh", "area"),
    "parent": (
        "co quan chu quan", "to chuc cap tren", "don vi chu quan", "don vi cap tren", "truc thuoc",
        "cap tren", "parent",
    ),
    "address": ("dia chi", "tru so", "address"),
    "telephone": (
        "dien thoai", "so dien thoai", "sdt", "dt", "dien thoai lien he", "duong day nong",
        "telephone", "phone",
    ),
    "email": ("email", "e mail", "thu dien tu", "hop thu"),
    "website": ("website", "trang web", "trang thong tin", "web"),
    "tax_code": ("ma so thue", "mst", "tax code"),
    "lat": ("vi do", "lat", "latitude"),
    "lon": ("kinh do", "lon", "lng", "long", "longitude"),
    "point": ("toa do", "vi tri", "point", "coordinates"),
    "hours": ("gio lam viec", "gio mo cua", "thoi gian lam viec", "lich lam viec", "hours"),
    "valid_from": ("tu ngay", "ngay thanh lap", "hoat dong tu", "hieu luc tu", "from"),
    "valid_to": ("den ngay", "thoi hoat dong tu", "ngay giai the", "het hieu luc", "ended on"),
    "successor": ("to chuc ke thua", "don vi ke thua", "ke thua", "sap nhap vao", "successor"),
    "source": ("nguon", "nguon so lieu", "can cu", "source"),
    "as_of": ("dung den ngay", "cap nhat den", "so lieu den", "tinh den ngay", "as of"),
    "note": ("ghi chu", "note"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table whose columns were recognised."""

    columns: tuple[Column, ...]
    rows: tuple[WrittenRow, ...]


def recognised(grid: Grid) -> WrittenTable:
    """The table of a grid: the heading is the first row that names a name and something more."""
    found = heading_of(([cell.text for cell in row] for row in grid.rows), HEADINGS)
    if found is None:
        raise _no_heading(grid.rows[0] if grid.rows else ())
    place, columns = found
    rows = tuple(_rows(columns, grid.rows[place + 1 :]))
    if not rows:
        raise _no_rows()
    if len(rows) > MOST_ROWS:
        raise _too_many(len(rows))
    return WrittenTable(columns, rows)


def _rows(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Iterator[WrittenRow]:
    for row in rows:
        texts = {
            column.field: unmarked(cell.text.strip())
            for column, cell in zip(columns, row, strict=False)
            if column.field
        }
        if any(texts.values()):
            yield WrittenRow(row[0].row, texts)


def _no_heading(first: Sequence[Cell]) -> OrganisationError:
    heads = ", ".join(cell.text for cell in first if cell.text)[:120] or "–"
    return OrganisationError(
        "locations.import_no_heading",
        Words(
            f"Không thấy dòng tiêu đề có cột tên và một cột khác. Dòng đầu đọc được: {heads}. Đặt "
            "tiêu đề như “Tên tổ chức”, “Loại”, “Xã”.",
            f"There is no heading with a column of names and one more. The first row reads: "
            f"{heads}. Use headings like “Tên tổ chức”, “Loại”, “Xã”.",
        ),
        field="file",
    )


def _no_rows() -> OrganisationError:
    return OrganisationError(
        "locations.import_empty",
        Words(
            "Dưới dòng tiêu đề không có dòng nào. Kiểm lại trang tính đầu tiên của tệp.",
            "There is no row below the heading. Check the first sheet of the file.",
        ),
        field="file",
    )


def _too_many(n_rows: int) -> OrganisationError:
    return OrganisationError(
        "locations.import_too_long",
        Words(
            f"Danh sách có {n_rows} dòng, mỗi lần nhận đến {MOST_ROWS}. Chia tệp ra.",
            f"The list has {n_rows} rows; {MOST_ROWS} fit at once. Part the file.",
        ),
        field="file",
    )
