"""Choosing an organisation by its name: typed, and picked where several fit."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.queries.organisations import Offered, offered, suggested
from vungxanh.accounts.rules import ROLES
from vungxanh.core import clock

NAMES = "vx-organisation-names"
LONGEST = 200
# Of these kinds names are suggested while one types.
SUGGESTED = frozenset[str]().union(*(spec.acts_for for spec in ROLES.values()))


class ActingForm(forms.Form):
    """A form that says for which organisation something acts; `acting_for` is its id when valid.

    Whoever inherits calls `look_for` when it is made, with the area in which to look.
    """

    organisation = forms.CharField(
        label=_("Làm việc cho tổ chức"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "list": NAMES}),
    )
    organisation_picked = forms.ChoiceField(
        label=_("Chọn đúng tổ chức"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Chọn một tổ chức trong danh sách.")},
    )
    acting_for = ""

    def look_for(self, *, held: frozenset[str], kinds: frozenset[str]) -> None:
        """Find what the typed name may mean; where several fit, one is to be picked."""
        text = str(self["organisation"].value() or "").strip() if self.is_bound else ""
        self._held = held
        self._found: tuple[Offered, ...] = ()
        if text:
            self._found = offered(text[:LONGEST], held=held, on=clock.today(), kinds=kinds)
        if len(self._found) < 2:
            del self.fields["organisation_picked"]
            return
        picked = cast(forms.ChoiceField, self.fields["organisation_picked"])
        picked.choices = [(str(one.id), f"{one.name}, {one.place}") for one in self._found]

    @property
    def organisation_names(self) -> tuple[str, ...]:
        """What is suggested while one types; one query."""
        return suggested(held=self._held, on=clock.today(), kinds=SUGGESTED)

    def clean(self) -> dict[str, Any]:
        """Settle which organisation is meant, or say why it is not clear."""
        given = super().clean() or self.cleaned_data
        if not given.get("organisation"):
            return given
        if not self._found:
            words = _("Không có tổ chức này trong địa bàn của bạn. Xem lại cách viết.")
            self.add_error("organisation", words)
        elif len(self._found) == 1:
            self.acting_for = str(self._found[0].id)
        else:
            self.acting_for = given.get("organisation_picked", "")
            if given.get("organisation_picked") == "":
                self.add_error("organisation_picked", _("Có nhiều tổ chức khớp. Chọn một."))
        return given
