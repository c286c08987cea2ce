"""A constant page through the bridge, beside Django's own ASGI handler: same server, same page.

Both run under uvicorn with one worker, with the product's middleware, one after the other. The load
shares the machine's cores with them, so requests are counted per second of the server's own time on
a processor (/proc/PID/stat).
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import ROOT, Row
from bench.load import measure

PATH = "/healthz"
SERVER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "vungxanh.config.settings"
import uvicorn
if sys.argv[2] == "bridge":
    from vungxanh.config.asgi import application
else:
    from django.core.asgi import get_asgi_application
    application = get_asgi_application()
uvicorn.run(application, port=int(sys.argv[1]), loop="uvloop", http="httptools",
            log_level="error", access_log=False, lifespan="off", server_header=False)
"""
READY_SECONDS = 120


def run(full: bool) -> list[Row]:
    """Requests per processor-second of both, and how many times more the bridge serves."""
    seconds = 5.0 if full else 0.5
    ours, peer = (_rate(handler, seconds) for handler in ("bridge", "django"))
    note = f"{PATH}, 8 connections, {seconds:g} s each, load {os.getloadavg()[0]:.1f}"
    return [
        Row(
            name="constant page: bridge beside Django's ASGI handler",
            ours=ours,
            peer=peer,
            ratio=ours / peer,
            limit=None,
            unit="requests/cpu-s",
            note=note,
        )
    ]


def _rate(handler: str, seconds: float) -> float:
    with tempfile.TemporaryDirectory() as home, _server(handler, Path(home)) as (port, pid):
        measure(port, PATH, seconds=min(1.0, seconds))
        before = _processor_seconds(pid)
        n_answers = measure(port, PATH, seconds=seconds).n_answers
        return n_answers / (_processor_seconds(pid) - before)


def _processor_seconds(pid: int) -> float:
    """User and system time of a process: fields 14 and 15 of proc(5)'s stat."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _server(handler: str, home: Path) -> Iterator[tuple[int, int]]:
    port = free_port()
    environment = {**os.environ, "VUNGXANH_HOME": str(home)}
    command = [sys.executable, "-c", SERVER, str(port), handler]
    program = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_for(port)
        yield port, program.pid
    finally:
        program.terminate()
        program.wait()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    give_up_at = time.monotonic() + READY_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.05)
        else:
            return
