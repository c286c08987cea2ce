"""Fields that are read as the room reads them, and keep what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.checkins.values.kinds import KINDS, Kind
from vungxanh.checkins.values.points import (
    LONGEST_ADDRESS,
    LONGEST_CONTACT,
    LONGEST_NAME,
    read_address,
    read_capacity,
    read_contact_name,
    read_contact_phone,
    read_hours,
    read_kind,
    read_name,
    read_stay,
)
from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError


class ReadField(forms.CharField):
    """A text that a reader of the room takes; what it refuses is said under the field."""

    def __init__(self, reader: Callable[[str], object], label: Any, **said: Any) -> None:
        attributes = {"autocomplete": "off", **said.pop("attrs", {})}
        said.setdefault("widget", forms.TextInput(attrs=attributes))
        said.setdefault("error_messages", {"required": _("Điền ô này.")})
        super().__init__(label=label, strip=False, **said)
        self.reader = reader

    def clean(self, value: Any) -> str:
        """The text as it was typed, once its reader takes it."""
        text = str(super().clean(value))
        try:
            self.reader(text)
        except RefusalError as refusal:
            raise forms.ValidationError(refusal.words.in_language(reader_language())) from refusal
        return text


def kind_field(**said: Any) -> forms.ChoiceField:
    """The kinds, in the words of the page's language."""
    return _KindField(
        label=_("Đây là nơi nào?"),
        error_messages={
            "required": _("Chọn một loại."),
            "invalid_choice": _("Chọn một loại trong danh sách."),
        },
        choices=_kinds,
        **said,
    )


def name_field() -> ReadField:
    """The name as it will hang at the door."""
    return ReadField(
        read_name,
        _("Tên điểm"),
        help_text=_("Tên in lớn trên bảng mã, để người quét so với bảng hiệu."),
        max_length=LONGEST_NAME * 4,
        attrs={"autocomplete": "organization"},
    )


def address_field() -> ReadField:
    """What lies below the commune."""
    return ReadField(
        read_address,
        _("Số nhà, đường, thôn, tổ"),
        help_text=_("In trên bảng mã. Xe, tàu thì ghi biển số hoặc số tuyến."),
        required=False,
        max_length=LONGEST_ADDRESS * 4,
        attrs={"autocomplete": "street-address"},
    )


def hours_field() -> ReadField:
    """Opening hours in words."""
    return ReadField(
        read_hours,
        _("Giờ mở cửa"),
        help_text=_("Ví dụ: T2-T6: 7h30-11h30, 13h30-17h; T7: 7h30-11h30. Cả ngày thì ghi 24/7."),
        required=False,
        max_length=300,
    )


def stay_field() -> ReadField:
    """The usual stay."""
    return ReadField(
        read_stay,
        _("Khách thường ở lại bao nhiêu phút?"),
        help_text=_("Dùng khi khách quét vào mà quên quét ra."),
        required=False,
        max_length=20,
        attrs={"inputmode": "numeric"},
    )


def capacity_field() -> ReadField:
    """How many people have room."""
    return ReadField(
        read_capacity,
        _("Sức chứa, số người"),
        required=False,
        max_length=20,
        attrs={"inputmode": "numeric"},
    )


def contact_name_field() -> ReadField:
    """Who is asked for."""
    return ReadField(
        read_contact_name,
        _("Tên người liên hệ"),
        help_text=_("Chỉ cán bộ có trách nhiệm xem được. Được mã hóa."),
        required=False,
        max_length=LONGEST_CONTACT * 4,
        attrs={"autocomplete": "name"},
    )


def contact_phone_field() -> ReadField:
    """The number that officers call."""
    return ReadField(
        read_contact_phone,
        _("Điện thoại liên hệ"),
        help_text=_("Không in trên bảng mã, không hiện cho người quét."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )


def lines_field(label: Any, hint: Any) -> forms.CharField:
    """One name a line."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"max_length": _("Viết gọn hơn.")},
    )


class _KindField(forms.ChoiceField):
    def clean(self, value: Any) -> str:
        """The word of a kind that is known."""
        return str(read_kind(super().clean(value)))


def _kinds() -> list[tuple[str, str]]:
    return [(str(kind), KINDS[kind].words.in_language(reader_language())) for kind in Kind]
