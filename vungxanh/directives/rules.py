"""Pure decisions of the room: the items of a reading, their states, what is doubtful, what is due.

A reading is the wire form `letter/1` (a dictionary). Each thing read becomes an *item* with a key
that never changes ("task-3"), a state and a version that grows with every change, so that two
officers at one letter cannot overwrite each other unseen.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from vungxanh.documents.vietnamese import VIETNAM
from vungxanh.refusals import Words

Wire = dict[str, Any]
UNDO_WINDOW: Final = timedelta(minutes=10)


class LetterState(StrEnum):
    """Where a received letter stands."""

    WAITING = "waiting"  # a picture of a letter, read in the background
    FAILED = "failed"  # could not be read; the original is kept
    NEW = "new"
    VIEWING = "viewing"
    DONE = "done"
    DISCARDED = "discarded"


READ_STATES: Final = (LetterState.NEW, LetterState.VIEWING, LetterState.DONE)


class ItemState(StrEnum):
    """What a person said about an item: nothing yet, that it is right, or that it is none."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class ItemKind(StrEnum):
    """What an item is."""

    HEAD = "head"
    ADDRESSEE = "addressee"
    CITATION = "citation"
    FACT = "fact"
    TARGET = "target"
    TASK = "task"
    TABLE = "table"
    CONTACT = "contact"
    RECIPIENT = "recipient"
    SIGNER = "signer"


class ChangeKind(StrEnum):
    """What was done to items."""

    CONFIRMED = "confirmed"
    EDITED = "edited"
    DROPPED = "dropped"
    REOPENED = "reopened"
    ADDED = "added"
    MERGED = "merged"
    SPLIT = "split"
    UNDONE = "undone"


# Where the wire form keeps each kind; the head and the signer are single.
LISTS: Final[Mapping[ItemKind, str]] = {
    ItemKind.ADDRESSEE: "addressees",
    ItemKind.CITATION: "citations",
    ItemKind.FACT: "facts",
    ItemKind.TARGET: "campaign_targets",
    ItemKind.TASK: "tasks",
    ItemKind.TABLE: "tables",
    ItemKind.CONTACT: "contacts",
    ItemKind.RECIPIENT: "recipients",
}
SINGLES: Final[Mapping[ItemKind, str]] = {ItemKind.HEAD: "document", ItemKind.SIGNER: "signer"}
DATED: Final = ("before", "by", "until")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing read from a letter or added by a person, as it stands now.

    `value` is its wire form; `is_own` says that a person changed or added it.
    """

    key: str
    kind: ItemKind
    value: Wire
    state: ItemState = ItemState.DRAFT
    version: int = 0
    is_own: bool = False

    def as_wire(self) -> Wire:
        """As it is kept."""
        return {
            "key": self.key,
            "kind": self.kind.value,
            "value": self.value,
            "state": self.state.value,
            "version": self.version,
            "is_own": self.is_own,
        }

    @staticmethod
    def of(wire: Mapping[str, Any]) -> "Item":
        """From what was kept."""
        return Item(
            key=wire["key"],
            kind=ItemKind(wire["kind"]),
            value=wire["value"],
            state=ItemState(wire["state"]),
            version=wire["version"],
            is_own=wire["is_own"],
        )

    def changed(
        self, *, state: ItemState | None = None, value: Wire | None = None, is_own: bool = False
    ) -> "Item":
        """The item after one more change."""
        return replace(
            self,
            state=state or self.state,
            value=self.value if value is None else value,
            version=self.version + 1,
            is_own=self.is_own or is_own,
        )


Items = tuple[Item, ...]


def items_of(reading: Mapping[str, Any]) -> Items:
    """The items of a reading in the order of the wire form."""
    return tuple(_read_items(reading))


def _read_items(reading: Mapping[str, Any]) -> Iterator[Item]:
    for kind, name in SINGLES.items():
        yield Item(f"{kind}-0", kind, dict(reading.get(name) or {}))
    for kind, name in LISTS.items():
        for number, value in enumerate(reading.get(name) or (), start=1):
            whole = value if isinstance(value, dict) else {"name": value, "span": None}
            yield Item(f"{kind}-{number}", kind, whole)


def corrected(reading: Mapping[str, Any], items: Iterable[Item]) -> Wire:
    """The reading as people corrected it, in the wire form, without trace and warnings."""
    kept = [item for item in items if item.state is not ItemState.DROPPED]
    whole: Wire = {"schema": reading.get("schema", "letter/1")}
    for kind, name in SINGLES.items():
        whole[name] = next((item.value for item in kept if item.kind is kind), {})
    for kind, name in LISTS.items():
        whole[name] = [item.value for item in kept if item.kind is kind]
    whole["attachments"] = reading.get("attachments") or []
    return whole


def next_key(kind: ItemKind, version: int) -> str:
    """A key that no item ever had: a letter's version only grows."""
    return f"{kind}-n{version}"


def replaced(items: Sequence[Item], new: Iterable[Item]) -> Items:
    """The items with some in a newer form; new tasks stand where the letter has their words."""
    by_key = {item.key: item for item in new}
    known = {item.key for item in items}
    whole = [by_key.get(item.key, item) for item in items]
    for item in by_key.values():
        if item.key not in known:
            whole.insert(_place(whole, item), item)
    return tuple(whole)


def _place(items: Sequence[Item], new: Item) -> int:
    start = span_of(new)[0]
    after = [
        place
        for place, item in enumerate(items, start=1)
        if item.kind is new.kind and span_of(item)[0] <= start
    ]
    first = [place for place, item in enumerate(items) if item.kind is new.kind]
    return max(after) if after else (min(first) if first else len(items))


def without(items: Iterable[Item], keys: Iterable[str]) -> Items:
    """The items but some."""
    left_out = set(keys)
    return tuple(item for item in items if item.key not in left_out)


def span_of(item: Item) -> tuple[int, int]:
    """Where the item stands in the letter's text, [0, 0) when nowhere."""
    span = item.value.get("span") or (0, 0)
    return int(span[0]), int(span[1])


def tasks_of(items: Iterable[Item]) -> Items:
    """The orders, dropped ones included, in the letter's order."""
    return tuple(item for item in items if item.kind is ItemKind.TASK)


def is_open(item: Item) -> bool:
    """Whether nobody has said anything about the item yet."""
    return item.state is ItemState.DRAFT


@dataclass(frozen=True, slots=True)
class Progress:
    """How far people are with a letter's orders; `first_due_at` the earliest last good moment."""

    state: LetterState
    n_tasks: int
    n_open: int
    n_confirmed: int
    n_deadlines: int
    first_due_at: datetime | None


def progress_of(items: Sequence[Item]) -> Progress:
    """The progress that the list of letters shows."""
    tasks = [item for item in tasks_of(items) if item.state is not ItemState.DROPPED]
    n_open = sum(map(is_open, tasks))
    dues = [due for item in tasks if (due := due_at(item.value.get("deadline")))]
    return Progress(
        state=_state(items, n_open),
        n_tasks=len(tasks),
        n_open=n_open,
        n_confirmed=sum(item.state is ItemState.CONFIRMED for item in tasks),
        n_deadlines=sum(has_deadline(item.value) for item in tasks),
        first_due_at=min(dues, default=None),
    )


def _state(items: Sequence[Item], n_open: int) -> LetterState:
    if all(item.version == 0 for item in items):
        return LetterState.NEW
    return LetterState.VIEWING if n_open else LetterState.DONE


def has_deadline(task: Mapping[str, Any]) -> bool:
    """Whether the letter names any deadline or rhythm for an order."""
    return (task.get("deadline") or {}).get("type", "none") not in {"none", None}


def moment_of(text: object) -> datetime | None:
    """A moment or day of the wire form as a moment; None for what is neither."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def due_at(deadline: Mapping[str, Any] | None) -> datetime | None:
    """The last good moment of a deadline, UTC; "before" does not include its moment."""
    said = deadline or {}
    if said.get("type") not in DATED:
        return None
    found = moment_of(said.get("value"))
    if found is None:
        return None
    is_late = bool(said.get("exclusive", said["type"] == "before"))
    return (found - timedelta(seconds=1) if is_late else found).astimezone(UTC)


def doubts(item: Item) -> tuple[Words, ...]:
    """Why a person should look at an item before confirming it."""
    if item.kind is ItemKind.TASK:
        return tuple(_task_doubts(item.value))
    if item.kind in {ItemKind.FACT, ItemKind.TARGET}:
        return tuple(_figure_doubts(item.value, is_goal=item.kind is ItemKind.TARGET))
    return ()


def _task_doubts(task: Mapping[str, Any]) -> Iterator[Words]:
    if not task.get("assignee"):
        yield Words("Chưa rõ ai làm.", "Who is to do it is not clear.")
    deadline = task.get("deadline") or {}
    if deadline.get("type") in DATED and moment_of(deadline.get("value")) is None:
        yield Words("Chưa đọc được ngày của hạn.", "The day of the deadline was not read.")
    if deadline.get("evidence"):
        yield Words(
            f"Năm hoặc ngày của hạn được suy ra: {deadline['evidence']}.",
            f"Year or day of the deadline was inferred: {deadline['evidence']}.",
        )
    if is_endless(deadline):
        yield Words(
            "Văn bản không ghi ngày kết thúc. Để trống thì việc lặp đến khi có người đóng.",
            "The letter names no last day. Left empty, the order repeats until somebody closes it.",
        )
    target = task.get("target") or {}
    if target.get("unit") == "%" and not target.get("of"):
        yield Words("Tỷ lệ không ghi mẫu số.", "The share names no base.")


def is_endless(deadline: Mapping[str, Any]) -> bool:
    """Whether an order returns at a stated time without a last day."""
    rhythm = deadline.get("recurrence") or {}
    return bool(rhythm.get("before_time")) and not rhythm.get("until")


def _figure_doubts(figure: Mapping[str, Any], *, is_goal: bool) -> Iterator[Words]:
    if figure.get("suspect"):
        yield Words(
            "Số này mâu thuẫn với số khác của văn bản.",
            "Other figures of the letter speak against this one.",
        )
    if figure.get("unit") == "%" and not figure.get("denominator"):
        yield Words(
            "Tỷ lệ không ghi mẫu số: hỏi lại nơi gửi.", "The share names no base: ask the sender."
        )
    if is_goal and not figure.get("due"):
        yield Words("Chỉ tiêu không ghi hạn.", "The target names no deadline.")


def may_be_undone(changed_at: datetime, at: datetime) -> bool:
    """Whether a change is young enough to be taken back in one press."""
    return at - changed_at <= UNDO_WINDOW


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    """Where some words stand in a text, line breaks and doubled blanks aside.

    >>> places_of("báo cáo\\nkết  quả", "cáo kết quả")
    [(4, 17)]
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    pattern = re.compile(r"[\s*_]+".join(parts), re.IGNORECASE)
    return [found.span() for found in pattern.finditer(text)]


def nearest(places: Sequence[tuple[int, int]], near: int | None) -> tuple[int, int] | None:
    """The only place, or of several the one nearest to an offset; None where that is not known."""
    if len(places) == 1:
        return places[0]
    if not places or near is None:
        return None
    return min(places, key=lambda place: abs(place[0] - near))


def merged_task(first: Mapping[str, Any], second: Mapping[str, Any]) -> Wire:
    """Two orders as one: words of both, everybody's names, the first deadline and target."""
    assignee = list(dict.fromkeys([*first.get("assignee", ()), *second.get("assignee", ())]))
    deadline = first.get("deadline") if has_deadline(first) else second.get("deadline")
    spans = [span for span in (first.get("span"), second.get("span")) if span]
    return {
        **first,
        "action": "; ".join(part for part in (first.get("action"), second.get("action")) if part),
        "assignee": assignee,
        "assignee_spans": [*first.get("assignee_spans", ()), *second.get("assignee_spans", ())],
        "deadline": deadline or {"type": "none"},
        "target": first.get("target") or second.get("target"),
        "deliver_to": first.get("deliver_to") or second.get("deliver_to"),
        "span": [min(s[0] for s in spans), max(s[1] for s in spans)] if spans else None,
    }


def split_values(text: str, task: Mapping[str, Any], second: str) -> tuple[Wire, Wire] | None:
    """One order as two, the second from given words on; None where they are not inside it."""
    action = str(task.get("action") or "")
    found = places_of(action, second)
    if not found or found[0][0] == 0:
        return None
    cut = found[0][0]
    spans = _split_span(text, task.get("span"), second)
    head = {**task, "action": action[:cut].rstrip(" ;,"), "span": spans[0]}
    rest: Wire = {
        **task,
        "id": f"{task.get('id')}.2",
        "action": action[cut:],
        "span": spans[1],
        "deadline": {"type": "none"},
        "target": None,
    }
    return head, rest


def _split_span(text: str, span: Sequence[int] | None, second: str) -> tuple[Any, Any]:
    if not span:
        return None, None
    start, end = span
    inside = places_of(text[start:end], second)
    if not inside:
        return list(span), list(span)
    cut = start + inside[0][0]
    return [start, cut], [cut, end]
