"""A letter at the door: a file, or pasted text."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.core.bringing import FileOrPastedForm
from vungxanh.documents.letterfiles import LIMITS

ENDINGS = ".txt,.docx,.pdf,.png,.jpg,.jpeg,.tif,.tiff"


class DropForm(FileOrPastedForm):
    """Which unit received the letter, and the letter itself."""

    neither = _("Chọn một tệp, hoặc dán toàn văn vào ô bên dưới.")
    unit = forms.CharField(
        label=_("Đơn vị nhận văn bản"),
        max_length=24,
        error_messages={"required": _("Chọn đơn vị nhận văn bản.")},
    )
    file = forms.FileField(
        label=_("Tệp văn bản"),
        required=False,
        help_text=_("Kéo thả tệp vào ô, hoặc bấm để chọn. DOCX, PDF, TXT hoặc ảnh, đến 20 MB."),
        widget=forms.FileInput(attrs={"accept": ENDINGS, "data-vx-drop": ""}),
        max_length=200,
    )
    pasted = forms.CharField(
        label=_("Hoặc dán toàn văn"),
        required=False,
        help_text=_("Chép cả văn bản, từ tên cơ quan đến nơi nhận, rồi dán vào đây."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        max_length=LIMITS.characters,
    )

    def __init__(
        self, *arguments: Any, units: Sequence[tuple[str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        if units:
            self.fields["unit"].widget = forms.Select(choices=list(units))
