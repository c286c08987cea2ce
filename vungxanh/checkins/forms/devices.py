"""A device that is to keep a point."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _


class DoorDeviceForm(forms.Form):
    """What the device is called, and at which entrance it stands where there are several."""

    name = forms.CharField(
        label=_("Tên máy"),
        help_text=_("Tên dễ nhận, ví dụ: Điện thoại bảo vệ cổng chính."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Điền ô này."), "max_length": _("Viết gọn hơn.")},
    )
    entrance = forms.TypedChoiceField(
        label=_("Đứng ở"), coerce=int, required=False, empty_value=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, entrances: Mapping[int, str], **said: Any) -> None:
        super().__init__(*args, **said)
        choices = [(0, _("Cả điểm")), *entrances.items()]
        self.place = cast("forms.TypedChoiceField", self.fields["entrance"])
        self.place.choices = choices
        self.place.initial = 0
        if not entrances:
            self.place.widget = forms.HiddenInput()


class AccountDeviceForm(DoorDeviceForm):
    """The same on pages of accounts."""

    def __init__(self, *args: Any, entrances: Mapping[int, str], **said: Any) -> None:
        super().__init__(*args, entrances=entrances, **said)
        if entrances:
            self.place.widget = forms.Select()
            self.place.choices = self.place.choices  # the widget takes them over
