"""Versions of rules, what is in force on a day in a province, and who may change it."""

from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q

from vungxanh.accounts.values import area_of
from vungxanh.accounts.values.areas import Standing
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.models import RuleSet as Row
from vungxanh.declarations.values.ruling import RULES, RulesVersion, read_trial
from vungxanh.declarations.values.shipped_rules import shipped_rules
from vungxanh.declarations.values.states import RulesState
from vungxanh.engines.decisions import RuleSet, joined, read_rules
from vungxanh.locations.values import TREES, country_of, registry


def rules_versions(viewer: Viewer) -> tuple[RulesVersion, ...]:
    """Every version of the country's and of the viewer's provinces, the newest first; one query."""
    viewer.require(RULES)
    rows = Row.objects.select_related(None).order_by("-at", "-id")
    return tuple(version_of(one) for one in rows if _is_seen(viewer, one.province_id or ""))


def rules_version(rules_id: int, *, viewer: Viewer) -> RulesVersion:
    """One version; MissingError for what is not there or of another's province. One query."""
    viewer.require(RULES)
    row = Row.objects.filter(pk=rules_id).first()
    if row is None or not _is_seen(viewer, row.province_id or ""):
        raise MissingError
    return version_of(row)


def version_of(row: Row) -> RulesVersion:
    """A row as it is handed on."""
    return RulesVersion(
        id=row.pk,
        version=row.version,
        province=row.province_id or "",
        state=RulesState(row.state),
        starts_on=row.starts_on,
        at=row.at,
        by=row.by,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
        ended_at=row.ended_at,
        rules=_content(row.pk, row.at),
        trial=read_trial(row.dry_run) if row.dry_run else None,
    )


def country_rules_on(day: date, *, but: int = 0) -> RuleSet:
    """The country's rules of a day, without version `but`; the shipped ones where none is there."""
    return _newest("", day, but) or shipped_rules()


def own_rules_on(province: str, day: date, *, but: int = 0) -> RuleSet | None:
    """A province's own rules of a day; None where it has none."""
    return _newest(province, day, but) if province else None


def own_provinces(day: date) -> frozenset[str]:
    """Provinces with rules of their own on a day; one query."""
    rows = Row.objects.filter(state=RulesState.IN_FORCE, province__isnull=False)
    rows = rows.filter(Q(starts_on=None) | Q(starts_on__lte=day)).order_by("pk")
    return frozenset(str(one) for one in rows.values_list("province_id", flat=True))


def rules_on(province: str, day: date, *, but: int = 0) -> RuleSet:
    """What judges in a province on a day: the country's rules with its own beside them."""
    country = country_rules_on(day, but=but)
    own = own_rules_on(province, day, but=but)
    return joined(country, own) if own else country


def before_and_after(version: RulesVersion, province: str, day: date) -> tuple[RuleSet, RuleSet]:
    """What judges in a province on a day without a version, and with it."""
    before = rules_on(province, day, but=version.id)
    if version.province:
        return before, joined(country_rules_on(day), version.rules)
    own = own_rules_on(province, day)
    return before, joined(version.rules, own) if own else version.rules


def may_change(viewer: Viewer, province: str) -> bool:
    """Whether the viewer may write and approve rules of a province, or (empty) the country."""
    if not viewer.may(RULES):
        return False
    if not province:
        return any(country_of(tree) in viewer.units for tree in TREES)
    path = registry().unit(province).path
    return area_of(viewer.units).standing(province, path) is Standing.WHOLE


def _is_seen(viewer: Viewer, province: str) -> bool:
    return not province or may_change(viewer, province)


def _newest(province: str, day: date, but: int) -> RuleSet | None:
    rows = Row.objects.filter(state=RulesState.IN_FORCE, province_id=province or None)
    rows = rows.filter(Q(starts_on=None) | Q(starts_on__lte=day)).exclude(pk=but)
    row = rows.order_by("-version", "-id").first()
    return _content(row.pk, row.at) if row else None


@lru_cache(maxsize=100)
def _content(rules_id: int, at: datetime) -> RuleSet:
    """What a version says; `at` tells a version of another database from this one."""
    return read_rules(Row.objects.values_list("content", flat=True).get(pk=rules_id))
