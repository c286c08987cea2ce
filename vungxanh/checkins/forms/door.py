"""What people say of a poster, and officers of a report and of a place."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.checkins.values.inspections import (
    LONGEST_NOTE,
    LONGEST_REASON,
    OF_POINTS,
    RESULTS,
    TAMPERS,
    Result,
    Tamper,
    TamperSaid,
)

_CHOOSE = {"required": _("Chọn một điều."), "invalid_choice": _("Chọn một điều.")}
_WRITE = {"required": _("Viết một câu ngắn.")}
_TOO_LONG = {"max_length": _("Viết ngắn hơn.")}
PHOTOS = "photos"
ACCEPTED = "image/jpeg,image/png,image/webp"


class ManyPhotos(forms.FileInput):
    """A field that takes several photos; they are read by the view, never by the form."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"multiple": True, "accept": ACCEPTED})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> None:
        """Nothing: see the view."""


class _WithPhotos(forms.Form):
    photos = forms.FileField(
        label=_("Ảnh"),
        required=False,
        widget=ManyPhotos(),
        help_text=_("Tối đa 3 ảnh bảng mã hoặc lối vào. Đừng chụp mặt người."),
    )


class ReportForm(_WithPhotos):
    """What is wrong with a poster; nothing is chosen beforehand."""

    what = forms.ChoiceField(
        label=_("Bảng mã bị gì?"), widget=forms.RadioSelect, choices=(), error_messages=_CHOOSE
    )
    entrance = forms.ChoiceField(label=_("Ở lối nào?"), choices=(), required=False)
    note = forms.CharField(
        label=_("Nói rõ thêm"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đừng ghi tên hay số điện thoại của ai."),
        error_messages=_TOO_LONG,
    )
    field_order = ("what", "entrance", "note", "photos")

    def __init__(
        self, *args: Any, language: str, entrances: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(one), words.in_language(language)) for one, words in TAMPERS.items()]
        _choose(self, "what", told)
        doors = [(str(number), label) for number, label in entrances]
        _choose(self, "entrance", [("0", _("Không rõ, hoặc lối chính")), *doors])
        if not doors:
            del self.fields["entrance"]

    def said(self, photos: tuple[bytes, ...]) -> TamperSaid:
        """What a valid form says."""
        found = self.cleaned_data
        number = int(found.get("entrance") or 0)
        return TamperSaid(Tamper(found["what"]), found["note"], number, photos)


class HandleForm(forms.Form):
    """What an officer found out about a report."""

    words = forms.CharField(
        label=_("Đã xem và làm gì"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_WRITE | _TOO_LONG,
    )


class InspectForm(_WithPhotos):
    """What an officer finds at a place."""

    result = forms.ChoiceField(
        label=_("Kết quả kiểm tra"), widget=forms.RadioSelect, choices=(), error_messages=_CHOOSE
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_TOO_LONG,
    )
    field_order = ("result", "note", "photos")

    def __init__(
        self,
        *args: Any,
        language: str,
        results: Sequence[Result] = OF_POINTS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "result", [(str(one), RESULTS[one].in_language(language)) for one in results])


class RemindForm(forms.Form):
    """Until when something is to be mended, and what."""

    due_on = forms.DateField(
        label=_("Sửa xong trước hết ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Chọn một ngày."), "invalid": _("Chọn một ngày.")},
    )
    note = forms.CharField(
        label=_("Việc cần làm"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=_TOO_LONG,
    )


class WordsForm(forms.Form):
    """A sentence: why, or an answer."""

    words = forms.CharField(
        label=_("Lý do"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_WRITE | _TOO_LONG,
    )


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
