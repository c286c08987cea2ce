"""What broken glass opens is looked at in one place, which leaves the trace of it."""

import ast
from pathlib import Path

from tests.architecture.sources import ROOT, python_files

# Where it is decided, where the middleware sets it, and where devices are kept out of it.
ALLOWED = {
    "vungxanh/accounts/queries/reading.py",
    "vungxanh/accounts/queries/sessions.py",
    "vungxanh/accounts/queries/devices.py",
}
VIEWERS = {"viewer", "by", "reader"}


def looked_through(path: Path) -> list[str]:
    """Where a file reads `opened` of a viewer, or gives it a value of its own."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(attr="opened", value=ast.Name(id=name)) if name in VIEWERS:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
            case ast.keyword(arg="opened"):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def test_no_room_looks_through_broken_glass_by_itself() -> None:
    found = {path: looked_through(path) for path in python_files("vungxanh")}
    places = {str(path.relative_to(ROOT)) for path, lines in found.items() if lines}
    assert places == ALLOWED, "ask accounts.queries: may_read, readable or authorised"
