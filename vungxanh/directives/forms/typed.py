"""Days, times and numbers as people type them; what is not understood is refused at its field."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_A_DAY = _("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 31/8/2020.")
NO_YEAR = _("Thiếu năm. Viết đủ ngày/tháng/năm, ví dụ 31/8/2020.")
NOT_A_TIME = _("Chưa hiểu giờ này. Viết như 17:00 hoặc 17h30.")
NOT_A_NUMBER = _("Chưa hiểu số này. Viết như 973.075 hoặc 13,66.")
_DAY = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}))?", re.I)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(?:tháng\s+)?(\d{1,2})\s*[/.\-]\s*(\d{4})", re.I)
_YEAR = re.compile(r"(?:năm\s+)?(\d{4})", re.I)
_TIME = re.compile(r"(\d{1,2})\s*(?::|h|g|giờ)\s*(\d{1,2})?\s*(?:'|’|p|phút)?", re.I)
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+(?:,\d+)?")
_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d+")


def typed_day(text: str) -> date:
    """A day, `31/8/2020` or `2020-08-31`; ValidationError says what is missing."""
    written = " ".join(text.split())
    iso, day = _ISO.fullmatch(written), _DAY.fullmatch(written)
    if day and not day[3]:
        raise forms.ValidationError(NO_YEAR, code="no_year")
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if day:
            return date(int(day[3]), int(day[2]), int(day[1]))
    except ValueError:
        raise forms.ValidationError(NOT_A_DAY, code="invalid") from None
    raise forms.ValidationError(NOT_A_DAY, code="invalid")


def typed_month(text: str) -> str | None:
    """A date without its day, `5/2021` or `2021`, as the wire form writes it; None otherwise."""
    written = " ".join(text.split())
    month, year = _MONTH.fullmatch(written), _YEAR.fullmatch(written)
    if month and 1 <= int(month[1]) <= 12:
        return f"{month[2]}-{int(month[1]):02}"
    return year[1] if year else None


def typed_time(text: str) -> str:
    """A time of day as `16:00`."""
    found = _TIME.fullmatch(" ".join(text.split()))
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hours > 23 or minutes > 59:
        raise forms.ValidationError(NOT_A_TIME, code="invalid")
    return f"{hours:02}:{minutes:02}"


def typed_number(text: str) -> int | float:
    """A number as Vietnamese or English writes it; whole ones are whole."""
    written = "".join(text.split()).removesuffix("%")
    if _GROUPED.fullmatch(written):
        exact = Decimal(written.replace(".", "").replace(",", "."))
    elif _ENGLISH.fullmatch(written):
        exact = Decimal(written.replace(",", ""))
    else:
        raise forms.ValidationError(NOT_A_NUMBER, code="invalid")
    return int(exact) if exact == exact.to_integral_value() else float(exact)


class Typed(forms.CharField):
    """A short field whose words are read by a function; empty is None."""

    def __init__(self, read: Any, *, label: Any, hint: Any = "", width: str = "") -> None:
        self.read = read
        box = forms.TextInput(attrs={"autocomplete": "off", "class": f"vx-num {width}".strip()})
        super().__init__(label=label, required=False, max_length=80, help_text=hint, widget=box)

    def clean(self, value: Any) -> Any:
        """The value, None where nothing was typed."""
        text = str(super().clean(value) or "").strip()
        return self.read(text) if text else None


class Words(forms.CharField):
    """Words of any length up to a limit, blanks tidied; empty is None."""

    def __init__(
        self, label: Any, *, most: int = 500, rows: int = 0, required: bool = False, hint: Any = ""
    ) -> None:
        attributes: dict[str, Any] = {"autocomplete": "off"}
        box: forms.Widget = forms.TextInput(attrs=attributes)
        if rows:
            box = forms.Textarea(attrs={"rows": rows})
        super().__init__(
            label=label,
            required=required,
            max_length=most,
            help_text=hint,
            widget=box,
            error_messages={"required": _("Ô này cần có chữ.")},
        )

    def clean(self, value: Any) -> Any:
        """The words, None where there are none."""
        return " ".join(str(super().clean(value) or "").split()) or None


class Names(forms.CharField):
    """One name a line."""

    def __init__(self, label: Any, *, hint: Any = "") -> None:
        area = forms.Textarea(attrs={"rows": 2})
        super().__init__(label=label, required=False, max_length=3000, help_text=hint, widget=area)

    def prepare_value(self, value: Any) -> Any:
        """Names as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Lines as names."""
        lines = str(super().clean(value) or "").splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]
