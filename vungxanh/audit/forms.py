"""Which part of the log is asked for."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vungxanh.audit.values import EVENTS


def _events() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    named = [(name, words.in_language(language)) for name, words in EVENTS.items()]
    return [("", str(_("Mọi sự kiện"))), *sorted(named, key=lambda choice: choice[0])]


class FilterForm(forms.Form):
    """Event, who, about what, and between which days."""

    event = forms.ChoiceField(label=_("Sự kiện"), choices=_events, required=False)
    by = forms.CharField(label=_("Người làm"), max_length=64, required=False)
    subject = forms.CharField(label=_("Đối tượng"), max_length=128, required=False)
    since = forms.DateField(
        label=_("Từ ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Đến hết ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
