"""Items are confirmed, edited, dropped, reopened, added, merged, split, and every change undone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.actions import refusals
from vungxanh.directives.actions.letters import keep_items, locked, must_be_read, subject
from vungxanh.directives.models import ItemChange, ReceivedLetter
from vungxanh.directives.rules import (
    ChangeKind,
    Item,
    ItemKind,
    Items,
    ItemState,
    Wire,
    doubts,
    is_open,
    merged_task,
    next_key,
    replaced,
    split_values,
    tasks_of,
    without,
)

Touched = Mapping[str, Item | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """An item as the officer saw it: a newer version means that somebody changed it since."""

    key: str
    version: int


def confirm_item(
    *, letter_id: UUID, seen: Seen, by: Viewer, at: datetime, value: Wire | None = None
) -> ItemChange:
    """Say that an item is right, perhaps with a last correction. Audit: item_changed."""
    with transaction.atomic():
        letter, item = _opened(letter_id, seen, by=by)
        is_own = value is not None and value != item.value
        new = item.changed(state=ItemState.CONFIRMED, value=value, is_own=is_own)
        return _keep(letter, ChangeKind.CONFIRMED, {item.key: (item, new)}, by=by, at=at)


def confirm_clear_tasks(*, letter_id: UUID, by: Viewer, at: datetime) -> ItemChange | None:
    """Confirm every open order about which nothing is doubtful, in one change."""
    with transaction.atomic():
        letter = must_be_read(locked(letter_id, by=by))
        clear = [t for t in tasks_of(queries.items_of(letter)) if is_open(t) and not doubts(t)]
        if not clear:
            return None
        pairs = {item.key: (item, item.changed(state=ItemState.CONFIRMED)) for item in clear}
        return _keep(letter, ChangeKind.CONFIRMED, pairs, by=by, at=at)


def drop_item(*, letter_id: UUID, seen: Seen, by: Viewer, at: datetime) -> ItemChange:
    """Say that an item is none; it stays in sight, crossed out. Audit: item_changed."""
    with transaction.atomic():
        letter, item = _opened(letter_id, seen, by=by)
        new = item.changed(state=ItemState.DROPPED)
        return _keep(letter, ChangeKind.DROPPED, {item.key: (item, new)}, by=by, at=at)


def reopen_item(*, letter_id: UUID, seen: Seen, by: Viewer, at: datetime) -> ItemChange:
    """Take back a confirmation or a drop, at any later time. Audit: item_changed."""
    with transaction.atomic():
        letter, item = _opened(letter_id, seen, by=by)
        new = item.changed(state=ItemState.DRAFT)
        return _keep(letter, ChangeKind.REOPENED, {item.key: (item, new)}, by=by, at=at)


def edit_item(
    *, letter_id: UUID, seen: Seen, value: Wire, by: Viewer, at: datetime
) -> ItemChange | None:
    """Correct what was read; nothing is written where nothing differs. Audit: item_changed."""
    with transaction.atomic():
        letter, item = _opened(letter_id, seen, by=by)
        if value == item.value:
            return None
        new = item.changed(value=value, is_own=True)
        return _keep(letter, ChangeKind.EDITED, {item.key: (item, new)}, by=by, at=at)


def add_item(
    *, letter_id: UUID, kind: ItemKind, value: Wire, by: Viewer, at: datetime
) -> tuple[Item, ItemChange]:
    """Add what the machine did not see. Audit: item_changed."""
    with transaction.atomic():
        letter = must_be_read(locked(letter_id, by=by))
        item = Item(next_key(kind, letter.version + 1), kind, value, version=1, is_own=True)
        change = _keep(letter, ChangeKind.ADDED, {item.key: (None, item)}, by=by, at=at)
    return item, change


def merge_tasks(*, letter_id: UUID, seen: Seen, other: str, by: Viewer, at: datetime) -> ItemChange:
    """Make two orders one: the first takes the words of both. Audit: item_changed."""
    with transaction.atomic():
        letter, first = _opened(letter_id, seen, by=by)
        second = _item(queries.items_of(letter), other)
        if not _may_merge(first, second):
            raise refusals.cannot_merge()
        whole = first.changed(value=merged_task(first.value, second.value), is_own=True)
        pairs = {
            first.key: (first, whole),
            second.key: (second, second.changed(state=ItemState.DROPPED)),
        }
        return _keep(letter, ChangeKind.MERGED, pairs, by=by, at=at)


def split_task(*, letter_id: UUID, seen: Seen, second: str, by: Viewer, at: datetime) -> ItemChange:
    """Make one order two, the second from its given first words. Audit: item_changed."""
    with transaction.atomic():
        letter, item = _opened(letter_id, seen, by=by)
        parts = split_values(letter.text, item.value, second)
        if parts is None or item.kind is not ItemKind.TASK:
            raise refusals.cannot_split()
        rest = Item(
            next_key(item.kind, letter.version + 1), item.kind, parts[1], version=1, is_own=True
        )
        pairs = {
            item.key: (item, item.changed(value=parts[0], is_own=True)),
            rest.key: (None, rest),
        }
        return _keep(letter, ChangeKind.SPLIT, pairs, by=by, at=at)


def undo_change(*, letter_id: UUID, number: int, by: Viewer, at: datetime) -> ItemChange:
    """Put back what a change found, while its items were not changed again. Audit: item_changed."""
    with transaction.atomic():
        letter = must_be_read(locked(letter_id, by=by))
        row = letter.changes.filter(number=number).first()
        if row is None or letter.changes.filter(undoes=row).exists():
            raise refusals.cannot_undo()
        pairs = _pairs_back(queries.items_of(letter), queries.opened(row, is_undone=False))
        return _keep(letter, ChangeKind.UNDONE, pairs, by=by, at=at, undoes=row)


def _pairs_back(items: Items, change: queries.Change) -> dict[str, tuple[Item | None, Item | None]]:
    now = {item.key: item for item in items}
    pairs: dict[str, tuple[Item | None, Item | None]] = {}
    for key, after in change.after.items():
        standing, before = now.get(key), change.before[key]
        if (standing and standing.version) != (after and after.version):
            raise refusals.cannot_undo()
        pairs[key] = (standing, _again(before, standing or before))
    return pairs


def _again(before: Item | None, standing: Item | None) -> Item | None:
    """An earlier form under a newer version than any."""
    if before is None or standing is None:
        return None
    return Item(
        key=before.key,
        kind=before.kind,
        value=before.value,
        state=before.state,
        version=standing.version + 1,
        is_own=before.is_own,
    )


def _opened(letter_id: UUID, seen: Seen, *, by: Viewer) -> tuple[ReceivedLetter, Item]:
    """The locked letter and the item, refused where somebody changed it since it was seen."""
    letter = must_be_read(locked(letter_id, by=by))
    item = _item(queries.items_of(letter), seen.key)
    if item.version != seen.version:
        raise refusals.ChangedMeanwhileError
    return letter, item


def _item(items: Sequence[Item], key: str) -> Item:
    found = next((item for item in items if item.key == key), None)
    if found is None:
        raise refusals.unknown_item()
    return found


def _may_merge(first: Item, second: Item) -> bool:
    are_tasks = first.kind is second.kind is ItemKind.TASK
    stand = ItemState.DROPPED not in {first.state, second.state}
    return are_tasks and stand and first.key != second.key


def _keep(
    letter: ReceivedLetter,
    kind: ChangeKind,
    pairs: Mapping[str, tuple[Item | None, Item | None]],
    *,
    by: Viewer,
    at: datetime,
    undoes: ItemChange | None = None,
) -> ItemChange:
    """Write the new items and the change that made them, inside the caller's transaction."""
    after = {key: new for key, (_, new) in pairs.items()}
    gone = [key for key, new in after.items() if new is None]
    items = without(queries.items_of(letter), gone)
    keep_items(letter, replaced(items, [new for new in after.values() if new]))
    letter.version += 1
    letter.save()
    change = ItemChange.objects.create(
        letter=letter,
        number=letter.version,
        kind=kind,
        before=_json({key: old for key, (old, _) in pairs.items()}),
        after=_json(after),
        undoes=undoes,
        changed_at=at,
        changed_by=by.id,
    )
    detail = {"kind": kind.value, "items": len(pairs)}
    record(event="directives.item_changed", by=by, at=at, subject=subject(letter), detail=detail)
    return change


def _json(items: Touched) -> str:
    wires = {key: item.as_wire() if item else None for key, item in items.items()}
    return json.dumps(wires, ensure_ascii=False)
