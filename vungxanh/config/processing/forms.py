"""What the administrator types: the controller's statement, and a breach."""

from datetime import datetime
from typing import Any, Final

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.config.processing import tables
from vungxanh.config.processing.values import Counted, SaidOfBreach, Stated
from vungxanh.core.clock import TZ

LINE, TEXT = 300, 4000
DAY = ["%d/%m/%Y", "%Y-%m-%d"]
MOMENT = ["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]
PRINTED_MOMENT: Final = "%H:%M %d/%m/%Y"
_NEEDED = {"required": _("Ô này cần có chữ.")}
_BAD_DAY = {"invalid": _("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 31/12/2027.")}
_BAD_MOMENT = {
    "invalid": _("Chưa hiểu lúc này. Viết giờ:phút ngày/tháng/năm, ví dụ 16:30 31/12/2027."),
    **_NEEDED,
}
_BAD_NUMBER = {"invalid": _("Viết một số nguyên từ 0 trở lên."), "min_value": _("Không âm.")}


def _line(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _text(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=TEXT,
        required=required,
        widget=area,
        error_messages=_NEEDED,
    )


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=_BAD_NUMBER,
    )


class StatedForm(forms.Form):
    """Each box may stay empty: papers then show a visible blank."""

    controller = _line(_("Tên cơ quan kiểm soát dữ liệu"))
    parent = _line(_("Cơ quan chủ quản"))
    symbol = _line(_("Chữ viết tắt trong ký hiệu văn bản"), _("Ví dụ: SYT-VP."))
    place = _line(_("Nơi ghi ở dòng ngày tháng"))
    address = _line(_("Địa chỉ"))
    contact = _line(_("Điện thoại, thư điện tử của cơ quan"))
    officer = _line(_("Người hoặc bộ phận bảo vệ dữ liệu cá nhân"))
    officer_contact = _line(_("Liên hệ của người hoặc bộ phận đó"))
    processors = _text(
        _("Bên được thuê xử lý dữ liệu"), _("Tên, việc được giao; không có thì ghi “không có”.")
    )
    staff_basis = _text(_("Căn cứ xử lý dữ liệu của cán bộ"))
    necessity = _text(_("Vì sao cần xử lý các dữ liệu này"))
    abroad = _text(
        _("Chuyển dữ liệu ra nước ngoài"),
        _("Có hay không, tới đâu, căn cứ nào. Để trống thì văn bản ghi “chưa khai báo”."),
    )
    authority = _line(_("Cơ quan nhận thông báo vi phạm"))
    post = _line(_("Chức vụ người ký"))
    signer = _line(_("Họ tên người ký"))
    began_on = forms.DateField(
        label=_("Ngày bắt đầu xử lý dữ liệu cá nhân"),
        help_text=_("Hạn nộp hồ sơ đánh giá tác động tính từ ngày này."),
        required=False,
        input_formats=DAY,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages=_BAD_DAY,
    )

    @staticmethod
    def initial_of(stated: Stated) -> dict[str, object]:
        """What is stated now, for the boxes."""
        return {name: getattr(stated, name) for name in Stated.__struct_fields__}

    def stated(self) -> Stated:
        """What was typed."""
        said = self.cleaned_data
        return Stated(**{name: said[name] for name in Stated.__struct_fields__})


class BreachForm(forms.Form):
    """A breach as the administrator tells it; numbers may be proposed by counting."""

    found_at = forms.DateTimeField(
        label=_("Phát hiện lúc"),
        help_text=_("Giờ Việt Nam. Hạn 72 giờ tính từ lúc này."),
        input_formats=MOMENT,
        widget=forms.DateTimeInput(format=PRINTED_MOMENT),
        error_messages=_BAD_MOMENT,
    )
    happened = _text(_("Việc đã xảy ra"), required=True)
    tables = forms.MultipleChoiceField(
        label=_("Bảng dữ liệu bị ảnh hưởng"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một bảng.")},
    )
    kinds = _text(_("Loại dữ liệu"), _("Để trống rồi bấm “Đếm giúp” để hệ thống đề nghị."))
    n_persons = _number(_("Số người, ước tính"))
    n_rows = _number(_("Số dòng dữ liệu, ước tính"))
    consequences = _text(_("Hậu quả có thể có"), required=True)
    measures = _text(_("Biện pháp đã và sẽ làm"), required=True)
    contact = _line(_("Người trả lời về việc này"))
    reason = _line(_("Lý do sửa thông báo"))

    def __init__(self, *args: Any, is_correction: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = tables.holdings()
        self.fields["tables"].choices = [  # type: ignore[attr-defined]
            (one.label, f"{tables.room_words(one.room).vi}: {one.name or one.label}")
            for one in found
        ]
        if not is_correction:
            del self.fields["reason"]

    @staticmethod
    def initial_of(said: SaidOfBreach) -> dict[str, object]:
        """What was typed before, for the boxes."""
        typed = msgspec.structs.asdict(said)
        return {**typed, "found_at": said.found_at.astimezone(TZ), "tables": list(said.tables)}

    def said(self) -> SaidOfBreach:
        """What was typed."""
        typed = self.cleaned_data
        found_at: datetime = typed["found_at"]
        return SaidOfBreach(
            found_at=found_at,
            happened=typed["happened"],
            tables=tuple(typed["tables"]),
            kinds=typed["kinds"],
            n_persons=typed["n_persons"],
            n_rows=typed["n_rows"],
            consequences=typed["consequences"],
            measures=typed["measures"],
            contact=typed["contact"],
        )


def proposed(rows: tuple[Counted, ...]) -> dict[str, object]:
    """Kinds and numbers that counting proposes: of persons the most that one table holds."""
    chosen = {one.label for one in rows}
    what = [one.what for one in tables.holdings() if one.label in chosen and one.what]
    persons = [one.n_persons for one in rows if one.n_persons is not None]
    return {
        "kinds": "; ".join(what),
        "n_persons": max(persons) if persons else None,
        "n_rows": sum(one.n_rows for one in rows),
    }
