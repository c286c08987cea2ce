"""Who is told what: the numbered parts of a letter, each with those it speaks to.

A part names its bodies alone ("6. UBND các huyện"), before a colon, inside an order ("Giao Sở Y tế
chủ trì"), or run in with the verb ("2. UBND các huyện phát động …"); a part that names nobody
speaks to those of the part around it, and at last to the addressees.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vungxanh.engines.letters.agencies import names_in, starts_agency
from vungxanh.engines.letters.flow import Kind, Paragraph
from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.types import Named
from vungxanh.engines.letters.verbs import first_verb, order_kind

OPENING: Final = "opening"
CLOSING: Final = "closing"
_LONGEST_NAME: Final = 330  # characters of the bodies before a colon or verb

_CALL: Final = words(
    r"^(?:(?:trân trọng|kính|riêng|đồng thời|ngoài ra)\s+)*(?P<modality>giao|đề nghị|yêu cầu"
    r"|phân công|"
    r"khuyến nghị)\s+(?:cho\s+)?"
)
_FOR: Final = words(r"^đối với\s+")
_TOPIC: Final = words(r"^về [^:;.]{3,80}:\s*")
_CLOSES: Final = words(
    r"^(?:(?:trân trọng|kính)?\s*đề nghị|yêu cầu|giao|trong quá trình|nhận được|trân trọng"
    r"|trên đây|căn cứ"
    r"|thời gian|đây là|văn bản này|công văn này|chỉ thị này|kế hoạch này|công điện này"
    r"|thông báo này"
    r"|quá trình|mọi|kết quả|định kỳ|hằng|hàng|rất mong|vậy)\b"
)
_ISSUER_ASKS: Final = words(r"^[^,;.:]{3,90}?\s(?:trân trọng\s|kính\s)?(?:đề nghị|yêu cầu|giao)\s")
_IDLE: Final = words(
    r"^(?:mục đích|yêu cầu|quan điểm|mục tiêu|tình hình|kết quả|căn cứ|nguyên tắc|đánh giá|phạm vi"
    r"|đối tượng|cơ sở|thực trạng|sự cần thiết|chỉ tiêu)\b[^a-z]*(?:[a-z ]{0,60})?$"
)
_AIM: Final = words(r"\b(?:mục tiêu|chỉ tiêu)\b")
_NO_AGENCY: Final = words(r"^(?:trường hợp|phòng,? chống|báo cáo|tổ chức\s+\w+\s+(?:việc|công))\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """Bodies at the beginning of a passage, the word that gives them orders, and what follows."""

    names: tuple[Named, ...]
    modality: str | None
    rest: Passage


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the letter: its label, whom it speaks to, and its passages of orders.

    `is_idle` parts (purpose, situation) give no orders, `is_aim` ones set goals; `depth` is the
    kind of its mark.
    """

    label: str
    names: tuple[Named, ...]
    modality: str | None
    content: tuple[Passage, ...]
    depth: Kind = Kind.NONE
    is_idle: bool = False
    is_aim: bool = False


def heading_of(passage: Passage) -> Heading | None:
    """The bodies that a passage begins with; None where it begins otherwise.

    >>> found = heading_of(Passage.of("Giao Sở Y tế: theo dõi tình hình"))
    >>> [n.name for n in found.names], found.modality, found.rest.text
    (['Sở Y tế'], 'giao', 'theo dõi tình hình')
    """
    topic = _TOPIC.match(passage.folded)
    if topic:
        return heading_of(passage.part(topic.end()))
    call = _CALL.match(passage.folded)
    for_ = _FOR.match(passage.folded)
    start = call.end() if call else for_.end() if for_ else 0
    body = passage.part(start)
    if not starts_agency(body) or _NO_AGENCY.match(body.folded):
        return None
    if call is None and for_ is None and order_kind(passage) is not None:
        return None
    modality = _written(passage, call.start("modality"), call.end("modality")) if call else None
    return _cut(body, modality)


def _written(passage: Passage, start: int, end: int) -> str:
    return passage.text[start:end].lower()


def _cut(body: Passage, modality: str | None) -> Heading | None:
    """Names end at a colon, at the first verb, or with the passage."""
    colon = _colon(body)
    verb, time = first_verb(body), _TIME.search(body.folded)
    places = (colon, verb, time.start() if time else None, len(body.text))
    end = min(at for at in places if at is not None)
    is_heading = end == len(body.text) and "." not in body.text[:-1].replace("TP.", "")
    if end > _LONGEST_NAME or (end == len(body.text) and not is_heading):
        return None
    if _STOP.search(body.text[:end]):
        return None
    rest = body.part(end + 1 if end == colon else end)
    named = names_in(body.part(0, end))
    if end == colon and rest and _is_list(rest):
        return Heading(names_in(rest), modality, rest.part(len(rest.text)))
    return Heading(named, modality, rest) if named else None


# A time between the bodies and the verb: "các sở từ nay đến hết ngày 15/8 bố trí …".
_TIME: Final = words(
    r"\s(?:từ nay|từ ngày|trước ngày|đến hết|chậm nhất|muộn nhất|hằng ngày|hàng ngày|định kỳ"
    r"|trong tháng"
    r"|hằng tuần|hàng tuần|mỗi ngày)\b"
)


_STOP: Final = re.compile(
    r"[a-zà-ỹ]{3,}\.\s+[A-ZĐÀ-Ỹ]"
)  # a sentence ends inside what should be a name


def _colon(body: Passage) -> int | None:
    at = body.text.find(":")
    while at >= 0 and body.text[at : at + 3] == "://":
        at = body.text.find(":", at + 1)
    return at if at >= 0 else None


def _is_list(rest: Passage) -> bool:
    """Whether a colon is followed by names only: "Các doanh nghiệp viễn thông: Viettel, VNPT"."""
    is_verbless = order_kind(rest) is None and first_verb(rest) is None
    return is_verbless and rest.text[:1].isupper() and len(rest.text) < 120


def sections_of(
    paragraphs: Sequence[Paragraph], addressees: tuple[Named, ...]
) -> tuple[Section, ...]:
    """The parts of the body in order: opening, numbered parts, closing."""
    walk = _Walk(addressees)
    for paragraph in paragraphs:
        walk.take(paragraph)
    return tuple(walk.sections)


class _Walk:
    """Goes down the paragraphs and keeps who is spoken to at each depth."""

    def __init__(self, addressees: tuple[Named, ...]) -> None:
        self.sections: list[Section] = [Section(OPENING, addressees, None, ())]
        self._default = self.sections[0]
        self._above: dict[Kind, Section] = {}

    def take(self, paragraph: Paragraph) -> None:
        """One more paragraph."""
        if paragraph.kind is Kind.NONE:
            self._take_plain(paragraph.passage)
        else:
            self._take_marked(paragraph)

    def _take_plain(self, passage: Passage) -> None:
        if not self._above:
            self._open(passage)
        elif self._is_closing(passage):
            base = replace(self._default, label=CLOSING, content=(passage,), depth=Kind.NONE)
            self.sections.append(base)
        else:
            self._add(passage)

    def _open(self, passage: Passage) -> None:
        """A paragraph of the opening; one that ends with a colon says whom the rest speaks to."""
        self._add(passage)
        if passage.text.endswith(":"):
            self._default = self._told(passage)

    def _told(self, passage: Passage) -> Section:
        names, modality = asked_in(passage)
        return Section(
            OPENING, names or self._default.names, modality or self._default.modality, ()
        )

    def _is_closing(self, passage: Passage) -> bool:
        if self.sections[-1].label == CLOSING:
            return True
        has_content = bool(self.sections[-1].content)
        return has_content and bool(
            _CLOSES.match(passage.folded) or _ISSUER_ASKS.match(passage.folded)
        )

    def _take_marked(self, paragraph: Paragraph) -> None:
        kind = paragraph.kind
        heading = heading_of(paragraph.passage)
        around = self._around(kind)
        if kind >= Kind.LETTER and (heading is None or _is_own_order(heading, around)):
            self._add_item(paragraph, around)
            return
        label = self._label(paragraph, around)
        idle = around.is_idle or bool(_IDLE.match(paragraph.passage.folded))
        section = self._section(paragraph, heading, around)
        aim = around.is_aim or (idle and bool(_AIM.search(paragraph.passage.folded)))
        section = replace(section, label=label, depth=kind, is_idle=idle, is_aim=aim)
        self.sections.append(section)
        self._above = {k: s for k, s in self._above.items() if k < kind} | {kind: section}

    def _section(self, paragraph: Paragraph, heading: Heading | None, around: Section) -> Section:
        if heading is None:
            return replace(around, content=(paragraph.passage,))
        content = (heading.rest,) if heading.rest else ()
        modality = heading.modality or around.modality
        return Section("", heading.names, modality, content)

    def _around(self, kind: Kind) -> Section:
        """The part that holds a mark of this kind."""
        holding = [section for depth, section in self._above.items() if depth < kind]
        return holding[-1] if holding else self._default

    def _add_item(self, paragraph: Paragraph, around: Section) -> None:
        """An item goes into the part around it, even after an item with names of its own."""
        last = self.sections[-1]
        if last.depth >= paragraph.kind and last.depth is not Kind.NONE:
            self.sections.append(replace(around, content=()))
        elif not self._above and last.label == OPENING:
            self.sections.append(replace(self._default, label="1", depth=Kind.NUMBER))
            self._above = {Kind.NUMBER: self.sections[-1]}
        self._add(paragraph.passage)

    def _add(self, passage: Passage) -> None:
        last = self.sections[-1]
        self.sections[-1] = replace(last, content=(*last.content, passage))

    def _label(self, paragraph: Paragraph, around: Section) -> str:
        """ "2", "II.1", "2.1": the marks from the top, without repeating one."""
        if paragraph.kind >= Kind.BULLET:
            return around.label if around.label != OPENING else "1"
        if around.label in (OPENING, CLOSING) or paragraph.kind is Kind.SUBNUMBER:
            return paragraph.mark
        return f"{around.label}.{paragraph.mark}"


def _is_own_order(heading: Heading, around: Section) -> bool:
    """Whether "yêu cầu X …" is itself what the bodies of the part around it are to do."""
    return heading.modality is not None and around.depth is not Kind.NONE and bool(around.names)


def asked_in(passage: Passage) -> tuple[tuple[Named, ...], str | None]:
    """Whom a sentence of the opening asks, and with which word.

    >>> asked_in(Passage.of("Sở Y tế yêu cầu các cơ quan, đơn vị thực hiện:"))[1]
    'yêu cầu'
    """
    modality = None
    for found in ASKS.finditer(passage.folded):
        at = found.start("modality")
        if _REPORTED.search(passage.folded[:at]):
            continue
        heading = heading_of(passage.part(at))
        if heading:
            return heading.names, heading.modality
        modality = _written(passage, *found.span("modality"))
    return (), modality


ASKS: Final = words(r"(?:^|[\s,;])(?P<modality>đề nghị|yêu cầu|giao|khuyến nghị)(?=[\s:,])")
# The same words where the letter only tells what others asked.
_REPORTED: Final = words(
    r"(?:văn bản|công văn|đã|việc|theo|về|những|các|xét|ý kiến|đáp ứng|tham mưu\b.{0,80}"
    r"|mục đích,?)\s*$"
)


def asked_parts(sentence: Passage) -> Iterator[Heading]:
    """Each "đề nghị X làm Y" of a sentence that is not in a numbered part."""
    for found in ASKS.finditer(sentence.folded):
        at = found.start("modality")
        if _REPORTED.search(sentence.folded[:at]):
            continue
        heading = heading_of(sentence.part(at))
        if heading and heading.rest:
            yield heading
            return
