"""The head of a letter: agencies, number and symbol, place and date, subject, urgency, type.

The two columns of the head may stand in any order, on one line or under each other: each cell is
told by its words (motto, number, date, subject), and what is left in capitals are the agencies.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.agencies import starts_agency
from vungxanh.engines.letters.lines import Line, cells_of, lines_of
from vungxanh.engines.letters.passages import Passage, words

_BLANKED: Final = r"[\s.…_]*"
# "Số: 15/STTTT-CNTT", "Số:      /UBND-VX", "Số 30-CT/TU"
_NUMBER: Final = words(
    r"\bs[oố]\s*[:.]?\s*(?P<seq>\d{0,6})[\s.…_]*(?:/\s*(?P<symbol>[a-z][a-z0-9&.()]*(?:\s?[-–]\s?[a-z0-9&.()]+)*)"
    r"|-\s*(?P<party>[a-z]{1,5})\s*/\s*(?P<body>[a-z]{1,8}(?:-[a-z]+)*))(?=\s{2,}|\s*$|\t|,"
    r"| ng[aà]y)"
)
_DATED: Final = words(
    rf"(?P<place>[^\d:;()]{{2,45}}?)\s*,\s*ng[aà]y{_BLANKED}(?:(?P<full>\d{{1,2}}\s*/\s*\d{{1,2}}\s*/\s*\d{{4}})"
    rf"|(?P<day>\d{{0,2}}){_BLANKED}tháng{_BLANKED}(?P<month>\d{{0,2}}){_BLANKED}năm{_BLANKED}"
    rf"(?P<year>\d{{4}}|\d{{0,2}}))"
)
_ALONE: Final = words(
    rf"^\s*ng[aà]y{_BLANKED}(?P<day>\d{{0,2}}){_BLANKED}tháng{_BLANKED}(?P<month>\d{{0,2}}){_BLANKED}"
    rf"năm{_BLANKED}(?P<year>\d{{4}}|\d{{0,2}})\s*$"
)
_MOTTO: Final = words(
    r"c[oộ]ng h\wa x[aã] h[oộ]i ch[uủ]|^đ[oộ]c l[aậ]p\s*[-–]|đảng c[oộ]ng sản việt nam|h[aạ]nh phúc"
)
_SUBJECT: Final = words(r"^\(?\s*(?:v\s?/\s?v|v/v|về việc)\s*:?\s*")
_URGENT: Final = words(r"^\(?(h[oỏ]a t[oố]c|hoả tốc|th[uư][oơ]ng kh[aẩ]n|kh[aẩ]n)\)?$")
_URGENCY: Final = {"hoa toc": "hỏa tốc", "thuong khan": "thượng khẩn", "khan": "khẩn"}
TYPES: Final = (
    ("chỉ thị", "CT"),
    ("kế hoạch", "KH"),
    ("thông báo", "TB"),
    ("công điện", "CĐ"),
    ("quyết định", "QĐ"),
    ("báo cáo", "BC"),
    ("hướng dẫn", "HD"),
    ("nghị quyết", "NQ"),
    ("tờ trình", "TTr"),
    ("kết luận", "KL"),
    ("chương trình", "CTr"),
    ("phương án", "PA"),
    ("giấy mời", "GM"),
    ("công văn", "CV"),
)
_TITLE: Final = words(
    r"^(" + "|".join(name for name, _ in TYPES) + r")(?:\s+\(?(khẩn|hỏa tốc|hoả tốc)\)?)?$"
)


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The number as written; `seq` is empty where the clerk has not filled it in."""

    seq: str
    symbol: str
    party: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class DateLine:
    """Place and date as far as they are filled in."""

    place: Passage | None
    year: int | None
    month: int | None
    day: int | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of the head, as written."""

    agencies: tuple[Passage, ...]
    number: NumberLine | None
    dated: DateLine | None
    title: Passage | None
    type: str | None
    subject: Passage | None
    urgency: str | None
    urgent_words: Passage | None


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str  # agency, number, date, motto, subject, urgency, title, other
    passage: Passage


def read_head(letter: str, start: int, end: int) -> Head:
    """Everything the head says, from the lines between two offsets."""
    lines = [line for line in lines_of(letter, start, end) if not line.is_blank]
    number = next(filter(None, (_number(letter, line) for line in lines)), None)
    dated = next(filter(None, (_dated(letter, line) for line in lines)), None)
    pieces = tuple(_pieces(letter, lines, (number, dated)))
    title = next((p.passage for p in pieces if p.kind == "title"), None)
    urgent = next((p.passage for p in pieces if p.kind == "urgency"), None)
    return Head(
        agencies=tuple(_agencies(pieces)),
        number=number,
        dated=dated,
        title=title,
        type=_type(title),
        subject=_subject(pieces),
        urgency=_urgency(urgent, title),
        urgent_words=urgent,
    )


def type_of_symbol(symbol: str) -> str | None:
    """The named type whose abbreviation a symbol begins with ("CT-UBND"); None for a công văn.

    >>> type_of_symbol("CT-UBND"), type_of_symbol("STTTT-CNTT")
    ('chỉ thị', None)
    """
    first = re.split(r"[-/]", symbol)[0].strip()
    return next((name for name, short in TYPES if first == short), None)


def _number(letter: str, line: Line) -> NumberLine | None:
    whole = _raw(letter, line)
    found = _NUMBER.search(whole.folded)
    if not found:
        return None
    part = whole.part(found.start(), found.end())
    symbol = _quoted(whole, found, "symbol") or _quoted(whole, found, "body")
    return NumberLine(found["seq"], _tight(symbol), _quoted(whole, found, "party"), part)


def _quoted(whole: Passage, found: re.Match[str], group: str) -> str:
    return whole.text[found.start(group) : found.end(group)] if found[group] else ""


def _tight(symbol: str) -> str:
    """A symbol without the blanks around its hyphens: "STTTT - TTBCXB"."""
    return re.sub(r"\s*([-–/])\s*", r"\1", symbol).strip()


def _dated(letter: str, line: Line) -> DateLine | None:
    whole = _raw(letter, line)
    found = _DATED.search(whole.folded) or _ALONE.search(whole.folded)
    if not found:
        return None
    groups = found.groupdict()
    place = _place(whole, found) if groups.get("place") else None
    day, month, year = _day_month_year(groups)
    start = found.start() if place is None else place.offsets[0] - line.start
    passage = whole.part(start, found.end())
    return DateLine(place, year, month, day, passage)


def _day_month_year(groups: dict[str, str | None]) -> tuple[int | None, int | None, int | None]:
    full = groups.get("full")
    if full:
        day, month, year = (int(part) for part in full.replace(" ", "").split("/"))
        return day, month, year
    day_, month_, year_ = (groups.get(name) or "" for name in ("day", "month", "year"))
    return (
        int(day_) if day_ else None,
        int(month_) if month_ else None,
        int(year_) if len(year_) == len("2021") else None,
    )


def _place(whole: Passage, found: re.Match[str]) -> Passage:
    """The words before the comma, from the last wide gap on."""
    start, end = found.span("place")
    gap = max(whole.text.rfind("  ", start, end), whole.text.rfind("\t", start, end))
    return whole.part(start if gap < 0 else gap + 1, end)


def _raw(letter: str, line: Line) -> Passage:
    """A line with its gaps kept, since they part the columns."""
    text = letter[line.start : line.end].replace("*", " ")
    return Passage.verbatim(text, line.start)


def _pieces(
    letter: str, lines: Sequence[Line], carved: Sequence[NumberLine | DateLine | None]
) -> Iterator[_Piece]:
    """Each cell of the head with what it is; number and date are cut out first."""
    taken = [item.passage.span() for item in carved if item]
    for line in lines:
        for start, end in _free(line, taken):
            passage = Passage.of(letter, start, end)
            if passage:
                yield _Piece(_kind(passage), passage)


def _free(line: Line, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for cell in cells_of(line):
        if not any(start < cell.end and cell.start < end for start, end in taken):
            yield cell.start, cell.end


def _kind(passage: Passage) -> str:
    folded = passage.folded
    if _MOTTO.search(folded):
        return "motto"
    if _SUBJECT.match(folded):
        return "subject"
    if _URGENT.match(folded):
        return "urgency"
    if _TITLE.match(folded) and passage.text.isupper():
        return "title"
    return "agency" if _is_capitals(passage.text) else "other"


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _agencies(pieces: Sequence[_Piece]) -> Iterator[Passage]:
    """Names in capitals before the subject; a line that begins no name goes on with the last."""
    name: Passage | None = None
    for piece in pieces:
        if piece.kind in ("subject", "title"):
            break
        if piece.kind != "agency" and not (piece.kind == "other" and starts_agency(piece.passage)):
            continue
        if name is None or _begins_name(piece.passage, name):
            if name is not None:
                yield name
            name = piece.passage
        else:
            name = name.joined(piece.passage)
    if name is not None:
        yield name


_UNIT_WORD: Final = words(
    r"^(?:tỉnh|thành phố|tp|thị xã|huyện|quận|xã|phường|thị trấn)\b(?! ủy| uỷ)"
)
_OPEN_END: Final = words(r"(?:\bvà|-|,|nhân dân|ban)$")


def _begins_name(passage: Passage, last: Passage) -> bool:
    is_open = bool(_OPEN_END.search(last.folded)) and last.folded != "ban"
    return starts_agency(passage) and not _UNIT_WORD.match(passage.folded) and not is_open


def _subject(pieces: Sequence[_Piece]) -> Passage | None:
    """The words after V/v, or under the title of a named document."""
    at = next((i for i, piece in enumerate(pieces) if piece.kind == "subject"), None)
    if at is None:
        at = next((i for i, piece in enumerate(pieces) if piece.kind == "title"), None)
        return None if at is None else _words_after(pieces, at + 1, None)
    first = pieces[at].passage
    found = _SUBJECT.match(first.folded)
    return _words_after(pieces, at + 1, first.part(found.end() if found else 0))


def _words_after(pieces: Sequence[_Piece], at: int, first: Passage | None) -> Passage | None:
    subject = first
    for piece in pieces[at:]:
        if piece.kind == "agency" and first is not None and not _is_subject_word(piece):
            break
        if piece.kind in ("other", "subject", "agency"):
            found = _SUBJECT.match(piece.passage.folded)
            words_of = piece.passage.part(found.end() if found else 0)
            subject = words_of if subject is None else subject.joined(words_of)
    return _without_end(subject) if subject else None


def _is_subject_word(piece: _Piece) -> bool:
    """A line of the subject may be one word in capitals, such as a disease."""
    return len(piece.passage.text.split()) == 1 and not starts_agency(piece.passage)


def _without_end(subject: Passage) -> Passage:
    """Without signs at its end; a bracket stays that closes one of the subject."""
    text = subject.text
    if ")" in text[:-1]:
        return subject.part(0, None)
    return subject.part(0, len(text.rstrip(" .;:" if "(" in text else " .;:)")))


def _type(title: Passage | None) -> str | None:
    found = _TITLE.match(title.folded) if title else None
    if not found:
        return None
    return next(name for name, _ in TYPES if words(name).fullmatch(found[1]))


def _urgency(urgent: Passage | None, title: Passage | None) -> str | None:
    found = _URGENT.match(urgent.folded) if urgent else None
    if found:
        return _URGENCY[found[1]]
    in_title = _TITLE.match(title.folded) if title else None
    return _URGENCY[in_title[2]] if in_title and in_title[2] else None
