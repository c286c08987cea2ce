"""Bring a list of populations."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PopulationForm(forms.Form):
    """A file or pasted cells with the columns unit, year, kind and population."""

    file = forms.FileField(
        label=_("Tệp Excel, LibreOffice hoặc CSV"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )
    pasted = forms.CharField(
        label=_("Hoặc dán từ Excel"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        max_length=2_000_000,
    )
    source = forms.CharField(
        label=_("Nguồn, cho các dòng không ghi nguồn riêng"), required=False, max_length=300
    )

    def clean(self) -> dict[str, object]:
        """One of file and pasted cells is needed."""
        said = super().clean() or {}
        if not said.get("file") and not str(said.get("pasted", "")).strip():
            self.add_error("file", _("Chọn tệp, hoặc dán bảng vào ô dưới."))
        return said
