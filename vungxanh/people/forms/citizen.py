"""What a citizen types on their own phone; what is wrong is said beside its field."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.core.preferences import reader_language
from vungxanh.people.forms.moving import MovingField, offer, said_of
from vungxanh.people.values.citizens import Left
from vungxanh.refusals import RefusalError

Form = TypeVar("Form", bound=forms.Form)
LONGEST_NAME = 80
LONGEST_ADDRESS = 120
SEXES = (("", _("Không ghi")), ("female", _("Nữ")), ("male", _("Nam")))
PAPERS = (
    ("", _("Tự nhận ra theo số")),
    ("cccd", _("Căn cước, CCCD (12 số)")),
    ("cmnd", _("CMND cũ (9 số)")),
    ("bhyt", _("Thẻ bảo hiểm y tế")),
    ("passport", _("Hộ chiếu")),
)


def refused(form: Form, refusal: RefusalError, fields: Mapping[str, str] | None = None) -> Form:
    """The form with the refusal's sentence at its field, else above all fields."""
    field = (fields or {}).get(refusal.field or "", refusal.field)
    sentence = refusal.words.in_language(reader_language())
    form.add_error(field if field in form.fields else None, sentence)
    return form


class PhoneForm(forms.Form):
    """The number to prove."""

    phone = forms.CharField(
        label=_("Số điện thoại di động"),
        help_text=_("Viết kiểu nào cũng được: 0912 345 678, +84 912345678, số 11 chữ số cũ."),
        max_length=40,
        error_messages={
            "required": _("Nhập số điện thoại của bạn."),
            "max_length": _("Chỉ nhập một số điện thoại."),
        },
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )


class AddressForm(forms.Form):
    """What lies below the commune, in words."""

    address = forms.CharField(
        label=_("Số nhà, đường, thôn, tổ"),
        help_text=_("Chỉ để cán bộ tìm đến khi bạn cần giúp. Được mã hóa."),
        required=False,
        max_length=LONGEST_ADDRESS,
        error_messages={"max_length": _("Viết gọn hơn, không quá 120 chữ cái.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


class ResidenceForm(AddressForm):
    """A new residence, and who of the family moves along: asked for each, ticked for nobody."""

    moving = MovingField(label=_("Ai chuyển cùng bạn?"))

    def __init__(self, *args: Any, left: Sequence[Left] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, [(one.id, said_of(one.name, one.place)) for one in left])


class CodeForm(AddressForm):
    """The code that came by message."""

    code = forms.CharField(
        label=_("Mã 6 số trong tin nhắn"),
        max_length=20,
        error_messages={
            "required": _("Nhập 6 số trong tin nhắn."),
            "max_length": _("Chỉ nhập 6 số trong tin nhắn."),
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "vx-digits"}
        ),
    )
    field_order = ("code", "address")


class PersonForm(forms.Form):
    """Name, birth and sex, as far as somebody wants to say them."""

    name = forms.CharField(
        label=_("Họ và tên"),
        required=False,
        max_length=LONGEST_NAME,
        error_messages={"max_length": _("Viết gọn hơn, không quá 80 chữ cái.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    birth = forms.CharField(
        label=_("Năm sinh hoặc ngày sinh"),
        help_text=_("Ví dụ 1985, hoặc 20/3/1985."),
        required=False,
        max_length=20,
        error_messages={"max_length": _("Chỉ nhập năm, hoặc ngày/tháng/năm.")},
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"), choices=SEXES, required=False, widget=forms.RadioSelect
    )


class DependantForm(PersonForm):
    """Somebody of the family: a name is needed to tell them apart."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Nhập họ và tên.")
        self.fields["name"].widget.attrs["autocomplete"] = "off"


class PaperForm(forms.Form):
    """One identity paper."""

    kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=PAPERS, required=False)
    number = forms.CharField(
        label=_("Số ghi trên giấy tờ"),
        max_length=40,
        error_messages={
            "required": _("Nhập số ghi trên giấy tờ."),
            "max_length": _("Chỉ nhập số của một giấy tờ."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
