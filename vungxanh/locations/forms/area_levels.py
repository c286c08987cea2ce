"""A level of an area: the inputs that the rule takes, or a body's decision."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.locations.values.area_levels import LevelInputs

DAY = ["%d/%m/%Y", "%Y-%m-%d"]
CAPACITY = (("", _("chưa biết")), ("yes", _("có")), ("no", _("không")))
LEVEL_CHOICES = (("", "–"), *((str(n), str(n)) for n in (1, 2, 3, 4)))


class LevelForm(forms.Form):
    """`act` is look (only tell), keep (keep what the rule tells) or decide."""

    ACTS: ClassVar = (("look", ""), ("keep", ""), ("decide", ""))

    act = forms.ChoiceField(choices=ACTS, widget=forms.HiddenInput, initial="look")
    on = forms.DateField(
        label=_("Từ ngày"),
        input_formats=DAY,
        error_messages={"invalid": _("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 26/5/2021.")},
    )
    n_new_cases = forms.IntegerField(
        label=_("Ca mới tại cộng đồng trong tuần"), required=False, min_value=0
    )
    population = forms.IntegerField(label=_("Dân số"), required=False, min_value=0)
    population_source = forms.CharField(label=_("Nguồn của dân số"), required=False, max_length=200)
    n_adults = forms.IntegerField(label=_("Người từ 18 tuổi trở lên"), required=False, min_value=0)
    n_adults_dosed = forms.IntegerField(
        label=_("Trong đó đã tiêm ít nhất 1 liều"), required=False, min_value=0
    )
    has_capacity = forms.ChoiceField(
        label=_("Bảo đảm khả năng điều trị"), required=False, choices=CAPACITY
    )
    level = forms.ChoiceField(
        label=_("Cấp độ theo quyết định"), required=False, choices=LEVEL_CHOICES
    )
    body = forms.CharField(label=_("Cơ quan quyết định"), required=False, max_length=200)
    number = forms.CharField(label=_("Số quyết định"), required=False, max_length=80)

    def inputs(self) -> LevelInputs:
        """The inputs as typed; what was left empty is not known."""
        said = self.cleaned_data
        return LevelInputs(
            n_new_cases=said["n_new_cases"],
            population=said["population"],
            population_source=said["population_source"],
            n_adults=said["n_adults"],
            n_adults_dosed=said["n_adults_dosed"],
            has_capacity={"yes": True, "no": False}.get(said["has_capacity"]),
        )
