"""What is said once for a pile of sheets."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, str]]
LONGEST = 120


class PileForm(forms.Form):
    """Which form, what for, and where the paper lies afterwards."""

    form = forms.ChoiceField(label=_("Mẫu tờ khai"))
    purpose = forms.ChoiceField(
        label=_("Mục đích"),
        help_text=_("Được ghi vào nhật ký; người được xem thấy được."),
        error_messages={
            "required": _("Chọn mục đích."),
            "invalid_choice": _("Mục đích này không còn hiệu lực. Chọn mục đích khác."),
        },
    )
    lies_at = forms.CharField(
        label=_("Tờ giấy cất ở đâu"),
        help_text=_(
            "Chữ ký trên tờ giấy là sự đồng ý của người khai. Ví dụ “Tủ hồ sơ trạm, cặp 3”."
        ),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Điền ô này.")},
    )

    def __init__(self, *args: Any, purposes: Choices, forms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("form", forms)
        self._offer("purpose", [("", str(_("Chọn mục đích"))), *purposes])

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if hasattr(field, "choices"):
            field.choices = list(choices)
