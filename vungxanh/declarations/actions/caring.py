"""Care for somebody who declared that they are ill: begun, and carried one unit up when overdue."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.queries.acting import acting_for_organisation, acting_for_unit
from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.care_letters import tell_begun, tell_raised
from vungxanh.declarations.models import Care
from vungxanh.declarations.queries.facilities import station_of
from vungxanh.declarations.values.care import (
    HANDLE,
    ILL,
    RAISED,
    WAITING,
    Ill,
    due_at_of,
    next_holder,
)
from vungxanh.duties.actions import meet, owe, take_back
from vungxanh.duties.queries import for_duty
from vungxanh.duties.values import (
    MET,
    Holder,
    HolderKind,
    NewDuty,
    Pace,
    Schedule,
    SourceKind,
    State,
)
from vungxanh.locations.values import Level, UnitId, registry

SOURCE = "Quy tắc phân loại tờ khai y tế"
_TITLES = {
    ILL: "Gọi cho người khai có dấu hiệu bệnh",
    RAISED: "Gọi cho người khai có dấu hiệu bệnh: trạm y tế chưa gọi trong hạn",
}


def open_care(*, ill: Ill, at: datetime) -> UUID:
    """Begin the care of somebody ill, or join the one that waits for its call; its id.

    The health station owes a call within the minutes that the rules say; station and person are
    told. The same declaration again changes nothing. Records declarations.care_opened or
    declarations.care_joined.
    """
    with transaction.atomic():
        known = Care.objects.filter(declaration_id=ill.declaration_id).first()
        if known is not None:
            return known.pk
        waiting = _waiting(ill.person_id)
        if waiting is not None:
            return _join(waiting, ill, at=at)
        row = Care(
            declaration_id=ill.declaration_id,
            latest_id=ill.declaration_id,
            person_id=ill.person_id,
            unit_id=ill.unit_id or None,
            opened_at=ill.received_at,
            minutes=ill.minutes,
            due_at=due_at_of(ill.received_at, ill.minutes),
        )
        Care.objects.bulk_create([row], ignore_conflicts=True)
        if not Care.objects.filter(pk=row.pk).exists():  # another run was quicker
            return open_care(ill=ill, at=at)
        if row.unit_id:
            row.duty = str(_owe(row, ILL, _holder(row.unit_id, at), at=at))
            row.save(update_fields=["duty"])
        tell_begun(row, at=at)
        record(event="declarations.care_opened", by=SYSTEM, at=at, subject=f"care:{row.pk}")
    return row.pk


def raise_overdue(*, at: datetime) -> int:
    """Carry every care whose time is over to the next unit up; how many.

    Each in a transaction of its own; two runs at once never raise one twice.
    """
    late = Care.objects.filter(
        state__in=sorted(WAITING), due_at__lt=at, unit__isnull=False, is_at_top=False
    )
    ids = list(late.order_by("due_at", "id").values_list("id", flat=True)[:500])
    return sum(_raise(one, at=at) for one in ids)


def meet_duties(row: Care, *, at: datetime) -> None:
    """What is still owed for a care is met."""
    for duty, kind in _duties(row):
        for one in for_duty(duty, viewer=SYSTEM, at=at):
            if one.state is State.OPEN:
                evidence = f"care:{row.pk}"
                meet(occurrence_id=one.id, evidence=evidence, by=SYSTEM, at=at, kind=kind)


def reopen_duties(row: Care, *, at: datetime) -> None:
    """What was met by a result that is undone is owed again."""
    for duty, kind in _duties(row):
        for one in for_duty(duty, viewer=SYSTEM, at=at):
            if one.state in MET and one.evidence == f"care:{row.pk}":
                take_back(occurrence_id=one.id, by=SYSTEM, at=at, kind=kind)


def _waiting(person_id: int) -> Care | None:
    """The care of a person that waits for its call, locked."""
    rows = Care.objects.select_for_update().filter(person_id=person_id, state__in=sorted(WAITING))
    return rows.first()


def _join(row: Care, ill: Ill, *, at: datetime) -> UUID:
    """The newest declaration is what the station reads; the time to call stays the first one's."""
    if row.latest_id != ill.declaration_id:
        row.latest_id = ill.declaration_id
        row.n_joined += 1
        row.save(update_fields=["latest_id", "n_joined"])
        record(event="declarations.care_joined", by=SYSTEM, at=at, subject=f"care:{row.pk}")
    return row.pk


@transaction.atomic
def _raise(care_id: UUID, *, at: datetime) -> bool:
    rows = Care.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(pk=care_id, state__in=sorted(WAITING), due_at__lt=at, is_at_top=False).first()
    if row is None or row.unit_id is None:
        return False
    above = _next_up(row.escalated_to_id or row.unit_id, at)
    if above is None:
        row.is_at_top = True
        row.save(update_fields=["is_at_top"])
        return False
    row.escalated_to_id, row.escalated_at = above, at
    row.due_at = due_at_of(at, row.minutes)
    duty = _owe(row, RAISED, Holder(HolderKind.UNIT, above), at=at)
    row.raised_duties = [*row.raised_duties, str(duty)]
    row.save(update_fields=["escalated_to_id", "escalated_at", "due_at", "raised_duties"])
    detail: Detail = {"unit": above, "told": tell_raised(row, at=at)}
    record(
        event="declarations.care_raised", by=SYSTEM, at=at, subject=f"care:{row.pk}", detail=detail
    )
    return True


def _next_up(unit_id: str, at: datetime) -> str | None:
    """The unit that takes over: of the day's tree, else one above in which somebody acts."""
    units, today = registry(), at.astimezone(clock.TZ).date()
    here = units.unit(unit_id)
    if here.level in {Level.PROVINCE, Level.COUNTRY}:
        return None
    found = units.next_up(here.id, today)
    above = [*([found.id] if found else []), *(one.id for one in units.above(here))]
    above = [one for one in dict.fromkeys(above) if units.unit(one).level is not Level.COUNTRY]
    staffed = [one for one in above if acting_for_unit(one, at=at, needs=HANDLE)]
    return next_holder(above, staffed)


def _holder(unit_id: str, at: datetime) -> Holder:
    """The health station where somebody acts for it; else whoever works for the commune."""
    found = station_of(unit_id, at.astimezone(clock.TZ).date())
    if found is not None and acting_for_organisation(found.id, at=at):
        return Holder(HolderKind.ORGANISATION, str(found.id))
    return Holder(HolderKind.UNIT, UnitId(unit_id))


def _owe(row: Care, kind: str, holder: Holder, *, at: datetime) -> UUID:
    due = row.due_at.astimezone(clock.TZ)
    duty = NewDuty(
        title=_TITLES[kind],
        holder=holder,
        owed_to=holder.id if holder.kind is HolderKind.UNIT else str(row.unit_id),
        schedule=Schedule(due.date(), due.time()),
        source_kind=SourceKind.RULE,
        source=SOURCE,
        kind=kind,
        key=f"{kind}:{row.pk}:{row.escalated_to_id or ''}",
        pace=Pace.HOURS,
    )
    return owe(duty=duty, by=SYSTEM, at=at)


def _duties(row: Care) -> list[tuple[UUID, str]]:
    own = [(UUID(row.duty), ILL)] if row.duty else []
    return [*own, *((UUID(str(one)), RAISED) for one in row.raised_duties)]
