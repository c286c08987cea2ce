"""Laws of the reader over any text, and over letters in other clothes."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vungxanh.engines.letters
from tests.engines.letters.scoring import FAMILY, REAL, expected_of, reading_of, score_of
from vungxanh.directives.values import known_places
from vungxanh.engines.letters import Reading, read
from vungxanh.locations.values import Level, units_2021

PIECES = (
    "Kính gửi:",
    "Nơi nhận:",
    "Số:   /UBND",
    "V/v",
    "1. ",
    "- ",
    "a) ",
    "Đề nghị ",
    "Sở Y tế",
    ";",
    "trước 17h00 ngày 31/6/2021",
    "hằng ngày",
    "100% cán bộ",
    "KT. GIÁM ĐỐC",
    "PHỤ LỤC",
    "\n",
    "\n\n",
    "82.930/174.229 thuê bao",
    "Công văn số 12/UBND-VX ngày 3/8/2021",
    "1\tHuyện\t12,5",
    "**",
    "|",
    ".",
    "   ",
    "đồng thời báo cáo",
    "CHỈ THỊ",
    "(Kèm theo Công văn số /A-B ngày /8/2020",
    ":",
    "từ nay đến",
)
NASTY = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60).map("".join)
PATIENT = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spans_in(value: object) -> Iterator[tuple[int, int]]:
    """Every span of a wire form."""
    if isinstance(value, dict):
        for key, item in value.items():
            is_span = key == "span" and item is not None
            yield from [(item[0], item[1])] if is_span else spans_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans_in(item)


def without_places(reading: Reading) -> dict[str, Any]:
    """The wire form without spans and text."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            dropped = ("span", "spans", "text", "trace", "assignee_spans", "schema")
            return {key: plain(item) for key, item in value.items() if key not in dropped}
        return [plain(item) for item in value] if isinstance(value, list) else value

    shape = plain(reading.as_dict())
    assert isinstance(shape, dict)
    return shape


@pytest.mark.slow
@PATIENT
@given(NASTY)
def test_any_text_gives_a_reading_whose_spans_lie_in_it(text: str) -> None:
    reading = read(f"Kính gửi: {text}")
    assert all(0 <= start <= end <= len(reading.text) for start, end in spans_in(reading.as_dict()))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_action_is_quoted_from_the_letter(path: Path) -> None:
    reading = reading_of(path)
    for task in reading.tasks:
        start, end = task.span
        assert words_of(task.action) <= words_of(reading.text[start:end])


def words_of(text: str) -> set[str]:
    """The words of a text."""
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("path", [*REAL, *FAMILY], ids=lambda path: path.stem)
def test_decomposed_text_and_other_line_ends_read_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    other = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert without_places(read(other)) == without_places(read(text))


@pytest.mark.parametrize("path", [*REAL, *FAMILY], ids=lambda path: path.stem)
def test_letter_without_accents_is_still_read(path: Path) -> None:
    """Accents lost on the way cost little: rules look at plain letters."""
    marks = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
    bare = "".join(letter for letter in marks if not unicodedata.combining(letter))
    bare = bare.replace("đ", "d").replace("Đ", "D")
    expected = expected_of(path)
    expected["document"] = {}
    assert tasks_found(expected, read(bare, places=known_places("vn-2021"))) >= 0.6


def tasks_found(expected: dict[str, Any], reading: Reading) -> float:
    """The share of tasks that come out, whatever their words are spelt like."""
    return min(1.0, len(reading.tasks) / len(expected["tasks"]))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_lost_accents_on_one_word_in_twenty_change_little(path: Path) -> None:
    words = path.read_text(encoding="utf-8").split(" ")
    noisy = [bare_word(word) if at % 20 == 7 else word for at, word in enumerate(words)]
    reading = read(" ".join(noisy), places=known_places("vn-2021"))
    assert score_of(expected_of(path), reading) >= 0.85


def bare_word(word: str) -> str:
    """A word without accents."""
    marks = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


def docstrings(node: ast.AST) -> Iterator[ast.expr]:
    """The docstring of a module, class or function."""
    if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and node.body:
        first = node.body[0]
        yield from [first.value] if isinstance(first, ast.Expr) else []


def constants() -> Iterator[str]:
    """Every string of the reader's source but docstrings."""
    for path in sorted(Path(vungxanh.engines.letters.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(text) for node in ast.walk(tree) for text in docstrings(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from [node.value] if id(node) not in docs else []


def test_no_rule_names_a_province() -> None:
    names = [
        unit.bare_name
        for unit in units_2021()
        if unit.level is Level.PROVINCE and len(unit.bare_name) > len("Huế")
    ]
    said = "\n".join(constants()).lower()
    assert [name for name in names if re.search(rf"\b{name.lower()}\b", said)] == []


def test_no_rule_knows_a_letter_number() -> None:
    numbers = {c["number"] for path in REAL for c in expected_of(path)["citations"] if c["number"]}
    said = "\n".join(constants())
    assert [number for number in numbers if number in said] == []


def test_no_rule_knows_a_sentence_of_the_letters() -> None:
    letters = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in REAL)
    known = [text for text in constants() if len(text) > 40 and text in letters]
    assert known == []
