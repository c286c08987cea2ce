"""Documents that a letter names: number, day, whose, of what, and whether it rests on them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vungxanh.engines.letters.head import TYPES
from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.types import Citation

_KIND: Final = "|".join(
    (
        *(name for name, _ in TYPES),
        "văn bản",
        "nghị định",
        "thông tư",
        "luật",
        "pháp lệnh",
        "ý kiến",
    )
)
_DAY: Final = (
    r"(?:,?\s*(?:ký\s*)?ng[aà]y\s*)(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng)\s*(?P<month>\d{1,2})"
    r"\s*(?:[/.-]|\s+năm)\s*(?P<year>\d{4})"
)
# 3024/UBND-VX, 09/CT-UBND, 30/2020/NĐ-CP, 16-CT/TU
_NUMBER: Final = (
    r"(?P<number>\d{1,5}\s?/\s?(?:\d{4}\s?/\s?)?[a-z][a-z&.]*(?:\s?[-–/]\s?[a-z][a-z0-9&.]*)*[a-z0-9]"
    r"|\d{1,5}\s?-\s?[a-z]{2,4}\s?/\s?[a-z]{2,}(?:[-.][a-z]+)*)"
)
_CITED: Final = words(
    rf"\b(?P<type>{_KIND})\s*(?:\(?(?:hỏa tốc|khẩn)\)?\s*)?(?:số\s*:?\s*)?{_NUMBER}(?:{_DAY})?"
)
_MORE: Final = words(rf"^\s*(?:,|và|;)\s*(?:số\s*)?{_NUMBER}(?:{_DAY})?")
_ISSUER: Final = words(
    r"^,?\s*của\s+(?P<issuer>[^;,.()]+?)(?=\s+(?:v\s?/\s?v|về|ban hành|tại)\b|[;,.()]|$)"
)
_AFTER_DAY: Final = words(rf"^{_DAY}")
_SUBJECT: Final = words(
    r"^,?\s*\(?(?:v\s?/\s?v|về việc|về)\s+(?P<subject>[^;]+?)"
    r"(?=;|\)|$|,\s+[^,;]{3,80}?\s+(?:đề nghị|yêu cầu|đã có|ban hành|báo cáo|thông báo|có ý kiến"
    r"|xây dựng)\b)"
)
_BEFORE: Final = words(r"của\s+(?P<issuer>[^;,.]{3,80}?)\s+(?:tại|theo|trong|bằng)\s*$")
_OWN: Final = words(r"(?:đã (?:có|ban hành|gửi)|kèm theo)\s*$")
_BASIS: Final = words(
    r"\b(?:thực hiện|căn cứ|theo|triển khai|tiếp tục|tiếp theo|phúc đáp|xét|trên cơ sở)\b"
)
_YEARS: Final = range(1945, 2101)  # 2621 is a machine's 2021
_LAST_BASIS: Final = 160  # characters between "Thực hiện" and the number that it introduces


def find_citations(passages: Iterable[Passage]) -> tuple[Citation, ...]:
    """Every document named by its number, once each, in the order it stands."""
    found: dict[str, Citation] = {}
    for passage in passages:
        for citation in _in_passage(passage):
            key = re.sub(r"\W", "", citation.number or "").lower()
            kept = found.setdefault(key, citation)
            if kept.date is None and citation.date:
                found[key] = citation
    return tuple(found.values())


def _in_passage(passage: Passage) -> Iterator[Citation]:
    for match in _CITED.finditer(passage.folded):
        if _OWN_ANNEX.search(passage.folded[: match.start()]):
            continue
        yield _citation(passage, match, kind=match["type"], start=match.start())
        more = _MORE.match(passage.folded[match.end() :])
        if more:
            rest = passage.part(match.end())
            shifted = _MORE.match(rest.folded) or _MORE.match(f" {rest.folded}")
            if shifted and shifted.start() == 0:
                yield _citation(rest, shifted, kind=match["type"], start=0)


_OWN_ANNEX: Final = words(r"(?:ban hành )?kèm theo\s*$")


def _citation(passage: Passage, match: re.Match[str], *, kind: str, start: int) -> Citation:
    after = passage.part(match.end())
    issuer, after = _issuer(after)
    date = _iso(match) or _late_day(after)
    if date and not _iso(match):
        dated = _AFTER_DAY.match(after.folded)
        after = after.part(dated.end()) if dated else after
        issuer, after = (issuer, after) if issuer else _issuer(after)
    subject = _SUBJECT.match(after.folded)
    before = _BEFORE.search(passage.folded[: match.start()])
    if not issuer and before:
        issuer = passage.text[before.start("issuer") : before.end("issuer")]
    return Citation(
        number=_number(passage.text[match.start("number") : match.end("number")]),
        date=date,
        issuer=issuer,
        type=_type(kind),
        subject=after.text[subject.start("subject") : subject.end("subject")].rstrip(" .")
        if subject
        else None,
        role=_role(passage.folded[: match.start()]),
        span=passage.span(start, match.end()),
    )


def _issuer(after: Passage) -> tuple[str | None, Passage]:
    found = _ISSUER.match(after.folded)
    if not found:
        return None, after
    return after.text[found.start("issuer") : found.end("issuer")], after.part(found.end())


def _late_day(after: Passage) -> str | None:
    found = _AFTER_DAY.match(after.folded)
    return _iso(found) if found else None


def _number(text: str) -> str:
    return re.sub(r"\s*([/\-–])\s*", r"\1", text)


def _iso(match: re.Match[str]) -> str | None:
    """The day of a match as ISO; a day that the calendar does not have stays unread."""
    if not match["day"]:
        return None
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    is_day = year in _YEARS and 1 <= month <= 12 and 1 <= day <= _days(month, year)
    return f"{year:04d}-{month:02d}-{day:02d}" if is_day else None


def _days(month: int, year: int) -> int:
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (
        29
        if month == 2 and is_leap
        else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    )


def _type(kind: str) -> str:
    known = (*(name for name, _ in TYPES), "văn bản", "nghị định", "thông tư", "luật", "pháp lệnh")
    return next((name for name in known if words(name).fullmatch(kind)), "văn bản")


def _role(before: str) -> str:
    """`basis` where the letter says that it carries the document out, else `mention`."""
    if _OWN.search(before):
        return "mention"
    close = before[-_LAST_BASIS:]
    return "basis" if _BASIS.search(close) else "mention"
