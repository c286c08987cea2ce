"""Small and plain: the size of functions, classes, files and argument lists, without exceptions."""

import ast
from collections.abc import Callable
from importlib import import_module
from inspect import Parameter, isfunction, signature
from statistics import quantiles

from tests.architecture.sources import ROOT, Piece, pieces, python_files

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
ROOMS_WITH_ACTIONS = sorted(
    {found.relative_to(ROOT).parts[1] for found in (ROOT / "vungxanh").glob("*/actions*")}
)


def test_no_function_is_longer_than_sixty_lines() -> None:
    assert [str(p) for p in pieces("vungxanh", *FUNCTIONS) if p.n_lines > 60] == []


def test_nine_of_ten_functions_have_at_most_27_lines() -> None:
    lengths = [p.n_lines for p in pieces("vungxanh", *FUNCTIONS)]
    assert quantiles(lengths, n=10)[-1] <= 27


def test_no_class_is_longer_than_two_hundred_lines() -> None:
    assert [str(p) for p in pieces("vungxanh", ast.ClassDef) if p.n_lines > 200] == []


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n")
        for folder in ("vungxanh", "tests", "tools", "bench")
        for path in python_files(folder)
    }
    assert {name: n for name, n in lengths.items() if n > 500} == {}


def _n_positional(piece: Piece) -> int:
    assert isinstance(piece.node, FUNCTIONS)
    arguments = piece.node.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    return len([name for name in names if name not in {"self", "cls"}])


def test_no_function_takes_more_than_three_positional_arguments() -> None:
    crowded = [str(p) for p in pieces("vungxanh", *FUNCTIONS) if _n_positional(p) > 3]
    assert crowded == []


def test_actions_are_keyword_only() -> None:
    loose = [
        f"{action.__module__}.{action.__name__}"
        for room in ROOMS_WITH_ACTIONS
        for action in _actions_of(room)
        if any(one.kind is one.POSITIONAL_OR_KEYWORD for one in _taken_by(action))
    ]
    assert loose == []


def _actions_of(room: str) -> list[Callable[..., object]]:
    """What a room offers as its actions: what it exports, else its public functions."""
    offered = import_module(f"vungxanh.{room}.actions")
    own = [name for name, one in vars(offered).items() if _is_of(one, offered.__name__)]
    found = [getattr(offered, name) for name in getattr(offered, "__all__", own)]
    return [one for one in found if isfunction(one)]


def _is_of(one: object, module: str) -> bool:
    return isfunction(one) and one.__module__ == module and not one.__name__.startswith("_")


def _taken_by(action: Callable[..., object]) -> list[Parameter]:
    return list(signature(action).parameters.values())


def test_names_that_say_nothing_are_not_used() -> None:
    empty_names = {"utils", "helpers", "manager", "data", "info", "process", "handle", "misc"}
    files = [p for p in python_files("vungxanh") if p.stem in empty_names]
    functions = [str(p) for p in pieces("vungxanh", *FUNCTIONS) if p.name in empty_names]
    assert (files, functions) == ([], [])
