"""Who reports on a form, as somebody names it and ends it."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.core.preferences import reader_language
from vungxanh.duties.values import SOURCE_WORDS, HolderKind, SourceKind
from vungxanh.locations.values import Level
from vungxanh.uptake.forms.report_forms import LEVELS
from vungxanh.uptake.forms.typed import day_field, hour_field, line_field

DAYS = {
    "MO": _("Thứ Hai"),
    "TU": _("Thứ Ba"),
    "WE": _("Thứ Tư"),
    "TH": _("Thứ Năm"),
    "FR": _("Thứ Sáu"),
    "SA": _("Thứ Bảy"),
    "SU": _("Chủ nhật"),
}
ONCE, DAILY, WORKDAYS, WEEKLY = "once", "daily", "workdays", "weekly"
REPEATS = {
    DAILY: _("Hằng ngày"),
    WORKDAYS: _("Các ngày làm việc, từ thứ Hai đến thứ Sáu"),
    WEEKLY: _("Hằng tuần, vào các thứ chọn dưới đây"),
    ONCE: _("Một lần"),
}
BELOW: Final = "below"
BACK, AHEAD = timedelta(days=31), timedelta(days=731)


class ReporterForm(forms.Form):
    """Who reports on a form, to which area, when and by what."""

    holder_kind = forms.ChoiceField(
        label=_("Đầu mối là"),
        widget=forms.RadioSelect,
        choices=[
            (str(HolderKind.ORGANISATION), _("Tổ chức: doanh nghiệp, cơ quan, cơ sở y tế")),
            (str(HolderKind.UNIT), _("Một đơn vị hành chính: tỉnh, huyện, xã")),
            (BELOW, _("Mọi đơn vị của một cấp trong một địa bàn, cùng lúc")),
        ],
        error_messages={"required": _("Chọn một loại.")},
    )
    holder = line_field(
        _("Tên đầu mối hoặc địa bàn"),
        _("Một phần tên của tổ chức; hoặc địa bàn, viết như địa chỉ: “Quy Nhơn, Bình Định”."),
    )
    chosen = forms.ChoiceField(
        label=_("Chọn đúng nơi"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Chọn một nơi trong danh sách.")},
    )
    below_level = forms.ChoiceField(
        label=_("Cấp của các đơn vị"),
        help_text=_("Khi giao cho mọi đơn vị của một cấp."),
        required=False,
        choices=[(str(one), LEVELS[one]) for one in (Level.COMMUNE, Level.DISTRICT)],
    )
    area = line_field(_("Nộp cho"), _("Một đơn vị thuộc địa bàn của bạn."))
    covers = forms.CharField(
        label=_("Báo cáo về các địa bàn"),
        help_text=_("Mỗi dòng một địa bàn. Bỏ trống: mọi địa bàn của nơi nhận."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    repeat = forms.ChoiceField(
        label=_("Lặp lại"),
        widget=forms.RadioSelect,
        choices=list(REPEATS.items()),
        error_messages={"required": _("Chọn một cách.")},
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Các thứ trong tuần"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(DAYS.items()),
    )
    starts_on = day_field(_("Ngày đầu"), _("Báo cáo một lần: chính là ngày đến hạn."))
    ends_on = day_field(_("Ngày cuối"), _("Bỏ trống nếu chưa biết."), required=False)
    due_time = hour_field(_("Hạn trong ngày"), _("Giờ Việt Nam."))
    source_kind = forms.ChoiceField(label=_("Căn cứ"), widget=forms.RadioSelect)
    source = line_field(_("Ghi căn cứ"), _("Ví dụ “Công văn số 12 ngày 28/8/2020, mục 5”."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.has_choices = False
        lang = reader_language()
        sources = [(str(one), words.in_language(lang)) for one, words in SOURCE_WORDS.items()]
        self._offer("source_kind", sources)

    def offer_holders(self, found: Sequence[tuple[str, str]]) -> None:
        """The places that what was typed may mean."""
        self.has_choices = len(found) > 1
        self._offer("chosen", found)

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

    def when(self) -> dict[str, Any]:
        """First and last day, hour and recurrence; only of a form that is valid."""
        said = self.cleaned_data
        recurrence = {
            DAILY: "FREQ=DAILY",
            WORKDAYS: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            WEEKLY: f"FREQ=WEEKLY;BYDAY={','.join(said['weekdays'])}",
        }.get(said["repeat"], "")
        due: time = said["due_time"]
        last = said["ends_on"] if recurrence else None
        return {
            "starts_on": said["starts_on"],
            "ends_on": last,
            "due_time": due,
            "recurrence": recurrence,
            "source": said["source"],
            "source_kind": SourceKind(said["source_kind"]),
        }

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class ReasonForm(forms.Form):
    """Why somebody reports no longer."""

    reason = line_field(_("Lý do"), _("Ít nhất 5 chữ cái; còn lại trong lịch sử."))
