"""A table of points that is brought."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PointTableForm(forms.Form):
    """A file or pasted cells."""

    file = forms.FileField(
        label=_("Tệp Excel, LibreOffice hoặc CSV"),
        required=False,
        help_text=_("XLSX, ODS, CSV hoặc TSV, đến 100.000 dòng."),
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
