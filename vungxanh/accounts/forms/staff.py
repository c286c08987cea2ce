"""What an administrator gives an account."""

from collections.abc import Iterable
from datetime import date, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.forms.organisations import ActingForm
from vungxanh.accounts.queries import UnitTextError, units_of_text, written
from vungxanh.accounts.queries.organisations import names
from vungxanh.accounts.rules import ROLES, specs
from vungxanh.accounts.values import Rights
from vungxanh.accounts.values.acting import ORGANISATION, organisations_of
from vungxanh.core import clock
from vungxanh.core.preferences import reader_language

_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


def _roles() -> list[tuple[str, str]]:
    language = reader_language()
    return [(str(role), spec.words.in_language(language)) for role, spec in ROLES.items()]


class RightsForm(ActingForm):
    """Roles, units, the organisation, other single things and the last day of an account."""

    roles = forms.MultipleChoiceField(
        label=_("Vai trò"),
        choices=_roles,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một vai trò.")},
    )
    units = forms.CharField(
        label=_("Đơn vị"),
        help_text=_(
            "Mỗi dòng một đơn vị trong địa bàn của bạn: tên hay địa chỉ như người ta viết, "
            "ví dụ “P. Lê Lợi, Quy Nhơn”, hoặc mã như vn-2025:21586."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        error_messages={"required": _("Ghi ít nhất một đơn vị.")},
    )
    scopes = forms.CharField(
        label=_("Phạm vi riêng"),
        help_text=_(
            "Chỉ cho vai trò giới hạn ở một danh sách, tổ hay điểm; mỗi dòng một mục như list:12."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    ends_on = forms.DateField(
        label=_("Dùng đến hết ngày"),
        help_text=_("Bắt buộc với vai trò giao tạm thời. Để trống nếu không hạn định."),
        required=False,
        input_formats=_DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Ghi ngày như 31/12/2026.")},
    )

    def __init__(self, *args: object, held: frozenset[str] = frozenset(), **rest: object) -> None:
        super().__init__(*args, **rest)  # type: ignore[arg-type]
        self.held = held
        self.fields["organisation"].help_text = _(
            "Bắt buộc với vai trò đầu mối của một doanh nghiệp: ghi một phần tên, "
            "trong danh mục tổ chức của địa bàn."
        )
        asked = self["roles"].value() if self.is_bound else []
        self.look_for(held=held, kinds=_kinds_of(asked or []))

    def clean_units(self) -> tuple[str, ...]:
        """The ids of the units that were named."""
        try:
            return units_of_text(self.cleaned_data["units"], held=self.held)
        except UnitTextError as unknown:
            words = unknown.words.in_language(reader_language())
            raise forms.ValidationError(words, code=unknown.code) from unknown

    def clean_scopes(self) -> tuple[str, ...]:
        """One scope a line."""
        return tuple(self.cleaned_data["scopes"].split())

    def rights(self) -> Rights:
        """What the filled-in form gives."""
        given = self.cleaned_data
        return Rights(
            roles=tuple(given["roles"]),
            units=given["units"],
            scopes=(*_organisation_scope(self.acting_for), *given["scopes"]),
            ends_at=_end_of(given["ends_on"]),
        )


def filled_with(rights: Rights) -> dict[str, object]:
    """The form's fields for rights that are held."""
    language = reader_language()
    first = _first_organisation(rights.scopes)
    ends_on = rights.ends_at.astimezone(clock.TZ).date() if rights.ends_at else None
    return {
        "roles": list(rights.roles),
        "units": "\n".join(written(unit, language) for unit in rights.units),
        "organisation": "".join(names(first)),
        "scopes": "\n".join(one for one in rights.scopes if one not in first),
        "ends_on": ends_on,
    }


def _first_organisation(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """The scope of the organisation that the form names, where there is one."""
    return tuple(_organisation_scope(min(organisations_of(scopes), default="")))


def _organisation_scope(organisation: str) -> list[str]:
    return [f"{ORGANISATION}{organisation}"] if organisation else []


def _kinds_of(roles: Iterable[str]) -> frozenset[str]:
    """The kinds of organisation that these roles act for; empty for any kind."""
    return frozenset[str]().union(*(spec.acts_for for spec in specs(roles)))


def _end_of(day: date | None) -> datetime | None:
    return clock.day_end(day) if day else None
