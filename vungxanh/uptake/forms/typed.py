"""Fields that several forms of the room ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh"]
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def line_field(label: Any, hint: Any = "", *, most: int = 300, **more: Any) -> forms.CharField:
    """A line of words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Điền ô này.")},
        **more,
    )


def hour_field(label: Any, hint: Any = "", **more: Any) -> forms.TimeField:
    """An hour of the day, as people write it."""
    return forms.TimeField(
        label=label,
        help_text=hint,
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": _("Ghi giờ."), "invalid": _("Ghi giờ như 16:00.")},
        **more,
    )


def day_field(label: Any, hint: Any = "", **more: Any) -> forms.DateField:
    """A day, as people write it."""
    return forms.DateField(
        label=label,
        help_text=hint,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Ghi ngày."), "invalid": _("Ghi ngày như 28/8/2020.")},
        **more,
    )
