"""What people type to set a target: for one unit, or for each unit right below it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from vungxanh.core.preferences import reader_language
from vungxanh.engines.coverage import BASE_ELEMENTS
from vungxanh.locations.values import UnitId
from vungxanh.uptake.forms.figures import NOT_A_DAY
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.values.targets import NUMERATORS, Goal, NewCampaign, ids_of

ITSELF, EACH_BELOW = "don-vi", "tung-don-vi"


def _label(name: str) -> str:
    return ELEMENTS[name].label.in_language(reader_language())


_element_label = lazy(_label, str)
_ASK_BASE = _(
    "Chỉ tiêu này là trên mẫu số nào: dân số, người từ 18 tuổi trở lên, số smartphone hay số thuê "
    "bao? Chọn một mẫu số, hoặc hỏi nơi ban hành."
)


def _day(label: Any, *, hint: Any = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        error_messages={"invalid": NOT_A_DAY, "required": NOT_A_DAY},
        widget=forms.DateInput(
            attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%d/%m/%Y"
        ),
        help_text=hint,
    )


class TargetForm(forms.Form):
    """A share of a named base, or a number, by a day, and the letter that says so."""

    numerator = forms.ChoiceField(
        label=_("Đếm gì?"), choices=[(name, _element_label(name)) for name in NUMERATORS]
    )
    share_percent = forms.DecimalField(
        label=_("Tỷ lệ cần đạt, %"),
        max_digits=5,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    denominator = forms.ChoiceField(
        label=_("Trên mẫu số nào?"),
        required=False,
        choices=[
            ("", _("– chọn một mẫu số –")),
            *((name, _element_label(name)) for name in BASE_ELEMENTS),
        ],
    )
    n_asked = forms.IntegerField(
        label=_("Hoặc con số cần đạt"),
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        localize=True,
        help_text=_("Khi văn bản giao một con số, ví dụ 500 máy. Để trống nếu giao tỷ lệ."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    due_on = _day(
        _("Hết ngày"), hint=_("Ngày cuối cùng còn tính. “Trước ngày 01/9” là hết ngày 31/8.")
    )
    origin = forms.CharField(
        label=_("Văn bản giao chỉ tiêu"), max_length=300, help_text=_("Số, ngày, nơi ban hành.")
    )
    seen = forms.CharField(required=False, max_length=40_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A share has its base; a number has none."""
        said = super().clean() or {}
        asks_share = said.get("share_percent") is not None
        if asks_share and not said.get("denominator"):
            self.add_error("denominator", _ASK_BASE)
        if asks_share == (said.get("n_asked") is not None) and not self.errors:
            self.add_error(
                "share_percent", _("Nhập một tỷ lệ hoặc một con số, đúng một trong hai.")
            )
        return said

    def goal(self) -> Goal:
        """What was typed."""
        said = self.cleaned_data
        return Goal(
            numerator=said["numerator"],
            due_on=said["due_on"],
            origin=said["origin"],
            share_percent=said["share_percent"],
            denominator=said["denominator"] or None if said["n_asked"] is None else None,
            n_asked=said["n_asked"],
        )

    @property
    def seen_ids(self) -> frozenset[Any]:
        """The targets that stood when the form was shown."""
        return ids_of(self.cleaned_data["seen"])


class ManyForm(TargetForm):
    """The same, for the unit itself or as a campaign for each unit right below it."""

    whom = forms.ChoiceField(
        label=_("Giao cho"), choices=[(ITSELF, ""), (EACH_BELOW, "")], widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Tên chiến dịch"),
        max_length=200,
        required=False,
        help_text=_("Khi giao cho từng đơn vị trực thuộc."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = _day(
        _("Bắt đầu chiến dịch từ ngày"),
        required=False,
        hint=_("Khi giao cho từng đơn vị trực thuộc."),
    )
    field_order = ("whom", "name", "starts_on")

    def __init__(self, *arguments: Any, whom: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["whom"]
        if isinstance(field, forms.ChoiceField):
            field.choices = whom

    @property
    def is_campaign(self) -> bool:
        """Whether each unit right below gets its own target."""
        return bool(self.cleaned_data["whom"] == EACH_BELOW)

    def campaign(self, scope: UnitId, units: tuple[UnitId, ...], *, today: date) -> NewCampaign:
        """What was typed, for some units of an area; it starts today where no day was said."""
        said = self.cleaned_data
        return NewCampaign(scope, said["name"], units, said["starts_on"] or today, self.goal())
