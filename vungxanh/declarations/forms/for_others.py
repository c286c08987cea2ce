"""Whom an officer declares for, what for, and which form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.engines.papers import read_paper
from vungxanh.engines.phones import read_phone
from vungxanh.people.values.looking import Way
from vungxanh.refusals import RefusalError

Choices = Sequence[tuple[str, str]]


class WhomForm(forms.Form):
    """One field finds somebody: a telephone number, a paper's number, or a name."""

    purpose = forms.ChoiceField(
        label=_("Mục đích"),
        help_text=_("Được ghi vào nhật ký; người được xem thấy được."),
        error_messages={
            "required": _("Chọn mục đích."),
            "invalid_choice": _("Mục đích này không còn hiệu lực. Chọn mục đích khác."),
        },
    )
    form = forms.ChoiceField(label=_("Mẫu tờ khai"))
    text = forms.CharField(
        label=_("Số điện thoại, số giấy tờ hoặc họ tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Điền ô này.")},
    )

    def __init__(self, *args: Any, purposes: Choices, forms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("form", forms)
        self._offer("purpose", [("", str(_("Chọn mục đích"))), *purposes])

    def way(self) -> Way:
        """By what is looked up: digits are a number where they can be one, else a paper."""
        text = self.cleaned_data["text"]
        if not any(sign.isdigit() for sign in text):
            return Way.NAME
        if _reads(read_phone, text):
            return Way.PHONE
        return Way.PAPER if _reads(read_paper, text) else Way.NAME

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if hasattr(field, "choices"):
            field.choices = list(choices)


def _reads(reader: Any, text: str) -> bool:
    try:
        reader(text)
    except RefusalError:
        return False
    return True
