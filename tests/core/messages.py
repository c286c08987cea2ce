"""Finds every translatable string of the package, and the words of templates that are not."""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.extract import extract_python
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2] / "vungxanh"
SINGLE = ("_", "gettext", "gettext_lazy", "gettext_noop")
PLURAL = ("ngettext", "ngettext_lazy")
KEYWORDS = dict.fromkeys(SINGLE) | dict.fromkeys(PLURAL, (1, 2))
# A small letter makes a word; PDF, XLSX and SHA-256 are the same in both languages.
LETTER = re.compile(r"[^\W\d_A-Z]")
SPOKEN = {"aria-label", "title", "placeholder", "alt", "data-label"}
LITERAL = re.compile(r'"([^"]*)"')
# Tags whose text is translated, or is never shown.
WRAPPED = {"blocktranslate": "endblocktranslate", "comment": "endcomment"}


def templates() -> list[Path]:
    """Every template of every room."""
    return sorted(PACKAGE.glob("**/templates/**/*.html"))


def sources() -> list[Path]:
    """Every Python module of the package."""
    return sorted(path for path in PACKAGE.glob("**/*.py") if "migrations" not in path.parts)


def message_ids() -> dict[str, str]:
    """Each string that is asked for in translation, with the file that asks first."""
    found: dict[str, str] = {}
    for path in [*templates(), *sources()]:
        text = path.read_text(encoding="utf-8")
        code = templatize(text, origin=str(path)) if path.suffix == ".html" else text
        for message in _in_python(code):
            found.setdefault(message, path.relative_to(PACKAGE).as_posix())
    return found


def _in_python(code: str) -> Iterator[str]:
    for _line, _function, message, _comments in extract_python(
        io.BytesIO(code.encode()), KEYWORDS, (), {}
    ):
        yield message if isinstance(message, str) else str(message[0])


def untranslated_words(source: str) -> list[str]:
    """Words of a template that stand outside translation: texts, spoken attributes, arguments."""
    reader = _Reader()
    reader.feed("".join(_bare_pieces(source)))
    return reader.words + list(_spoken_arguments(source))


def _bare_pieces(source: str) -> Iterator[str]:
    """The template's text with a point in place of every tag and of all that is translated."""
    until = ""
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            until = "" if name == until else until or WRAPPED.get(name, "")
        if token.token_type is TokenType.TEXT and not until:
            yield token.contents
        elif token.token_type is not TokenType.COMMENT:
            yield "."


def _spoken_arguments(source: str) -> Iterator[str]:
    """Literals with a space or a Vietnamese letter that are handed to another tag."""
    for token in Lexer(source).tokenize():
        is_tag = token.token_type is TokenType.BLOCK
        if is_tag and token.contents.split()[0] not in {"translate", "comment", "if", "elif"}:
            for literal in LITERAL.findall(token.contents):
                if LETTER.search(literal) and (" " in literal or not literal.isascii()):
                    yield literal


class _Reader(HTMLParser):
    """Collects texts and spoken attributes; what names its own language is meant as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.own_language: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in {"html", "meta", "link", "input", "br", "img", "hr"}:
            self.own_language.append("lang" in named)
        self.words += [
            value for name, value in attrs if name in SPOKEN and value and LETTER.search(value)
        ]

    def handle_endtag(self, tag: str) -> None:
        if self.own_language and tag != "html":
            self.own_language.pop()

    def handle_data(self, data: str) -> None:
        if LETTER.search(data) and not any(self.own_language):
            self.words.append(data.strip())
