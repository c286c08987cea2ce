"""The pages of docs/, the glossary and the README keep up with the code, in both directions.

That variables and commands are told at all, and that links lead somewhere, is `make check`'s
(`tools/check_docs.py`); that audit events and the rules of checks are, their rooms' tests'.
"""

import ast
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from tests.architecture.sources import ROOT, python_files, tracked_files
from tools import check_docs
from vungxanh.audit.values import EVENTS
from vungxanh.config.cli import COMMANDS, Rooms
from vungxanh.core.viewer import CAPABILITIES

DOCS = ROOT / "docs"
ROOMS = {folder.name for folder in (ROOT / "vungxanh").iterdir() if folder.is_dir()}
ENGINES = {folder.name for folder in (ROOT / "vungxanh" / "engines").iterdir() if folder.is_dir()}
PREFIXES = ROOMS | ENGINES | {"grids", "mail"}
FINDING = re.compile(
    r'"((?:number|bound|total|share|base|rank|unit|count|counter|claim|as_of|column|report|table)'
    r'\.[a-z_]+)"'
)


def test_every_page_of_docs_is_led_to() -> None:
    assert list(check_docs.unlinked_pages()) == []


def test_a_page_without_a_link_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    alone, first = tmp_path / "docs" / "alone.md", tmp_path / "docs" / "first.md"
    alone.write_text("[first](first.md)", encoding="utf-8")
    first.write_text("# First", encoding="utf-8")
    monkeypatch.setattr(check_docs, "ROOT", tmp_path)
    monkeypatch.setattr(check_docs, "tracked", lambda pattern: [alone, first])
    assert list(check_docs.unlinked_pages()) == ["docs/alone.md: no page leads there"]


def page(name: str) -> str:
    """A document of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def first_cells(text: str) -> Iterator[str]:
    """The first cell of each line of each table, heads and rules left out."""
    for line in text.splitlines():
        cell = line.removeprefix("|").partition("|")[0].strip() if line.startswith("|") else ""
        if cell and not set(cell) <= set("-: "):
            yield cell


def _literals(tree: ast.AST) -> Iterator[str]:
    """Strings where refusals keep their code: first of a call's arguments, or given a name."""
    for node in ast.walk(tree):
        places: list[ast.expr] = []
        if isinstance(node, ast.Call):
            places = node.args[:1]
        elif isinstance(node, ast.Assign):
            places = [node.value]
        for place in places:
            if isinstance(place, ast.Constant) and isinstance(place.value, str):
                yield place.value


def refusal_codes() -> set[str]:
    """Every code of a refusal in the product's source."""
    found: set[str] = set()
    for path in python_files("vungxanh"):
        text = path.read_text(encoding="utf-8")
        found |= set(_literals(ast.parse(text)))
        found |= set(re.findall(r'\{"code": "([a-z_.]+)"', text))
    codes = {code for code in found if re.fullmatch(r"[a-z]+\.[a-z_]+", code)}
    return {c for c in codes if c.partition(".")[0] in PREFIXES} - set(EVENTS) - set(CAPABILITIES)


@pytest.mark.slow
def test_every_refusal_code_is_told_and_no_other() -> None:
    codes = refusal_codes()
    told = re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|", page("docs/errors.md"), flags=re.M)
    assert len(codes) > 80
    assert sorted(told) == sorted(codes)


def test_no_setting_is_told_that_nothing_reads() -> None:
    told = [cell.strip("`") for cell in first_cells(page("docs/settings.md")) if cell[0] == "`"]
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("vungxanh", "tests", "tools", "bench")
        for path in python_files(folder)
    )
    assert len(told) > 15
    assert [name for name in told if f'"{name}"' not in sources] == []


def commands(group: click.Group, above: str = "vungxanh") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield f"{above} {name}", command


@pytest.mark.slow
def test_every_command_is_told_with_its_options_and_no_other() -> None:
    rows = [line for line in page("docs/commands.md").splitlines() if line.startswith("| `vung")]
    told = {re.sub(r"( [A-Z]+)?`.*", "", row.removeprefix("| `")): row for row in rows}
    actual = dict(commands(Rooms()))
    assert set(told) == set(actual)
    assert len(actual) > len(COMMANDS)
    for words, command in actual.items():
        visible = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
        names = {option.opts[0] for option in visible}
        assert set(re.findall(r"--[a-z-]+", told[words])) == names, words


@cache
def _product_words() -> str:
    paths = [p for p in tracked_files() if p.is_relative_to(ROOT / "vungxanh")]
    kinds = {".py", ".html", ".po", ".typ", ".md"}
    return "\n".join(p.read_text(encoding="utf-8") for p in paths if p.suffix in kinds).lower()


def glossary() -> list[tuple[str, str, str]]:
    """Vietnamese, English and the name in code (or `later`) of each term."""
    rows = [line.split("|")[1:-1] for line in page("GLOSSARY.md").splitlines() if line[:2] == "| "]
    terms = [[cell.strip() for cell in row] for row in rows]
    return [(vi, en, code) for vi, en, code, _ in terms if vi not in {"vi", "---"}]


def test_terms_of_the_glossary_occur_in_the_code_as_it_says() -> None:
    words = _product_words()
    terms = glossary()
    assert len(terms) > 60
    used = [(vi, en, code.strip("`")) for vi, en, code in terms if code != "`later`"]
    missing = [(en, code) for _, en, code in used if code.lower() not in words]
    shown = [(en, vi.partition(",")[0]) for vi, en, _ in used if not vi.startswith("(")]
    missing += [(en, vi) for en, vi in shown if vi.lower() not in words]
    assert missing == []


def test_no_term_of_the_glossary_stands_twice() -> None:
    for column in zip(*glossary(), strict=True):
        once = [cell for cell in column if cell != "`later`"]
        assert sorted(set(once)) == sorted(once)


def test_rooms_of_the_readme_exist_as_it_says() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \|.*\| (here|planned) \|$", page("README.md"), flags=re.M)
    here = {name for name, state in rows if state == "here"}
    real = {name for name in ROOMS if (ROOT / "vungxanh" / name / "__init__.py").exists()}
    assert here == real
    assert len(rows) == 20


def test_officials_guide_explains_every_finding() -> None:
    files = [
        *python_files("vungxanh/engines/checks"),
        ROOT / "vungxanh/uptake/imports/figure_reports.py",
    ]
    sources = "".join(p.read_text("utf-8") for p in files)
    told = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", page("docs/huong-dan-so-lieu.md")))
    assert told == set(FINDING.findall(sources))


@pytest.mark.parametrize("guide", ["so-lieu", "diem-kiem-soat"])
def test_what_the_guide_prints_bold_stands_on_a_page(guide: str) -> None:
    words = _product_words()
    text = page(f"docs/huong-dan-{guide}.md").replace("\n", " ")
    bold = re.findall(r"\*\*(.+?)\*\*", text)
    parts = [part.strip() for phrase in bold for part in phrase.lower().split("…")]
    assert len(bold) > 25
    assert [part for part in parts if part not in words] == []


@pytest.mark.parametrize("picture", sorted((DOCS / "pictures").glob("*")), ids=lambda p: p.name)
def test_pictures_of_the_docs_are_small_and_shown(picture: Path) -> None:
    pages = page("README.md") + "".join(p.read_text("utf-8") for p in DOCS.rglob("*.md"))
    assert picture.stat().st_size <= 250_000
    assert f"pictures/{picture.name})" in pages


@pytest.mark.slow
def test_functions_named_in_the_architecture_exist() -> None:
    rooms = "|".join(sorted(ROOMS))
    named = set(re.findall(rf"`((?:{rooms})(?:\.\w+)+)`", page("docs/architecture.md")))
    assert len(named) > 25
    assert sorted(name for name in named if not _exists(f"vungxanh.{name}")) == []


def _exists(name: str) -> bool:
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True
