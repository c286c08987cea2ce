"""Which part of the log is asked for."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vungxanh.audit.rules import is_opaque
from vungxanh.audit.values import EVENTS
from vungxanh.core.preferences import reader_language


def _events() -> list[tuple[str, str]]:
    language = reader_language()
    named = [(name, words.in_language(language)) for name, words in EVENTS.items()]
    return [("", str(_("Mọi sự kiện"))), *sorted(named, key=lambda choice: choice[0])]


def _only_reference(text: str) -> None:
    """What is asked for is written into the log, which holds no names."""
    if not is_opaque(text):
        raise ValidationError(
            _("Nhập mã tham chiếu như trong bảng, ví dụ staff:… hoặc vn-2021:540, không nhập tên.")
        )


class FilterForm(forms.Form):
    """Event, who, about what or whom, for what purpose, and between which days."""

    event = forms.ChoiceField(label=_("Sự kiện"), choices=_events, required=False)
    by = forms.CharField(
        label=_("Người làm"), max_length=64, required=False, validators=[_only_reference]
    )
    subject = forms.CharField(
        label=_("Đối tượng"), max_length=128, required=False, validators=[_only_reference]
    )
    purpose = forms.CharField(
        label=_("Mục đích"),
        max_length=32,
        required=False,
        validators=[_only_reference],
        widget=forms.TextInput(attrs={"list": "audit-purposes"}),
    )
    since = forms.DateField(
        label=_("Từ ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Đến hết ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_until(self) -> date | None:
        """Days go forward."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            raise ValidationError(_("Ngày cuối phải từ ngày đầu trở đi. Đổi lại một trong hai."))
        return until if isinstance(until, date) else None
