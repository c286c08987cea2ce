"""Files of visits and cases at the door: what is read, what is turned away, and how it is told."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from vungxanh.checkins.gateways import parquet_files
from vungxanh.checkins.gateways.visit_files import (
    Span,
    file_facts,
    mark_of,
    read_exposures,
    read_visits,
    read_windows,
    visit_batches,
)
from vungxanh.engines.tracing import MISSING, TracingError

VISITS = "person_id,place_id,t_in,t_out\n"
CASES = "person_id,infectious_from,infectious_until\n"
LEAST, MOST = -(2**63), 2**63 - 1


def csv_file(folder: Path, text: str | bytes, name: str = "luot.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def visit_table(**other: pa.Array) -> pa.Table:
    """Two visits, with some columns replaced."""
    columns = {
        "person_id": pa.array([1, 2]),
        "place_id": pa.array([7, 8]),
        "t_in": pa.array([10, 11]),
        "t_out": pa.array([20, None], pa.int64()),
    }
    return pa.table(columns | other)


def parquet_file(folder: Path, table: pa.Table, name: str = "luot.parquet") -> Path:
    path = folder / name
    parquet.write_table(table, path)
    return path


def refusal(path: Path) -> TracingError:
    with pytest.raises(TracingError) as caught:
        read_visits([path])
    return caught.value


def test_csv_and_parquet_give_the_same_visits(tmp_path: Path) -> None:
    text = csv_file(tmp_path, f"{VISITS}1,7,10,20\n2,8,11,\n")
    table = parquet_file(tmp_path, visit_table())
    for path in (text, table):
        visits = read_visits([path])
        assert visits.person_id.tolist() == [1, 2]
        assert visits.place_id.tolist() == [7, 8]
        assert visits.t_in.tolist() == [10, 11]
        assert visits.t_out.tolist() == [20, MISSING]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffperson_id,place_id,t_in,t_out\r\n1,7,10,20\r\n",
        "person_id;place_id;t_in;t_out\n1;7;10;20\n",
        "person_id\tplace_id\tt_in\tt_out\n1\t7\t10\t20\n",
        "t_out,tên,t_in,place_id,person_id\n20,Chợ,10,7,1\n",
        VISITS + '"1","7","10","20"\n\n',
        VISITS + " 1, 7 ,10,20",
    ],
)
def test_csv_of_other_programs_is_read(tmp_path: Path, text: str) -> None:
    visits = read_visits([csv_file(tmp_path, text)])
    columns = (visits.person_id, visits.place_id, visits.t_in, visits.t_out)
    assert [column.tolist() for column in columns] == [[1], [7], [10], [20]]


def test_ids_may_be_any_int64(tmp_path: Path) -> None:
    visits = read_visits([csv_file(tmp_path, f"{VISITS}{LEAST},{MOST},1,2\n")])
    assert (visits.person_id.tolist(), visits.place_id.tolist()) == ([LEAST], [MOST])
    unsigned = visit_table(person_id=pa.array([1, MOST], pa.uint64()))
    visits = read_visits([parquet_file(tmp_path, unsigned)])
    assert visits.person_id.tolist() == [1, MOST]


@pytest.mark.parametrize("text", [VISITS, VISITS.strip()])
def test_a_file_without_rows_has_no_visits(tmp_path: Path, text: str) -> None:
    assert len(read_visits([csv_file(tmp_path, text)])) == 0


def test_empty_parquet_has_no_visits(tmp_path: Path) -> None:
    path = parquet_file(tmp_path, visit_table().slice(0, 0))
    assert len(read_visits([path])) == 0
    assert file_facts(path).t_in is None


def test_a_column_of_nulls_is_a_missing_end(tmp_path: Path) -> None:
    visits = read_visits([parquet_file(tmp_path, visit_table(t_out=pa.nulls(2)))])
    assert visits.t_out.tolist() == [MISSING, MISSING]


@pytest.mark.parametrize(
    ("text", "code", "where", "field"),
    [
        ("", "tracing.no_header", "luot.csv", None),
        ("1,7,10,20\n", "tracing.missing_columns", "luot.csv", "person_id"),
        ("person_id,place_id,t_in\n1,7,10\n", "tracing.missing_columns", "luot.csv", "t_out"),
        (
            "person_id,place_id,t_in,t_out,t_in\n1,7,10,20,3\n",
            "tracing.column_twice",
            "luot.csv",
            "t_in",
        ),
        (VISITS + "1,7,10,20\n1,7,sáng,20\n", "tracing.not_a_number", "2", "t_in"),
        (VISITS + "1,7,10.0,20\n", "tracing.not_a_number", "1", "t_in"),
        (VISITS + "+1,7,10,20\n", "tracing.not_a_number", "1", "person_id"),
        (VISITS + "9223372036854775808,7,1,2\n", "tracing.not_a_number", "1", "person_id"),
        (VISITS + "1,7,10,20\n\n1,7,10\n", "tracing.wrong_row", "2", None),
        (VISITS + "1,7,10,20,3\n", "tracing.wrong_row", "1", None),
        (VISITS + "1,7,10,20\n1,,10,20\n", "tracing.empty_value", "2", "place_id"),
        (VISITS + "1,7,,20\n", "tracing.empty_value", "1", "t_in"),
        (VISITS + "1,7,10,20\n1,7,21,20\n", "tracing.out_before_in", "2", "t_out"),
        (VISITS + f"1,7,10,{LEAST}\n", "tracing.time_out_of_range", "1", "t_out"),
        (VISITS + "1,7,1622000000000,\n", "tracing.time_out_of_range", "1", "t_in"),
        (VISITS.encode() + b"1,7,10,\xff\n", "tracing.not_utf8", "luot.csv", None),
        ("person_id".encode("utf-16"), "tracing.not_utf8", "luot.csv", None),
    ],
)
def test_a_csv_is_refused_by_row_and_column(
    tmp_path: Path, text: str | bytes, code: str, where: str, field: str | None
) -> None:
    refused = refusal(csv_file(tmp_path, text))
    assert (refused.code, refused.where, refused.field) == (code, where, field)
    assert "luot.csv" in refused.words.vi
    assert "luot.csv" in refused.words.en


def test_a_refusal_of_a_csv_names_its_line_too(tmp_path: Path) -> None:
    refused = refusal(csv_file(tmp_path, VISITS + "1,7,10,20\n1,7,21,20\n"))
    assert "dòng dữ liệu 2 (dòng 3 của tệp)" in refused.words.vi
    assert "row 2 (line 3 of the file)" in refused.words.en


@pytest.mark.parametrize(
    ("column", "values", "code", "where"),
    [
        ("t_in", pa.array([1.0, 2.0]), "tracing.wrong_type", "luot.parquet"),
        ("t_out", pa.array([1.0, None]), "tracing.wrong_type", "luot.parquet"),
        ("t_in", pa.array([1, 2], pa.timestamp("ms")), "tracing.wrong_type", "luot.parquet"),
        ("person_id", pa.array(["1", "2"]), "tracing.wrong_type", "luot.parquet"),
        ("person_id", pa.array([True, False]), "tracing.wrong_type", "luot.parquet"),
        ("place_id", pa.nulls(2), "tracing.wrong_type", "luot.parquet"),
        ("person_id", pa.array([1, 2**63], pa.uint64()), "tracing.number_too_large", "2"),
        ("person_id", pa.array([1, None]), "tracing.empty_value", "2"),
        ("t_in", pa.array([None, 1]), "tracing.empty_value", "1"),
        ("t_out", pa.array([None, 10]), "tracing.out_before_in", "2"),
        ("t_out", pa.array([LEAST, None]), "tracing.time_out_of_range", "1"),
        ("t_in", pa.array([1, 2**41]), "tracing.time_out_of_range", "2"),
    ],
)
def test_a_parquet_is_refused_by_row_and_column(
    tmp_path: Path, column: str, values: pa.Array, code: str, where: str
) -> None:
    refused = refusal(parquet_file(tmp_path, visit_table(**{column: values})))
    assert (refused.code, refused.where, refused.field) == (code, where, column)
    assert column in refused.words.vi
    assert column in refused.words.en


@pytest.mark.parametrize("keep", [0, 4, 60, -1])
def test_a_truncated_parquet_is_called_damaged(tmp_path: Path, keep: int) -> None:
    path = parquet_file(tmp_path, visit_table())
    path.write_bytes(path.read_bytes()[:keep])
    assert refusal(path).code == "tracing.file_damaged"


def test_changed_bytes_inside_a_parquet_are_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "luot.parquet"
    table = visit_table(person_id=pa.array([1, 2]))
    parquet.write_table(table, path, compression="zstd", write_page_checksum=True)
    content = bytearray(path.read_bytes())
    content[40:60] = bytes(20)
    path.write_bytes(content)
    assert refusal(path).code == "tracing.file_damaged"


@pytest.mark.parametrize(
    ("name", "code"),
    [("khong-co.parquet", "tracing.no_file"), (".", "tracing.no_file")],
)
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, name: str, code: str) -> None:
    assert refusal(tmp_path / name).code == code


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    assert refusal(csv_file(tmp_path, "PK", "luot.xlsx")).code == "tracing.file_kind"


def test_a_file_given_twice_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{VISITS}1,7,10,20\n")
    again = tmp_path / "." / "luot.csv"
    with pytest.raises(TracingError) as caught:
        read_visits([path, again])
    assert caught.value.code == "tracing.file_twice"


def test_rows_of_later_runs_and_files_keep_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_files, "_RUN", 3)
    path = tmp_path / "luot.parquet"
    table = pa.concat_tables([visit_table()] * 10)
    parquet.write_table(table, path, row_group_size=2)
    batches = list(visit_batches([path, csv_file(tmp_path, f"{VISITS}1,7,10,20\n")]))
    assert [batch.first_row for batch in batches] == [1, 5, 9, 13, 17, 1]
    assert [len(batch) for batch in batches] == [4, 4, 4, 4, 4, 1]
    wrong = table.set_column(3, "t_out", pa.array([20] * 14 + [0] * 6))
    parquet.write_table(wrong, path, row_group_size=2)
    assert refusal(path).where == "15"


def test_huge_row_groups_are_read_in_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_files, "_HUGE", 5)
    monkeypatch.setattr(parquet_files, "_STEP", 3)
    path = parquet_file(tmp_path, pa.concat_tables([visit_table()] * 4))
    batches = list(visit_batches([path]))
    assert [batch.first_row for batch in batches] == [1, 4, 7]
    assert np.concatenate([batch.person_id for batch in batches]).tolist() == [1, 2] * 4


def test_int32_keeps_its_width_but_for_ends(tmp_path: Path) -> None:
    table = pa.table({n: c.cast(pa.int32()) for n, c in zip(*_columns(visit_table()), strict=True)})
    (batch,) = visit_batches([parquet_file(tmp_path, table)])
    starts = (batch.person_id, batch.place_id, batch.t_in)
    assert [column.dtype for column in starts] == [np.int32] * 3
    assert batch.t_out.dtype == np.int64
    assert batch.t_out.tolist() == [20, MISSING]


@pytest.mark.parametrize("ends", [pa.array([20, None], pa.int64()), pa.array([20, 21])])
def test_columns_are_contiguous_and_read_only(tmp_path: Path, ends: pa.Array) -> None:
    (batch,) = visit_batches([parquet_file(tmp_path, visit_table(t_out=ends))])
    columns = (batch.person_id, batch.place_id, batch.t_in, batch.t_out)
    assert all(column.flags.c_contiguous for column in columns)
    assert not any(column.flags.writeable for column in columns)


def test_nulls_in_the_midst_of_an_array_stay_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_files, "_HUGE", 5)
    monkeypatch.setattr(parquet_files, "_STEP", 7)
    ends = [None if at % 3 == 1 else at + 30 for at in range(100)]
    table = pa.table(
        {"person_id": range(100), "place_id": [1] * 100, "t_in": [9] * 100, "t_out": ends}
    )
    visits = read_visits([parquet_file(tmp_path, table)])
    assert visits.t_out.tolist() == [MISSING if end is None else end for end in ends]


def _columns(table: pa.Table) -> tuple[list[str], list[pa.ChunkedArray]]:
    return table.column_names, table.columns


def test_progress_ends_at_the_last_byte_and_may_stop_the_reading(tmp_path: Path) -> None:
    paths = [parquet_file(tmp_path, visit_table()), csv_file(tmp_path, f"{VISITS}1,7,10,20\n")]
    said: list[tuple[int, int]] = []
    list(visit_batches(paths, progress=lambda done, total: said.append((done, total))))
    total = sum(path.stat().st_size for path in paths)
    assert said[-1] == (total, total)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(visit_batches(paths, progress=stop))


def test_facts_of_a_parquet_come_from_its_footer(tmp_path: Path) -> None:
    path = parquet_file(tmp_path, visit_table())
    facts = file_facts(path)
    assert (facts.name, facts.n_rows, facts.t_in) == ("luot.parquet", 2, Span(10, 11))
    assert facts.n_bytes == path.stat().st_size
    mark = mark_of(path)
    assert mark_of(path.rename(tmp_path / "khac.parquet")) == mark


def test_facts_of_a_csv_leave_rows_open(tmp_path: Path) -> None:
    facts = file_facts(csv_file(tmp_path, f"{VISITS}1,7,10,20\n"))
    assert (facts.n_rows, facts.t_in) == (None, None)


def test_cases_are_read_from_both_kinds(tmp_path: Path) -> None:
    text = csv_file(tmp_path, f"{CASES}5,1,9\n5,20,30\n")
    rows = {"person_id": [5, 5], "infectious_from": [1, 20], "infectious_until": [9, 30]}
    for path in (text, parquet_file(tmp_path, pa.table(rows))):
        windows = read_windows(path)
        assert windows.person_id.tolist() == [5, 5]
        assert windows.infectious_from.tolist() == [1, 20]
        assert windows.infectious_until.tolist() == [9, 30]


@pytest.mark.parametrize(
    ("rows", "code", "field"),
    [
        ("1,5,4\n", "tracing.window_reversed", "infectious_until"),
        ("1,5,\n", "tracing.empty_value", "infectious_until"),
        (f"1,{LEAST},4\n", "tracing.time_out_of_range", "infectious_from"),
        ("1,x,4\n", "tracing.not_a_number", "infectious_from"),
    ],
)
def test_cases_are_refused_by_row_and_column(
    tmp_path: Path, rows: str, code: str, field: str
) -> None:
    with pytest.raises(TracingError) as caught:
        read_windows(csv_file(tmp_path, CASES + "1,4,4\n" + rows))
    assert (caught.value.code, caught.value.where, caught.value.field) == (code, "2", field)


@pytest.mark.parametrize(
    "names", ["exposed_from,exposed_until", "infectious_from,infectious_until"]
)
def test_exposures_may_be_named_either_way(tmp_path: Path, names: str) -> None:
    windows = read_exposures(csv_file(tmp_path, f"person_id,{names}\n5,1,9\n"))
    assert windows.infectious_until.tolist() == [9]


def test_exposures_without_a_window_ask_for_one(tmp_path: Path) -> None:
    with pytest.raises(TracingError) as caught:
        read_exposures(csv_file(tmp_path, "person_id\n5\n"))
    assert (caught.value.code, caught.value.field) == ("tracing.missing_columns", "exposed_from")
