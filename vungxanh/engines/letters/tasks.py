"""Orders become tasks: numbered, with one deadline each, and where a report goes to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from vungxanh.engines.letters.addressees import ADDRESS
from vungxanh.engines.letters.deadlines import Timed, merged
from vungxanh.engines.letters.figures import target_of
from vungxanh.engines.letters.orders import Order, Timing
from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.sections import CLOSING, OPENING
from vungxanh.engines.letters.types import Deadline, DeadlineType, Task

_NONE: Final = (DeadlineType.NONE, DeadlineType.UNSPECIFIED)
_TO: Final = words(
    r"(?:báo cáo|gửi|nộp|chuyển|phản ánh|thông báo)\b[^;.]*?\s(?:về|cho|tới|đến|lên)\s+"
    r"(?P<to>(?:sở|ubnd|ủy ban|uỷ ban|bộ|ban|bcđ|trung tâm|phòng|cục|văn phòng|tỉnh ủy|huyện ủy"
    r"|thành ủy"
    r"|đảng ủy|cơ quan|chủ tịch|trạm|công an|thường trực)\b(?:[^,;.()]"
    r"|,(?= chống))*?(?:\s\(qua [^)]*\))?)"
    r"(?=\s+(?:trước|chậm nhất|để|vào|theo|hằng|hàng|qua|bằng|định kỳ|ngay|khi|trong|đến"
    r"|muộn nhất)\b|[,;.()]|$)"
)
_REPORT_TO: Final = words(
    r"\b(?:báo cáo|gửi|trình)\s+(?P<to>(?:chủ tịch|ubnd|ủy ban|uỷ ban|thường trực|ban chỉ đạo"
    r"|bcđ|sở|bộ"
    r"|tỉnh ủy|huyện ủy|trạm|phòng|trung tâm"
    r"|văn phòng)\b[^,;.()]*?(?:\s\(qua [^)]*\))?)(?=\s+(?:trước|để|theo|hằng|hàng|định kỳ"
    r"|kết quả|chậm nhất|qua)\b|[,;.()]|$)"
)
_CHANNEL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\d/])0\d{8,10}(?!\d)")
_FORM: Final = words(
    r"(?:theo|tại|bằng)\s+(?:\w+\s){0,2}?(?P<form>(?:biểu\s)?mẫu(?:\s+(?:số\s*)?\d+)?"
    r"|phụ lục(?:\s+(?:số\s*)?"
    r"(?:\d+|[ivx]+))?|đề cương)\b"
)
_THROUGH: Final = words(
    r"(?:chỉ đạo|yêu cầu|đề nghị|giao|phân công|hướng dẫn|đôn đốc)\s+(?P<who>(?:các|ubnd|phòng"
    r"|ban|trạm|cơ sở"
    r"|tổ|công an|hệ thống|đài|trường|lực lượng)\b[^;.:]*?)(?=\s+(?:tuyên truyền|tích cực"
    r"|triển khai|tổ chức"
    r"|thực hiện|tiến hành|yêu cầu|phối hợp|đến từng|hướng dẫn|đăng ký|tăng cường|rà soát"
    r"|cài đặt|quán triệt"
    r"|khai báo|phải|thành lập|hỗ trợ|phát|vận động|theo dõi|đẩy mạnh|bố trí|kiểm tra|lập"
    r"|báo cáo)\b)"
)


@dataclass(slots=True)
class _Numbering:
    """Ids of tasks: "3" for the only one of its part, "5a", "5b" for several."""

    counts: Mapping[str, int]
    used: dict[str, int] = field(default_factory=dict)

    def next(self, label: str, shown: str) -> str:
        at = self.used.get(label, 0)
        self.used[label] = at + 1
        return shown if self.counts[label] == 1 else f"{shown}{_letters(at)}"


def tasks_of(items: Sequence[Order | Timing], form: str | None) -> tuple[Task, ...]:
    """The tasks in the order of the letter; `form` is the title of the only blank form."""
    orders = _timed(items)
    counts: dict[str, int] = {}
    for order in orders:
        counts[order.section.label] = counts.get(order.section.label, 0) + 1
    numbering = _Numbering(counts)
    shown = _shown(counts)
    return tuple(_task(order, numbering, shown=shown, form=form) for order in orders)


def _shown(counts: Mapping[str, int]) -> Mapping[str, str]:
    """What stands in an id: the label; for opening and closing the next free number."""
    tops = [int(label) for label in counts if label.isdigit()]
    after = str(max(tops, default=0) + 1)
    return {
        label: {ADDRESS: "0", OPENING: "1" if not tops else "0", CLOSING: after}.get(label, label)
        for label in counts
    }


def _timed(items: Sequence[Order | Timing]) -> tuple[Order, ...]:
    """Orders alone, each with the times that a sentence of its part set for all."""
    orders = [item for item in items if isinstance(item, Order)]
    for timing in (item for item in items if isinstance(item, Timing)):
        orders = [_with(order, timing) for order in orders]
    return tuple(orders)


def _with(order: Order, timing: Timing) -> Order:
    if order.section.label != timing.section.label or _is_dated(order.timed):
        return order
    return replace(order, timed=(*order.timed, *timing.timed))


def _is_dated(timed: Iterable[Timed]) -> bool:
    kinds = {item.deadline.type for item in timed}
    return bool(kinds & {DeadlineType.BEFORE, DeadlineType.BY, DeadlineType.UNTIL})


def _task(
    order: Order, numbering: _Numbering, *, shown: Mapping[str, str], form: str | None
) -> Task:
    label = order.section.label
    clause = order.clause
    action = clause.part(0, len(clause.text.rstrip(" ;.,/")))
    return Task(
        id=numbering.next(label, shown[label]),
        section=None if label in (ADDRESS, OPENING) else label,
        assignee=tuple(named.name for named in order.names),
        assignee_spans=tuple(named.span for named in order.names),
        action=action.text,
        span=action.span(),
        deadline=merged(order.timed) if order.timed else Deadline(),
        target=target_of(clause),
        modality=order.modality,
        deliver_to=_deliver_to(clause),
        form=_form(clause, form),
        indirect=_group(_THROUGH, clause, "who"),
        condition=order.condition,
    )


def _letters(at: int) -> str:
    """a, b, … z, aa, ab: as many as a long part needs."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    return alphabet[at] if at < len(alphabet) else f"{_letters(at // 26 - 1)}{alphabet[at % 26]}"


def _group(pattern: re.Pattern[str], clause: Passage, name: str) -> str | None:
    found = pattern.search(clause.folded)
    return clause.text[found.start(name) : found.end(name)].strip() if found else None


def _deliver_to(clause: Passage) -> str | None:
    """Whom a report goes to, and the addresses it names."""
    to = _group(_TO, clause, "to") or _group(_REPORT_TO, clause, "to")
    channels = list(dict.fromkeys(_CHANNEL.findall(clause.text)))
    parts = [part for part in (to, *channels) if part]
    return "; ".join(parts) or None


def _form(clause: Passage, only: str | None) -> str | None:
    """The form an order names; "theo biểu mẫu đính kèm" is the only form of the letter."""
    named = _group(_FORM, clause, "form")
    if named is None:
        return None
    return named if re.search(r"\d", named) or only is None else only


def deadlines_in(tasks: Iterable[Task]) -> Iterator[str]:
    """The days of all dated deadlines, as ISO."""
    for task in tasks:
        if task.deadline.value and task.deadline.type not in _NONE:
            yield task.deadline.value[:10]
