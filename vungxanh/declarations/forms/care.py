"""What an officer notes of a call, what somebody contests, what is decided on it."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.declarations.values.care import LONGEST_NOTE, RESULT_WORDS, Said
from vungxanh.declarations.values.states import CareResult
from vungxanh.people.values.standing import COLOUR_WORDS, Colour

_CHOOSE = {"required": _("Chọn một điều."), "invalid_choice": _("Chọn một điều.")}
_TOO_LONG = {"max_length": _("Viết ngắn hơn: nhiều nhất 1.000 ký tự.")}
_WRITE = {"required": _("Viết một câu ngắn."), **_TOO_LONG}
_AGAIN = (("30", _("30 phút nữa")), ("60", _("1 giờ nữa")), ("120", _("2 giờ nữa")))
_LATER = (("240", _("4 giờ nữa")), ("840", _("14 giờ nữa (sáng mai)")))


class CallForm(forms.Form):
    """The result of a call and what follows; nothing is chosen beforehand but the usual plan."""

    result = forms.ChoiceField(
        label=_("Kết quả cuộc gọi"), widget=forms.RadioSelect, choices=(), error_messages=_CHOOSE
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tình trạng, lời dặn, ai đưa đi. Chỉ cán bộ của địa bàn đọc được."),
        error_messages=_TOO_LONG,
    )
    follow_on = forms.DateField(
        label=_("Ngày gọi lại theo dõi"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Cần khi theo dõi tại nhà hoặc hẹn xét nghiệm."),
        error_messages={"invalid": _("Chọn ngày trong lịch.")},
    )
    again = forms.ChoiceField(
        label=_("Chưa liên lạc được: gọi lại"),
        required=False,
        choices=(*_AGAIN, *_LATER),
        error_messages=_CHOOSE,
    )
    n_seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["result"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (str(one), words.in_language(language)) for one, words in RESULT_WORDS.items()
            ]

    def said(self, at: datetime) -> Said:
        """What a valid form says."""
        found = self.cleaned_data
        minutes = int(found["again"] or 30)
        follow_on: date | None = found["follow_on"]
        is_unreached = found["result"] == CareResult.NOT_REACHED
        return Said(
            result=CareResult(found["result"]),
            note=found["note"],
            again_at=at + timedelta(minutes=minutes) if is_unreached else None,
            follow_on=follow_on,
        )


class ContestForm(forms.Form):
    """Why somebody says that an outcome is wrong."""

    words = forms.CharField(
        label=_("Điều gì chưa đúng?"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ví dụ: tôi chọn nhầm ngày tiêm; tôi ho do dị ứng, đã khám."),
        error_messages=_WRITE,
    )


class DecideForm(forms.Form):
    """Keep the outcome or give another colour, and why."""

    colour = forms.ChoiceField(
        label=_("Màu thẻ đúng"), required=False, choices=(), error_messages=_CHOOSE
    )
    words = forms.CharField(
        label=_("Lý do"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Người dân đọc được lý do này."),
        error_messages=_WRITE,
    )

    def __init__(self, *args: Any, language: str, but: Colour | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["colour"]
        if isinstance(field, forms.ChoiceField):
            others = [(one, words) for one, words in COLOUR_WORDS.items() if one is not but]
            told = [(str(one), words.in_language(language)) for one, words in others]
            field.choices = [("", _("Chọn màu")), *told]
