"""Short forms: done, let be, answered, ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.duties.rules import State

LONGEST_NOTE = 120
LONGEST_REASON = 300
WAY = {"raise": True, "leave": False}


def _sentence(label: Any, hint: Any, missing: Any, *, longest: int = LONGEST_REASON) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": missing},
    )


class NoteForm(forms.Form):
    """What was done, in a few words."""

    note = _sentence(
        _("Đã làm gì"),
        _("Vài chữ, ví dụ “Đã gửi công văn số 12”. Không ghi tên người."),
        _("Ghi vài chữ đã làm gì."),
        longest=LONGEST_NOTE,
    )


class SettleForm(forms.Form):
    """Whether it is waived or cancelled, and why."""

    state = forms.ChoiceField(
        label=_("Quyết định"),
        widget=forms.RadioSelect,
        choices=[
            (State.WAIVED.value, _("Miễn lần này: vẫn là việc phải làm, nhưng cho qua")),
            (State.CANCELLED.value, _("Hủy lần này: giao nhầm, không tính vào đâu")),
        ],
        error_messages={
            "required": _("Chọn miễn hoặc hủy."),
            "invalid_choice": _("Chọn miễn hoặc hủy."),
        },
    )
    reason = _sentence(
        _("Lý do"), _("Nơi phải làm đọc được câu này. Không ghi tên người."), _("Ghi lý do.")
    )


class AnswerForm(forms.Form):
    """Whether the next unit up is told, and in which words."""

    way = forms.ChoiceField(
        label=_("Báo lên cấp trên"),
        widget=forms.RadioSelect,
        choices=[
            ("raise", _("Báo: đơn vị cấp trên trực tiếp nhận thư ngay")),
            ("leave", _("Chưa báo: để nơi phải làm tự xử lý")),
        ],
        error_messages={
            "required": _("Chọn báo hoặc chưa báo."),
            "invalid_choice": _("Chọn báo hoặc chưa báo."),
        },
    )
    answer = _sentence(
        _("Nội dung"),
        _("Khi báo, câu này nằm trong thư. Không ghi tên người."),
        _("Ghi một câu."),
    )


class EndForm(forms.Form):
    """Why a duty ends."""

    reason = _sentence(_("Lý do kết thúc"), _("Ví dụ “Văn bản hết hiệu lực”."), _("Ghi lý do."))
