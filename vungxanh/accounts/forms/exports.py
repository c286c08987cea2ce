"""What officers choose to export a list of persons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.values.exports import ExportAsked, ExportForm

FORMS = [("pdf", _("PDF, để in")), ("xlsx", _("Bảng tính XLSX"))]


class AskForm(forms.Form):
    """Which list, what for, and as what."""

    resource = forms.ChoiceField(
        label=_("Loại danh sách"), error_messages={"required": _("Chọn loại danh sách.")}
    )
    list_id = forms.CharField(
        label=_("Mã danh sách"),
        help_text=_("Danh sách đang mở của chính bạn."),
        max_length=64,
        error_messages={"required": _("Nhập mã danh sách.")},
    )
    purpose = forms.ChoiceField(
        label=_("Mục đích"), error_messages={"required": _("Chọn mục đích.")}
    )
    form = forms.ChoiceField(
        label=_("Dạng tệp"), choices=FORMS, widget=forms.RadioSelect, initial="pdf"
    )

    def __init__(
        self,
        *args: Any,
        resources: Sequence[tuple[str, str]],
        purposes: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("resource", resources)
        self._offer("purpose", [("", str(_("Chọn mục đích"))), *purposes])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def asked(self) -> ExportAsked:
        """What was chosen."""
        said = self.cleaned_data
        return ExportAsked(
            said["resource"], said["list_id"], said["purpose"], ExportForm(said["form"])
        )
