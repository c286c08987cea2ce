"""The door of a phone's log: what is read, and what is refused by row and column."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exposure.files import AEMS, BEGIN, HEAD, RPIS, heard, log, written
from vungxanh.engines.encounters import Log
from vungxanh.exposure.gateways.file_refusals import ExposureError
from vungxanh.exposure.gateways.log_files import read_log, unhexed

ROW = f"{BEGIN},{RPIS[0]},{AEMS[0]},-60\n"


def read(path: Path, *, id_bytes: int = 16) -> Log:
    return read_log(path, id_bytes=id_bytes)


def refused(path: Path, *, id_bytes: int = 16) -> ExposureError:
    with pytest.raises(ExposureError) as caught:
        read(path, id_bytes=id_bytes)
    return caught.value


def test_rows_come_in_the_order_of_time(tmp_path: Path) -> None:
    found = read(log(tmp_path / "nghe.csv", [heard(60), heard(0), (BEGIN + 5, RPIS[1], "", -1)]))
    assert found.at.tolist() == [BEGIN, BEGIN + 5, BEGIN + 60]
    assert found.has_aem.tolist() == [True, False, True]
    assert found.rssi.tolist() == [-60, -1, -60]
    assert [found.ids[row].tobytes().hex() for row in found.id] == [RPIS[0], RPIS[1], RPIS[0]]
    assert found.aem[0].tobytes().hex() == AEMS[0]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + HEAD + ROW,
        HEAD.replace(",", ";") + ROW.replace(",", ";"),
        HEAD.replace(",", "\t") + ROW.replace(",", "\t"),
        (HEAD + ROW).replace("\n", "\r\n"),
        HEAD + ROW.upper(),
        HEAD + "\n" + ROW + "\n\n",
        HEAD + ROW.rstrip(),
        HEAD + ",".join(f'"{cell}"' for cell in ROW.strip().split(",")) + "\n",
        f"rssi,note,aem,id,at\n-60,quán,{AEMS[0]},{RPIS[0]},{BEGIN}\n",
    ],
    ids=["mark", "semicolons", "tabs", "CRLF", "upper", "gaps", "no end", "quoted", "columns"],
)
def test_a_log_may_be_written_in_many_ways(tmp_path: Path, content: str) -> None:
    found = read(written(tmp_path / "nghe.csv", content))
    assert found.at.tolist() == [BEGIN]
    assert (found.ids.tobytes().hex(), found.aem.tobytes().hex()) == (RPIS[0], AEMS[0])


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (f"{BEGIN},{RPIS[0][:-2]},,-60", "not_hex", "id"),
        (f"{BEGIN},{RPIS[0]}00,,-60", "not_hex", "id"),
        (f"{BEGIN},{RPIS[0][:-1]}g,,-60", "not_hex", "id"),
        (f"{BEGIN},,,-60", "not_hex", "id"),
        (f"{BEGIN},{RPIS[0]},abcdefgh,-60", "not_hex", "aem"),
        (f"{BEGIN},{RPIS[0]},ab,-60", "not_hex", "aem"),
        (f"{BEGIN},{RPIS[0]},NULL,-60", "not_hex", "aem"),
        (f"{BEGIN}000,{RPIS[0]},,-60", "bad_time", "at"),
        (f"{2**63 - 1},{RPIS[0]},,-60", "bad_time", "at"),
        (f"-{2**35 + 1},{RPIS[0]},,-60", "bad_time", "at"),
        (f"{BEGIN},{RPIS[0]},,-129", "bad_signal", "rssi"),
        (f"{BEGIN},{RPIS[0]},,128", "bad_signal", "rssi"),
        (f"{BEGIN},{RPIS[0]},,", "not_a_number", "rssi"),
        (f",{RPIS[0]},,-60", "not_a_number", "at"),
        (f"{BEGIN}.5,{RPIS[0]},,-60", "not_a_number", "at"),
        (f"26/5/2021,{RPIS[0]},,-60", "not_a_number", "at"),
        (f"{2**64},{RPIS[0]},,-60", "not_a_number", "at"),
        (f"{BEGIN},{RPIS[0]},,-60 dBm", "not_a_number", "rssi"),
        (f"{BEGIN},{RPIS[0]},-60", "wrong_row", None),
        (f"{BEGIN},{RPIS[0]},,-60,1", "wrong_row", None),
    ],
)
def test_a_bad_cell_is_refused_by_row_and_column(
    tmp_path: Path, row: str, code: str, field: str | None
) -> None:
    error = refused(written(tmp_path / "nghe.csv", HEAD + ROW + ROW + row + "\n" + ROW))
    assert (error.code, error.field, error.where) == (f"exposure.{code}", field, "3")
    assert error.words.vi.startswith("Tệp nghe.csv, dòng dữ liệu 3 (dòng 4 của tệp)")
    assert error.words.en.startswith("nghe.csv, row 3 (line 4 of the file)")


def test_rows_are_counted_through_a_long_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vungxanh.core.delimited._BLOCK", 4096)
    path = written(tmp_path / "nghe.csv", HEAD + ROW * 500 + ROW.replace("-60", "200") + ROW)
    assert refused(path).where == "501"
    told: list[tuple[int, int]] = []
    read_log(written(path, HEAD + ROW * 500), id_bytes=16, progress=lambda *d: told.append(d))
    assert len(told) > 5
    assert told == sorted(told)
    assert all(done <= total for done, total in told)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_header"),
        (b"\n", "no_header"),
        (b"at,id,rssi\n", "missing_columns"),
        (b"At,id,aem,rssi\n", "missing_columns"),
        (b"at,id,aem,rssi,at\n", "column_twice"),
        (ROW.encode(), "missing_columns"),
        ((HEAD + ROW).encode("utf-16"), "not_utf8"),
        (HEAD.encode() + b"1,\xff\xfe,,-60\n", "not_utf8"),
        (HEAD.encode() + f'{BEGIN},{RPIS[0]},"{AEMS[0]},-60\n'.encode(), "wrong_row"),
    ],
    ids=range(9),
)
def test_what_is_no_log_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert refused(written(tmp_path / "nghe.csv", content)).code == f"exposure.{code}"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path / "khong-co.csv")
    assert (error.code, error.where) == ("exposure.no_file", "khong-co.csv")
    assert refused(tmp_path).code == "exposure.no_file"


def test_identifiers_of_bluezone_have_twelve_bytes(tmp_path: Path) -> None:
    path = written(tmp_path / "nghe.csv", HEAD + f"{BEGIN},{RPIS[0][:24]},,-60\n")
    assert read(path, id_bytes=12).ids.shape == (1, 12)
    assert refused(path).words.en.endswith(
        "column id: not 32 hexadecimal digits (0–9, a–f); mend this cell and try again."
    )


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.one_of(st.text(max_size=10), st.binary(min_size=4, max_size=4).map(bytes.hex))))
def test_hexadecimal_text_is_its_bytes(cells: list[str]) -> None:
    column = pa.array(cells, pa.string())
    found, is_hex = unhexed(column, 4)
    expected = [len(cell) == 8 and set(cell.lower()) <= set("0123456789abcdef") for cell in cells]
    assert is_hex.tolist() == expected
    told = [row.tobytes() for row in found[is_hex]]
    assert told == [
        bytes.fromhex(cell) for cell, is_it in zip(cells, expected, strict=True) if is_it
    ]
    part = column[1:]
    assert np.array_equal(unhexed(part, 4)[1], is_hex[1:])
