"""What people type to enrol a device."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.forms.organisations import ActingForm
from vungxanh.accounts.rules.devices import Kind, ScopeSpec
from vungxanh.accounts.values.devices import KIND_WORDS, NewDevice
from vungxanh.core.preferences import reader_language
from vungxanh.locations.values import Unit

LONGEST_NAME = 80


class DeviceForm(ActingForm):
    """Which device, for which unit, with which narrow scope."""

    name = forms.CharField(
        label=_("Tên thiết bị"),
        help_text=_("Để nhận ra máy, ví dụ “Máy trực chốt cầu Đôi”. Không ghi tên người."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Đặt tên cho thiết bị.")},
    )
    unit = forms.ChoiceField(
        label=_("Đơn vị"), error_messages={"required": _("Chọn đơn vị của thiết bị.")}
    )
    kind = forms.ChoiceField(label=_("Loại"), error_messages={"required": _("Chọn loại thiết bị.")})
    scope = forms.ChoiceField(
        label=_("Phạm vi"),
        help_text=_("Thiết bị chỉ làm được đúng việc này, không có quyền nào khác của bạn."),
        error_messages={"required": _("Chọn phạm vi.")},
    )
    field_order = ("name", "unit", "organisation", "organisation_picked", "kind", "scope")

    def __init__(
        self,
        *args: object,
        units: Iterable[Unit],
        scopes: tuple[ScopeSpec, ...],
        held: frozenset[str],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        language = reader_language()
        kinds = [kind for kind in Kind if any(kind in spec.kinds for spec in scopes)]
        self._choose("unit", [(one.id, one.name) for one in units])
        self._choose("kind", [(kind, KIND_WORDS[kind].in_language(language)) for kind in kinds])
        self._choose("scope", [(spec.scope, _scope_label(spec, language)) for spec in scopes])
        self.fields["organisation"].help_text = _(
            "Chỉ khi máy gửi thay một tổ chức: ghi một phần tên. "
            "Để trống thì máy làm việc cho đơn vị."
        )
        self.look_for(held=held, kinds=frozenset())

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        """A choice of one is made already; of several, none is."""
        chosen = cast(forms.ChoiceField, self.fields[field])
        chosen.choices = choices if len(choices) == 1 else [("", "–"), *choices]

    def device(self) -> NewDevice:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        kind = Kind(typed["kind"])
        return NewDevice(typed["name"], kind, typed["scope"], typed["unit"], self.acting_for)


class CodeForm(forms.Form):
    """The code of an enrolment link, for who does not scan it."""

    code = forms.CharField(
        label=_("Mã ghi danh"),
        help_text=_("24 chữ và số dưới hình QR; gõ liền hay cách đều được."),
        max_length=64,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-vx-enrol-code": "",
            }
        ),
        error_messages={"required": _("Nhập mã ghi danh.")},
    )


def _scope_label(spec: ScopeSpec, language: str) -> str:
    kinds = ", ".join(KIND_WORDS[kind].in_language(language) for kind in Kind if kind in spec.kinds)
    return f"{spec.words.in_language(language)} ({kinds})"
