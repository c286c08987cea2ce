"""How long `vungxanh demo` takes to /readyz: from an empty directory, and on the same data."""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.harness import ROOT, Row
from bench.serving import free_port

GIVE_UP_SECONDS = 180


def run(full: bool) -> list[Row]:
    """Two starts and the stops between; the small form starts once."""
    rows = []
    with tempfile.TemporaryDirectory() as home:
        for name in ("from nothing", "again, on the same data")[: 2 if full else 1]:
            ready, stopped = _start_and_stop(Path(home))
            note = f"stopped in {stopped:.1f} s, load {os.getloadavg()[0]:.1f}"
            rows.append(
                Row(
                    name=f"demo to /readyz, {name}",
                    ours=ready,
                    peer=None,
                    ratio=None,
                    limit=None,
                    unit="s",
                    note=note,
                )
            )
    return rows


def _start_and_stop(home: Path) -> tuple[float, float]:
    port = free_port()
    environment = {**os.environ, "VUNGXANH_HOME": str(home), "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "vungxanh.config.cli", "demo"]
    began = time.monotonic()
    program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(port, program)
        ready = time.monotonic() - began
    finally:
        began = time.monotonic()
        program.send_signal(signal.SIGTERM)
        program.wait()
    return ready, time.monotonic() - began


def _wait_until_ready(port: int, program: "subprocess.Popen[bytes]") -> None:
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while not _is_ready(port):
        if program.poll() is not None or time.monotonic() > give_up_at:
            msg = f"the demo did not become ready (exit code {program.returncode})"
            raise RuntimeError(msg)
        time.sleep(0.05)


def _is_ready(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        asked.request("GET", "/readyz")
        return asked.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        asked.close()
