"""A list of premises that is brought."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """A line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, widget=widget, **more)


class PremisesForm(forms.Form):
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
    file = forms.FileField(
        label=_("Tệp Excel, LibreOffice hoặc CSV"),
        required=False,
        help_text=_("XLSX, ODS, CSV hoặc TSV, đến 20.000 dòng."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )
    pasted = forms.CharField(
        label=_("Hoặc dán từ Excel"),
        required=False,
        help_text=_("Chọn vùng trong Excel, kể cả dòng tiêu đề, rồi dán vào đây."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        max_length=2_000_000,
    )

    def clean(self) -> dict[str, Any]:
        """One of file and pasted cells, not both, not neither."""
        found = super().clean() or {}
        has_file, has_text = bool(found.get("file")), bool(found.get("pasted", "").strip())
        if not has_file and not has_text and "file" not in self.errors:
            self.add_error("file", _("Chọn một tệp, hoặc dán bảng vào ô bên dưới."))
        if has_file and has_text:
            self.add_error("pasted", _("Đã có tệp. Bỏ tệp hoặc xóa phần dán, chỉ giữ một."))
        return found
