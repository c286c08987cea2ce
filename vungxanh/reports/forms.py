"""What people type: the number of a signed paper, a filter, a check code."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NumberForm(forms.Form):
    """Number and day that the clerk gave the signed paper."""

    number = forms.CharField(
        label=_("Số và ký hiệu"),
        max_length=60,
        help_text=_("Như trên bản giấy đã ký, ví dụ 15/STTTT-CNTT."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Ghi số và ký hiệu như trên bản giấy.")},
    )
    dated = forms.DateField(
        label=_("Ngày văn bản"),
        help_text=_("Ví dụ 27/5/2021."),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Ghi ngày của văn bản."),
            "invalid": _("Viết ngày như 27/5/2021."),
        },
    )


class CodeForm(forms.Form):
    """The check code of a paper copy; what is typed is kept as typed."""

    ma = forms.CharField(
        label=_("Mã kiểm"),
        max_length=40,
        help_text=_("Tám chữ và số ở cuối bản in, ví dụ 7F3A-91C4."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Nhập mã kiểm in ở cuối văn bản.")},
    )
