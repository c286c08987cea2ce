"""What is known: figures of a unit and below it, their series, lineage, findings and targets."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Max, Q, QuerySet, Value, When

from vungxanh.accounts.queries import Place, authorised, may_read, place_of
from vungxanh.accounts.values import Standing, area_of
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import CURRENT_TREE, REFORM, Level, Unit, UnitId
from vungxanh.uptake import rules, sql
from vungxanh.uptake.models import Claim, FindingRecord, Submission, Target, Version
from vungxanh.uptake.queries import population, rebasing
from vungxanh.uptake.rules import (
    Carried,
    FactRow,
    Figure,
    FindingState,
    Node,
    SubmissionState,
    arrange,
)
from vungxanh.uptake.values import ELEMENTS, Lineage, Moment

VIEW = "uptake.view"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEVELS = (Level.COUNTRY, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
TREND_DAYS = 15
BASES_OF_PEOPLE = frozenset({"population", "adults", "smartphones", "subscriptions"})


def tree_of_figures() -> str:
    """The tree that the whole country is shown on: today's where it has published counts.

    Else that of the newest counts; today's where there are none at all.
    """
    counts = [name for name in ELEMENTS if name not in BASES_OF_PEOPLE]
    published = Submission.objects.filter(
        state=SubmissionState.RECORDED, published_at__isnull=False, elements__overlap=counts
    )
    newest = dict(published.values_list("scope__tree").annotate(Max("as_of")))
    return (
        CURRENT_TREE
        if CURRENT_TREE in newest or not newest
        else max(newest, key=newest.__getitem__)
    )


def sees_unpublished(viewer: Viewer, unit: Place) -> bool:
    """Whether figures that are not public yet may be shown: to staff of the unit or above it.

    And for a limited time to whoever has broken the glass there; no query.
    """
    return viewer.may(VIEW) and may_read(viewer, unit, ref=f"figures:{unit.id}", wholly=True)


def may_work_on(viewer: Viewer, unit: Unit, capability: str) -> bool:
    """Whether the viewer holds the capability and works for the unit or one above it."""
    is_own = area_of(viewer.units).standing(unit.id, unit.path) is Standing.WHOLE
    return viewer.may(capability) and (is_own or "system" in viewer.roles)


def may_handle(viewer: Viewer, found: Submission, unit: Unit, *, capability: str) -> bool:
    """Whether the viewer may act so on a table about `unit`; guests on their own tables only."""
    is_theirs = rules.may_handle(viewer.roles, viewer.id, brought_by=found.created_by)
    return is_theirs and may_work_on(viewer, unit, capability)


def tree(viewer: Viewer, unit: Unit, moment: Moment, *, level: Level | None = None) -> Node:
    """The unit and the units below it with their latest facts, ready for the figures' rules.

    Reads down to `level` and one level more, so that a unit without a figure of its own can show
    the sum of its parts; further down only where figures of the lowest level exist at all.
    """
    units = units_of_tree(unit, level)
    held = elements_held(unit, units)
    return tree_of(viewer, unit, units, moment=moment, elements=held)


def units_of_tree(unit: Unit, level: Level | None = None) -> list[Unit]:
    """The unit and the units that its tree reads; read once for several moments."""
    return _units_below(unit, level or below(unit.level, unit.tree))


def tree_of(
    viewer: Viewer,
    unit: Unit,
    units: Sequence[Unit],
    *,
    moment: Moment,
    elements: Iterable[str] = ELEMENTS,
) -> Node:
    """The tree over units already read, with some elements or all; two queries.

    What the other era knows is re-based on these units.
    """
    unpublished = sees_unpublished(viewer, unit)
    ids: list[str] = [u.id for u in units]
    names = tuple(elements)
    facts = latest_facts(ids, moment, unpublished=unpublished, elements=names)
    handed = _carried(viewer, unit, units, moment=moment, elements=names)
    return arrange(unit, units, facts, carried=handed)


def _carried(
    viewer: Viewer, unit: Unit, units: Sequence[Unit], *, moment: Moment, elements: tuple[str, ...]
) -> dict[str, tuple[Carried, ...]]:
    """What the other era hands to the units; nothing can have come from after the moment."""
    if not has_other_era(unit, moment):
        return {}
    others = counterparts(unit, units)
    facts = latest_facts(
        others.ids, moment, unpublished=sees_all_unpublished(viewer, others), elements=elements
    )
    if not facts:
        return {}
    weights = population.weights_of(others.pieces, known_at=moment.known_at)
    return rebasing.carry(
        others, facts, asked=_asked(unit, units), elements=elements, weights=weights
    )


def has_other_era(unit: Unit, moment: Moment) -> bool:
    """Whether the other era can have figures by then: the new one has none before it began."""
    return unit.tree != rebasing.OLD or moment.as_of >= clock.day_start(REFORM)


def counterparts(unit: Unit, units: Sequence[Unit]) -> rebasing.Counterparts:
    """The units of the other era that some units come from or went into.

    Nothing is handed to single communes on a page of the whole country: too many for what it shows.
    """
    return rebasing.counterparts(unit, _asked(unit, units))


def _asked(unit: Unit, units: Sequence[Unit]) -> tuple[UnitId, ...]:
    is_country = unit.level == Level.COUNTRY
    return tuple(u.id for u in units if not (is_country and u.level == Level.COMMUNE))


def sees_all_unpublished(viewer: Viewer, others: rebasing.Counterparts) -> bool:
    """Whether unpublished figures of the other era may be shown: to staff above all of them."""
    return _sees_all(viewer, others.units)


def _sees_all(viewer: Viewer, units: Sequence[Unit]) -> bool:
    """The same of any units; who sees one sees those below it, so only the highest are asked."""
    ids = {unit.id for unit in units}
    highest = (unit for unit in units if ids.isdisjoint(unit.chain[:-1]))
    return bool(units) and all(sees_unpublished(viewer, unit) for unit in highest)


def elements_held(unit: Unit, units: Sequence[Unit]) -> frozenset[str]:
    """The elements that any table about these units, of either era, has: all worth looking for."""
    others = counterparts(unit, units)
    above = (one for other in others.units for one in other.chain)
    scopes = {*unit.chain, *(u.id for u in units), *above}
    return frozenset(name for (name,) in _rows(sql.ELEMENTS_HELD, {"units": list(scopes)}))


def levels_of(tree: str) -> tuple[Level, ...]:
    """The levels that a tree has, from the top: that of 2025 has no districts."""
    return LEVELS if tree == rebasing.OLD else tuple(one for one in LEVELS if one != "district")


def below(level: Level, tree: str = rebasing.OLD) -> Level:
    """The level under this one in a tree; a commune is its own."""
    levels = levels_of(tree)
    return levels[min(levels.index(level) + 1, len(levels) - 1)]


def _units_below(unit: Unit, level: Level) -> list[Unit]:
    lowest = below(level, unit.tree)
    wanted = LEVELS[LEVELS.index(unit.level) + 1 : LEVELS.index(lowest) + 1]
    return [unit, *locations.subtree(unit, wanted)] if wanted else [unit]


def latest_facts(
    unit_ids: Sequence[str],
    moment: Moment,
    *,
    unpublished: bool,
    elements: Iterable[str] = ELEMENTS,
) -> tuple[FactRow, ...]:
    """The newest fact of each unit and element at the moment; one query."""
    parameters = {
        "units": list(unit_ids),
        "elements": list(elements),
        "as_of": moment.as_of,
        "known_at": moment.known_at,
        "sees_unpublished": unpublished,
    }
    return tuple(
        FactRow(unit, element, value, _instant(as_of), _instant(received_at), *rest)
        for unit, element, value, as_of, received_at, *rest in _rows(sql.LATEST_FACTS, parameters)
    )


@lru_cache(maxsize=4096)
def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def series(
    viewer: Viewer, unit: Unit, element: str, *, units: Iterable[str], moment: Moment
) -> dict[str, list[tuple[datetime, int]]]:
    """Each unit's figures of one element over the last fortnight, oldest first; one query."""
    parameters = _of_fortnight(element, units, moment)
    return _series({**parameters, "sees_unpublished": sees_unpublished(viewer, unit)})


def _of_fortnight(element: str, units: Iterable[str], moment: Moment) -> dict[str, Any]:
    return {
        "units": list(units),
        "element": element,
        "since": moment.as_of - timedelta(days=TREND_DAYS),
        "as_of": moment.as_of,
        "known_at": moment.known_at,
    }


def _series(parameters: dict[str, Any]) -> dict[str, list[tuple[datetime, int]]]:
    found: dict[str, list[tuple[datetime, int]]] = {}
    for unit_id, as_of, value in _rows(sql.SERIES, parameters):
        found.setdefault(unit_id, []).append((_instant(as_of), value))
    return found


def rebased_series(
    viewer: Viewer, node: Node, units: Sequence[Unit], *, element: str, moment: Moment
) -> dict[str, list[tuple[datetime, int]]]:
    """The same of the units whose figure came from the other era, re-based as it was."""
    shown = ((one.unit.id, rules.figure(one, element)) for one in (node, *node.parts))
    like: dict[str, Figure] = {unit: found for unit, found in shown if found.carried_from}
    if not like:
        return {}
    others = counterparts(node.unit, units)
    parameters = _of_fortnight(element, others.ids, moment)
    own = _series({**parameters, "sees_unpublished": sees_all_unpublished(viewer, others)})
    weights = population.weights_of(others.pieces, known_at=moment.known_at)
    return rebasing.carry_series(others, own, like=like, weights=weights)


def lineage(
    viewer: Viewer, unit: Unit, element: str, *, moment: Moment, limit: int = 50
) -> tuple[Lineage, ...]:
    """All revisions of one figure up to the moment, newest as-of and revision first."""
    parameters = {
        "unit": unit.id,
        "element": element,
        "as_of": moment.as_of,
        "known_at": moment.known_at,
        "sees_unpublished": sees_unpublished(viewer, unit),
        "limit": limit,
    }
    return tuple(_lineage(*row) for row in _rows(sql.LINEAGE, parameters))


def _lineage(*row: Any) -> Lineage:
    value, as_of, received_at, revision, submission, *origin, original = row
    source, kind, published_on, is_illustrative, published_at, *taken_back, brought_by = origin
    withdrawn_at, reason = taken_back
    return Lineage(
        value=value,
        as_of=as_of,
        received_at=received_at,
        revision=revision,
        submission_id=str(submission),
        source=source,
        source_kind=kind,
        source_published_on=published_on,
        is_illustrative=is_illustrative,
        published_at=published_at,
        withdrawn_at=withdrawn_at,
        withdrawn_reason=reason,
        brought_by=brought_by,
        has_original=original is not None,
    )


def version() -> UUID | None:
    """What changes whenever a table is recorded, published or taken back; None before the first."""
    return Version.objects.values_list("version", flat=True).first()


def submissions(viewer: Viewer, unit: Unit) -> QuerySet[Submission]:
    """The tables about the unit, those of units above and below included, newest as-of first."""
    found = Submission.objects.select_related("source").filter(
        Q(scope_id__in=unit.chain) | Q(scope__path__startswith=f"{unit.path}/"),
        scope__tree=unit.tree,
    )
    public = Q(published_at__isnull=False, state=SubmissionState.RECORDED)
    found = found.filter(public | _own_area(viewer, unit)).defer("content")
    return found.order_by("-as_of", "-created_at", "-id")


def _own_area(viewer: Viewer, unit: Unit) -> Q:
    """Tables of the viewer's own area, published or not; of units above it only published ones."""
    if not sees_unpublished(viewer, unit):
        return Q(pk__in=[])
    seen = (i for i, one in enumerate(unit.chain) if sees_unpublished(viewer, place_of(one)))
    first = next(seen, len(unit.chain) - 1)
    return Q(scope_id__in=unit.chain[first:]) | Q(scope__path__startswith=f"{unit.path}/")


def as_ofs(viewer: Viewer, node: Node, *, known_at: datetime, limit: int = 60) -> list[datetime]:
    """The as-ofs for which the unit or its parts have counts, newest first; one to three queries.

    Where only the lowest level reports, the parts of the first part speak for all. Units of today
    have those of their past too; units of the past only where they have none of their own.
    """
    near = [node.unit.id, *(part.unit.id for part in node.parts)]
    far = [lower.unit.id for part in node.parts[:1] for lower in part.parts]
    parameters = {
        "elements": [name for name in ELEMENTS if name not in BASES_OF_PEOPLE],
        "known_at": known_at,
        "sees_unpublished": sees_unpublished(viewer, node.unit),
        "limit": limit,
    }
    found = _rows(sql.AS_OFS, {**parameters, "units": near})
    if not found and far:
        found = _rows(sql.AS_OFS, {**parameters, "units": far})
    if node.unit.tree != rebasing.OLD or not found:
        found += _rows(sql.AS_OFS, {**parameters, **_elsewhere(viewer, node)})
    return sorted({as_of for (as_of,) in found}, reverse=True)[:limit]


def _elsewhere(viewer: Viewer, node: Node) -> dict[str, Any]:
    """Where to look in the other era, and whether for unpublished figures too."""
    others = counterparts(node.unit, [node.unit, *(part.unit for part in node.parts)])
    return {"units": others.ids, "sees_unpublished": sees_all_unpublished(viewer, others)}


def standing_on(viewer: Viewer, unit: Unit, day: date) -> tuple[UUID, ...]:
    """The recorded tables of exactly this unit and day; one query."""
    standing = submissions(viewer, unit).filter(
        as_of__gte=clock.day_start(day),
        as_of__lte=clock.day_end(day),
        scope_id=unit.id,
        state=SubmissionState.RECORDED,
    )
    return tuple(standing.values_list("id", flat=True))


def standing_at(viewer: Viewer, units: Sequence[Unit], days: Iterable[date]) -> tuple[UUID, ...]:
    """The recorded tables of these units, or of units above them, on some days; one query.

    Unpublished ones only where the viewer may see those of every unit.
    """
    if not units:
        return ()
    on = Q(pk__in=[])
    for day in days:
        on |= Q(as_of__gte=clock.day_start(day), as_of__lte=clock.day_end(day))
    scopes = {one for unit in units for one in unit.chain}
    standing = Submission.objects.filter(
        on, scope_id__in=scopes, state=SubmissionState.RECORDED
    ).order_by("id")
    if not _sees_all(viewer, units):
        standing = standing.filter(published_at__isnull=False)
    return tuple(standing.values_list("id", flat=True))


def findings_among(submission_ids: Sequence[UUID]) -> list[FindingRecord]:
    """What is wrong in some tables, worst first; asks nothing where there are none."""
    if not submission_ids:
        return []
    found = FindingRecord.objects.select_related("submission__source").defer("submission__content")
    order = {"error": 0, "warning": 1, "info": 2}
    listed = found.filter(submission_id__in=submission_ids)
    return sorted(listed, key=lambda f: (order[f.severity], f.id))


def claims_among(submission_ids: Sequence[UUID]) -> list[Claim]:
    """What texts state beside some tables; asks nothing where there are none."""
    if not submission_ids:
        return []
    found = Claim.objects.select_related("submission__source").defer("submission__content")
    return list(found.filter(submission_id__in=submission_ids).order_by("id"))


def target_of(unit: Unit, at: datetime) -> Target | None:
    """The target that binds the unit: its own, else the nearest above it; the newest set."""
    above: list[str] = list(reversed(unit.chain))
    standing = Target.objects.filter(unit_id__in=above, set_at__lte=at).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    )
    return min(
        standing, key=lambda t: (above.index(t.unit_id), -t.set_at.timestamp()), default=None
    )


def targets_on(unit_ids: Iterable[str], at: datetime) -> list[Target]:
    """The targets that units have of their own at a moment, the newest of each; one query."""
    standing = Target.objects.filter(unit_id__in=set(unit_ids), set_at__lte=at).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    )
    newest = {target.unit_id: target for target in standing.order_by("set_at", "id")}
    return [newest[unit] for unit in sorted(newest)]


def moment_of(as_of: datetime | None, known_at: datetime | None) -> Moment:
    """A moment from what was asked: today's end, as known now, where nothing was said."""
    now = clock.now()
    return Moment(as_of or clock.day_end(clock.today()), known_at or now)


def _rows(text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())


def submission(viewer: Viewer, submission_id: UUID) -> Submission:
    """One table; MissingError where there is none that the viewer may see; one query."""
    found = Submission.objects.select_related("source", "scope").filter(id=submission_id).first()
    if found is not None and found.published_at is not None:
        return found
    return _readable(found, viewer)


def own_submission(viewer: Viewer, submission_id: UUID) -> Submission:
    """The same to those of its area only, published or not: they may see its original."""
    return _readable(
        Submission.objects.select_related("scope").filter(id=submission_id).first(), viewer
    )


def _readable(found: Submission | None, viewer: Viewer) -> Submission:
    return authorised(
        found, viewer=viewer, needs=VIEW, unit=lambda one: one.scope, kind="submission"
    )


def findings_in(submission: Submission) -> list[FindingRecord]:
    """What was found in one table, worst first."""
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(submission.findings.order_by("id"), key=lambda f: order[f.severity])


def findings_of(viewer: Viewer, unit: Unit) -> QuerySet[FindingRecord]:
    """The findings of the unit's recorded tables: open ones first, worst first, newest as-of."""
    standing = submissions(viewer, unit).filter(state=SubmissionState.RECORDED)
    found = FindingRecord.objects.select_related("submission__source").defer("submission__content")
    return found.filter(submission__in=standing).order_by(
        _place("state", [FindingState.OPEN]),
        _place("severity", ["error", "warning", "info"]),
        "-submission__as_of",
        "id",
    )


def _place(field: str, values: Sequence[str]) -> Case:
    """The place of a field's value in a list, to order by; what is not in it comes last."""
    cases = [When(**{field: value}, then=Value(n)) for n, value in enumerate(values)]
    return Case(*cases, default=Value(len(values)))


def targets_of(unit_id: UnitId) -> list[Target]:
    """The unit's own targets, standing ones first."""
    found = Target.objects.filter(unit_id=unit_id).order_by("-set_at", "-id")
    return sorted(found, key=lambda target: target.ended_at is not None)
