"""What the repository tests read: tracked source files and their syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file git tracks or would track, as absolute paths."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def python_files(folder: str) -> tuple[Path, ...]:
    """The tracked Python files below a folder, migrations left out."""
    return tuple(
        path
        for path in tracked_files()
        if path.suffix == ".py"
        and path.is_relative_to(ROOT / folder)
        and "migrations" not in path.parts
    )


@dataclass(frozen=True)
class Piece:
    """A function or class: where it stands and how long it is."""

    path: Path
    name: str
    n_lines: int
    node: ast.AST

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.name} ({self.n_lines} lines)"


def pieces(folder: str, *kinds: type[ast.AST]) -> Iterator[Piece]:
    """Every function or class of the given kinds below a folder."""
    for path in python_files(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kinds):
                assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                assert node.end_lineno is not None
                yield Piece(path, node.name, node.end_lineno - node.lineno + 1, node)
