"""Orders as cards: who, by when, how much, in which state, and why somebody should look."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.directives.overview import words
from vungxanh.directives.pages import Card, CardGroup, Line, Step
from vungxanh.directives.rules import (
    Item,
    ItemKind,
    ItemState,
    doubts,
    due_at,
    has_deadline,
    is_open,
    span_of,
)

BY_LETTER, BY_DUE, BY_BODY = "van-ban", "han", "don-vi"
FOLDED_FROM = 3  # orders in a row about which there is nothing to say
SHOWN_STEPS = 8
QUOTED = 80  # letters of what a rule read


def task_card(
    item: Item, steps: Sequence[Mapping[str, Any]], *, current: str, editing: str, then: str = ""
) -> Card:
    """One order; `then` says what the units of its holders, of an earlier era, are now."""
    value = item.value
    due_words = words.due(value.get("deadline"))
    found = tuple(one.in_language(reader_language()) for one in doubts(item))
    note = words.due_note(value.get("deadline"))
    return Card(
        key=item.key,
        label=str(value.get("id") or ""),
        title=_as_sentence(str(value.get("action") or "")),
        state=item.state.value,
        version=item.version,
        marks=_marks(item, found),
        lines=tuple(_task_lines(value, due_words)),
        hints=tuple(hint for hint in (note, then) if hint),
        doubts=found,
        steps=steps_of(item, steps),
        anchor=f"cho-{item.key}" if span_of(item)[1] else "",
        is_current=item.key == current,
        is_editing=item.key == editing,
        is_plain=not (due_words or value.get("target") or found or item.is_own),
        group=_body(value),
    )


def _as_sentence(words: str) -> str:
    """An order as a heading: letters give most of them inside a sentence."""
    return words[:1].upper() + words[1:]


def _marks(item: Item, found: Sequence[str]) -> tuple[Mark, ...]:
    marks = []
    if item.state is ItemState.CONFIRMED:
        marks.append(Mark("ok", _("đã xác nhận")))
    elif item.state is ItemState.DROPPED:
        marks.append(Mark("none", _("đã bỏ"), icon="x"))
    elif found:
        marks.append(Mark("warn", _("cần xem")))
    if item.is_own and item.state is not ItemState.DROPPED:
        marks.append(Mark("info", _("có người sửa"), icon="edit"))
    return tuple(marks)


def _task_lines(value: Mapping[str, Any], due_words: str) -> Iterable[Line]:
    who = "; ".join(value.get("assignee") or ()) or _("chưa rõ ai làm")
    to = value.get("deliver_to")
    yield Line(icon="users", words=f"{who} → {to}" if to else who)
    deadline = value.get("deadline") or {}
    raw = str(deadline.get("text") or "")
    if due_words:
        yield Line(icon="calendar-time", words=due_words, raw=raw, is_strong=True)
    else:
        yield Line(icon="calendar-time", words=_("không ghi hạn"), is_muted=True)
    goal = words.target(value.get("target"))
    if goal:
        said = value["target"] if isinstance(value["target"], dict) else {}
        yield Line(icon="target-arrow", words=goal, raw=str(said.get("text") or ""), is_strong=True)
    for name, label in (("form", _("Biểu mẫu")), ("condition", _("Điều kiện"))):
        if value.get(name):
            yield Line(icon="file-text", words=f"{label}: {value[name]}")


def steps_of(item: Item, trace: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The rules that read the words of an item."""
    spans = [span_of(item), *map(_pair, (item.value.get("spans") or {}).values())]
    if item.kind is ItemKind.TASK:
        spans += [_pair(span) for span in item.value.get("assignee_spans") or ()]
    found = [one for one in trace if _touches(_pair(one.get("span")), spans)]
    return tuple(
        Step(str(s["rule"]), str(s["says"]), str(s["text"])[:QUOTED]) for s in found[:SHOWN_STEPS]
    )


def _pair(span: Sequence[int] | None) -> tuple[int, int]:
    return (int(span[0]), int(span[1])) if span else (0, 0)


def _touches(one: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return one[1] > one[0] and any(a <= one[0] and one[1] <= b for a, b in spans)


def _body(value: Mapping[str, Any]) -> str:
    return "; ".join(value.get("assignee") or ())


def grouped(cards: Sequence[Card], items: Sequence[Item], order: str) -> tuple[CardGroup, ...]:
    """The cards in the letter's order (plain ones folded), by deadline, or by who does them."""
    if order == BY_DUE:
        return _by_due(cards, items)
    if order == BY_BODY:
        return _by_body(cards)
    return _by_letter(cards)


def _by_letter(cards: Sequence[Card]) -> tuple[CardGroup, ...]:
    found: list[CardGroup] = []
    for is_plain, group in groupby(cards, key=lambda card: card.is_plain):
        held = tuple(group)
        is_folded = is_plain and len(held) >= FOLDED_FROM
        is_wanted = any(card.is_current or card.is_editing for card in held)
        found.append(_folded(held) if is_folded and not is_wanted else CardGroup(held))
    return tuple(found)


def _folded(held: tuple[Card, ...]) -> CardGroup:
    n_done = sum(not card.is_open for card in held)
    count = ngettext("%(n)s việc", "%(n)s việc", len(held)) % {"n": len(held)}
    return CardGroup(
        held,
        summary=f"{held[0].label}–{held[-1].label}: {count}",
        note=_("không ghi hạn, %(n)s việc đã xem") % {"n": n_done}
        if n_done
        else _("không ghi hạn"),
    )


def _by_due(cards: Sequence[Card], items: Sequence[Item]) -> tuple[CardGroup, ...]:
    by_key = {item.key: item for item in items}
    dated: list[tuple[object, Card]] = []
    repeated: list[Card] = []
    rest: list[Card] = []
    for card in cards:
        deadline = by_key[card.key].value.get("deadline")
        if due_at(deadline):
            dated.append((due_at(deadline), card))
        else:
            (repeated if has_deadline(by_key[card.key].value) else rest).append(card)
    ordered = tuple(card for _at, card in sorted(dated, key=lambda pair: str(pair[0])))
    groups = (
        CardGroup(ordered, title=_("Có ngày hạn, gần nhất trước")),
        CardGroup(tuple(repeated), title=_("Lặp lại hoặc không có ngày")),
        CardGroup(tuple(rest), title=_("Không ghi hạn")),
    )
    return tuple(group for group in groups if group.cards)


def _by_body(cards: Sequence[Card]) -> tuple[CardGroup, ...]:
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.group or _("Chưa rõ ai làm"), []).append(card)
    return tuple(CardGroup(tuple(held), title=title) for title, held in found.items())


def first_doubtful(items: Iterable[Item]) -> str:
    """The first open order that somebody should look at."""
    return next((item.key for item in items if is_open(item) and doubts(item)), "")
