"""Ten thousand A4 posters in one ZIP, by two processes. Limits: 100 s, 500 MB resident in all.

Beside it what one would write first: a fresh compiler for every poster, the code drawn by
`qrcode` with its own search of the mask, half the time as if two processes shared it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

from bench.harness import ROOT, Row
from bench.posters_inside import posters
from vungxanh.core.drawings.codes import qr_drawing
from vungxanh.documents.posters import Form
from vungxanh.documents.posters.printing import FONTS, PosterPress

N_FULL, N_SMALL, N_PEER = 10_000, 600, 20
LIMIT_S, LIMIT_MB = 100.0, 500.0


def run(full: bool) -> list[Row]:
    """Measure; the small form prints 600."""
    n = N_FULL if full else N_SMALL
    found = printed(n)
    if found["posters"] != n:
        message = f"{found['posters']} posters in the ZIP instead of {n}"
        raise RuntimeError(message)
    ours = found["seconds"] * N_FULL / n
    peer = naive() * N_FULL / 2
    load = f"load {os.getloadavg()[0]:.1f}; {n} printed, {found['bytes'] / 1000:.0f} kB each"
    against = f"{load}; peer a fresh compiler for each, of {N_PEER}"
    return [
        Row("posters, A4: 10,000 in a ZIP", ours, peer, peer / ours, LIMIT_S, "s", against),
        Row("posters: resident", found["megabytes"], None, None, LIMIT_MB, "MB", "all processes"),
    ]


def printed(n: int) -> dict[str, float]:
    """What the inside found, in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "VUNGXANH_HOME": home,
            "DJANGO_SETTINGS_MODULE": "vungxanh.config.settings",
        }
        command = [sys.executable, "-W", "ignore::RuntimeWarning", "-m", "bench.inside"]
        command += ["bench.posters_inside", "printed", str(n)]
        made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    found: dict[str, float] = json.loads(made.stdout)
    return found


def naive() -> float:
    """Seconds for one poster, of a few."""
    began = time.perf_counter()
    for one in posters(0, N_PEER):
        qr_drawing(one.url)
        PosterPress(FONTS).print(one, Form.A4)
    return (time.perf_counter() - began) / N_PEER
