"""What this house counts this second in a unit, told beside the published figures."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.checkins.queries.activity import activity_of
from vungxanh.checkins.queries.premises import tallies, total_of
from vungxanh.checkins.values.activity import FAULTS, Activity
from vungxanh.checkins.values.areas import communes_held
from vungxanh.core.shown import Link
from vungxanh.core.viewer import Viewer
from vungxanh.documents import vietnamese
from vungxanh.locations.values import Level, Unit
from vungxanh.uptake import queries
from vungxanh.uptake.models import FindingRecord
from vungxanh.uptake.pages import LiveCounts
from vungxanh.uptake.queries.own_days import JUMP
from vungxanh.uptake.queries.placing import Placed
from vungxanh.uptake.rules.disclosure import LEAST_TOLD, told
from vungxanh.uptake.sources import INSTALLS, POINTS, WITH_PHONE, count_in


def live_counts(viewer: Viewer, unit: Unit, *, at: datetime, lang: str) -> LiveCounts:
    """The counts at this moment, never remembered; small ones exactly to the area's staff alone.

    Places are counted exactly to everybody: they hang out their own names. Six queries.
    """
    exactly = queries.sees_unpublished(viewer, unit)
    counts = count_in(unit)
    used = activity_of(communes_held(frozenset({unit.id})))
    people = _number(counts[WITH_PHONE].n, exactly=exactly, lang=lang)
    phones = _number(counts[INSTALLS].n, exactly=exactly, lang=lang)
    return LiveCounts(
        people=_("%(n)s người có số điện thoại") % {"n": people},
        phones=_("%(n)s máy cài đặt") % {"n": phones},
        points=_("%(n)s điểm kiểm soát") % {"n": vietnamese.count(counts[POINTS].n, lang)},
        premises=_premises(unit, lang, is_counted=used is not None),
        premises_url=_list_of_premises(viewer, unit),
        scans=_scans(used, exactly=exactly, lang=lang),
        scans_fault=_fault(used, lang),
        scans_url=_use_of_points(viewer, unit) if used else "",
        at=at,
        notes=tuple(_unplaced(unit, counts, exactly=exactly, lang=lang)),
        url=reverse("uptake-live_counts", args=[unit.id]),
    )


def jumps(unit: Unit, findings: tuple[FindingRecord, ...]) -> Link | None:
    """Where the open jumps of the unit are told; None where there are none."""
    n = sum(one.code == JUMP and one.decided_at is None for one in findings)
    if not n:
        return None
    label = _("Số điện thoại được xác minh tăng đột ngột: %(n)s phát hiện chờ xem") % {"n": n}
    return Link(label, reverse("uptake-findings", args=[unit.id]))


def _premises(unit: Unit, lang: str, *, is_counted: bool) -> str:
    """How many that must have a point have one; nothing where no list says who must."""
    found = total_of(tallies(communes_held(frozenset({unit.id}))))
    if not found.n_obliged:
        return ""
    told = {
        "n": vietnamese.count(found.n_registered, lang),
        "all": vietnamese.count(found.n_obliged, lang),
        "used": vietnamese.count(found.n_active, lang),
    }
    if not is_counted:
        return _("%(n)s trong %(all)s cơ sở phải có điểm đã có") % told
    return _("%(n)s trong %(all)s cơ sở phải có điểm đã có, %(used)s có lượt quét") % told


def _scans(used: Activity | None, *, exactly: bool, lang: str) -> str:
    """How many points were used, the last day's scans and people; nothing before the first day."""
    if used is None:
        return ""
    told = {
        "n": vietnamese.count(used.use.n_active, lang),
        "all": vietnamese.count(used.use.n_points, lang),
        "scans": _number(used.sums.n_scans, exactly=exactly, lang=lang),
        "people": _number(used.sums.n_people, exactly=exactly, lang=lang),
        "day": vietnamese.date(used.day, lang),
    }
    return (
        _(
            "%(n)s trong %(all)s điểm có lượt quét trong 7 ngày đến %(day)s;"
            " ngày %(day)s có %(scans)s lượt quét của %(people)s người"
        )
        % told
    )


def _fault(used: Activity | None, lang: str) -> str:
    """What in those counts cannot be, in words."""
    faults = used.faults if used else ()
    return "; ".join(FAULTS[one].in_language(lang) for one in faults)


def _use_of_points(viewer: Viewer, unit: Unit) -> str:
    """Where the use of points stands by unit and kind; nothing for who may not see it."""
    if not viewer.may("points.view"):
        return ""
    return f"{reverse('checkins-activity')}?dia-ban={unit.id}"


def _list_of_premises(viewer: Viewer, unit: Unit) -> str:
    """Where it stands which places lack a point; nothing for who may not see it."""
    if not viewer.may("points.view"):
        return ""
    return f"{reverse('checkins-premises_list')}?dia-ban={unit.id}"


def _number(n: int, *, exactly: bool, lang: str) -> str:
    shown = told(n, exactly=exactly)
    if shown is None:
        return _("dưới %(n)s") % {"n": LEAST_TOLD}
    return vietnamese.count(shown, lang)


def _unplaced(unit: Unit, counts: dict[str, Placed], *, exactly: bool, lang: str) -> Iterator[str]:
    """Who is not in the count because their commune was parted; of the country who gave none."""
    n = counts[WITH_PHONE].n_unplaced
    if n and unit.level is not Level.COUNTRY:
        number = _number(n, exactly=exactly, lang=lang)
        yield _(
            "Chưa xếp được %(n)s người: họ ghi một xã của thời kỳ khác, chỉ một phần nằm ở đây."
        ) % {"n": number}
    unknown = counts[INSTALLS].n_unknown
    if unknown:
        number = _number(unknown, exactly=exactly, lang=lang)
        yield _("Trong đó %(n)s máy chưa rõ ở xã nào.") % {"n": number}
