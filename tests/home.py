"""The data directory of a test session, chosen before the settings are read.

One directory for the session: the parallel workers inherit it from the process that made it.
`VUNGXANH_TEST_PG=debian15` (any `debian<major>`) takes the system's PostgreSQL, not the wheel's.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from vungxanh.core.postgres import Binaries, find_binaries

VARIABLE = "VUNGXANH_TEST_HOME"
IS_MAKER = VARIABLE not in os.environ

if IS_MAKER:
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="vungxanh-test-")
HOME = Path(os.environ[VARIABLE])
os.environ["VUNGXANH_HOME"] = str(HOME)
# Programs of their own installation take a copy of the first one that was brought up to date.
os.environ["VUNGXANH_MIGRATED"] = str(HOME / "migrated")
if IS_MAKER:
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)


def chosen_binaries() -> Binaries:
    """The PostgreSQL that this session runs on."""
    chosen = os.environ.get("VUNGXANH_TEST_PG", "")
    if not chosen:
        return find_binaries()
    return Binaries(Path("/usr/lib/postgresql") / chosen.removeprefix("debian") / "bin")
