"""What people type to break the glass and to review it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.rules.glass import LONGEST_REASON

Choices = Sequence[tuple[str, str]]


class GlassForm(forms.Form):
    """Which unit, why, what for and how long."""

    tim = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    unit = forms.ChoiceField(
        label=_("Mở địa bàn"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Tìm và chọn một địa bàn."),
            "invalid_choice": _("Tìm lại và chọn một địa bàn trong danh sách."),
        },
    )
    reason = forms.CharField(
        label=_("Lý do"),
        help_text=_("Một câu: việc gì, ở đâu, vì sao cần xem ngay. Người xem lại sẽ đọc câu này."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Viết lý do.")},
    )
    purpose = forms.ChoiceField(
        label=_("Mục đích"), error_messages={"required": _("Chọn mục đích.")}
    )
    minutes = forms.TypedChoiceField(
        label=_("Trong bao lâu"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn thời gian.")},
    )

    def __init__(
        self, *args: Any, units: Choices, purposes: Choices, durations: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.has_units = bool(units)
        self._offer("unit", units)
        self._offer("purpose", [("", str(_("Chọn mục đích"))), *purposes])
        self._offer("minutes", durations)

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class ReviewForm(forms.Form):
    """What the supervisor found, with a note."""

    verdict = forms.ChoiceField(
        label=_("Kết luận"),
        choices=[("justified", _("Hợp lý")), ("unjustified", _("Không hợp lý"))],
        error_messages={"required": _("Chọn kết luận.")},
    )
    note = forms.CharField(
        label=_("Nhận xét"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Viết nhận xét.")},
    )
