"""What an owner types of their point: one question a step, all but the place on one page later."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.checkins.forms import reading
from vungxanh.checkins.forms.reading import ReadField
from vungxanh.checkins.values.kinds import EntranceKind
from vungxanh.checkins.values.points import NewEntrance, read_entrances, read_label
from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError

DOORS, ROOMS = "doors", "rooms"


class KindForm(forms.Form):
    """What the point is."""

    kind = reading.kind_field(widget=forms.RadioSelect)


class NameForm(forms.Form):
    """What it is called."""

    name = reading.name_field()


class AddressForm(forms.Form):
    """Where it is below the commune."""

    address = reading.address_field()


class DoorsForm(forms.Form):
    """Doors and rooms with codes of their own."""

    doors = reading.lines_field(
        _("Lối vào có mã riêng"),
        _("Mỗi dòng một lối, ví dụ: Cổng chính. Chỉ có một lối thì để trống."),
    )
    rooms = reading.lines_field(
        _("Phòng, khu có mã riêng"), _("Mỗi dòng một phòng, ví dụ: Lớp 6A, Phòng họp 2.")
    )

    def clean(self) -> dict[str, Any]:
        """Names that differ, and not too many."""
        cleaned = super().clean() or {}
        try:
            read_entrances(doors_of_lines(cleaned.get(DOORS, ""), cleaned.get(ROOMS, "")))
        except RefusalError as refusal:
            self.add_error(DOORS, refusal.words.in_language(reader_language()))
        return cleaned


class TimesForm(forms.Form):
    """When it is open, how long people stay, how many have room."""

    hours = reading.hours_field()
    stay = reading.stay_field()
    capacity = reading.capacity_field()


class ContactForm(forms.Form):
    """Whom officers call."""

    contact_name = reading.contact_name_field()
    contact_phone = reading.contact_phone_field()


class ChangeForm(TimesForm, ContactForm):
    """Everything but the place; entrances by number, cleared ones close."""

    kind = reading.kind_field()
    name = reading.name_field()
    doors = reading.lines_field(_("Thêm lối vào"), _("Mỗi dòng một lối."))
    rooms = reading.lines_field(_("Thêm phòng, khu"), _("Mỗi dòng một phòng."))
    field_order = ("kind", "name", "hours", "stay", "capacity", "contact_name", "contact_phone")

    def __init__(self, *args: Any, entrances: Sequence[NewEntrance] = (), **said: Any) -> None:
        super().__init__(*args, **said)
        self.entrances = entrances
        for one in entrances:
            self.fields[_field_of(one)] = _door_field(one)
        self.order_fields([*self.field_order, *map(_field_of, entrances), DOORS, ROOMS])

    def clean(self) -> dict[str, Any]:
        """Names of entrances that differ, and not too many."""
        cleaned = super().clean() or {}
        try:
            cleaned["entrances"] = read_entrances(self._told(cleaned))
        except RefusalError as refusal:
            self.add_error(DOORS, refusal.words.in_language(reader_language()))
        return cleaned

    def _told(self, cleaned: dict[str, Any]) -> list[NewEntrance]:
        staying = [
            NewEntrance(str(cleaned.get(_field_of(one), "")), one.kind, one.number)
            for one in self.entrances
        ]
        return staying + doors_of_lines(cleaned.get(DOORS, ""), cleaned.get(ROOMS, ""))


class RotateForm(forms.Form):
    """Until when the former posters may hang."""

    until = forms.DateField(
        label=_("Mã cũ còn dùng đến hết ngày"),
        help_text=_("Trong thời gian này cả bảng cũ và bảng mới đều quét được."),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required=False,
        error_messages={"invalid": _("Ghi ngày như 28/8/2020.")},
    )


class CloseForm(forms.Form):
    """Why a point closes; nothing needs to be said."""

    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Viết gọn hơn, không quá 300 chữ cái.")},
    )


def doors_of_lines(doors: str, rooms: str) -> list[NewEntrance]:
    """The entrances that two texts name, a line each."""
    return [
        NewEntrance(line, kind)
        for text, kind in ((doors, EntranceKind.DOOR), (rooms, EntranceKind.ROOM))
        for line in text.splitlines()
        if line.strip()
    ]


def first_of(entrances: Sequence[NewEntrance]) -> dict[str, str]:
    """What a form of changes begins with for its entrances."""
    return {_field_of(one): one.label for one in entrances}


def _field_of(one: NewEntrance) -> str:
    return f"door_{one.number}"


def _door_field(one: NewEntrance) -> ReadField:
    label = _("Lối vào số %(n)s") if one.kind is EntranceKind.DOOR else _("Phòng số %(n)s")
    return ReadField(
        read_label,
        label % {"n": one.number},
        required=False,
        max_length=240,
        help_text=_("Xóa trống để bỏ; mã của lối này hết dùng ngay."),
    )
