"""Breaking the glass, closing it, reviewing it, and noting what was read through it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from vungxanh.accounts.actions.refusals import AccountRefusalError
from vungxanh.accounts.models import BrokenGlass, Staff
from vungxanh.accounts.models.glass import KEPT
from vungxanh.accounts.queries import glass as found
from vungxanh.accounts.queries.purposes import purpose_in_force
from vungxanh.accounts.rules.glass import LONGEST_REASON, MOST_A_DAY, is_offered, is_sentence
from vungxanh.accounts.values import STAFF
from vungxanh.accounts.values.glass import BREAK, REVIEW, Breaking, Verdict
from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Level, Unit
from vungxanh.messaging.actions import post
from vungxanh.messaging.values import NewMessage
from vungxanh.refusals import Words


class GlassReasonError(AccountRefusalError):
    """A reason or a note that says nothing."""

    def __init__(self, field: str) -> None:
        words = Words(
            vi="Viết một câu thật: việc gì, ở đâu, vì sao cần (ít nhất 4 từ khác nhau, "
            f"nhiều nhất {LONGEST_REASON} ký tự).",
            en="Write a real sentence: what, where, why it is needed (at least 4 different words, "
            f"at most {LONGEST_REASON} characters).",
        )
        super().__init__("accounts.glass_reason", words, field=field)


class GlassChoiceError(AccountRefusalError):
    """A purpose that is not in force, or a duration that is not offered."""

    def __init__(self, field: str) -> None:
        words = Words(
            vi="Lựa chọn này không còn trong danh sách. Chọn lại.",
            en="This choice is not on the list any more. Choose again.",
        )
        super().__init__("accounts.glass_choice", words, field=field)


class GlassUnitError(AccountRefusalError):
    """A unit of the own area, the whole country, or none at all."""

    def __init__(self) -> None:
        words = Words(
            vi="Chọn một tỉnh, huyện hoặc xã ngoài địa bàn của bạn. Trong địa bàn của mình bạn đã "
            "xem được, không cần mở khẩn cấp.",
            en="Choose a province, district or commune outside your own area. In your own area you "
            "can read already; no glass needs breaking.",
        )
        super().__init__("accounts.glass_unit", words, field="unit")


class GlassOpenError(AccountRefusalError):
    """One opening is under way."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Bạn đang mở một địa bàn khác. Đóng lại trước rồi mới mở tiếp.",
            en="You have another area open. Close it before you open the next.",
        )
        super().__init__("accounts.glass_open", words)


class GlassTooOftenError(AccountRefusalError):
    """The openings of a day are used up until the supervisor has looked."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi=f"Hôm nay bạn đã mở {MOST_A_DAY} lần chưa được xác nhận. Nhờ người xem lại xác nhận "
            "“hợp lý” một lần, rồi mở tiếp.",
            en=f"You have opened {MOST_A_DAY} times today without confirmation. Ask your reviewer "
            "to find one of them justified, then open again.",
        )
        super().__init__("accounts.glass_too_often", words)


class GlassUnwatchedError(AccountRefusalError):
    """There is nobody who could be told."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Chưa có ai xem lại được việc mở này nên chưa mở được. Nhờ cấp trên hoặc người quản "
            "trị lập tài khoản người xem lại.",
            en="Nobody could review this opening, so it is not opened. Ask the level above or an "
            "administrator to set up a reviewer.",
        )
        super().__init__("accounts.glass_unwatched", words)


class GlassReviewedError(AccountRefusalError):
    """Somebody has reviewed it already."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Lần mở này đã có người xem lại. Tải lại trang để thấy kết quả.",
            en="This opening has been reviewed already. Reload the page to see the result.",
        )
        super().__init__("accounts.glass_settled", words)


def break_glass(*, breaking: Breaking, by: Viewer, at: datetime) -> UUID:
    """Open a unit's protected things to the officer, to read only and for a limited time.

    Records accounts.glass_broken and, in the same transaction, writes to everybody who may review
    it. Nothing is opened when nobody can be told.
    """
    by.require(BREAK)
    unit = _asked(breaking, by, at)
    with transaction.atomic():
        _hold_alone(by)
        _refuse_more(by, at)
        told = found.supervisors(by, at)
        if not told:
            raise GlassUnwatchedError
        glass = _opened(breaking, unit, told, by=by, at=at)
        detail: Detail = {
            "unit": glass.unit,
            "purpose": glass.purpose,
            "until": glass.until.isoformat(timespec="seconds"),
            "told": len(told),
        }
        record(event="accounts.glass_broken", by=by, at=at, subject=ref_of(glass), detail=detail)
        _tell(glass, told, by=by, at=at)
    return glass.id


def close_glass(*, by: Viewer, at: datetime) -> None:
    """End the officer's opening now; records accounts.glass_closed."""
    with transaction.atomic():
        glass = found.open_glass(by.id, at).select_for_update().first()
        if glass is None:
            raise MissingError
        BrokenGlass.objects.filter(pk=glass.pk).update(ended_at=at)
        record(event="accounts.glass_closed", by=by, at=at, subject=ref_of(glass))


def review_glass(*, glass_id: UUID, verdict: Verdict, note: str, by: Viewer, at: datetime) -> None:
    """Say whether an opening was justified; what was not ends at once.

    Records accounts.glass_reviewed. The own opening, and one of another area, are not there.
    """
    by.require(REVIEW)
    if verdict is Verdict.OPEN:
        raise GlassChoiceError("verdict")
    if not _is_said(note):
        raise GlassReasonError("note")
    with transaction.atomic():
        glass = found.reviewable(by).filter(id=glass_id).first()
        if glass is None:
            raise MissingError
        _settle(glass, verdict, note, by=by, at=at)
        detail = {"verdict": str(verdict)}
        record(event="accounts.glass_reviewed", by=by, at=at, subject=ref_of(glass), detail=detail)


def note_glass(*, viewer: Viewer, at: datetime) -> None:
    """Record what one request has read thanks to broken glass alone, and begin anew.

    Records accounts.glass_seen once, about what was read first; nothing was read, nothing happens.
    The middleware calls it before it answers; what may be read gathers by itself where it is
    decided (`accounts.queries.may_read`, `readable`, `authorised`).
    """
    if not viewer.through_glass:
        return
    subject, unit = next(iter(viewer.through_glass.items()))
    things = len(viewer.through_glass)
    detail: dict[str, str | int] = {"glass": viewer.glass, "unit": unit, "things": things}
    with transaction.atomic():
        record(event="accounts.glass_seen", by=viewer, at=at, subject=subject, detail=detail)
    viewer.through_glass.clear()


def forget_glass(*, at: datetime) -> int:
    """Mark what ended by itself, and delete openings past their retention; returns how many."""
    _lapse(BrokenGlass.objects.filter(until__lte=at))
    return int(BrokenGlass.objects.filter(ended_at__lt=at - KEPT.period).delete()[0])


def ref_of(glass: BrokenGlass) -> str:
    """How the log names an opening."""
    return f"glass:{glass.pk}"


def _asked(breaking: Breaking, by: Viewer, at: datetime) -> Unit:
    """The unit asked for, when everything that was said holds."""
    unit = found.unit_known(breaking.unit)
    if unit is None or unit.level is Level.COUNTRY or not found.is_outside(by, unit):
        raise GlassUnitError
    if not _is_said(breaking.reason):
        raise GlassReasonError("reason")
    if not is_offered(breaking.minutes):
        raise GlassChoiceError("minutes")
    if purpose_in_force(breaking.purpose, at) is None:
        raise GlassChoiceError("purpose")
    return unit


def _is_said(text: str) -> bool:
    return len(text) <= LONGEST_REASON and is_sentence(text)


def _hold_alone(by: Viewer) -> None:
    """Make one officer's openings wait for each other, so that none slips past the limits."""
    if by.id.startswith(STAFF):
        held = Staff.objects.select_for_update().filter(pk=UUID(by.id.removeprefix(STAFF)))
        if held.first() is not None:
            return
    raise MissingError


def _refuse_more(by: Viewer, at: datetime) -> None:
    own = BrokenGlass.objects.filter(by=by.id)
    _lapse(own.filter(until__lte=at))
    if own.filter(ended_at__isnull=True).exists():
        raise GlassOpenError
    if found.n_unsettled(by.id, at) >= MOST_A_DAY:
        raise GlassTooOftenError


def _lapse(glass: "QuerySet[BrokenGlass]") -> None:
    """Note the end of openings that have ended by themselves."""
    glass.filter(ended_at__isnull=True).update(ended_at=F("until"))


def _opened(
    breaking: Breaking, unit: Unit, told: Iterable[Staff], *, by: Viewer, at: datetime
) -> BrokenGlass:
    return BrokenGlass.objects.create(
        by=by.id,
        area=found.BETWEEN.join(sorted(by.units)),
        unit=unit.id,
        purpose=breaking.purpose,
        reason=breaking.reason,
        opened_at=at,
        until=at + timedelta(minutes=breaking.minutes),
        told=[f"{STAFF}{one.pk}" for one in told],
    )


def _tell(glass: BrokenGlass, told: Iterable[Staff], *, by: Viewer, at: datetime) -> None:
    """One message each; who opened and why stands on the page alone, not in the mail."""
    unit = found.unit_words(glass.unit)
    until = glass.until.astimezone(TZ)
    page = reverse("glass-review")
    subject = f"Mở khẩn cấp: {unit.vi} / Broken glass: {unit.en}"
    text = (
        f"Một cán bộ thuộc địa bàn của bạn vừa mở khẩn cấp dữ liệu của {unit.vi} để xem, "
        f"đến {until:%H:%M} ngày {until:%d/%m/%Y}.\n"
        f"Đăng nhập và mở {page} để xem ai mở, vì sao, và xác nhận hợp lý hay không.\n\n"
        f"An officer of your area has broken the glass of {unit.en} to read, until "
        f"{until:%H:%M} on {until:%d/%m/%Y}.\n"
        f"Sign in and open {page} to see who and why, and to say whether it was justified.\n"
    )
    for one in told:
        message = NewMessage("accounts.glass_broken", one.email, subject, text, ref_of(glass))
        post(message=message, by=by, at=at)


def _settle(glass: BrokenGlass, verdict: Verdict, note: str, *, by: Viewer, at: datetime) -> None:
    """Write the verdict where there is none yet; an opening that was not justified ends."""
    waiting = BrokenGlass.objects.filter(pk=glass.pk, verdict=Verdict.OPEN)
    if not waiting.update(verdict=verdict, note=note, reviewed_by=by.id, reviewed_at=at):
        raise GlassReviewedError
    if verdict is Verdict.UNJUSTIFIED:
        still = BrokenGlass.objects.filter(pk=glass.pk, ended_at__isnull=True, until__gt=at)
        still.update(ended_at=at)
