"""What administrators type to propose a purpose, or another last day of one."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.values.purposes import LegalBasis, PurposeSpec
from vungxanh.refusals import Words

DAY = ["%d/%m/%Y", "%Y-%m-%d"]
_BAD_DAY = _("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 31/12/2027.")
_EMPTY = {"required": _("Điền ô này.")}


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day typed as people do."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=DAY,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _BAD_DAY, **_EMPTY},
    )


class PurposeForm(forms.Form):
    """A purpose with its words in both languages, its legal basis and its days."""

    vi = forms.CharField(label=_("Mục đích (tiếng Việt)"), max_length=200, error_messages=_EMPTY)
    en = forms.CharField(label=_("Mục đích (tiếng Anh)"), max_length=200, error_messages=_EMPTY)
    code = forms.CharField(
        label=_("Mã"),
        help_text=_("Chữ thường không dấu và gạch dưới, ví dụ follow_up. Không đổi được về sau."),
        max_length=32,
        error_messages=_EMPTY,
    )
    law = forms.CharField(
        label=_("Văn bản làm căn cứ"),
        help_text=_("Tên và số hiệu."),
        max_length=200,
        error_messages=_EMPTY,
    )
    article = forms.CharField(label=_("Điều, khoản"), max_length=100, error_messages=_EMPTY)
    law_on = day_field(_("Ngày của văn bản"))
    starts_on = day_field(_("Dùng từ ngày"))
    ends_on = day_field(_("Đến hết ngày"), _("Mỗi mục đích đều có ngày hết."))

    def spec(self) -> PurposeSpec:
        """The purpose that was typed."""
        said = self.cleaned_data
        return PurposeSpec(
            code=said["code"],
            words=Words(vi=said["vi"], en=said["en"]),
            basis=LegalBasis(said["law"], said["article"], said["law_on"]),
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
        )


class LastDayForm(forms.Form):
    """Another last day for one purpose."""

    code = forms.CharField(max_length=32, widget=forms.HiddenInput)
    last_on = day_field(_("Đến hết ngày"))

    def day(self) -> date:
        """The day that was typed."""
        found: date = self.cleaned_data["last_on"]
        return found
