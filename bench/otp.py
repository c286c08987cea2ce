"""Proving telephone numbers: a code asked for and answered, every commit on the disk.

Two processes with eight threads each, as a server on two cores has them, on the embedded server as
it is shipped. A pair is a request and its confirmation, with limits, budget, outbox, log and the
live count of the commune; registering the device and reading the message stand outside of the
product's work but inside of the time, since they share the cores.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import homes
from bench.harness import ROOT, Row
from vungxanh.core.postgres import Cluster, find_binaries, running

LEAST_RATE = 300.0
N_PROCESSES, N_THREADS = 2, 8


def run(full: bool) -> list[Row]:
    """Pairs a second; the small form proves few numbers."""
    n_pairs = 2000 if full else 20
    with tempfile.TemporaryDirectory(prefix="vungxanh-otp-") as made:
        home = homes.migrated(Path(made))
        with running(Cluster(home, find_binaries())):
            _wait(_inside(home, "prepared"))
            asked = [(n_pairs, N_THREADS, number * n_pairs) for number in range(N_PROCESSES)]
            began = time.perf_counter()
            programs = [_inside(home, "main", *numbers) for numbers in asked]
            found = [json.loads(_wait(program)) for program in programs]
            seconds = max(one["seconds"] for one in found)
            whole = time.perf_counter() - began
    note = f"{N_PROCESSES} processes of {N_THREADS} threads; {whole:.1f} s with their start"
    rate = N_PROCESSES * n_pairs / seconds
    load = f"load {os.getloadavg()[0]:.1f}"
    return [
        Row(
            "codes asked for and answered",
            rate,
            None,
            None,
            LEAST_RATE,
            "pairs/s",
            f"{note}, {load}",
        )
    ]


def _inside(home: Path, function: str, *numbers: int) -> subprocess.Popen[str]:
    words = ("bench.inside", "bench.otp_inside", function, *map(str, numbers))
    command = [sys.executable, "-m", *words]
    given = homes.inside(home)
    return subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True)


def _wait(program: subprocess.Popen[str]) -> str:
    printed, _ = program.communicate()
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, program.args)
    return printed
