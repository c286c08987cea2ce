"""Addresses of the built front-end files: a logical name becomes the name with its digest."""

import json
from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

BUILT = Path(__file__).resolve().parents[1] / "static" / "vx"
MANIFEST = "manifest.json"


class FrontEndMissingError(ImproperlyConfigured):
    """The front end is not built, or has no file of that name."""


@cache
def manifest(folder: Path = BUILT) -> dict[str, str]:
    """Logical name to hashed name, as the build wrote it."""
    try:
        return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as missing:
        reason = "the front end is not built: run `python tools/build_frontend.py`"
        raise FrontEndMissingError(reason) from missing


@cache
def sprite_of(icon: str) -> str:
    """The sprite that an icon lies in: a small one for what phone pages show, else the other."""
    shown = (BUILT / manifest()["phone-icons.json"]).read_text(encoding="utf-8")
    return "phone-icons.svg" if icon in json.loads(shown) else "icons.svg"


@cache
def address(name: str) -> str:
    """The URL of a built file, immutable because its digest is in its name."""
    try:
        hashed = manifest()[name]
    except KeyError as unknown:
        reason = f"the front end builds no file named {name!r}"
        raise FrontEndMissingError(reason) from unknown
    return static(f"vx/{hashed}")
