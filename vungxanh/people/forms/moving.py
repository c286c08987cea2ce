"""Who of a family moves along: every one is asked for by name, and nobody is ticked beforehand."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NOBODY = "nobody"


class MovingField(forms.MultipleChoiceField):
    """Dependants by number; an answer is needed, be it that nobody moves."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages: ClassVar = {
        "required": _("Chọn người chuyển cùng, hoặc chọn “Không ai chuyển”."),
        "invalid_choice": _("Danh sách gia đình vừa đổi. Chọn lại."),
    }

    def __init__(self, **kwargs: Any) -> None:
        hint = _("Chưa chọn sẵn ai. Ai không được chọn vẫn ghi ở chỗ cũ.")
        super().__init__(help_text=hint, **kwargs)

    def clean(self, value: Any) -> list[int]:
        """The numbers of those who move."""
        chosen = super().clean(value)
        if NOBODY not in chosen:
            return [int(one) for one in chosen]
        if len(chosen) > 1:
            raise forms.ValidationError(
                gettext("Chọn người chuyển cùng, hoặc chỉ chọn “Không ai chuyển”.")
            )
        return []


def offer(form: forms.Form, left: Iterable[tuple[int, str]]) -> None:
    """Ask a form's `moving` of these; where there are none, nothing is asked."""
    choices = [(str(number), words) for number, words in left]
    field = form.fields["moving"]
    if not choices:
        del form.fields["moving"]
    elif isinstance(field, forms.ChoiceField):
        field.choices = [*choices, (NOBODY, str(_("Không ai chuyển")))]


def said_of(who: str, place: str) -> str:
    """Somebody and where they are written down now."""
    if not place:
        return gettext("%(who)s (chưa ghi nơi ở)") % {"who": who}
    return gettext("%(who)s (đang ghi ở %(place)s)") % {"who": who, "place": place}
