"""Bring a table, decide a finding, withdraw."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.core.bringing import FileOrPastedForm, pasted_table, table_file
from vungxanh.uptake.rules import FindingState

KINDS = (
    ("letter", _("Văn bản, phụ lục")),
    ("table", _("Bảng của bộ, ngành")),
    ("bulletin", _("Bản tin của tỉnh, thành phố")),
    ("census", _("Tổng điều tra, niên giám")),
    ("press", _("Báo chí")),
    ("entry", _("Đơn vị tự nhập")),
)
NOT_A_DAY = _("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 26/5/2021.")


class BringForm(FileOrPastedForm):
    """A file or pasted cells, whose figures they are, as of when and from where.

    `units` are the choices of the unit by name; without them its code is typed.
    """

    unit = forms.CharField(
        label=_("Địa bàn của bảng"),
        max_length=24,
        error_messages={"required": _("Chọn địa bàn của bảng.")},
    )
    file = table_file(_("XLSX, ODS, CSV hoặc TSV, đến 10 MB."))
    pasted = pasted_table(rows=8, strip=False)
    as_of = forms.DateField(
        label=_("Số liệu đến ngày"),
        required=False,
        help_text=_("Để trống nếu ngày đã ghi trong tiêu đề của bảng. Ví dụ 26/5/2021."),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        error_messages={"invalid": NOT_A_DAY},
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    base_as_of = forms.DateField(
        label=_("Dân số tính đến ngày"),
        required=False,
        help_text=_("Ngày của số dân, ví dụ 01/04/2019. Để trống nếu cùng ngày với bảng."),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        error_messages={"invalid": NOT_A_DAY},
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    source_title = forms.CharField(
        label=_("Nguồn"),
        max_length=300,
        help_text=_("Số, ngày và nơi ban hành, ví dụ: phụ lục công văn của Sở."),
        error_messages={"required": _("Ghi nguồn: số, ngày và nơi ban hành.")},
    )
    source_kind = forms.ChoiceField(label=_("Loại nguồn"), choices=KINDS)

    def __init__(
        self, *arguments: Any, units: Sequence[tuple[str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        if units:
            self.fields["unit"].widget = forms.Select(choices=list(units))


class DecisionForm(forms.Form):
    """What is done about a finding."""

    state = forms.ChoiceField(choices=[(s.value, s.value) for s in FindingState])
    note = forms.CharField(label=_("Lý do"), max_length=300, required=False)


class WithdrawForm(forms.Form):
    """Why a recorded table is taken back."""

    reason = forms.CharField(label=_("Lý do rút"), max_length=300, required=False)


def typed_date(text: str | None) -> date | None:
    """A date of an address, `2021-05-26`; anything else is nothing."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
