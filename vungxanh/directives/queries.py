"""What is known of received letters; a letter of another area is not there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from vungxanh.accounts.queries import authorised, readable
from vungxanh.accounts.values import Standing, area_of
from vungxanh.core.clock import TZ
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.directives.models import (
    CONTENT,
    DISCARDED_KEPT,
    FixtureCandidate,
    ItemChange,
    ReceivedLetter,
)
from vungxanh.directives.rules import Item, Items, LetterState, Wire
from vungxanh.engines.names import fold
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId

VIEW = "directives.view"
HEAVY = ("text", "reading", "items", "findings")
SEARCHED = 3000  # letters whose heads are opened for one search
OLDEST_DUE, NEWEST = "han", "moi"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for: words, a state, an order, a page."""

    words: str = ""
    state: str = ""
    order: str = NEWEST
    page: object = 1


@dataclass(frozen=True, slots=True)
class Change:
    """One change of items, opened; `before` and `after` hold the items it touched, by key."""

    number: int
    kind: str
    before: Mapping[str, Item | None]
    after: Mapping[str, Item | None]
    changed_at: datetime
    changed_by: str
    is_undone: bool


def standing(viewer: Viewer, unit: Unit) -> Standing:
    """How much of a unit lies in the viewer's own area, over both eras; no query."""
    return area_of(viewer.units).standing(unit.id, unit.path)


def may_edit(viewer: Viewer, found: ReceivedLetter) -> bool:
    """Whether the viewer may correct a letter that they see: its unit lies wholly in their area."""
    is_own = standing_of(viewer, found) is Standing.WHOLE
    return viewer.may("directives.receive") and is_own


def standing_of(viewer: Viewer, found: ReceivedLetter) -> Standing:
    """How much of a letter's unit lies in the viewer's own area; no query beside the letter's."""
    return area_of(viewer.units).standing(found.unit_id, found.unit.path)


def letters(viewer: Viewer) -> QuerySet[ReceivedLetter]:
    """The letters that the viewer may read, without their texts, discarded ones left out."""
    found = ReceivedLetter.objects.exclude(state=LetterState.DISCARDED).defer(*HEAVY)
    return found.filter(_readable(viewer, "letters")).select_related("unit")


def _readable(viewer: Viewer, ref: str) -> Q:
    return readable(viewer, ref=ref) if viewer.may(VIEW) else Q(pk__in=[])


def listed(viewer: Viewer, asked: Asked) -> Page[ReceivedLetter]:
    """One page of the letters, newest or oldest deadline first."""
    found = letters(viewer)
    if asked.state in set(LetterState):
        found = found.filter(state=asked.state)
    if asked.words.strip():
        found = found.filter(id__in=_named(found, asked.words))
    if asked.order == OLDEST_DUE:
        found = found.order_by(F("first_due_at").asc(nulls_last=True), "-received_at", "id")
    else:
        found = found.order_by("-received_at", "id")
    return numbered(found, asked.page)


def counts(viewer: Viewer) -> dict[str, int]:
    """How many letters stand in each state; one query."""
    rows = letters(viewer).order_by().values_list("state").annotate(Count("id"))
    return dict(rows)


def _named(found: QuerySet[ReceivedLetter], text: str) -> list[UUID]:
    """Letters whose head has every word asked for; heads are sealed, so they are opened here."""
    wanted = fold(text).split()
    newest = found.order_by("-received_at", "id").values_list("id", "head", "original_name")
    return [
        letter_id
        for letter_id, head, name in newest[:SEARCHED]
        if all(word in fold(f"{head} {name}") for word in wanted)
    ]


def letter(viewer: Viewer, letter_id: UUID) -> ReceivedLetter:
    """One letter with its text; MissingError where there is none that the viewer may see."""
    found = ReceivedLetter.objects.select_related("unit").filter(id=letter_id).first()
    return authorised(found, viewer=viewer, needs=VIEW, unit=lambda one: one.unit, kind="letter")


def received_before(unit_id: str, content: str) -> ReceivedLetter | None:
    """The letter of the unit that came with the same content; `content` is its SHA-256."""
    standing = ReceivedLetter.objects.exclude(state=LetterState.DISCARDED)
    return standing.filter(unit_id=unit_id, digest__in=CONTENT.digests(content)).first()


def head_of(found: ReceivedLetter) -> Wire:
    """The short head of a letter, empty until it is read."""
    return dict(json.loads(found.head)) if found.head else {}


def items_of(found: ReceivedLetter) -> Items:
    """The letter's items as they stand now."""
    return tuple(Item.of(wire) for wire in json.loads(found.items)) if found.items else ()


def reading_of(found: ReceivedLetter) -> Wire:
    """What the machine read, as it read it."""
    return dict(json.loads(found.reading)) if found.reading else {}


def findings_of(found: ReceivedLetter) -> list[Wire]:
    """What was found about the letter's own figures."""
    return list(json.loads(found.findings)) if found.findings else []


def refusal_of(found: ReceivedLetter) -> dict[str, str]:
    """Why a picture could not be read: code, vi, en; empty where nothing went wrong."""
    return dict(json.loads(found.refusal)) if found.refusal else {}


def last_day_of(found: ReceivedLetter) -> date | None:
    """The last whole day in Vietnam on which a discarded letter can be brought back."""
    if found.discarded_at is None:
        return None
    end = found.discarded_at + DISCARDED_KEPT.period
    return end.astimezone(TZ).date() - timedelta(days=1)


def newest_change(found: ReceivedLetter) -> Change | None:
    """The last change of a letter's items; two queries, none where nobody changed anything."""
    row = found.changes.order_by("-number").first() if found.version else None
    return _opened_all(found, [row])[0] if row else None


def changes_on(found: ReceivedLetter, page: object = 1) -> Page[Change]:
    """One page of the changes of a letter's items, newest first; three queries."""
    rows = numbered(found.changes.order_by("-number", "id"), page)
    return Page(_opened_all(found, rows.rows), rows.number, rows.n_pages, rows.n_rows)


def _opened_all(found: ReceivedLetter, rows: Sequence[ItemChange]) -> tuple[Change, ...]:
    undone = set(found.changes.filter(undoes__in=rows).values_list("undoes_id", flat=True))
    return tuple(opened(row, is_undone=row.id in undone) for row in rows)


def opened(row: ItemChange, *, is_undone: bool) -> Change:
    """A change with the items it touched."""
    return Change(
        number=row.number,
        kind=row.kind,
        before=_items(json.loads(row.before)),
        after=_items(json.loads(row.after)),
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        is_undone=is_undone,
    )


def _items(wires: Mapping[str, Wire | None]) -> dict[str, Item | None]:
    return {key: Item.of(wire) if wire else None for key, wire in wires.items()}


def candidates(viewer: Viewer, *, page: object = 1) -> Page[FixtureCandidate]:
    """Readings kept as examples of letters that the viewer may read, withdrawn ones last."""
    area = ReceivedLetter.objects.filter(_readable(viewer, "candidates")).values("id")
    found = FixtureCandidate.objects.filter(letter_id__in=area).defer("expected", "text")
    found = found.select_related("letter__unit").defer(
        "expected", "text", *(f"letter__{name}" for name in HEAVY)
    )
    return numbered(found.order_by(F("withdrawn_at").asc(nulls_first=True), "-kept_at", "id"), page)


def candidate(viewer: Viewer, candidate_id: UUID) -> FixtureCandidate:
    """One kept example, or MissingError."""
    rows = FixtureCandidate.objects.select_related("letter__unit")
    found = rows.filter(id=candidate_id).first()
    return authorised(
        found, viewer=viewer, needs=VIEW, unit=lambda one: one.letter.unit, kind="candidate"
    )


def standing_candidate(found: ReceivedLetter) -> FixtureCandidate | None:
    """The example that was kept of the letter as it stands now, if any."""
    kept = found.candidates.filter(withdrawn_at__isnull=True, letter_version=found.version)
    return kept.defer("expected", "text").first()


def units_of(found: Iterable[ReceivedLetter]) -> dict[UnitId, Unit]:
    """The units of some letters; one query."""
    return locations.units({one.unit_id for one in found})
