"""What officers type to have posters printed, and what an address asks of one poster."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.checkins.forms.desk import kind_choices
from vungxanh.checkins.values.kinds import Kind
from vungxanh.checkins.values.poster_refusals import unknown_codes
from vungxanh.checkins.values.posters import FORM_WORDS, LANGUAGE_WORDS
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.documents.posters import MOST_COPIES, Form, Language
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import RefusalError

LONGEST = 120
_MOST_CODES = 20_000
_BETWEEN = re.compile(r"[,;\n\r\t]+")


class PostersForm(forms.Form):
    """Which points, on which sheets."""

    text = forms.CharField(
        label=_("Tên, địa chỉ"),
        help_text=_("Để trống: mọi điểm."),
        required=False,
        max_length=LONGEST,
    )
    area = forms.CharField(
        label=_("Địa bàn"),
        help_text=_("Để trống: cả địa bàn của bạn."),
        required=False,
        max_length=LONGEST,
    )
    kind = forms.ChoiceField(label=_("Loại"), required=False)
    codes = forms.CharField(
        label=_("Hoặc các mã điểm"),
        help_text=_("Mỗi dòng một mã. Có mã ở đây thì không dùng bộ lọc ở trên."),
        required=False,
        max_length=_MOST_CODES * 13,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    form = forms.ChoiceField(label=_("Khổ in"))
    language = forms.ChoiceField(label=_("Ngôn ngữ"))
    copies = forms.IntegerField(
        label=_("Số bản mỗi lối vào"),
        min_value=1,
        max_value=MOST_COPIES,
        initial=1,
        error_messages={"invalid": _("Ghi một số từ 1 đến 20.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = reader_language()
        choices: dict[str, list[tuple[str, Any]]] = {
            "kind": [("", _("Mọi loại")), *kind_choices()],
            "form": [(one.value, words.in_language(said)) for one, words in FORM_WORDS.items()],
            "language": [
                (one.value, words.in_language(said)) for one, words in LANGUAGE_WORDS.items()
            ],
        }
        for name, listed in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = listed

    def clean_codes(self) -> tuple[str, ...]:
        """The codes as they are kept; what is none is named."""
        typed = [one.strip() for one in _BETWEEN.split(self.cleaned_data["codes"]) if one.strip()]
        found, wrong = [], []
        for one in typed:
            try:
                found.append(short_codes.written(short_codes.read(one)))
            except RefusalError:
                wrong.append(one[:20])
        if wrong:
            words = unknown_codes(", ".join(wrong[:10])).words
            raise forms.ValidationError(words.in_language(reader_language()))
        return tuple(dict.fromkeys(found))

    def kind_of(self) -> Kind | None:
        """The kind that was chosen."""
        chosen = self.cleaned_data["kind"]
        return Kind(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class OneAsked:
    """What the address of one poster asks for."""

    form: Form
    language: Language
    copies: int
    entrance: int


def one_asked(said: Any) -> OneAsked:
    """Size `co`, language `nn`, copies `ban`, entrance `cua`; there is no other poster."""
    try:
        found = OneAsked(
            Form(said.get("co", "a4")),
            Language(said.get("nn", "both")),
            int(said.get("ban", "1")),
            int(said.get("cua", "0")),
        )
    except ValueError:
        raise MissingError from None
    if not (1 <= found.copies <= MOST_COPIES and 0 <= found.entrance <= 255):
        raise MissingError
    return found
