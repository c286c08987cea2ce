"""Finished content: its shape, its freezing and its check code."""

import datetime as dt

import msgspec
import pytest

from tests.documents import samples
from vungxanh.documents.annexes import printed_annex, printed_cell
from vungxanh.documents.content import (
    Annex,
    AsOf,
    Change,
    Column,
    Count,
    Day,
    Points,
    ShapeError,
    Share,
    Stamp,
    Table,
    Text,
    check_code,
    digest,
    freeze,
    stamped,
    thaw,
)
from vungxanh.documents.measure import LANDSCAPE_MM, PORTRAIT_MM


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ShapeError, match="row 1 has 2 cells under 1 columns"):
        Table(columns=(Column("Số"),), rows=((Count(1), Count(2)),))


@pytest.mark.parametrize("name", ["source", "tables", "anything"])
def test_content_cannot_be_changed(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(samples.binh_dinh(), name, "khác")


def test_every_kind_of_cell_freezes_and_reads_back() -> None:
    cells = (
        Text("=1", "a"),
        Count(None),
        Share(samples.share(1, 3).percent),
        Points(samples.share(1, 3).percent),
        Day(dt.date(2021, 5, 26)),
        Change(-5),
    )
    columns = tuple(Column(f"Cột {place}") for place in range(6))
    annex = Annex(title=("Thử",), tables=(Table(columns, (cells,)),))
    assert thaw(freeze(annex)) == annex


def test_missing_is_printed_as_a_dash_in_every_kind_of_cell() -> None:
    cells = (Count(None), Share(None), Points(None), Day(None), Change(None))
    assert {printed_cell(cell, "vi") for cell in cells} == {"–"}


def test_frozen_content_with_an_unknown_field_is_refused() -> None:
    altered = freeze(samples.binh_dinh()).replace(b'"source"', b'"sauce"', 1)
    with pytest.raises(msgspec.ValidationError):
        thaw(altered)


def test_the_check_code_covers_figures_and_not_the_stamp() -> None:
    annex = samples.binh_dinh()
    later = msgspec.structs.replace(samples.STAMP, version=2, corrects=1)
    assert check_code(stamped(annex, later)) == check_code(annex)
    assert digest(samples.binh_dinh(times=2)) != digest(annex)
    assert len(check_code(annex)) == 9


def test_a_stamp_says_which_version_it_corrects() -> None:
    later = msgspec.structs.replace(samples.STAMP, version=2, corrects=1)
    annex = stamped(samples.binh_dinh(), later)
    assert isinstance(annex, Annex)
    line = printed_annex(annex).stamp[0]
    assert line.startswith("Đính chính số 2, thay bản chốt số 1, lập lúc 09:30 ngày 27/5/2021")
    assert check_code(annex) in line


def test_a_stamp_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        Stamp(version=1, made_at=dt.datetime.fromisoformat("2021-05-27T09:30:00"))


def test_an_english_document_is_english_in_words_and_numbers() -> None:
    printed = printed_annex(msgspec.structs.replace(samples.binh_dinh(), language="en"))
    assert printed.facts[0].line == "Figures as of: 26 May 2021."
    assert printed.tables[0].rows[0][2:5] == ("75,878", "290,229", "26.14")


def test_an_exact_moment_of_the_figures_is_printed() -> None:
    annex = msgspec.structs.replace(
        samples.binh_dinh(), as_of=AsOf(dt.date(2021, 6, 19), dt.time(17, 0))
    )
    assert printed_annex(annex).facts[0].line == "Thời điểm số liệu: 17:00 ngày 19/6/2021."


@pytest.mark.parametrize(("landscape", "room"), [(False, PORTRAIT_MM), (True, LANDSCAPE_MM)])
@pytest.mark.parametrize("n_columns", [1, 7, 20, 40])
def test_columns_fill_the_page_and_no_more(landscape: bool, room: float, n_columns: int) -> None:
    columns = tuple(Column(f"Chỉ tiêu thứ {place}") for place in range(n_columns))
    table = Table(columns, (tuple(Count(1_000_000) for _ in columns),))
    printed = printed_annex(Annex(title=("Thử",), tables=(table,), landscape=landscape)).tables[0]
    widths = [column.width_mm for column in printed.columns]
    assert sum(widths) == pytest.approx(room, abs=0.5)
    assert min(widths) > 0
