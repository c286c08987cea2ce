"""Commands of those who keep the servers, each as a program of its own."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import homes
from vungxanh.core.postgres import Cluster, find_binaries, running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("keeping")]  # installed once


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """An installation of its own, brought up to this version.

    Not below pytest's own folder: each session closes that to the server's user too.
    """
    with tempfile.TemporaryDirectory(prefix="vungxanh-keeping-") as made:
        folder = homes.migrated(Path(made))
        with running(Cluster(folder, find_binaries())):
            yield folder


def vungxanh(folder: Path, *arguments: str, said: str = "") -> "subprocess.CompletedProcess[str]":
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "VUNGXANH_DEMO"}}
    environment = {**kept, "VUNGXANH_HOME": str(folder), "VUNGXANH_LANG": "en"}
    command = [sys.executable, "-m", "vungxanh.config.cli", *arguments]
    return subprocess.run(command, env=environment, input=said, capture_output=True, text=True)


ADD = ("accounts", "add", "--email", "first@test.example", "--name", "Test", "--role", "admin")


def test_first_account_is_added_once(installed: Path) -> None:
    said = "con đò qua bến sông\n" * 2
    first = vungxanh(installed, *ADD, "--unit", "vn-2021:52", said=said)
    again = vungxanh(installed, *ADD, "--unit", "vn-2021:52", said=said)
    assert (first.returncode, again.returncode) == (0, 1), first.stderr
    assert "Traceback" not in again.stderr


def test_account_of_a_place_that_does_not_exist_is_refused(installed: Path) -> None:
    refused = vungxanh(installed, *ADD, "--unit", "vn-2021:99", said="x\nx\n")
    assert refused.returncode == 1
    assert "vn-2021:99" in refused.stderr


def test_log_of_a_new_installation_is_whole(installed: Path) -> None:
    assert "whole" in vungxanh(installed, "audit", "verify").stdout


TABLE = "Đơn vị;Số Bluezoner có số điện thoại;Dân số\nTP. Quy Nhơn;{};290229\n"


def test_table_is_brought_in_from_the_command_line(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(TABLE.format(75878), encoding="utf-8")
    (tmp_path / "bad.csv").write_text(TABLE.format(975878), encoding="utf-8")
    said = ("--unit", "vn-2021:52", "--source", "Test", "--as-of", "2021-05-26", "--publish")
    good = vungxanh(installed, "uptake", "import", str(tmp_path / "good.csv"), *said)
    bad = vungxanh(installed, "uptake", "import", str(tmp_path / "bad.csv"), *said)
    assert (good.returncode, bad.returncode) == (0, 1), good.stderr
    assert good.stdout.startswith("/so-lieu/")
    assert "error:" in bad.stderr
    assert "Traceback" not in bad.stderr


def test_key_of_the_log_is_changed_and_the_log_stays_whole(installed: Path) -> None:
    changed = vungxanh(installed, "audit", "key", "--change", "seals")
    assert (changed.returncode, len(changed.stdout.strip())) == (0, 64), changed.stderr
    assert "seal.json" in changed.stderr
    assert vungxanh(installed, "audit", "key").stdout == changed.stdout
    assert "whole" in vungxanh(installed, "audit", "verify").stdout


def test_sealing_key_is_changed_and_the_former_one_outlives_a_day(installed: Path) -> None:
    changed = vungxanh(installed, "keys", "change", "data")
    again = vungxanh(installed, "keys", "continue")
    status = vungxanh(installed, "keys", "status")
    assert (changed.returncode, again.returncode, status.returncode) == (0, 0, 0), changed.stderr
    assert "everything is made again" in changed.stdout
    (former,) = re.findall(r"data ([0-9a-f]{8}) \(former\): nothing", status.stdout)
    early = vungxanh(installed, "keys", "destroy", "data", former, "--yes")
    assert (early.returncode, "can be destroyed from" in early.stderr) == (1, True)
    assert former in vungxanh(installed, "keys", "status").stdout
    assert "whole" in vungxanh(installed, "audit", "verify").stdout


def test_key_that_is_no_hexadecimal_number_is_wrong_usage(installed: Path) -> None:
    refused = vungxanh(installed, "keys", "destroy", "data", "xyz", "--yes")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)


def test_nothing_is_destroyed_unless_it_is_said(installed: Path) -> None:
    asked = vungxanh(installed, "keys", "destroy", "data", "00000000", said="n\n")
    assert asked.returncode == 1
    unknown = vungxanh(installed, "keys", "destroy", "data", "00000000", "--yes")
    assert (unknown.returncode, "Traceback" in unknown.stderr) == (1, False)
