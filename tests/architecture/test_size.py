"""Small and plain: the size of functions, classes, files and argument lists, without exceptions."""

import ast
from statistics import quantiles

from tests.architecture.sources import ROOT, Piece, pieces, python_files

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


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
        str(p)
        for p in pieces("vungxanh", *FUNCTIONS)
        if p.path.stem == "actions"
        and not p.name.startswith("_")
        and isinstance(p.node, FUNCTIONS)
        and (p.node.args.args or p.node.args.posonlyargs)
    ]
    assert [name for name in loose if ":" in name] == []


def test_names_that_say_nothing_are_not_used() -> None:
    empty_names = {"utils", "helpers", "manager", "data", "info", "process", "handle", "misc"}
    files = [p for p in python_files("vungxanh") if p.stem in empty_names]
    functions = [str(p) for p in pieces("vungxanh", *FUNCTIONS) if p.name in empty_names]
    assert (files, functions) == ([], [])
