"""Where an installation keeps its things; read before and by the settings."""

import os
from pathlib import Path


def home() -> Path:
    """The one directory of everything that is kept: VUNGXANH_HOME, else ./var."""
    return Path(os.environ.get("VUNGXANH_HOME") or "var").resolve()


def keys() -> Path:
    """The key files: VUNGXANH_KEYS, else `keys` in the data directory."""
    return Path(os.environ.get("VUNGXANH_KEYS") or home() / "keys").resolve()
