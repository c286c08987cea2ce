"""Forms of day tables: which one is made, and why one is corrected."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MakeForm(forms.Form):
    """Which table is made by hand."""

    form = forms.UUIDField()
    area = forms.CharField(max_length=24)
    day = forms.DateField()


class ReasonForm(forms.Form):
    """Why a table is corrected."""

    reason = forms.CharField(
        label=_("Lý do đính chính"),
        max_length=300,
        help_text=_("Một câu. Lý do in trên bản đính chính và ai cũng đọc được sau khi công bố."),
        error_messages={"required": _("Ghi lý do đính chính, một câu là đủ.")},
    )


class ConfirmForm(forms.Form):
    """A press of the button; nothing is asked."""
