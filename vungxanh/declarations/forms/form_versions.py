"""A version of a questionnaire that officers bring as a file."""

import json

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from vungxanh.declarations.actions import form_refusals as refused

MOST_BYTES = 1024 * 1024


class FormFile(forms.Form):
    """One file, our JSON or FHIR R4."""

    file = forms.FileField(
        label=_("Tệp JSON"),
        help_text=_("Mẫu của hệ thống này, hoặc FHIR R4 Questionnaire. Nhiều nhất 1 MB."),
        error_messages={"required": _("Chọn tệp rồi nộp lại."), "empty": _("Tệp này trống.")},
    )

    def content(self) -> object:
        """What the file holds; refused where it is no JSON."""
        uploaded = self.cleaned_data["file"]
        if not isinstance(uploaded, UploadedFile) or (uploaded.size or 0) > MOST_BYTES:
            raise refused.unreadable()
        try:
            data: object = json.loads(uploaded.read().decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise refused.unreadable() from None
        return data
