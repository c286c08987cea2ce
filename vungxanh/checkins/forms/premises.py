"""A list of premises that is brought."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.core.bringing import FileOrPastedForm, pasted_table, table_file


def _text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """A line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, widget=widget, **more)


class PremisesForm(FileOrPastedForm):
    """A file or pasted cells, its title, from where, on which legal basis, as of when."""

    title = _text(_("Tên danh sách"), _("Ví dụ: Trường học trên địa bàn năm 2026."), max_length=200)
    source = _text(_("Nơi gửi"), _("Cơ quan, trường, doanh nghiệp gửi danh sách."), max_length=300)
    basis = _text(
        _("Căn cứ"), _("Văn bản buộc các cơ sở này phải có điểm, số và ngày."), max_length=300
    )
    as_of = forms.DateField(
        label=_("Đúng đến ngày"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    file = table_file(_("XLSX, ODS, CSV hoặc TSV, đến 20.000 dòng."))
    pasted = pasted_table()
