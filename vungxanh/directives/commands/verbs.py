"""`letters read` and `letters check`: a letter's file in, what it says or what is wrong out.

Results go to standard output, warnings to standard error. A refusal is raised to the command
line, which prints its sentence and exits with 1.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from vungxanh.core import language
from vungxanh.directives.commands import summary
from vungxanh.directives.gateways.ocr import reader_of_pictures
from vungxanh.directives.values import check_letter, read_letter
from vungxanh.documents.grids import read_grid
from vungxanh.documents.letterfiles import read_letter_file
from vungxanh.engines import checks
from vungxanh.engines.checks import Figure
from vungxanh.engines.letters.types import Reading
from vungxanh.refusals import Words
from vungxanh.uptake.values import published_figures

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)

as_json = click.option("--json", "is_json", is_flag=True, help="Một tài liệu JSON / one document")


@click.group(help="Đọc công văn, tìm chỗ sai trong đó / read letters, find what is wrong in them")
def letters() -> None:
    """The pure verbs of the room."""


@letters.command("read", help="Đọc một văn bản .txt, .docx, .pdf / read a letter")
@click.argument("file", type=_FILE)
@as_json
@click.option(
    "--trace", "is_traced", is_flag=True, help="Quy tắc nào đọc gì / which rule read what"
)
@language.option
def read(*, file: Path, is_json: bool, is_traced: bool, lang: str) -> None:
    """Print what a letter says: who, what, by when, how much, each from its own place."""
    reading = reading_of(file, lang)
    if is_json:
        _print_json(reading.as_dict())
        return
    _print_lines(summary.lines(reading, lang))
    if is_traced:
        _print_lines(["", *summary.trace(reading)])


@letters.command("check", help="Tìm chỗ sai trong một văn bản / find what is wrong in a letter")
@click.argument("file", type=_FILE)
@click.option("--history", type=_FILE, help="Số đã công bố / earlier published figures")
@as_json
@language.option
def check(*, file: Path, history: Path | None, is_json: bool, lang: str) -> None:
    """Print every finding about a letter's figures, tables and dates, errors first."""
    reading = reading_of(file, lang)
    figures = (*published_figures(), *(_history(history, lang) if history else ()))
    found = check_letter(reading, figures)
    if is_json:
        _print_json([finding.as_dict() for finding in found])
        return
    _print_lines(summary.findings(found, lang))
    if not found:
        nothing = Words("Không thấy chỗ nào sai.", "Nothing wrong was found.")
        click.echo(nothing.in_language(lang), err=True)


def reading_of(path: Path, lang: str) -> Reading:
    """The reading of a letter's file; what the file itself made doubtful is among its warnings."""
    letter = read_letter_file(path.read_bytes(), name=path.name, ocr=reader_of_pictures())
    reading = read_letter(letter.text)
    reading = replace(reading, warnings=(*letter.warnings, *reading.warnings))
    _warn(reading.warnings, lang)
    return reading


def _history(path: Path, lang: str) -> tuple[Figure, ...]:
    grid = read_grid(path.read_bytes(), name=path.name)
    _warn(grid.warnings, lang)
    return checks.history_of(grid)


def _warn(warnings: Sequence[Words], lang: str) -> None:
    for warning in warnings:
        click.echo(warning.in_language(lang), err=True)


def _print_json(result: object) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


def _print_lines(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line.rstrip())
