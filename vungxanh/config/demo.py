"""The demo: real published figures and labelled examples, on the embedded database only."""

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import cast

from vungxanh.config.database import URL
from vungxanh.config.rooms import listed
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.refusals import RefusalError, Words

PASSWORD = "VUNGXANH_DEMO_PASSWORD"  # noqa: S105 (the name of a variable)
Loader = Callable[..., object]


class NotEmbeddedError(RefusalError):
    """The demo was asked to write into a database that is not its own."""

    def __init__(self) -> None:
        words = Words(
            vi="Bản chạy thử chỉ dùng PostgreSQL đi kèm, để dữ liệu mẫu không lẫn vào cơ sở dữ "
            "liệu thật. Bỏ biến DATABASE_URL, hoặc chạy “vungxanh serve”.",
            en="The demo uses the embedded PostgreSQL only, so that no example data reach a real "
            "database. Unset DATABASE_URL, or run “vungxanh serve”.",
        )
        super().__init__("config.demo_needs_embedded", words, field=URL)


def demo_password(home: Path) -> str:
    """VUNGXANH_DEMO_PASSWORD, or one made at the first start and kept for the next."""
    given = os.environ.get(PASSWORD)
    if given:
        return given
    kept = home / "demo-password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(12))
    return kept.read_text()


def loaded_mark(home: Path) -> Path:
    """A file that stands while the demo's data are complete: /readyz waits for it."""
    return home / "demo-loaded"


def load(*, password: str, at: datetime, by: Viewer = SYSTEM) -> None:
    """Load what each room shows in the demo; a second run finds it there and changes nothing.

    A room's `demo.py` lists `loaders`, called in the order of the rooms with `by` and `at`.
    """
    from vungxanh.accounts.actions import appoint_demo_contacts, load_demo_staff
    from vungxanh.locations.actions import load_units

    load_units(by=by, at=at)
    load_demo_staff(password=password, by=by, at=at)
    for loader in cast(list[Loader], listed("demo", "loaders")):
        loader(by=by, at=at)
    appoint_demo_contacts(by=by, at=at)
