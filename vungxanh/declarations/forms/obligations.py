"""The form by which a group is obliged to declare."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.checkins.values.kinds import KINDS
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.actions.obliging import NewObligation
from vungxanh.declarations.values.states import Every

Choices = list[tuple[str, str]]
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EVERY_WORDS = {
    Every.ONCE: _("Một lần"),
    Every.DAILY: _("Hằng ngày"),
    Every.WEEKLY: _("Hằng tuần"),
}


class ObligationForm(forms.Form):
    """A group of a unit, a form, how often, from when until when, by which letter."""

    words = forms.CharField(
        label=_("Nhóm phải khai"),
        max_length=200,
        help_text=_("Ghi như trong văn bản, ví dụ: người dân trong xã, công nhân nhà máy."),
    )
    unit_id = forms.ChoiceField(label=_("Địa bàn"))
    point_kinds = forms.MultipleChoiceField(
        label=_("Chỉ người ở các loại cơ sở này"),
        required=False,
        help_text=_("Để trống nếu là toàn bộ người dân của địa bàn."),
        widget=forms.CheckboxSelectMultiple,
    )
    form = forms.ChoiceField(label=_("Biểu mẫu"))
    every = forms.ChoiceField(
        label=_("Khai bao lâu một lần"), choices=[(one.value, w) for one, w in EVERY_WORDS.items()]
    )
    letter = forms.CharField(
        label=_("Số và ngày của văn bản"),
        max_length=80,
        help_text=_("Ví dụ: 2666/QĐ-BYT ngày 29/5/2021."),
    )
    starts_on = forms.DateField(label=_("Từ ngày"), widget=_DAY)
    ends_on = forms.DateField(label=_("Đến hết ngày"), required=False, widget=_DAY)

    def __init__(self, *args: Any, units: Choices, known: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = reader_language()
        kinds = [(kind.value, told.words.in_language(lang)) for kind, told in KINDS.items()]
        for name, choices in (("unit_id", units), ("form", known), ("point_kinds", kinds)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def new(self) -> NewObligation:
        """What was typed."""
        said = self.cleaned_data
        return NewObligation(
            words=said["words"],
            unit_id=said["unit_id"],
            form=said["form"],
            every=Every(said["every"]),
            starts_on=said["starts_on"],
            letter=said["letter"],
            ends_on=said["ends_on"],
            point_kinds=tuple(said["point_kinds"]),
        )
