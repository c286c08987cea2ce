"""The verbs of exposure as programs: exit codes, sentences, what they import, how they end."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv as arrow_csv

from tests.exposure.files import (
    BEGIN,
    GAEN,
    KEYS_HEAD,
    START,
    TEK,
    export,
    heard,
    log,
    private_pem,
    public_base64,
    written,
)
from vungxanh.protocol import exports

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "vungxanh.config.cli", "exposure"]
N_MANY = 1_000_000
WAIT_S = 120  # more than any of these takes on a busy machine

pytestmark = pytest.mark.slow


def environment() -> dict[str, str]:
    return {"VUNGXANH_LANG": "en", "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}


def ended(*command: object) -> "subprocess.CompletedProcess[str]":
    words = list(map(str, command))
    return subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        cwd=ROOT,
        timeout=WAIT_S,
    )


def verbs(folder: Path) -> dict[str, tuple[object, ...]]:
    """Each verb with files that it takes."""
    keys, phone = export(folder / "k.zip"), log(folder / "l.csv", [heard()])
    rows = written(folder / "k.csv", KEYS_HEAD + f"{TEK.hex()},{START},144,,,\n")
    pem = written(folder / "k.pem", private_pem())
    out = ("--region", "VN", "--out", folder / "o.zip")
    return {
        "ids": ("--scheme", "gaen", "--key", GAEN["tek"], "--start", START),
        "match": ("--scheme", "gaen", "--keys", keys, "--sightings", phone),
        "verify": (keys, "--public-key", public_base64()),
        "export": ("--keys", rows, "--signing-key", pem, *out),
    }


@pytest.mark.parametrize(
    ("verb", "absent"),
    [
        ("ids", ("django", "psycopg", "numpy", "pyarrow")),
        ("match", ("django", "psycopg")),
        ("verify", ("django", "psycopg")),
        ("export", ("django", "psycopg")),
    ],
)
def test_a_verb_needs_no_framework_and_no_settings(
    tmp_path: Path, verb: str, absent: tuple[str, ...]
) -> None:
    program = (
        "import sys; from vungxanh.config import cli\n"
        "try: cli.main()\n"
        f"finally: print(any(m.startswith({absent}) for m in sys.modules), file=sys.stderr)"
    )
    done = ended(sys.executable, "-c", program, "exposure", verb, *verbs(tmp_path)[verb])
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "False")
    assert done.stdout


def test_a_refusal_is_one_sentence_on_standard_error(tmp_path: Path) -> None:
    phone = log(tmp_path / "l.csv", [(BEGIN * 1000, GAEN["intervals"][0]["rpi"], "", -60)])
    asked = ("--scheme", "gaen", "--keys", export(tmp_path / "k.zip"), "--sightings", phone)
    done = ended(*PROGRAM, "match", *asked, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "l.csv, row 1 (line 2 of the file), column at: no seconds since 1970 (divide milliseconds"
        " by 1000); convert the times and try again.\n"
    )


def test_a_signature_that_does_not_hold_exits_with_one(tmp_path: Path) -> None:
    path = export(tmp_path / "k.zip")
    written(path, path.read_bytes()[:-1])
    done = ended(*PROGRAM, "verify", path, "--public-key", public_base64())
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("k.zip: ")
    assert done.stderr.count("\n") == 1


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of a million rows, in no order of time, one of which is of the published key."""
    chance = np.random.default_rng(1)
    at = chance.integers(BEGIN - 7 * 86_400, BEGIN + 7 * 86_400, N_MANY)
    ids = [row.tobytes().hex() for row in chance.integers(0, 256, (2000, 16), dtype=np.uint8)]
    table = {
        "at": at,
        "id": pa.array(ids).take(pa.array(chance.integers(0, 2000, N_MANY))),
        "aem": pa.array(["0a1b2c3d"] * N_MANY),
        "rssi": chance.integers(-100, -40, N_MANY),
    }
    path = tmp_path_factory.mktemp("nhieu") / "nghe.csv"
    arrow_csv.write_csv(pa.table(table), path)
    with path.open("a") as file:
        file.write(",".join(map(str, heard())) + "\n")
    return path


def test_a_log_of_a_million_rows_is_matched(tmp_path: Path, many: Path) -> None:
    asked = ("--scheme", "gaen", "--keys", export(tmp_path / "k.zip"), "--sightings", many)
    done = ended(*PROGRAM, "match", *asked, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["sightings"], len(found["exposures"])) == (N_MANY + 1, 1)
    assert found["exposures"][0]["minutes"] <= 1


def test_many_keys_are_matched_by_the_compiled_loop(tmp_path: Path) -> None:
    chance = np.random.default_rng(2)
    teks = [row.tobytes() for row in chance.integers(0, 256, (40_000, 16), dtype=np.uint8)]
    keys = export(tmp_path / "k.zip", *(exports.Key(tek, START) for tek in [*teks, TEK]))
    asked = ("--scheme", "gaen", "--keys", keys, "--sightings", log(tmp_path / "l.csv", [heard()]))
    done = ended(*PROGRAM, "match", *asked, "--json")
    found = json.loads(done.stdout)
    assert (found["keys"], [one["key"] for one in found["exposures"]]) == (40_001, [TEK.hex()])


def test_ctrl_c_ends_a_match_within_a_second(tmp_path: Path, many: Path) -> None:
    asked = ("--scheme", "gaen", "--keys", export(tmp_path / "k.zip"), "--sightings", many)
    program = subprocess.Popen(
        [*PROGRAM, "match", *map(str, asked)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=ROOT,
    )
    while "libarrow" not in Path(f"/proc/{program.pid}/maps").read_text():
        assert program.poll() is None, program.communicate(timeout=WAIT_S)
        time.sleep(0.01)
    program.send_signal(signal.SIGINT)
    stdout, stderr = program.communicate(timeout=WAIT_S)
    assert (program.returncode, stdout) == (130, "")
    assert stderr.splitlines()[-1] == "Stopped as asked; nothing was written."
    assert "Traceback" not in stderr
