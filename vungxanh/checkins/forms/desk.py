"""What officers type of a point: its particulars, a reason, its contact."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.checkins.values.kinds import KINDS
from vungxanh.checkins.values.points import (
    LONGEST_ADDRESS,
    LONGEST_CONTACT,
    LONGEST_NAME,
    MOST_ENTRANCES,
)
from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError

_NEEDED: Mapping[str, Any] = {"required": _("Điền ô này.")}


def _text(label: Any, hint: Any = "", *, longest: int, **more: Any) -> forms.CharField:
    attributes = {"autocomplete": "off", "spellcheck": "false", **more.pop("attrs", {})}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=forms.TextInput(attrs=attributes),
        error_messages=_NEEDED,
        **more,
    )


class PointForm(forms.Form):
    """What a point is, where it is and how it is used; without the contact."""

    name = _text(_("Tên điểm"), _("Như sẽ in trên bảng mã."), longest=LONGEST_NAME)
    kind = forms.ChoiceField(label=_("Loại"), error_messages={"required": _("Chọn loại.")})
    address = _text(_("Số nhà, đường, thôn, tổ"), longest=LONGEST_ADDRESS, required=False)
    commune = _text(_("Xã, phường hiện nay"), _("Ví dụ “Phường Quy Nhơn, Gia Lai”."), longest=160)
    doors = forms.CharField(
        label=_("Lối vào, phòng"),
        help_text=_("Mỗi dòng một lối vào hoặc phòng có mã riêng. Bỏ một dòng là thu hồi mã đó."),
        required=False,
        max_length=MOST_ENTRANCES * 80,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    hours = _text(
        _("Giờ mở cửa"), _("Ví dụ T2-T6: 7h30-11h30, 13h30-17h."), longest=300, required=False
    )
    stay = _text(
        _("Thường ở lại (phút)"),
        longest=8,
        required=False,
        attrs={"inputmode": "numeric"},
    )
    capacity = _text(
        _("Sức chứa (người)"), longest=12, required=False, attrs={"inputmode": "numeric"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", str(_("Chọn loại"))), *kind_choices()]


class ChangeForm(PointForm):
    """A correction says why."""

    reason = _text(_("Lý do sửa"), _("Chủ điểm và cán bộ khác đọc được."), longest=300)


class NewPointForm(PointForm):
    """A point that an officer writes down, with whom to ask there."""

    contact_name = _text(_("Người liên hệ"), longest=LONGEST_CONTACT, required=False)
    contact_phone = _text(
        _("Điện thoại liên hệ"), longest=40, required=False, attrs={"inputmode": "tel"}
    )
    is_another = forms.BooleanField(
        label=_("Đã xem các điểm giống ở trên; đây là nơi khác"), required=False
    )


class ContactForm(forms.Form):
    """Whom to ask at a point."""

    contact_name = _text(_("Người liên hệ"), longest=LONGEST_CONTACT, required=False)
    contact_phone = _text(
        _("Điện thoại liên hệ"), longest=40, required=False, attrs={"inputmode": "tel"}
    )


class OfferForm(forms.Form):
    """The number of whom a point is offered to."""

    contact_phone = _text(
        _("Số di động của chủ mới"),
        _("Số mà họ đã hoặc sẽ xác thực trên Vùng Xanh."),
        longest=40,
        attrs={"inputmode": "tel"},
    )


def kind_choices() -> list[tuple[str, str]]:
    """The kinds in the reader's language."""
    lang = reader_language()
    return [(str(kind), facts.words.in_language(lang)) for kind, facts in KINDS.items()]


def refuse(form: forms.Form, refusal: RefusalError) -> None:
    """Say a refusal beside the field that it is about."""
    fields = {"unit": "commune", "units": "commune", "entrances": "doors"}
    field = fields.get(refusal.field or "", refusal.field or "")
    said = refusal.words.in_language(reader_language())
    form.add_error(field if field in form.fields else None, said)
