"""Orders in sentences: one for each commanding verb, after a full stop or a semicolon.

A clause after a semicolon that commands the same kind of thing goes on with the order before it;
a clause that bears a deadline of its own always stands alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vungxanh.engines.letters.deadlines import Timed, find_deadlines
from vungxanh.engines.letters.moments import LetterDay
from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.sections import CLOSING, OPENING, Section, asked_parts, heading_of
from vungxanh.engines.letters.sentences import clauses_of, sentences_of, without_also
from vungxanh.engines.letters.types import DeadlineType, Named
from vungxanh.engines.letters.verbs import first_verb, kinds_in, order_kind

_COURTESY: Final = words(
    r"^(?:quan tâm|phối hợp|nghiêm túc|tổ chức|khẩn trương|triển khai)?[,\s]*(?:phối hợp|chỉ đạo"
    r"|nghiêm túc"
    r"|tổ chức|khẩn trương)?[,\s]*(?:cùng\s)?(?:triển khai|thực hiện|triển khai,? thực hiện"
    r"|chỉ đạo)?"
    r"(?:\s(?:thực hiện|tốt|nghiêm túc|có hiệu quả|đồng loạt))*"
    r"(?:\s(?:các|những)?\s?(?:nội dung|giải pháp|nhiệm vụ|biện pháp)\s(?:nêu )?trên)?[\s.;,/]*$"
)
_IF: Final = words(r"^(?:(?:trong\s)?trường hợp|nếu|khi)\b")
_AFTER_COMMA: Final = words(r",\s*(?:thì\s)?")
_IF_ANY: Final = words(r"\(\s*(nếu có)\s*\)")
_TOO: Final = words(r"^đồng thời\b")
_TIMING: Final = words(r"^(?:thời gian|thời hạn|hạn|thời điểm|tiến độ)\b")
_THINGS: Final = words(
    r"^(?:việc này|thông tin chi tiết|chi tiết|tài liệu|đây|trân trọng|mọi thông tin"
    r"|nội dung cụ thể"
    r"|kính gửi|rất mong|hiện nay|hiện tại|địa chỉ|quá trình|trong quá trình)\b"
)
_SPLIT: Final = words(r",?\s+đồng thời,?\s+")
_THANKS: Final = words(r"\bcảm ơn\b|^trân trọng\b|\bthông báo để\b.*\bbiết\b|\bcó hiệu lực\b")
_ANNOUNCES: Final = re.compile(r":\s*$")
_DATED: Final = (DeadlineType.BEFORE, DeadlineType.BY, DeadlineType.UNTIL, DeadlineType.RECURRING)


@dataclass(frozen=True, slots=True)
class Order:
    """One order before it becomes a task: its clause, its times, its own bodies if it names any."""

    section: Section
    clause: Passage
    timed: tuple[Timed, ...]
    kinds: frozenset[str]
    names: tuple[Named, ...]
    modality: str | None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """A sentence that only says when the orders of its part are due."""

    section: Section
    clause: Passage
    timed: tuple[Timed, ...]


def orders_of(section: Section, known: LetterDay) -> tuple[Order | Timing, ...]:
    """The orders of one part, in order."""
    if section.is_idle:
        return ()
    found: list[Order | Timing] = []
    for passage in section.content:
        found.extend(_in_passage(section, passage, known))
    return tuple(found)


def _in_passage(section: Section, passage: Passage, known: LetterDay) -> list[Order | Timing]:
    """Orders of a passage; a time right after an order is that order's, else the whole part's."""
    found: list[Order | Timing] = []
    for sentence in sentences_of(passage):
        for item in _in_sentence(section, sentence, known):
            last = found[-1] if found else None
            if isinstance(item, Timing) and isinstance(last, Order):
                found[-1] = replace(last, timed=(*last.timed, *item.timed))
            else:
                found.append(item)
    return found


def _in_sentence(section: Section, sentence: Passage, known: LetterDay) -> list[Order | Timing]:
    """Orders of one sentence; one that ends with a colon only announces what follows."""
    found: list[Order | Timing] = []
    is_silent = sentence.text.isupper() or _THANKS.search(sentence.folded)
    if is_silent or _ANNOUNCES.search(sentence.text) or _THINGS.match(sentence.folded):
        return found
    spoken, body = _addressed(section, sentence)
    if spoken is None:
        return found
    for clause in clauses_of(body):
        _take(found, spoken, clause, known=known)
    return [item for item in found if not _is_courtesy(item)]


def _addressed(section: Section, sentence: Passage) -> tuple[Section | None, Passage]:
    """Whom a sentence speaks to, and its orders without the name before them."""
    if section.label == OPENING:
        heading = next(asked_parts(sentence), None)
        return _spoken(section, heading), heading.rest if heading else sentence
    own = heading_of(sentence)
    if own and own.rest and _EVERYBODY.match(sentence.folded):
        return _spoken(replace(section, label=CLOSING), own), own.rest
    if own is None or not own.rest or not _may_name(section, sentence, own.modality):
        late = None if _starts_order(sentence) else next(asked_parts(sentence), None)
        is_late = late is not None and not section.depth < 9
        return (_spoken(section, late), late.rest) if is_late and late else (section, sentence)
    return _spoken(section, own), own.rest


# A last request to everybody, even where no break tells it from the part before.
_EVERYBODY: Final = words(
    r"^(?:đề nghị|yêu cầu)\s(?:các\s)?(?:sở, |ban, |ngành, )*(?:cơ quan|đơn vị"
    r"|địa phương)(?:, (?:cơ quan|đơn vị|địa phương))*"
    r"\s(?!thuộc|trực thuộc|liên quan|trên|y tế)"
)


def _spoken(section: Section, heading: object) -> Section | None:
    names = getattr(heading, "names", None)
    if not names:
        return None
    modality = getattr(heading, "modality", None) or section.modality
    return replace(section, names=names, modality=modality)


_PEOPLE: Final = words(
    r"^(?:\w+ ){0,2}(?:toàn thể|cán bộ|đảng viên|đoàn viên|hội viên|nhân dân|người|hộ|công nhân"
    r"|học sinh"
    r"|100|các (?:hộ|thành viên|trường|khách|cơ sở))"
)


def _may_name(section: Section, sentence: Passage, modality: str | None) -> bool:
    """Inside a part with bodies of its own, only "giao" and a name with a colon change them."""
    if section.depth == 9 or not section.names:
        return True
    return modality == "giao" or (modality is None and not _PEOPLE.match(sentence.folded))


def _starts_order(sentence: Passage) -> bool:
    return order_kind(sentence) is not None


def _take(
    found: list[Order | Timing], section: Section, clause: Passage, *, known: LetterDay
) -> None:
    """One clause: a new order, more of the last one, or only a time."""
    own = _past_courtesy(without_also(clause))
    condition, own = _condition(own)
    timed = find_deadlines(own, known)
    if _TIMING.match(own.folded) and timed:
        found.append(Timing(section, own, timed))
        return
    kinds = _kinds(own, timed)
    last = found[-1] if found else None
    is_added = bool(_TOO.match(clause.folded)) and "report" not in kinds
    is_new = not isinstance(last, Order) or _is_new(last, own, kinds=kinds, timed=timed)
    if isinstance(last, Order) and not is_new and not (is_added and kinds):
        found[-1] = _more(last, own, known)
    elif kinds:
        order = Order(section, own, timed, kinds, section.names, _modality(section, own), condition)
        found.extend(_split(order, known))


_POLITE: Final = words(
    r"^(?:quan tâm|phối hợp|nghiêm túc|khẩn trương)[\w\s,]{0,60}?\s(?:triển khai|thực hiện"
    r"|chỉ đạo)(?:\s\w+){0,2}"
    r"\s*(?:,\s*)?(?:và|đồng thời)\s+(?=(?:có\s)?(?:gửi|báo cáo|tổng hợp))"
)


def _past_courtesy(clause: Passage) -> Passage:
    found = _POLITE.match(clause.folded)
    return clause.part(found.end()) if found else clause


def _condition(clause: Passage) -> tuple[str | None, Passage]:
    starts = _AFTER_COMMA.finditer(clause.folded) if _IF.match(clause.folded) else ()
    for comma in starts:
        if order_kind(clause.part(comma.end())) is not None:
            return clause.text[: comma.start()], clause.part(comma.end())
    anywhere = _IF_ANY.search(clause.folded)
    return (clause.text[anywhere.start(1) : anywhere.end(1)] if anywhere else None), clause


_DONE: Final = words(
    r"^(?:thời gian\s)?(?:và\s)?(?:hoàn thành|xong|hoàn thành xong|kết thúc)\s*(?:việc này)?\s*$"
)
_MEANS: Final = words(r"^(?:thông qua|qua|bằng|trên cơ sở|căn cứ|tùy|tuỳ|tại)\b")
_MUST_AFTER: Final = words(r"^(?:khi|nếu|trường hợp|đối với|những|các|mọi|tất cả)\b.*\sphải\s")


def _kinds(clause: Passage, timed: Sequence[Timed]) -> frozenset[str]:
    """What a clause commands, past a time or means that stands first and up to "phải"."""
    first = timed[0] if timed and timed[0].start == 0 else None
    if first and not kinds_in(clause):
        return kinds_in(clause.part(first.end).without_start(" ,:"))
    must = _MUST_AFTER.match(clause.folded)
    if must:
        return kinds_in(clause.part(must.end()))
    if _MEANS.match(clause.folded):
        verb = first_verb(clause)
        return kinds_in(clause.part(verb)) if verb else frozenset()
    return kinds_in(clause)


def _is_new(last: Order, clause: Passage, *, kinds: frozenset[str], timed: Sequence[Timed]) -> bool:
    """Another kind of command, or one with a time of its own; a bare "hoàn thành trước" is not."""
    if not kinds or _is_bare_time(clause, timed):
        return False
    return bool(timed) or not kinds & last.kinds


def _is_bare_time(clause: Passage, timed: Sequence[Timed]) -> bool:
    if len(timed) != 1:
        return False
    rest = clause.folded[: timed[0].start] + clause.folded[timed[0].end :]
    return bool(_DONE.match(rest.strip(" .,;"))) or not rest.strip(" .,;/")


def _more(last: Order, clause: Passage, known: LetterDay) -> Order:
    whole = last.clause.joined(clause)
    return replace(last, clause=whole, timed=find_deadlines(whole, known))


def _split(order: Order, known: LetterDay) -> Iterator[Order]:
    """Cut where a report or a finish with a time of its own begins inside a clause."""
    at = _cut(order)
    if at is None:
        yield order
        return
    before, after = order.clause.part(0, at[0]), order.clause.part(at[1])
    yield replace(order, clause=before, timed=find_deadlines(before, known))
    rest = replace(order, clause=after, timed=find_deadlines(after, known), kinds=kinds_in(after))
    yield from _split(rest, known)


def _cut(order: Order) -> tuple[int, int] | None:
    """The last place that leaves every time of its own to the order after it."""
    dated = [item for item in order.timed if item.deadline.type in _DATED]
    for match in reversed(list(_SPLIT.finditer(order.clause.folded))):
        after = [item for item in dated if item.start >= match.end()]
        rest = order.clause.part(match.end())
        is_own = match.start() > 0 and after and order_kind(rest) is not None
        if is_own and _stands_apart(order, match):
            return match.start(), match.end()
    return None


def _stands_apart(order: Order, match: re.Match[str]) -> bool:
    """ "báo cáo" right after another verb of reporting is part of it."""
    before = order.clause.part(0, match.start())
    return order_kind(before) not in (None, "report")


_MUST: Final = words(r"\bphải\b")
_ASK: Final = words(r"^(?:\w+ ){0,2}(yêu cầu|đề nghị|khuyến nghị|giao)\b")


def _modality(section: Section, clause: Passage) -> str | None:
    """How binding: the clause's own word, "phải" in it, else the word of its part."""
    own = _ASK.match(clause.folded)
    if own:
        return clause.text[own.start(1) : own.end(1)].lower()
    if _MUST.search(clause.folded):
        return "phải"
    return section.modality


def _is_courtesy(item: Order | Timing) -> bool:
    return isinstance(item, Order) and bool(_COURTESY.match(item.clause.folded))
