"""Figures of an area, from the counts that are kept with every declaration."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, QuerySet, Sum

from vungxanh.accounts.values import area_of
from vungxanh.core.clock import day_end, day_start
from vungxanh.declarations.models import Care, Declaration, DeclarationCount, Questionnaire
from vungxanh.declarations.queries.placing import known_as, placed_in, row_of
from vungxanh.declarations.rules.figures import Followed, Tally, waited
from vungxanh.declarations.values.figures import Asked, Figures
from vungxanh.locations.values import Level, Unit, UnitId, registry

_SUMS: Final = (Sum("n"), Sum("n_ill"), Sum("n_first"))
Parts = dict[tuple[Any, ...], Tally]
CareRow = tuple[str, str, timedelta | None, bool]
"""The unit, the result, how long until the call (None: not called), whether it was carried up."""


def figures_of(held: frozenset[str], scope: Unit, asked: Asked, *, at: datetime) -> Figures:
    """What was declared in a unit as far as somebody with these units may see it; five queries."""
    counts = _within(DeclarationCount.objects.filter(**_said(asked)), "unit", scope)
    is_seen = _seen(held, scope)
    units = {key[0]: one for key, one in _grouped(counts, "unit").items() if is_seen(key[0])}
    if scope.level is Level.COUNTRY and _holds_all(held):  # no commune has to be looked at
        kinds, days = _grouped(counts, "form", "way"), _grouped(counts, "day")
    else:
        kinds = _kept(_grouped(counts, "unit", "form", "way"), is_seen)
        days = _kept(_grouped(counts, "unit", "day"), is_seen)
    rows, by_day = _by_row(units, scope), _by(days, 0)
    care = [one for one in _care(scope, asked, at) if is_seen(one[0])]
    called = [wait for *_, wait, _ in care if wait is not None]
    n_waiting = len(care) - len(called)
    return Figures(
        asked=asked,
        at=at,
        whole=sum(units.values(), Tally()),
        by_unit={unit: one for unit, one in rows.items() if unit != scope.id},
        by_day={day: by_day.get(day, Tally()) for day in asked.days},
        by_form=_by(kinds, 0),
        by_way=_by(kinds, 1),
        followed=_followed(care),
        followed_by_unit=_followed_by_row(care, scope),
        median=waited(called, n_waiting, (1, 2)),
        slowest=waited(called, n_waiting, (9, 10)),
        languages=_languages(scope, asked, is_seen),
        elsewhere=rows.get(scope.id, Tally()) if _has_rows(scope) else Tally(),
    )


def counted_on(day: date) -> dict[str, Tally]:
    """What was declared on a day by the commune that people gave; one query."""
    rows = DeclarationCount.objects.filter(day=day)
    return {unit: one for (unit,), one in _grouped(rows, "unit").items()}


def declared_in_all() -> dict[str, int]:
    """Every declaration ever counted by the commune that people gave; one query."""
    rows = DeclarationCount.objects.order_by().values_list("unit").annotate(Sum("n"))
    return dict(rows)


def kinds_on(day: date) -> tuple[dict[str, int], dict[str, int]]:
    """How many declarations a day had in the country by form and by way; one query."""
    found = _grouped(DeclarationCount.objects.filter(day=day), "form", "way")
    forms, ways = _by(found, 0), _by(found, 1)
    return {key: one.n for key, one in forms.items()}, {key: one.n for key, one in ways.items()}


def recounted(day: date) -> Parts:
    """The same from the declarations themselves, slowly: what the counts have to say.

    By unit, form and way. A person counts with the first declaration of the day to a form.
    """
    codes = dict(Questionnaire.objects.order_by("id").values_list("id", "code"))
    seen: set[tuple[str, int]] = set()
    found: Parts = {}
    rows = Declaration.objects.filter(day=day).order_by("received_at", "id")
    for row in rows.values_list("unit_id", "questionnaire_id", "way", "person_id", "is_ill"):
        unit, form, way, person, is_ill = row
        key, who = (unit, codes[form], way), (codes[form], person)
        found[key] = found.get(key, Tally()) + Tally(1, int(is_ill), int(who not in seen))
        seen.add(who)
    return found


def counted_parts(day: date) -> Parts:
    """What the counts say of a day by unit, form and way; one query."""
    return _grouped(DeclarationCount.objects.filter(day=day), "unit", "form", "way")


def _said(asked: Asked) -> dict[str, object]:
    said: dict[str, object] = {"day__range": (asked.first, asked.last)}
    return said | {name: one for name in ("form", "way") if (one := getattr(asked, name))}


def _within(rows: QuerySet[Any], field: str, scope: Unit) -> QuerySet[Any]:
    """Rows that may lie in a scope, all where it is a country."""
    known = known_as(scope.id)
    return rows if known is None else rows.filter(**{f"{field}__in": sorted(known)})


def _grouped(rows: QuerySet[Any], *by: str) -> Parts:
    found = rows.order_by().values_list(*by).annotate(*_SUMS)
    return {tuple(one[: len(by)]): Tally(*one[len(by) :]) for one in found}


def _seen(held: frozenset[str], scope: Unit) -> Callable[[str], bool]:
    """Whether what a commune is counted for may be seen, and lies in the scope."""
    whole = area_of(held).whole
    is_all = _holds_all(held)

    def is_seen(unit_id: str) -> bool:
        placed = placed_in(unit_id or "", scope.tree)
        if row_of(placed, scope.id) is None:
            return False
        return is_all or not whole.isdisjoint(registry().unit(placed).chain)

    return is_seen


def _holds_all(held: frozenset[str]) -> bool:
    return any(one.endswith(":vn") for one in held)


def _kept(parts: Parts, is_seen: Callable[[str], bool]) -> Parts:
    """What is seen, summed without its unit."""
    found: Parts = {}
    for (unit, *key), one in parts.items():
        if is_seen(unit):
            found[tuple(key)] = found.get(tuple(key), Tally()) + one
    return found


def _by(parts: Parts, at: int) -> dict[Any, Tally]:
    found: dict[Any, Tally] = {}
    for key, one in parts.items():
        found[key[at]] = found.get(key[at], Tally()) + one
    return dict(sorted(found.items(), key=lambda one: (-one[1].n, str(one[0]))))


def _by_row(units: Mapping[str, Tally], scope: Unit) -> dict[UnitId, Tally]:
    found: dict[UnitId, Tally] = {}
    for unit, one in units.items():
        row = row_of(placed_in(unit, scope.tree), scope.id)
        if row is not None:
            found[row] = found.get(row, Tally()) + one
    return found


def _has_rows(scope: Unit) -> bool:
    return scope.level is not Level.COMMUNE


def _care(scope: Unit, asked: Asked, at: datetime) -> list[CareRow]:
    """What became of those who declared ill on the days asked for; one query."""
    rows = _within(Care.objects.all(), "unit_id", scope).filter(
        opened_at__gte=day_start(asked.first), opened_at__lt=day_end(asked.last), opened_at__lte=at
    )
    found = rows.order_by("opened_at", "id").values_list(
        "unit_id", "result", "opened_at", "called_at", "escalated_at"
    )
    return [
        (unit or "", result, called and called - opened, raised is not None)
        for unit, result, opened, called, raised in found
    ]


def _followed(rows: Iterable[CareRow]) -> Followed:
    told = list(rows)
    results = Counter(result for _, result, wait, _ in told if wait is not None)
    return Followed(
        n=len(told),
        n_waiting=sum(wait is None for _, _, wait, _ in told),
        n_late=sum(is_late for *_, is_late in told),
        by_result=tuple(sorted(results.items())),
    )


def _followed_by_row(rows: Iterable[CareRow], scope: Unit) -> dict[str, Followed]:
    found: dict[str, list[CareRow]] = defaultdict(list)
    for one in rows:
        row = row_of(placed_in(one[0], scope.tree), scope.id)
        if row is not None and row != scope.id:
            found[row].append(one)
    return {unit: _followed(some) for unit, some in found.items()}


def _languages(scope: Unit, asked: Asked, is_seen: Callable[[str], bool]) -> dict[str, int]:
    """In which languages people declared: of a day, and of longer below the country; one query."""
    if scope.level is Level.COUNTRY and asked.first != asked.last:
        return {}
    rows = _within(Declaration.objects.all(), "unit_id", scope).filter(
        day__range=(asked.first, asked.last), **({"way": asked.way} if asked.way else {})
    )
    found: Counter[str] = Counter()
    for unit, lang, n in rows.order_by().values_list("unit_id", "lang").annotate(Count("id")):
        found[lang] += n if is_seen(unit) else 0
    return {lang: n for lang, n in found.most_common() if n}
