"""Files that are not what they should be: refused in a sentence, whatever bytes they hold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exposure.files import (
    AEMS,
    BEGIN,
    HEAD,
    KEYS_HEAD,
    RPIS,
    START,
    TEK,
    export,
    heard,
    log,
    refusal,
    written,
)
from tests.protocol.exports.samples import body
from tests.protocol.vectors import vectors
from vungxanh.engines.encounters import Log
from vungxanh.exposure.gateways.file_refusals import ExposureError
from vungxanh.exposure.gateways.key_files import read_cases, read_keys, rows_to_publish
from vungxanh.exposure.gateways.log_files import read_log
from vungxanh.protocol.exports import Head, Key, archives

Found = TypeVar("Found")
HEAD_OF_DAY = Head(BEGIN, BEGIN + 86_400, "VN")
F0 = vectors("bluezone")["matching_vector"]["f0_json"]["data"][0]
MANY = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
cells = st.one_of(
    st.sampled_from([str(BEGIN), RPIS[0], AEMS[0], "-60", "", '"', "\0", "\r", " ", "é", "9" * 30]),
    st.text(max_size=6),
)
rows = st.lists(st.lists(cells, min_size=3, max_size=5).map(",".join), max_size=5).map("\n".join)


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    return log(tmp_path / "nghe.csv", [heard()])


def of_gaen(tmp_path: Path, phone: Path, content: bytes) -> tuple[object, ...]:
    keys = written(tmp_path / "khoa.zip", content)
    return ("match", "--scheme", "gaen", "--keys", keys, "--sightings", phone)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (Key(TEK[:15], START), "export_key"),
        (Key(TEK, START, 0), "export_key"),
        (Key(TEK, START, 145), "export_key"),
        (Key(TEK, START + 145), "future_key"),
    ],
)
@pytest.mark.parametrize("is_revised", [False, True])
def test_one_key_that_cannot_be_refuses_its_file(
    tmp_path: Path, phone: Path, key: Key, code: str, is_revised: bool
) -> None:
    good = (Key(bytes(16), START),)
    listed, revised = (good, (key,)) if is_revised else ((*good, key), ())
    content = archives.packed(body(*listed, revised=revised, head=HEAD_OF_DAY), b"")
    refused = refusal(*of_gaen(tmp_path, phone, content))
    assert (refused.code, str(refused.where).partition(",")[0]) == (f"protocol.{code}", "khoa.zip")


@pytest.mark.parametrize("n", [0, 10, 100, -1])
def test_an_export_file_that_was_cut_is_refused(tmp_path: Path, phone: Path, n: int) -> None:
    whole = export(tmp_path / "khoa.zip").read_bytes()
    assert refusal(*of_gaen(tmp_path, phone, whole[:n])).code == "protocol.export_zip"


def test_a_log_is_no_export_file_and_the_other_way_round(tmp_path: Path, phone: Path) -> None:
    keys = export(tmp_path / "khoa.zip")
    asked = ("match", "--scheme", "gaen", "--keys")
    assert refusal(*asked, phone, "--sightings", phone).code == "protocol.export_zip"
    turned = refusal(*asked, keys, "--sightings", keys)
    assert turned.code in {"exposure.not_utf8", "exposure.missing_columns"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"daily_key": "00" * 31}, "protocol.wrong_length"),
        ({"max": 0}, "protocol.out_of_bounds"),
        ({"time_end": F0["time_start"] - 1}, "protocol.out_of_bounds"),
        ({"time_start": "hôm nay"}, "protocol.not_f0_keys"),
    ],
)
def test_a_published_list_that_cannot_be_is_refused_by_file(
    tmp_path: Path, phone: Path, change: dict[str, Any], code: str
) -> None:
    listed = written(tmp_path / "f0.json", json.dumps({"data": [F0 | change]}))
    refused = refusal("match", "--scheme", "bluezone", "--keys", listed, "--sightings", phone)
    assert refused.code == code
    assert refused.words.vi.startswith("Tệp f0.json: ")


def outcome(read: Callable[[], Found]) -> Found | ExposureError:
    """What is read, or why it is not; any other error is a fault of ours."""
    try:
        return read()
    except ExposureError as error:
        return error


@pytest.mark.slow
@MANY
@given(st.one_of(rows.map(lambda text: (HEAD + text).encode()), st.binary(max_size=200)))
def test_any_bytes_are_a_log_or_refused(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path / "nghe.csv", content)
    found = outcome(lambda: read_log(path, id_bytes=16))
    assert isinstance(found, Log) or found.words.vi.startswith("Tệp nghe.csv")


@pytest.mark.slow
@MANY
@given(st.one_of(rows.map(lambda text: (KEYS_HEAD + text).encode()), st.binary(max_size=200)))
def test_any_bytes_are_keys_to_publish_or_refused(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path / "khoa.csv", content)
    found = outcome(lambda: list(rows_to_publish(path)))
    assert isinstance(found, list) or found.words.vi.startswith("Tệp khoa.csv")


@pytest.mark.slow
@MANY
@given(st.binary(max_size=300))
def test_any_bytes_are_published_keys_or_refused(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path / "khoa", content)
    with pytest.raises(ExposureError):
        read_keys(path)
    with pytest.raises(ExposureError):
        read_cases(path)
