"""An organisation, its closing, mergers, a list that is brought, a place to look near to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from vungxanh.core.bringing import FileOrPastedForm, pasted_table, table_file
from vungxanh.core.preferences import reader_language
from vungxanh.locations.values.entries import Fault
from vungxanh.locations.values.kinds import KINDS, Family

FAMILIES = {Family.OFFICE: _("Tổ chức"), Family.HEALTH: _("Cơ sở y tế")}
# Faults of fields that stand under another name in a form.
PLACES = {"on": "as_of", "unit_id": "unit", "area": "unit", "point": "lat"}


def _kind_words(code: str) -> str:
    return KINDS[code].words.in_language(reader_language())


_kind_label = lazy(_kind_words, str)


def kind_choices() -> list[tuple[Any, Any]]:
    """The kinds under their two families, for a select; the first says that none is chosen."""
    groups: list[tuple[Any, Any]] = [
        (label, [(k.code, _kind_label(k.code)) for k in KINDS.values() if k.family is family])
        for family, label in FAMILIES.items()
    ]
    return [("", _("– chọn loại –")), *groups]


def _text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """A line of text whose content the rules of the room check."""
    attributes = {"autocomplete": "off", **more.pop("attributes", {})}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=more.pop("max_length", 400),
        widget=forms.TextInput(attrs=attributes),
        **more,
    )


NUMBER = {"inputmode": "decimal"}
DAY = {"inputmode": "numeric"}


class OrganisationForm(forms.Form):
    """Everything that is said of one organisation, as texts."""

    name = _text(_("Tên đầy đủ"))
    kind = forms.ChoiceField(label=_("Loại"), choices=kind_choices)
    unit = _text(
        _("Địa bàn"),
        _("Tên xã, phường, tỉnh hoặc mã địa bàn, ví dụ “Phường Quy Nhơn” hay vn-2025:21583."),
    )
    parent = _text(
        _("Tổ chức cấp trên"),
        _("Tên đầy đủ của tổ chức đã có trong danh sách."),
        required=False,
        attributes={"list": "vx-parents"},
    )
    address = _text(_("Địa chỉ"), required=False)
    telephone = _text(
        _("Điện thoại cơ quan"),
        _("Số của cơ quan, không phải số riêng. Nhiều số cách nhau bằng dấu ;"),
        required=False,
        attributes={"inputmode": "tel"},
    )
    email = _text(_("Thư điện tử cơ quan"), required=False, attributes={"inputmode": "email"})
    website = _text(_("Trang web"), required=False, attributes={"inputmode": "url"})
    tax_code = _text(_("Mã số thuế"), required=False, attributes={"inputmode": "numeric"})
    lat = _text(_("Vĩ độ"), _("Độ thập phân, ví dụ 13,7758."), required=False, attributes=NUMBER)
    lon = _text(_("Kinh độ"), _("Ví dụ 109,2233."), required=False, attributes=NUMBER)
    hours = _text(
        _("Giờ làm việc"),
        _("Ví dụ T2-T6: 7:30-11:30, 13:30-17:00; T7: 7:30-11:30; hoặc 24/7."),
        required=False,
    )
    valid_from = _text(
        _("Hoạt động từ ngày"), _("Để trống nếu không rõ."), required=False, attributes=DAY
    )
    source = _text(_("Nguồn"), _("Văn bản, trang hoặc nơi cung cấp."))
    as_of = _text(_("Đúng đến ngày"), _("Thông tin này đúng đến ngày nào."), attributes=DAY)
    is_invented = forms.BooleanField(label=_("Đây là ví dụ, không có thật"), required=False)
    n_changes = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def take_faults(self, faults: Sequence[Fault]) -> None:
        """Each fault at its field, in the reader's language."""
        for fault in faults:
            self.take_fault(fault.field, fault.words.in_language(reader_language()))

    def take_fault(self, name: str | None, sentence: str) -> None:
        """One sentence at a field, or above the form when it belongs to none."""
        place = PLACES.get(name or "", name)
        self.add_error(place if place in self.fields else None, sentence)

    def texts(self) -> Mapping[str, str]:
        """What was written, by field."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value is not None}


class CloseForm(forms.Form):
    """From which day an organisation is no more, and who follows it."""

    on = _text(_("Thôi hoạt động từ ngày"), _("Ngày đầu tiên không còn."), attributes=DAY)
    successor = _text(
        _("Tổ chức kế thừa"),
        _("Tên đầy đủ; để trống nếu không có."),
        required=False,
        attributes={"list": "vx-successors"},
    )


class MergeForm(forms.Form):
    """Several organisations that become part of one."""

    organisations = forms.CharField(
        label=_("Các tổ chức được sáp nhập"),
        help_text=_("Mỗi dòng một tên đầy đủ, từ hai dòng trở lên."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        max_length=4000,
    )
    into = _text(
        _("Sáp nhập vào"),
        _("Tên đầy đủ; tổ chức này phải có sẵn trong danh sách."),
        attributes={"list": "vx-successors"},
    )
    on = _text(_("Từ ngày"), attributes=DAY)


class BringForm(FileOrPastedForm):
    """A file or pasted cells, of which area, from where and as of when."""

    unit = forms.ChoiceField(label=_("Địa bàn của danh sách"))
    file = table_file(_("XLSX, ODS, CSV hoặc TSV, đến 10 MB và 5.000 dòng."))
    pasted = pasted_table()
    source = _text(_("Nguồn"), _("Dùng cho dòng không ghi nguồn riêng."))
    as_of = _text(_("Đúng đến ngày"), _("Dùng cho dòng không ghi ngày riêng."), attributes=DAY)

    def __init__(self, *arguments: Any, units: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]


class NearForm(forms.Form):
    """Near which place facilities are looked for: a unit, or a point."""

    unit = _text(_("Gần địa bàn"), _("Tên xã, phường, tỉnh hoặc mã địa bàn."), required=False)
    lat = _text(_("Hoặc vĩ độ"), _("Độ thập phân, như 13,7801."), required=False, attributes=NUMBER)
    lon = _text(_("Kinh độ"), _("Như 109,2262."), required=False, attributes=NUMBER)
