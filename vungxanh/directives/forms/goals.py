"""A goal of a letter as a target: for whom, of what, by when; what was left open is asked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from vungxanh.core.preferences import reader_language
from vungxanh.directives.actions.goals import Asked
from vungxanh.directives.forms.typed import Typed, Words, typed_day, typed_number
from vungxanh.locations.values import UnitId
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.values.targets import NUMERATORS, Goal, ids_of

ITSELF, EACH_BELOW, CHOSEN = "don-vi", "tung-don-vi", "chon"
BASES = ("population", "adults", "smartphones", "subscriptions")
_ASK_BASE = _("Văn bản không nói rõ tỷ lệ của cái gì. Chọn một mẫu số, hoặc hỏi nơi ban hành.")


def _label(name: str) -> str:
    return ELEMENTS[name].label.in_language(reader_language())


_element_label = lazy(_label, str)


def _elements(names: Sequence[str], empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((name, _element_label(name)) for name in names)]


class GoalTargetForm(forms.Form):
    """Exactly one of share and number, a base for a share, a day, and units."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=40_000, widget=forms.HiddenInput)
    whom = forms.ChoiceField(label=_("Giao cho"), widget=forms.RadioSelect)
    units = forms.MultipleChoiceField(
        label=_("Chọn đơn vị"), required=False, widget=forms.CheckboxSelectMultiple
    )
    share_percent = Typed(typed_number, label=_("Tỷ lệ cần đạt, %"))
    denominator = forms.ChoiceField(
        label=_("Trên mẫu số nào?"),
        required=False,
        choices=_elements(BASES, _("– chọn một mẫu số –")),
    )
    n_asked = Typed(
        typed_number,
        label=_("Hoặc con số cần đạt"),
        hint=_("Mỗi đơn vị đạt con số này. Để trống nếu giao tỷ lệ."),
    )
    numerator = forms.ChoiceField(
        label=_("Đếm gì?"),
        choices=_elements(NUMERATORS, _("– chọn số đếm –")),
        error_messages={"required": _("Chọn số được đếm.")},
    )
    due_on = Typed(
        typed_day,
        label=_("Hết ngày"),
        hint=_("Ngày cuối cùng còn tính. “Trước ngày 01/9” là hết ngày 31/8."),
    )
    origin = Words(_("Văn bản giao chỉ tiêu"), most=300, required=True)
    name = Words(
        _("Tên chiến dịch"),
        most=200,
        hint=_("Khi giao cho nhiều đơn vị, các chỉ tiêu nằm chung dưới một tên."),
    )
    starts_on = Typed(typed_day, label=_("Bắt đầu từ ngày"), hint=_("Khi giao cho nhiều đơn vị."))

    def __init__(
        self,
        *arguments: Any,
        whom: Sequence[tuple[str, str]],
        below: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        for name, choices in (("whom", whom), ("units", below)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)
        if not below:
            del self.fields["units"], self.fields["name"], self.fields["starts_on"]

    def clean(self) -> dict[str, Any]:
        """A share has its base; a number has none; a target has its day and its units."""
        said = super().clean() or {}
        if self.errors:
            return said
        share, number = said.get("share_percent"), said.get("n_asked")
        if (share is None) == (number is None):
            self.add_error(
                "share_percent", _("Nhập một tỷ lệ hoặc một con số, đúng một trong hai.")
            )
        if share is not None and not said.get("denominator"):
            self.add_error("denominator", _ASK_BASE)
        if number is not None and number != int(number):
            self.add_error("n_asked", _("Con số này phải là số nguyên."))
        if said.get("due_on") is None:
            self.add_error("due_on", _("Văn bản không ghi hạn. Ghi ngày, hoặc hỏi nơi ban hành."))
        if said.get("whom") == CHOSEN and not said.get("units"):
            self.add_error("units", _("Chọn ít nhất một đơn vị."))
        return said

    def asked(self, itself: UnitId, below: Sequence[UnitId], *, today: date) -> Asked:
        """What was typed, for the letter's unit and those right below it."""
        said = self.cleaned_data
        whom = {
            ITSELF: (itself,),
            EACH_BELOW: tuple(below),
            CHOSEN: tuple(UnitId(one) for one in said.get("units") or ()),
        }
        is_one = said["whom"] == ITSELF
        return Asked(
            unit_ids=whom[said["whom"]],
            goal=self._goal(),
            name="" if is_one else said.get("name") or "",
            starts_on=said.get("starts_on") or today,
        )

    def _goal(self) -> Goal:
        said = self.cleaned_data
        share, number = said["share_percent"], said["n_asked"]
        return Goal(
            numerator=said["numerator"],
            due_on=said["due_on"],
            origin=said["origin"],
            share_percent=None if share is None else Decimal(str(share)),
            denominator=said["denominator"] if share is not None else None,
            n_asked=None if number is None else int(number),
        )

    @property
    def seen_ids(self) -> frozenset[Any]:
        """The targets that stood when the form was shown."""
        return ids_of(self.cleaned_data["seen"])
