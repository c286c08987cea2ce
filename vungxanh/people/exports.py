"""The package that a citizen takes along: a page for people, the same for machines."""

import json
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vungxanh.core.clock import TZ

FOLDER = "vung-xanh-cua-toi"
PAGE, MACHINES = "thong-tin-cua-toi.html", "du-lieu.json"


def packed(*, page: str, rooms: Mapping[str, object], at: datetime) -> bytes:
    """A ZIP with both files; in memory, on no disk of ours. Same content, same bytes."""
    told = {"made_at": at.astimezone(TZ).isoformat(timespec="seconds"), "rooms": rooms}
    files = {
        PAGE: page,
        MACHINES: json.dumps(told, ensure_ascii=False, indent=1, default=str),
    }
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as package:
        for name, text in files.items():
            info = ZipInfo(f"{FOLDER}/{name}", at.astimezone(TZ).timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, text)
    return held.getvalue()
