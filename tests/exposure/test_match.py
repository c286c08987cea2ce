"""`exposure match`: from files to exposures."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exposure.files import (
    BEGIN,
    GAEN,
    OTHER,
    START,
    TEK,
    export,
    heard,
    log,
    public_base64,
    public_pem,
    refusal,
    run,
    written,
)
from tests.protocol.vectors import vectors
from vungxanh.protocol import exports, gaen
from vungxanh.protocol.exports import Key

BLUEZONE = vectors("bluezone")["matching_vector"]
F0 = BLUEZONE["f0_json"]
STRANGER = "00" * 16
NOTHING = {"too_far": 0, "replayed": 0, "tx_power": 0, "withdrawn": 0}


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return export(tmp_path / "khoa.zip")


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    return log(
        tmp_path / "nghe.csv",
        [
            (BEGIN + 630, GAEN["intervals"][1]["rpi"].upper(), GAEN["intervals"][1]["aem"], -69),
            heard(30, rssi=-72),
            (BEGIN + 630, STRANGER, "", -40),
        ],
    )


def told(*arguments: object) -> dict[str, Any]:
    ended = run("match", *arguments, "--json")
    assert ended.exit_code == 0, ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    assert found.pop("seconds") >= 0
    return found


def of_gaen(keys: Path, sightings: Path, *more: object) -> dict[str, Any]:
    return told("--scheme", "gaen", "--keys", keys, "--sightings", sightings, *more)


def of_bluezone(tmp_path: Path, sightings: Path) -> dict[str, Any]:
    listed = written(tmp_path / "f0.json", json.dumps(F0))
    return told("--scheme", "bluezone", "--keys", listed, "--sightings", sightings)


def test_an_exposure_has_day_times_minutes_and_attenuation(keys: Path, phone: Path) -> None:
    assert of_gaen(keys, phone) == {
        "keys": 1,
        "sightings": 3,
        "exposures": [
            {
                "key": GAEN["tek"],
                "date": "2020-04-02",
                "first_at": BEGIN + 30,
                "last_at": BEGIN + 630,
                "sightings": 2,
                "minutes": 7,
                "min_attenuation": 77,
                "typical_attenuation": 79,
            }
        ],
        "left_out": NOTHING,
        "unmeasured": 0,
        "is_signature_checked": False,
    }


def test_people_get_a_line_for_each_exposure(keys: Path, phone: Path) -> None:
    asked = ("match", "--scheme", "gaen", "--keys", keys, "--sightings", phone)
    ended = run(*asked)
    assert ended.stdout == (
        "Khóa 75c734c6… của ngày 02/4/2020: 07:00 – 07:10 ngày 02/4/2020, 7 phút, 2 lần nghe,"
        " suy hao thường gặp 79 dB, nhỏ nhất 77 dB\n"
    )
    assert run(*asked, "--lang", "en").stdout == (
        "Key 75c734c6… of 2 Apr 2020: 2 Apr 2020, 07:00 – 07:10, 7 minutes, 2 sightings,"
        " attenuation typically 79 dB, at least 77 dB\n"
    )


def test_an_exposure_over_midnight_has_both_days(tmp_path: Path, keys: Path) -> None:
    rows = [heard(16 * 3600, interval=96), heard(17 * 3600 + 60, interval=102)]
    rows = [(row[0], row[1], "", row[3]) for row in rows]
    asked = ("--keys", keys, "--sightings", log(tmp_path / "dem.csv", rows))
    assert run("match", "--scheme", "gaen", *asked).stdout == (
        "Khóa 75c734c6… của ngày 02/4/2020: 23:00 ngày 02/4/2020 – 00:01 ngày 03/4/2020,"
        " 7 phút, 2 lần nghe\n"
    )


def test_it_says_plainly_whether_signatures_were_checked(
    tmp_path: Path, keys: Path, phone: Path
) -> None:
    asked = ("match", "--scheme", "gaen", "--keys", keys, "--sightings", phone, "--lang", "en")
    assert run(*asked).stderr.startswith("Signatures were not checked: give --public-key")
    pem = written(tmp_path / "p.pem", public_pem())
    assert run(*asked, "--public-key", pem).stderr == ""
    assert of_gaen(keys, phone, "--public-key", public_base64())["is_signature_checked"] is True


def test_keys_of_another_publisher_are_refused_by_file(keys: Path, phone: Path) -> None:
    asked = ("match", "--scheme", "gaen", "--keys", keys, "--sightings", phone)
    refused = refusal(*asked, "--public-key", public_base64(OTHER))
    assert (refused.code, refused.where) == (
        "protocol.wrong_signature",
        "khoa.zip, signatures, row 1",
    )
    assert refused.words.vi.startswith("Tệp khoa.zip: Chữ ký thứ 1")


@pytest.mark.parametrize("is_repeated", [False, True])
def test_several_files_of_keys_are_read(
    tmp_path: Path, keys: Path, phone: Path, is_repeated: bool
) -> None:
    more = export(tmp_path / "nua.zip", Key(bytes(16), START))
    files = (keys, *(("--keys",) * is_repeated), more)
    found = told("--scheme", "gaen", "--keys", *files, "--sightings", phone)
    assert (found["keys"], len(found["exposures"])) == (2, 1)


def test_a_file_of_keys_given_twice_is_refused(keys: Path, phone: Path) -> None:
    asked = ("match", "--scheme", "gaen", "--keys", keys, keys, "--sightings", phone)
    assert refusal(*asked).code == "exposure.file_twice"


def test_a_key_in_two_files_is_told_once_and_withdrawn_by_either(
    tmp_path: Path, keys: Path, phone: Path
) -> None:
    again = export(tmp_path / "nua.zip", Key(TEK, START), Key(bytes(16), START))
    both = ("--scheme", "gaen", "--keys", keys, again, "--sightings", phone)
    assert len(told(*both)["exposures"]) == 1
    revoked = export(
        tmp_path / "rut.zip", Key(bytes(16), START), revised=[Key(TEK, START, report_type=5)]
    )
    found = told("--scheme", "gaen", "--keys", keys, revoked, "--sightings", phone)
    assert (found["exposures"], found["left_out"]) == ([], NOTHING | {"withdrawn": 1})


def test_what_does_not_count_is_counted_and_said(tmp_path: Path, keys: Path) -> None:
    rpi, aem = GAEN["intervals"][0]["rpi"], GAEN["intervals"][0]["aem"]
    loud = gaen.crypted_metadata(
        bytes.fromhex(GAEN["aemk"]), bytes.fromhex(rpi), bytes((0x40, 100, 0, 0))
    ).hex()
    rows = [
        (BEGIN - 7201, rpi, aem, -60),
        (BEGIN, rpi, "", -60),
        (BEGIN + 1200, rpi, loud, -60),
        (BEGIN + 1201, rpi, aem, -60),
    ]
    phone = log(tmp_path / "nghe.csv", rows)
    found = of_gaen(keys, phone)
    assert found["left_out"] == {"too_far": 1, "replayed": 1, "tx_power": 1, "withdrawn": 0}
    assert (found["unmeasured"], found["exposures"][0]["typical_attenuation"]) == (1, None)
    asked = ("match", "--scheme", "gaen", "--keys", keys, "--sightings", phone)
    said = run(*asked).stderr.splitlines()[1:]
    assert [line.partition(",")[0].partition(":")[0] for line in said] == [
        "1 lần nghe không tính",
        "1 lần nghe không tính",
        "1 lần nghe không tính",
        "1 lần nghe không có aem nên không biết suy hao.",
    ]


def test_keys_of_another_are_no_exposure(tmp_path: Path, phone: Path) -> None:
    other = export(tmp_path / "khac.zip", Key(bytes(range(16)), START))
    assert of_gaen(other, phone)["exposures"] == []
    asked = ("match", "--scheme", "gaen", "--keys", other, "--sightings", phone)
    ended = run(*asked)
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert ended.stderr.endswith("Không có phơi nhiễm nào với các khóa này.\n")


def test_a_log_of_nothing_but_its_head_is_no_exposure(tmp_path: Path, keys: Path) -> None:
    found = of_gaen(keys, log(tmp_path / "trong.csv", []))
    assert (found["sightings"], found["exposures"]) == (0, [])


def test_files_without_a_key_are_no_exposure(tmp_path: Path, phone: Path) -> None:
    empty = written(
        tmp_path / "trong.zip",
        exports.written(exports.Head(0, BEGIN, "VN"), [], [exports.Signer(OTHER, "452", "v1")]),
    )
    assert of_gaen(empty, phone)["keys"] == 0
    listed = written(tmp_path / "trong.json", '{"data": []}')
    short = log(tmp_path / "bz.csv", [(BEGIN, "00" * 12, "", -60)])
    found = told("--scheme", "bluezone", "--keys", listed, "--sightings", short)
    assert (found["keys"], found["exposures"]) == (0, [])


def test_a_clock_that_jumps_adds_no_sighting(tmp_path: Path, keys: Path) -> None:
    rows = [heard(30), heard(630, interval=1), heard(30)]
    orderly = of_gaen(keys, log(tmp_path / "a.csv", rows))["exposures"]
    jumped = [(at, heard()[1], heard()[2], -60) for at in (-5, 0, 1, BEGIN + 86_400, 2**32)]
    mixed = [*reversed(rows), *jumped]
    found = of_gaen(keys, log(tmp_path / "b.csv", mixed))
    assert found["left_out"]["too_far"] == len(jumped)
    assert found["exposures"] == [orderly[0] | {"minutes": orderly[0]["minutes"] + 3}]


@pytest.mark.parametrize("hit", BLUEZONE["hits"], ids=lambda hit: hit.get("why", "inside"))
def test_published_cases_of_bluezone_match_as_their_vectors_say(
    tmp_path: Path, hit: dict[str, Any]
) -> None:
    phone = log(tmp_path / "nghe.csv", [(hit["seen_unix"], hit["contact_id_hex"], "", -70)])
    found = of_bluezone(tmp_path, phone)
    assert (found["keys"], found["sightings"], len(found["exposures"])) == (1, 1, hit["match"])


def test_an_exposure_of_bluezone_has_no_attenuation(tmp_path: Path) -> None:
    hit = BLUEZONE["hits"][0]
    phone = log(tmp_path / "nghe.csv", [(hit["seen_unix"], hit["contact_id_hex"], "", -70)])
    found = of_bluezone(tmp_path, phone)
    assert found["exposures"] == [
        {
            "key": F0["data"][0]["daily_key"].lower(),
            "date": "2020-08-10",
            "first_at": hit["seen_unix"],
            "last_at": hit["seen_unix"],
            "sightings": 1,
            "minutes": 2,
            "min_attenuation": None,
            "typical_attenuation": None,
        }
    ]
    assert (found["unmeasured"], found["is_signature_checked"]) == (0, None)


def test_a_list_of_bluezone_has_no_signature_to_check(tmp_path: Path, phone: Path) -> None:
    listed = written(tmp_path / "f0.json", json.dumps(F0))
    asked = ("match", "--scheme", "bluezone", "--keys", listed, "--sightings", phone)
    assert run(*asked, "--public-key", public_base64()).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("--keys", "a.zip", "--sightings", "b.csv"),
        ("--scheme", "gaen", "--sightings", "b.csv"),
        ("--scheme", "gaen", "--keys", "a.zip"),
    ],
)
def test_what_is_not_said_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run("match", *arguments).exit_code == 2
