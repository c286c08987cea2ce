"""The page of one letter: its text beside what was read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from vungxanh.accounts.values import Standing, era_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Choice
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview import cards, eras, goals, history, paper, parts
from vungxanh.directives.pages import Card, Findings, LetterPage, Origin, Progress
from vungxanh.directives.rules import (
    Item,
    Items,
    ItemState,
    Wire,
    doubts,
    is_open,
    tasks_of,
)
from vungxanh.documents import vietnamese

ORDERS = (cards.BY_LETTER, cards.BY_DUE, cards.BY_BODY)


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader chose: the order of the cards, the item being edited, the chosen one."""

    order: str = cards.BY_LETTER
    editing: str = ""
    current: str = ""


def letter_page(letter: ReceivedLetter, *, look: Look, viewer: Viewer, at: datetime) -> LetterPage:
    """The finished page; the letter must have been read."""
    items, reading = queries.items_of(letter), queries.reading_of(letter)
    tasks, head, trace = tasks_of(items), items[0], reading.get("trace") or ()
    then = eras.units_then(items)
    standing = [item for item in tasks if item.state is not ItemState.DROPPED]
    paragraphs = paper.paragraphs_of(letter.text, items)
    may_edit = queries.may_edit(viewer, letter)
    marked = goals.goal_marks(letter, items, viewer, may_edit=may_edit)
    shown = [marked.on(card) for card in _task_cards(tasks, trace, look=look, then=then)]
    return LetterPage(
        id=str(letter.id),
        title=parts.title_of(head.value),
        crumb=parts.crumb_of(head.value),
        head=parts.head_facts(head.value),
        head_card=_head_card(head, reading, look),
        era=then.get(head.key, ""),
        stretches=paper.stretches_of(paragraphs, paper.table_spans(items)),
        progress=_progress(standing, letter),
        groups=cards.grouped(shown, tasks, look.order),
        orders=_orders(look),
        sections=tuple(
            replace(one, cards=tuple(marked.on(card) for card in one.cards))
            for one in parts.sections_of(items, trace, editing=look.editing)
        ),
        tables=parts.tables_of(items),
        found=_findings(letter, items, [one.at for one in paragraphs]),
        origin=_origin(letter),
        warnings=_warnings(reading),
        others=_others(standing),
        n_changes=letter.version,
        last_change=history.newest(letter, viewer=viewer, at=at),
        may_edit=may_edit,
        part_of=_part_of(letter, viewer),
        is_kept=queries.standing_candidate(letter) is not None,
        order=look.order,
    )


def _task_cards(
    tasks: Items, trace: Sequence[Wire], *, look: Look, then: Mapping[str, str]
) -> list[Card]:
    current = look.current or look.editing or cards.first_doubtful(tasks)
    return [
        cards.task_card(
            item, trace, current=current, editing=look.editing, then=then.get(item.key, "")
        )
        for item in tasks
    ]


def _progress(standing: Sequence[Item], letter: ReceivedLetter) -> Progress:
    return Progress(
        n_tasks=len(standing),
        n_confirmed=sum(item.state is ItemState.CONFIRMED for item in standing),
        n_doubtful=sum(is_open(item) and bool(doubts(item)) for item in standing),
        n_clear=sum(is_open(item) and not doubts(item) for item in standing),
        n_deadlines=letter.n_deadlines,
    )


def _findings(letter: ReceivedLetter, items: Items, starts: Sequence[int]) -> Findings:
    found = parts.findings_view(queries.findings_of(letter), starts)
    return Findings(
        shown=found,
        worst=found[0].severity if found else "",
        is_stale=any(parts.changes_figures(item) for item in items),
    )


def _origin(letter: ReceivedLetter) -> Origin:
    return Origin(
        has_file=letter.original_id is not None,
        file_name=letter.original_name,
        received=vietnamese.moment(letter.received_at, reader_language()),
        reader=letter.reader,
    )


def _head_card(head: Item, reading: Wire, look: Look) -> Card:
    return Card(
        key=head.key,
        label="",
        title=_("Thể thức văn bản"),
        state=head.state.value,
        version=head.version,
        lines=parts.head_lines(head.value),
        steps=cards.steps_of(head, reading.get("trace") or ()),
        is_editing=look.editing == head.key,
    )


def _part_of(letter: ReceivedLetter, viewer: Viewer) -> str:
    """The unit that received the letter, where only a part of it is the reader's."""
    is_part = queries.standing_of(viewer, letter) is Standing.PART
    era = era_of(letter.unit_id).in_language(reader_language())
    return f"{letter.unit.name} ({era})" if is_part else ""


def _orders(look: Look) -> tuple[Choice, ...]:
    labels = (_("Theo văn bản"), _("Theo hạn"), _("Theo đơn vị"))
    return tuple(
        Choice(label, f"?xep={order}#viec", current=order == look.order)
        for order, label in zip(ORDERS, labels, strict=True)
    )


def _warnings(reading: Wire) -> tuple[str, ...]:
    language = reader_language()
    return tuple(str(one.get(language) or one.get("vi")) for one in reading.get("warnings") or ())


def _others(tasks: list[Item]) -> tuple[tuple[str, str], ...]:
    """Orders to merge with: key, and number with the first words."""
    return tuple(
        (item.key, f"{item.value.get('id')}. {str(item.value.get('action'))[:60]}")
        for item in tasks
    )


def item_of(items: Items, key: str) -> Item | None:
    """The item of a key."""
    return next((item for item in items if item.key == key), None)
