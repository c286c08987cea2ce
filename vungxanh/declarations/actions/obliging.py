"""Who has to declare: a group, from a day on, as a letter orders it; and when that ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.values import Standing, area_of
from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.declarations.models import Obligation, Questionnaire
from vungxanh.declarations.values.figures import FORMS
from vungxanh.declarations.values.states import Every, FormState
from vungxanh.locations.values import UnitId, registry
from vungxanh.refusals import RefusalError, Words


class ObligationError(RefusalError):
    """An obligation that cannot be."""

    status = 422


@dataclass(frozen=True, slots=True)
class NewObligation:
    """A group of a unit: its residents, or who is at its points of some kinds."""

    words: str
    unit_id: str
    form: str
    every: Every
    starts_on: date
    letter: str
    ends_on: date | None = None
    point_kinds: tuple[str, ...] = ()


def add_obligation(*, new: NewObligation, by: Viewer, at: datetime) -> UUID:
    """Oblige a group of the area to declare; its id. Raises `declarations.obligation_…`.

    Records declarations.obligation_added.
    """
    _check_may_act(new.unit_id, by)
    for refused in _faults(new):
        raise refused
    row = Obligation(
        words=new.words,
        unit_id=new.unit_id,
        form=new.form,
        every=new.every,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        letter=new.letter,
        point_kinds=list(new.point_kinds),
        at=at,
        by=by.id,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        subject, detail = f"obligation:{row.pk}", {"unit": new.unit_id}
        record(event="declarations.obligation_added", by=by, at=at, subject=subject, detail=detail)
    return row.pk


def end_obligation(*, obligation_id: UUID, last_on: date, by: Viewer, at: datetime) -> None:
    """Let an obligation end after a day; once. Records declarations.obligation_ended.

    Raises `declarations.obligation_days` for a day before it starts,
    `declarations.obligation_over` where somebody ended it before.
    """
    with transaction.atomic():
        row = Obligation.objects.select_for_update(of=("self",)).filter(pk=obligation_id).first()
        if row is None:
            raise MissingError
        _check_may_act(str(row.unit_id), by)
        if row.ended_at is not None:
            raise already_over()
        if last_on < row.starts_on:
            raise wrong_days()
        row.ends_on, row.ended_at, row.ended_by = last_on, at, by.id
        row.save(update_fields=["ends_on", "ended_at", "ended_by"])
        subject = f"obligation:{row.pk}"
        record(event="declarations.obligation_ended", by=by, at=at, subject=subject)


def _check_may_act(unit_id: str, by: Viewer) -> None:
    """Who manages forms may oblige the own area; others get what strangers get."""
    if not by.may(FORMS):
        raise ForbiddenError(FORMS)
    unit = registry().unit(UnitId(unit_id))
    if area_of(by.units).standing(unit.id, unit.path) is not Standing.WHOLE:
        raise MissingError


def _faults(new: NewObligation) -> Iterator[ObligationError]:
    if not (new.words.strip() and new.letter.strip()):
        yield no_words()
    if new.ends_on is not None and new.ends_on < new.starts_on:
        yield wrong_days()
    known = Questionnaire.objects.filter(code=new.form, state=FormState.PUBLISHED)
    if not known.exists():
        yield no_form()


def no_words() -> ObligationError:
    """The group or the letter is not named."""
    return ObligationError(
        "declarations.obligation_words",
        Words(
            "Ghi rõ nhóm phải khai và số, ngày của văn bản giao nhiệm vụ.",
            "Name the group that has to declare, and the number and day of the letter.",
        ),
        field="words",
    )


def wrong_days() -> ObligationError:
    """It would end before it starts."""
    return ObligationError(
        "declarations.obligation_days",
        Words(
            "Ngày cuối ở trước ngày đầu: chọn ngày cuối từ ngày đầu trở đi.",
            "The last day is before the first: choose one from the first day on.",
        ),
        field="ends_on",
    )


def no_form() -> ObligationError:
    """No such form is in use."""
    return ObligationError(
        "declarations.obligation_form",
        Words(
            "Biểu mẫu này không còn dùng: chọn một biểu mẫu đang dùng.",
            "This form is not in use: choose one that is.",
        ),
        field="form",
    )


def already_over() -> ObligationError:
    """Somebody ended it before."""
    return ObligationError(
        "declarations.obligation_over",
        Words(
            "Nghĩa vụ này đã được kết thúc: tải lại trang để xem ngày cuối.",
            "This obligation was ended before: reload the page to see its last day.",
        ),
    )
