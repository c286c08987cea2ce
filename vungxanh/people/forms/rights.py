"""What citizens and officers type about rights."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.people.values.rights import KIND_WORDS, Kind

DELETE_WORD = "XOA"
_EMPTY = {"required": _("Viết vài lời.")}
_AREA = forms.Textarea(attrs={"rows": 4})


class RequestForm(forms.Form):
    """What a person asks for; nothing is chosen beforehand."""

    kind = forms.ChoiceField(
        label=_("Bạn yêu cầu điều gì?"),
        widget=forms.RadioSelect,
        choices=(),
        error_messages={"required": _("Chọn một điều.")},
    )
    words = forms.CharField(label=_("Nói rõ thêm"), max_length=2000, required=False, widget=_AREA)

    def __init__(self, *args: Any, language: str = "vi", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Kind.CORRECT, Kind.OBJECT, Kind.DELETE, Kind.SEE, Kind.WITHDRAW)
        choices = [(str(kind), KIND_WORDS[kind].in_language(language)) for kind in kinds]
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class DeleteForm(forms.Form):
    """The word that confirms a deletion."""

    word = forms.CharField(
        label=_("Gõ XOA để xác nhận"),
        max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Gõ XOA để xác nhận.")},
    )

    def clean_word(self) -> str:
        """With or without accent, in any case."""
        word = str(self.cleaned_data["word"]).strip().upper().replace("Ó", "O")
        if word != DELETE_WORD:
            raise forms.ValidationError(_("Gõ XOA để xác nhận."))
        return word


class AnswerForm(forms.Form):
    """An officer's words to the person, and what is done."""

    words = forms.CharField(
        label=_("Lời trả lời"), max_length=2000, widget=_AREA, error_messages=_EMPTY
    )
