"""The key that signs sessions and forms: from the environment, or made once beside the keys."""

import os
import secrets
from pathlib import Path

from vungxanh.config.variables import secret

VARIABLE = "VUNGXANH_SECRET_KEY"
FILE = "session.key"


def secret_key(keys: Path) -> str:
    """The installation's key; a process that only builds or checks gets one of its own."""
    given = secret(VARIABLE)
    if given:
        return given
    file = keys / FILE
    return file.read_text() if file.exists() else secrets.token_urlsafe(48)


def make_secret_key(keys: Path) -> None:
    """Write the key file unless it is there; the first of two processes wins."""
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (keys / FILE).exists():
        return
    draft = keys / f".{FILE}.{secrets.token_hex(8)}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48))
    try:
        os.link(draft, keys / FILE)
    except FileExistsError:
        return
    finally:
        draft.unlink()
