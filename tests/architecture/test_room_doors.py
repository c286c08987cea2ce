"""A room has three doors for other rooms: what it does, what it answers, and the words for both."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, python_files

PACKAGE = ROOT / "vungxanh"
# What has doors: core and the pure packages are ground for everybody, config stands above all.
ROOMS = {
    folder.name
    for folder in PACKAGE.iterdir()
    if (folder / "apps.py").exists() and folder.name != "core"
}
DOORS = {"actions", "queries", "values"}
EVERYWHERE = {"config"}


def _imported(path: Path) -> Iterator[tuple[str, int]]:
    """Each imported name in full, `vungxanh.uptake.models.Fact`, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def _passes_by_a_door(name: str, own_room: str) -> bool:
    parts = name.split(".")
    if parts[0] != "vungxanh" or len(parts) < 3 or parts[1] not in ROOMS:
        return True
    return parts[1] == own_room or parts[2] in DOORS


def through_walls(paths: list[Path]) -> list[str]:
    """Imports of another room's inside."""
    return [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in paths
        for name, line in _imported(path)
        if not _passes_by_a_door(name, _room_of(path))
    ]


def test_rooms_import_only_actions_queries_and_values_of_another_room() -> None:
    paths = [path for path in python_files("vungxanh") if _room_of(path) not in EVERYWHERE]
    assert len(paths) > 50
    assert through_walls(paths) == []


def test_importing_another_room_s_models_is_noticed() -> None:
    assert not _passes_by_a_door("vungxanh.accounts.models.Staff", "uptake")
    assert not _passes_by_a_door("vungxanh.locations.gateways.vendored", "uptake")
    assert _passes_by_a_door("vungxanh.accounts.models.Staff", "accounts")
    assert _passes_by_a_door("vungxanh.locations.queries.unit", "uptake")
    assert _passes_by_a_door("vungxanh.core.models.StoredFile", "uptake")


def test_import_contracts_have_no_exception() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "ignore_imports" not in text
    assert text.count("[[tool.importlinter.contracts]]") >= 4
