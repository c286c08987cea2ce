"""The form that brings boundaries in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = ["%d/%m/%Y", "%Y-%m-%d"]


class BoundariesForm(forms.Form):
    """A GeoJSON file, whose units it outlines, and where it is from."""

    unit = forms.ChoiceField(label=_("Vẽ các đơn vị của"))
    file = forms.FileField(
        label=_("Tệp GeoJSON"),
        help_text=_("FeatureCollection, độ WGS 84; mỗi đơn vị một hình, ghi mã hoặc tên."),
        error_messages={"required": _("Chọn một tệp GeoJSON."), "empty": _("Tệp rỗng.")},
    )
    source = forms.CharField(
        label=_("Nguồn"),
        max_length=200,
        error_messages={"required": _("Ghi nguồn: cơ quan hoặc trang đã cho tệp này.")},
    )
    licence = forms.CharField(
        label=_("Giấy phép"),
        max_length=100,
        help_text=_("Ví dụ: CC BY 4.0, hoặc “được phép dùng nội bộ”."),
        error_messages={"required": _("Ghi giấy phép hoặc điều kiện sử dụng của tệp.")},
    )
    as_of = forms.DateField(
        label=_("Đúng đến ngày"),
        input_formats=DAY,
        error_messages={
            "required": _("Ghi ranh giới này đúng đến ngày nào."),
            "invalid": _("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 1/7/2025."),
        },
    )

    def __init__(self, *arguments: Any, units: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]
