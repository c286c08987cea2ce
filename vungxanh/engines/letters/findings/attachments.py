"""Forms, annexes and lists that a letter speaks of and that do not stand in it."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.checks import Finding
from vungxanh.engines.checks.sentences import say
from vungxanh.engines.letters.findings.case import LetterCase, fault
from vungxanh.engines.letters.passages import fold, words

_THING: Final = (
    r"(?P<thing>biểu mẫu|mẫu (?:báo cáo|biểu|số)|phụ lục|danh sách|bảng (?:tổng hợp|thống kê)"
    r"|đề cương|file|tệp|biểu số)"
)
_ATTACHED: Final = words(
    rf"\b{_THING}\b[^.;:()]{{0,40}}?\b(?:đính kèm|kèm theo|gửi kèm)"
    rf"|\b(?:gửi kèm|kèm theo|đính kèm) (?:là )?{_THING.replace('<thing>', '<thing2>')}\b"
)
# How annexes, forms and lists begin: a line of their own.
_HEADS: Final = re.compile(
    r"^[ \t*#_]*(?P<head>phu luc|bieu mau|mau so|mau bao cao|mau bieu|bieu so|danh sach"
    r"|bang tong hop|bang thong ke|de cuong|\(?kem theo (?:cong van|van ban|ke hoach|chi thi"
    r"|thong bao|quyet dinh|cong dien))",
    re.MULTILINE,
)
_FORMS: Final = ("bieu", "mau")


def annex_missing(case: LetterCase) -> Iterator[Finding]:
    """A form or annex that the letter sends along and that is not in the text."""
    heads = {match["head"] for match in _HEADS.finditer(fold(case.reading.text))}
    seen: set[str] = set()
    for match in _ATTACHED.finditer(case.whole.folded):
        thing = match["thing"] or match["thing2"]
        kind = _kind(thing)
        if kind in seen or _is_here(case, kind, heads):
            continue
        seen.add(kind)
        text = case.whole.text[match.start() : match.end()]
        message = say(
            "Văn bản nhắc đến “{text}” nhưng không có trong tệp đã đọc; xin nơi gửi phần kèm theo.",
            "The letter speaks of “{text}”, which is not in the file that was read; ask the sender"
            " for it.",
            text=text,
        )
        span = case.whole.span(match.start(), match.end())
        yield fault(case, span, message, code="letters.annex_missing", severity="info")


def _kind(thing: str) -> str:
    return "form" if thing.startswith(_FORMS) else thing.split()[0]


def _is_here(case: LetterCase, kind: str, heads: set[str]) -> bool:
    tables = case.reading.tables
    if kind == "form":
        return any(t.is_blank_form for t in tables) or any(h.startswith(_FORMS) for h in heads)
    return bool(tables or heads)
