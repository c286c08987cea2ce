"""The letter's text in paragraphs, each word under the mark of what was read from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from vungxanh.directives.gateways.reader import Piece, pieces
from vungxanh.directives.pages import MarkKind, Paragraph, Run, Stretch
from vungxanh.directives.rules import Item, ItemKind, ItemState, places_of

# Where marks overlap the narrower meaning is shown: a deadline inside an order is a deadline.
RANK: dict[MarkKind, int] = {
    "due": 0, "tgt": 1, "fig": 1, "to": 2, "who": 3, "head": 4, "cite": 5, "act": 6,
}  # fmt: skip
KINDS: dict[ItemKind, MarkKind] = {
    ItemKind.ADDRESSEE: "who",
    ItemKind.CITATION: "cite",
    ItemKind.FACT: "fig",
    ItemKind.TARGET: "tgt",
    ItemKind.CONTACT: "to",
    ItemKind.RECIPIENT: "who",
    ItemKind.SIGNER: "head",
}
FOLDED_FROM = 2  # paragraphs without an order in a row
LONG = 420  # letters
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ink:
    """One stretch of the text that was read as something."""

    start: int
    end: int
    kind: MarkKind
    keys: tuple[str, ...]
    label: str = ""


def inks_of(text: str, items: Iterable[Item]) -> list[Ink]:
    """All marks of the items that stand, the same stretch of several orders as one mark."""
    found: dict[tuple[int, int, MarkKind], list[Item]] = {}
    for item in items:
        if item.state is ItemState.DROPPED:
            continue
        for kind, span in _spans(text, item):
            if span[1] > span[0]:
                found.setdefault((*span, kind), []).append(item)
    return [
        Ink(start, end, kind, tuple(item.key for item in held), _label(held, kind))
        for (start, end, kind), held in found.items()
    ]


def _spans(text: str, item: Item) -> Iterator[tuple[MarkKind, Span]]:
    value = item.value
    if item.kind is ItemKind.TASK:
        yield from _task_spans(text, value)
    elif item.kind is ItemKind.HEAD:
        for span in (value.get("spans") or {}).values():
            yield "head", _span(span)
    elif item.kind in KINDS:
        yield KINDS[item.kind], _span(value.get("span"))


def _task_spans(text: str, task: Mapping[str, Any]) -> Iterator[tuple[MarkKind, Span]]:
    yield "act", _span(task.get("span"))
    for span in task.get("assignee_spans") or ():
        yield "who", _span(span)
    for span in _due_spans(text, task.get("deadline") or {}):
        yield "due", span
    yield "tgt", _span((task.get("target") or {}).get("span"))


def _due_spans(text: str, deadline: Mapping[str, Any]) -> Iterator[Span]:
    """A deadline quoted in several parts ("…; …") is marked at each, not across what is between."""
    start, end = _span(deadline.get("span"))
    parts = str(deadline.get("text") or "").split("; ")
    found = [place for part in parts for place in places_of(text[start:end], part)[:1]]
    if len(parts) > 1 and len(found) == len(parts):
        yield from ((start + a, start + b) for a, b in found)
    else:
        yield start, end


def _span(span: Sequence[int] | None) -> Span:
    return (int(span[0]), int(span[1])) if span else (0, 0)


def _label(held: Sequence[Item], kind: MarkKind) -> str:
    """The number above the line: an order's own, or the section that several share."""
    ids = [str(item.value.get("id") or "") for item in held if item.kind is ItemKind.TASK]
    if not ids or len(ids) == 1:
        return ids[0] if ids else ""
    sections = {str(item.value.get("section") or "") for item in held}
    only = sections.pop() if len(sections) == 1 else ""
    return only if kind == "who" and only and only[0].isdigit() else f"{ids[0]}–{ids[-1]}"


def paragraphs_of(text: str, items: Sequence[Item]) -> list[Paragraph]:
    """The paragraphs with their marks; the first words of each item carry its anchor."""
    inks = sorted(inks_of(text, items), key=lambda ink: (ink.start, ink.end))
    anchored: set[str] = set()
    tables = tuple(table_spans(items))
    return [_paragraph(piece, inks, anchored) for piece in pieces(text, tables)]


def _paragraph(piece: Piece, inks: Sequence[Ink], anchored: set[str]) -> Paragraph:
    first, last = piece.offsets[0], piece.offsets[-1]
    near = [ink for ink in inks if ink.start <= last and ink.end > first]
    over = [_top(near, offset) for offset in piece.offsets]
    runs = [Run(f"{piece.mark} ")] if piece.mark else []
    at = 0
    for ink, letters in groupby(over):
        size = len(list(letters))
        runs += _runs(piece.text[at : at + size], ink, anchored)
        at += size
    is_heading = piece.mark[:1].isdigit() and len(piece.text) < 160
    return Paragraph(tuple(runs), first, is_flush=not _is_indented(piece), is_heading=is_heading)


def _is_indented(piece: Piece) -> bool:
    return piece.mark[:1] in {"-", "+", "–"} or (not piece.mark and len(piece.text) > 90)


def _top(near: Sequence[Ink], offset: int) -> Ink | None:
    here = [ink for ink in near if ink.start <= offset < ink.end]
    return min(here, key=lambda ink: (RANK[ink.kind], ink.end - ink.start), default=None)


def _runs(text: str, ink: Ink | None, anchored: set[str]) -> Iterator[Run]:
    """The letters under one mark; the number stands before a word, not before a comma."""
    if ink is None:
        yield Run(text)
        return
    words = text.lstrip(" ,.;:)")
    if words != text:
        yield Run(text[: len(text) - len(words)], ink.kind, ink.keys)
    if words:
        yield _run(words, ink, anchored)


def _run(text: str, ink: Ink, anchored: set[str]) -> Run:
    new = [key for key in ink.keys if key not in anchored and ink.kind in {"act", *_OWN}]
    anchored.update(new[:1])
    anchor = f"cho-{new[0]}" if new else ""
    return Run(text, ink.kind, ink.keys, ink.label, anchor)


_OWN = frozenset(KINDS.values())


def stretches_of(paragraphs: Sequence[Paragraph], tables: Sequence[Span]) -> tuple[Stretch, ...]:
    """Paragraphs in reading order; long parts in which no order stands are folded."""
    found: list[Stretch] = []
    for (is_table, is_marked), group in groupby(
        paragraphs, key=lambda p: (_inside(p, tables), p.is_marked and not _inside(p, tables))
    ):
        held = tuple(group)
        found.append(_stretch(held, is_table=is_table, is_marked=is_marked))
    return tuple(found)


def _stretch(held: tuple[Paragraph, ...], *, is_table: bool, is_marked: bool) -> Stretch:
    size = sum(len(run.text) for p in held for run in p.runs)
    if is_table:
        return Stretch(held, _("Bảng: %(n)s dòng") % {"n": len(held)}, is_table=True)
    if is_marked or (len(held) < FOLDED_FROM and size < LONG):
        return Stretch(held)
    cited = {key for p in held for run in p.runs for key in run.keys}
    words = _opening(held[0])
    if cited:
        numbers = {"words": words, "n": len(held), "m": len(cited)}
        return Stretch(held, _("%(words)s: %(n)s đoạn, %(m)s văn bản viện dẫn") % numbers)
    return Stretch(held, _("%(words)s: %(n)s đoạn") % {"words": words, "n": len(held)})


def _opening(paragraph: Paragraph) -> str:
    """The first words of a folded part."""
    words = "".join(run.text for run in paragraph.runs).split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")


def _inside(paragraph: Paragraph, tables: Sequence[Span]) -> bool:
    return any(start <= paragraph.at < end for start, end in tables)


def table_spans(items: Iterable[Item]) -> list[Span]:
    """Where the letter's tables stand."""
    return [_span(item.value.get("span")) for item in items if item.kind is ItemKind.TABLE]
