"""A new duty, as somebody types it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.duties.rules import Pace, Schedule, SourceKind

Choices = Sequence[tuple[str, str]]
DAYS = {
    "MO": _("Thứ Hai"),
    "TU": _("Thứ Ba"),
    "WE": _("Thứ Tư"),
    "TH": _("Thứ Năm"),
    "FR": _("Thứ Sáu"),
    "SA": _("Thứ Bảy"),
    "SU": _("Chủ nhật"),
}
ONCE, DAILY, WEEKLY, MONTHLY = "once", "daily", "weekly", "monthly"
REPEATS = {
    ONCE: _("Một lần"),
    DAILY: _("Hằng ngày"),
    WEEKLY: _("Hằng tuần, vào các thứ chọn dưới đây"),
    MONTHLY: _("Hằng tháng, vào ngày chọn dưới đây"),
}
LAST_DAY = "-1"
MONTH_DAYS = [(str(n), str(n)) for n in range(1, 29)] + [(LAST_DAY, _("Ngày cuối tháng"))]
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh"]
BACK, AHEAD = timedelta(days=31), timedelta(days=731)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Ghi ngày."), "invalid": _("Ghi ngày như 28/8/2020.")},
        **more,
    )


def _line(label: Any, hint: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Điền ô này.")},
        **more,
    )


class DutyForm(forms.Form):
    """Who owes what to whom, when, and by what."""

    title = _line(_("Việc phải làm"), _("Ví dụ “Báo cáo số máy đã cài”. Không ghi tên người."))
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    holder_kind = forms.ChoiceField(
        label=_("Nơi phải làm là"),
        widget=forms.RadioSelect,
        choices=[
            ("unit", _("Đơn vị hành chính: tỉnh, huyện, xã")),
            ("organisation", _("Tổ chức: doanh nghiệp, cơ quan, cơ sở y tế")),
        ],
        error_messages={"required": _("Chọn một loại.")},
    )
    holder = _line(
        _("Nơi phải làm"),
        _("Viết như địa chỉ: “Quy Nhơn, Bình Định”; hoặc một phần tên của tổ chức."),
    )
    chosen = forms.ChoiceField(
        label=_("Chọn đúng nơi phải làm"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Chọn một nơi trong danh sách.")},
    )
    role = forms.ChoiceField(
        label=_("Giao cho vai trò"),
        required=False,
        help_text=_("Bỏ trống: ai làm việc cho nơi đó cũng làm được."),
    )
    owed_to = _line(_("Nộp cho"), _("Một đơn vị thuộc địa bàn của bạn."))
    repeat = forms.ChoiceField(
        label=_("Lặp lại"),
        widget=forms.RadioSelect,
        choices=list(REPEATS.items()),
        initial=ONCE,
        error_messages={"required": _("Chọn một cách.")},
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Các thứ trong tuần"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(DAYS.items()),
    )
    month_day = forms.ChoiceField(label=_("Ngày trong tháng"), required=False, choices=MONTH_DAYS)
    due_time = forms.TimeField(
        label=_("Hạn trong ngày"),
        help_text=_("Giờ Việt Nam."),
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": _("Ghi giờ."), "invalid": _("Ghi giờ như 16:00.")},
    )
    starts_on = _day(_("Ngày đầu"), help_text=_("Việc một lần: chính là ngày đến hạn."))
    ends_on = _day(_("Ngày cuối"), required=False, help_text=_("Bỏ trống nếu chưa biết."))
    source_kind = forms.ChoiceField(label=_("Căn cứ"), widget=forms.RadioSelect)
    source = _line(_("Ghi căn cứ"), _("Ví dụ “Công văn số 12 ngày 28/8/2020, mục 5”."))
    pace = forms.ChoiceField(
        label=_("Nhịp nhắc"),
        widget=forms.RadioSelect,
        choices=[
            (Pace.HOURS.value, _("Trong giờ: trước 1 giờ, đúng hạn, rồi 15, 30, 45 phút")),
            (Pace.DAYS.value, _("Trong tuần: trước 1 ngày, đúng hạn, rồi 1, 2, 3 ngày")),
        ],
        initial=Pace.HOURS.value,
    )

    def __init__(
        self, *args: Any, today: date, roles: Choices, sources: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.has_choices = False
        self.offer("role", [("", str(_("Ai cũng được"))), *roles])
        self.offer("source_kind", sources)
        self.offer("chosen", [])

    def offer(self, name: str, choices: Choices) -> None:
        """What a field lets people choose among."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def offer_holders(self, found: Choices) -> None:
        """The places that what was typed may mean."""
        self.has_choices = bool(found)
        self.offer("chosen", found)

    def clean_starts_on(self) -> date:
        """A day near enough to be meant."""
        day: date = self.cleaned_data["starts_on"]
        if not self._today - BACK <= day <= self._today + AHEAD:
            raise forms.ValidationError(
                _("Ngày đầu phải trong 31 ngày trước đến 2 năm sau hôm nay.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """A last day after the first, and days of the week where they are asked for."""
        said: dict[str, Any] = self.cleaned_data
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Ngày cuối phải sau ngày đầu."))
        if said.get("repeat") == WEEKLY and not said.get("weekdays"):
            self.add_error("weekdays", _("Chọn ít nhất một thứ."))
        return said

    def schedule(self) -> Schedule:
        """When it falls due; only of a form that is valid."""
        said = self.cleaned_data
        last = None if said["repeat"] == ONCE else said["ends_on"]
        return Schedule(said["starts_on"], said["due_time"], _recurrence(said), last)

    def source_of(self) -> SourceKind:
        """What sort of source orders it."""
        return SourceKind(self.cleaned_data["source_kind"])


def _recurrence(said: dict[str, Any]) -> str:
    return {
        DAILY: "FREQ=DAILY",
        WEEKLY: f"FREQ=WEEKLY;BYDAY={','.join(said['weekdays'])}",
        MONTHLY: f"FREQ=MONTHLY;BYMONTHDAY={said['month_day'] or LAST_DAY}",
    }.get(said["repeat"], "")
