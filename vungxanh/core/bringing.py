"""Forms by which something is brought: as a file, or as text that is pasted."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

TABLE_ENDINGS: Final = ".xlsx,.ods,.csv,.tsv,.txt"
MOST_CHARACTERS: Final = 2_000_000
_TABLE: Final = _("Tệp Excel, LibreOffice hoặc CSV")


@dataclass(frozen=True, slots=True)
class Original:
    """What was brought, as it was; pasted text has no name."""

    content: bytes
    name: str
    is_pasted: bool


class FileOrPastedForm(forms.Form):
    """One of the fields `file` and `pasted`, which a form declares in their place among others."""

    neither = _("Chọn một tệp, hoặc dán bảng vào ô bên dưới.")

    def clean(self) -> dict[str, Any]:
        """One of file and pasted text, not both, not neither."""
        found = super().clean() or {}
        has_file, has_text = bool(found.get("file")), bool(found.get("pasted", "").strip())
        if not has_file and not has_text and "file" not in self.errors:
            self.add_error("file", self.neither)
        if has_file and has_text:
            self.add_error("pasted", _("Đã có tệp. Bỏ tệp hoặc xóa phần dán, chỉ giữ một."))
        return found

    def original(self) -> Original:
        """What a valid form brings."""
        file = self.cleaned_data.get("file")
        if file:
            return Original(file.read(), file.name, is_pasted=False)
        return Original(self.cleaned_data["pasted"].encode(), "", is_pasted=True)

    @property
    def original_field(self) -> str:
        """The field that says what is wrong with what was brought."""
        return "file" if self.cleaned_data.get("file") else "pasted"


def table_file(hint: Any, *, label: Any = _TABLE) -> forms.FileField:
    """The field of a table's file; `hint` says how large it may be."""
    return forms.FileField(
        label=label,
        required=False,
        help_text=hint,
        widget=forms.ClearableFileInput(attrs={"accept": TABLE_ENDINGS}),
    )


def pasted_table(*, rows: int = 6, strip: bool = True) -> forms.CharField:
    """The field of pasted cells; without `strip` an empty first cell stays."""
    return forms.CharField(
        label=_("Hoặc dán từ Excel"),
        required=False,
        strip=strip,
        help_text=_("Chọn vùng trong Excel, kể cả dòng tiêu đề, rồi dán vào đây."),
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "autocomplete": "off"}),
        max_length=MOST_CHARACTERS,
    )
