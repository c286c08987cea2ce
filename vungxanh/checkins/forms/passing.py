"""What the page of a point asks of whoever comes: nothing but how many are with them."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.checkins.values.own_visits import MOST_COMPANIONS, Passing
from vungxanh.core import clock
from vungxanh.core.ids import made_at, new_id

_OF_TODAY = timedelta(days=1)
_MANY = _("Nhập một số từ 0 đến 20.")


class ComingForm(forms.Form):
    """`form` is made with the page; `ma` is what stood behind the "#" of the scanned address."""

    form = forms.UUIDField(widget=forms.HiddenInput)
    ma = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)
    companions = forms.IntegerField(
        label=_("Người đi cùng"),
        required=False,
        min_value=0,
        max_value=MOST_COMPANIONS,
        initial=0,
        error_messages={"invalid": _MANY, "min_value": _MANY, "max_value": _MANY},
        widget=forms.Select(
            attrs={"class": "form-select vx-count"},
            choices=[(n, n) for n in range(MOST_COMPANIONS + 1)],
        ),
    )

    def clean_form(self) -> UUID:
        """A form that was not made by a page of today is as good as a new one."""
        form: UUID = self.cleaned_data["form"]
        is_ours = form.version == 7 and abs(clock.now() - made_at(form)) < _OF_TODAY
        return form if is_ours else new_id()

    def said(self, code: str, *, entrance: int) -> Passing:
        """What a valid form says of the point of a code."""
        found = self.cleaned_data
        form: UUID = found["form"]
        return Passing(form, code, "in", entrance, found["companions"] or 0)


class LeavingForm(forms.Form):
    """The form's own identifier; a page that shows many points sends none."""

    form = forms.UUIDField(required=False, widget=forms.HiddenInput)
