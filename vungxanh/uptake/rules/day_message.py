"""The message about a day's table: a draft in two lengths that an officer may send.

Never prettier than it is: where reporters are missing the first sentence says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vungxanh.documents import vietnamese
from vungxanh.uptake.rules.day_table import Apart

MOST_NAMES = 3  # in the short form; the long one names everybody
GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Told:
    """One of those expected: whether it came, late, and told nought alone.

    `lacks` names who is missing in a table below that came.
    """

    name: str
    came: bool
    is_late: bool = False
    is_zero: bool = False
    is_repeated: bool = False
    lacks: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all of it came."""
        return self.came and not self.lacks


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: its noun, sum and share, the change, and units by rank with their shares.

    `places` are the ranked units only, highest first; `n_units` of how many.
    """

    noun: str
    base_noun: str
    total: int | None
    share: Decimal | None
    change: int | Apart
    places: tuple[tuple[str, Decimal], ...]
    n_units: int


@dataclass(frozen=True, slots=True)
class DayTold:
    """What a day's table says, ready to be put into words."""

    title: str
    area: str
    day: date
    made: str
    version: int
    reason: str
    expected: tuple[Told, ...]
    counted: tuple[Counted, ...]


def message(told: DayTold) -> str:
    """The short form for SMS and Zalo, a blank line, then what the long one says in addition."""
    return GAP.join([short(told), *_details(told)])


def short_of(text: str) -> str:
    """The short form of a kept message."""
    return text.split(GAP, 1)[0]


def short(told: DayTold) -> str:
    """The short form: who is missing, the sum, the ends.

    >>> who = (Told("A", True), Told("B", False))
    >>> counted = Counted("lượt cài đặt", "", 5, None, Apart.NO_TABLE, (), 2)
    >>> day = date(2020, 8, 28)
    >>> short(DayTold("Biểu mẫu số 1", "Tỉnh Bình Định", day, "17:00", 1, "", who, (counted,)))
    'Chưa đủ báo cáo: 1/2 đầu mối đã báo, thiếu B. Tỉnh Bình Định, ngày 28/8/2020, lập 17:00: ít \
nhất 5 lượt cài đặt.'
    """
    first = [_state(told.expected, MOST_NAMES)]
    if told.version > 1:
        first.append(f"Đính chính, bản {told.version}: {_ended(told.reason)}")
    where = f"{told.area}, ngày {vietnamese.date(told.day)}, lập {told.made}"
    if not _came(told.expected):
        return " ".join([*first, f"{where}: chưa có số để cộng."])
    sums = "; ".join(_sum(one, told) for one in told.counted)
    return " ".join([*first, f"{where}: {sums}.", *_ends(told.counted[0], 1)])


def _details(told: DayTold) -> Iterator[str]:
    """What only the long form says."""
    yield f"{told.title}. {told.area}, ngày {vietnamese.date(told.day)}, lập lúc {told.made}."
    if told.version > 1:
        yield (
            f"Bản số {told.version} đính chính bản số {told.version - 1}, lý do: "
            f"{_ended(told.reason)} Bản trước vẫn xem được."
        )
    yield "\n".join(_reporting(told.expected))
    for one in told.counted:
        yield "\n".join(_figures(one, told))


def _state(expected: Sequence[Told], most: int) -> str:
    """The first sentence: whether all reported, and who did not."""
    n_came = len(_came(expected))
    missing = [one.name for one in expected if not one.came]
    if not missing and any(one.lacks for one in expected):
        return (
            f"Chưa đủ báo cáo: {n_came}/{len(expected)} đầu mối đã gửi, {_below(expected, most)}."
        )
    if not missing:
        return f"Đủ {n_came}/{len(expected)} đầu mối báo cáo."
    if not n_came:
        return f"Chưa đầu mối nào báo cáo (0/{len(expected)}): thiếu {_names(missing, most)}."
    told = f"{n_came}/{len(expected)} đầu mối đã báo, thiếu {_names(missing, most)}"
    below = _below(expected, most)
    return f"Chưa đủ báo cáo: {told}; {below}." if below else f"Chưa đủ báo cáo: {told}."


def _below(expected: Sequence[Told], most: int) -> str:
    """Whose table lacks whom: "bảng Quy Nhơn thiếu B"."""
    told = [f"bảng {one.name} thiếu {_names(one.lacks, most)}" for one in expected if one.lacks]
    return _names(told, most)


def _reporting(expected: Sequence[Told]) -> Iterator[str]:
    """Who is missing, late, told nought, or fails again and again: each by name."""
    yield _state(expected, len(expected))
    groups = (
        ("Nộp trễ", [one.name for one in expected if one.came and one.is_late]),
        ("Đã báo, số là 0 (không phải thiếu)", [one.name for one in expected if one.is_zero]),
        ("Thiếu hoặc trễ nhiều lần trong 7 ngày", [o.name for o in expected if o.is_repeated]),
    )
    for label, names in groups:
        if names:
            yield f"{label}: {', '.join(names)}."


def _figures(one: Counted, told: DayTold) -> Iterator[str]:
    if one.total is None:
        yield f"{_capital(one.noun)}: chưa có số."
        return
    yield f"{_capital(_sum(one, told))}."
    if isinstance(one.change, Apart):
        yield _APART[one.change]
    if not all(who.is_whole for who in told.expected):
        yield "Số trên chỉ cộng các đầu mối đã báo, không phải số của cả địa bàn."
    yield from _ends(one, 3)
    if one.base_noun and len(one.places) < one.n_units:
        n_left = one.n_units - len(one.places)
        yield f"{n_left}/{one.n_units} đơn vị chưa xếp hạng vì thiếu đầu mối hoặc thiếu mẫu số."


def _sum(one: Counted, told: DayTold) -> str:
    if one.total is None:
        return f"{one.noun} chưa có số"
    is_whole = all(who.is_whole for who in told.expected)
    parts = [f"{'' if is_whole else 'ít nhất '}{vietnamese.count(one.total)} {one.noun}"]
    if one.share is not None:
        parts.append(f"{vietnamese.share(one.share)} % {one.base_noun}")
    if isinstance(one.change, int):
        parts.append(_moved(one.change))
    return ", ".join(parts)


def _moved(n: int) -> str:
    if n == 0:
        return "không đổi so với hôm qua"
    return f"{'tăng' if n > 0 else 'giảm'} {vietnamese.count(abs(n))} so với hôm qua"


def _ends(one: Counted, most: int) -> Iterator[str]:
    """The highest and the lowest units, none told twice."""
    n = min(most, len(one.places) // 2)
    if n:
        yield f"Cao nhất: {_listed(one.places[:n])}."
        yield f"Thấp nhất: {_listed(one.places[: -n - 1 : -1])}."


def _listed(places: Sequence[tuple[str, Decimal]]) -> str:
    return "; ".join(f"{name} {vietnamese.share(share)} %" for name, share in places)


def _names(names: Sequence[str], most: int) -> str:
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} và {len(names) - most} đầu mối khác"


def _came(expected: Sequence[Told]) -> list[Told]:
    return [one for one in expected if one.came]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


_APART = {
    Apart.NO_TABLE: "Không so với hôm qua: hôm qua chưa có bảng.",
    Apart.NO_FIGURE: "Không so với hôm qua: một trong hai ngày chưa có số.",
    Apart.OTHER_REPORTERS: "Không so với hôm qua: các đầu mối đã báo hai ngày không giống nhau.",
}
