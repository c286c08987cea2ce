"""Bring a report: a file, pasted cells, counts typed by unit, a call; say what columns mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungxanh.core import clock
from vungxanh.core.bringing import FileOrPastedForm, pasted_table, table_file
from vungxanh.core.preferences import reader_language
from vungxanh.engines.checks import HeadGuess, Meaning
from vungxanh.engines.checks.types import Role
from vungxanh.locations.values import Unit
from vungxanh.uptake.rules.columns import ColumnRole, FormColumn
from vungxanh.uptake.rules.reporting import Place
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.values.reporting import Call

DAY_FORMATS: Final = ["%d/%m/%Y", "%Y-%m-%d"]
MOST: Final = 999_999_999_999
_COUNT: Final = re.compile(r"\d+|\d{1,3}([. ,\u00a0]\d{3})+")
_NUMBER_OF_PHONE: Final = re.compile(r"(\d[ .\-]?){7}")
_COUNTED: Final = "count:"
_PLAIN_ROLES: Final = {
    "other": gettext_lazy("Không đọc cột này"),
    "name": gettext_lazy("Tên địa bàn"),
    "unit": gettext_lazy("Mã địa bàn"),
    "order": gettext_lazy("Số thứ tự"),
    "as_of": gettext_lazy("Ngày, giờ của số liệu"),
    "note": gettext_lazy("Ghi chú"),
}


class FileForm(FileOrPastedForm):
    """A file or pasted cells."""

    file = table_file(
        gettext_lazy(
            "XLSX, ODS, CSV hoặc TSV, đến 10 MB. Không nhận .xls và tệp có macro (.xlsm)."
        ),
        label=gettext_lazy("Tệp báo cáo"),
    )
    pasted = pasted_table(strip=False)


class CountField(forms.CharField):
    """A count as people type it, "12.345"; empty is not told, which is not 0."""

    def clean(self, value: Any) -> int | None:
        """The number, None for nothing."""
        text = super().clean(value).strip()
        if not text:
            return None
        if not _COUNT.fullmatch(text):
            raise forms.ValidationError(
                _("“%(text)s” chưa phải số nguyên. Viết như 12345 hoặc 12.345."),
                params={"text": text[:20]},
            )
        number = int(re.sub(r"\D", "", text))
        if number > MOST:
            raise forms.ValidationError(_("Số này quá lớn. Xem lại các chữ số."))
        return number


class TableForm(forms.Form):
    """Counts by unit and element. What is left empty is missing; 0 is zero."""

    def __init__(
        self,
        *arguments: Any,
        units: Sequence[Unit],
        columns: Sequence[FormColumn],
        told: Mapping[Place, int],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.units = units
        self.counted = [one for one in columns if one.role is ColumnRole.COUNT]
        for unit in units:
            for column in self.counted:
                self.fields[_name(unit, column)] = _count_field(unit, column, told)

    def rows(self) -> Iterator[tuple[Unit, list[tuple[FormColumn, forms.BoundField]]]]:
        """Each unit with its fields."""
        for unit in self.units:
            yield unit, [(column, self[_name(unit, column)]) for column in self.counted]

    def told(self) -> dict[Place, int]:
        """What was typed, once the form is valid."""
        typed = {
            (unit.id, column.element): self.cleaned_data.get(_name(unit, column))
            for unit in self.units
            for column in self.counted
        }
        return {place: value for place, value in typed.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        """At least one count."""
        found = super().clean() or {}
        if not self.errors and all(value is None for value in found.values()):
            raise forms.ValidationError(
                _("Chưa ô nào có số. Ghi 0 nơi số đúng là không; ô trống là chưa báo cáo.")
            )
        return found


class CallForm(forms.Form):
    """Who told a report by telephone, and when. The number is not kept."""

    caller = forms.CharField(
        label=gettext_lazy("Người gọi"),
        max_length=120,
        help_text=gettext_lazy("Họ tên người đọc số. Không ghi số điện thoại: hệ thống không lưu."),
        error_messages={"required": gettext_lazy("Ghi họ tên người gọi.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    called_on = forms.DateField(
        label=gettext_lazy("Ngày gọi"),
        input_formats=DAY_FORMATS,
        error_messages={
            "required": gettext_lazy("Ghi ngày gọi."),
            "invalid": gettext_lazy("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 26/5/2021."),
        },
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    called_time = forms.TimeField(
        label=gettext_lazy("Giờ gọi"),
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        error_messages={
            "required": gettext_lazy("Ghi giờ gọi."),
            "invalid": gettext_lazy("Chưa hiểu giờ này. Viết như 15:30."),
        },
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
    )

    def clean_caller(self) -> str:
        """The name alone."""
        caller: str = self.cleaned_data["caller"]
        if _NUMBER_OF_PHONE.search(caller):
            raise forms.ValidationError(_("Chỉ ghi họ tên, bỏ số điện thoại."))
        return caller

    def call(self) -> Call:
        """The call, once the form is valid."""
        said = self.cleaned_data
        at = datetime.combine(said["called_on"], said["called_time"], clock.TZ)
        return Call(caller=said["caller"], at=at)


class ColumnsForm(forms.Form):
    """What each column of a file holds."""

    def __init__(
        self,
        *arguments: Any,
        guesses: Sequence[HeadGuess],
        columns: Sequence[FormColumn],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.guesses = guesses
        self.wanted = [one for one in columns if one.role is ColumnRole.COUNT]
        for guess in guesses:
            self.fields[f"cot_{guess.position}"] = forms.ChoiceField(
                label=guess.head or _("Cột %(n)s, không có tên") % {"n": guess.position},
                choices=self._choices(guess),
                initial=_said(guess.meaning),
            )

    def _choices(self, guess: HeadGuess) -> list[tuple[str, str]]:
        counts = {
            f"{_COUNTED}{one.element}": one.head.in_language(reader_language())
            for one in self.wanted
        }
        element = guess.meaning.element
        if element in ELEMENTS:
            label = ELEMENTS[element].label.in_language(reader_language())
            counts.setdefault(f"{_COUNTED}{element}", label)
        choices = [*_PLAIN_ROLES.items(), *counts.items()]
        if guess.meaning.role == "share":
            choices.append(("share", _("Tỷ lệ in sẵn, để đối chiếu")))
        return [(name, str(label)) for name, label in choices]

    def rows(self) -> Iterator[tuple[HeadGuess, forms.BoundField]]:
        """Each column with its field."""
        for guess in self.guesses:
            yield guess, self[f"cot_{guess.position}"]

    def meanings(self) -> dict[str, Meaning]:
        """What was said, by the keys of the columns, once the form is valid."""
        return {
            guess.key: _meaning(self.cleaned_data[f"cot_{guess.position}"], guess)
            for guess in self.guesses
        }

    def clean(self) -> dict[str, Any]:
        """A column of units, a count of the form, and no count twice."""
        found = super().clean() or {}
        said = list(found.values())
        if "name" not in said and "unit" not in said:
            raise forms.ValidationError(_("Chọn cột nào là tên hoặc mã địa bàn."))
        counts = [one for one in said if one.startswith(_COUNTED)]
        if not {f"{_COUNTED}{one.element}" for one in self.wanted} & set(counts):
            raise forms.ValidationError(_("Chọn cột nào là số của biểu mẫu."))
        if len(set(counts)) != len(counts):
            raise forms.ValidationError(_("Hai cột cùng là một số. Chỉ giữ một cột."))
        return found


class ReasonForm(forms.Form):
    """Why a report replaces the one that stands, or is sent back."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Một câu. Không ghi tên người."),
        error_messages={"required": gettext_lazy("Ghi lý do, một câu là đủ.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def words_of(meaning: Meaning) -> str:
    """What a column means, in the reader's language."""
    if meaning.role == "count" and meaning.element in ELEMENTS:
        return ELEMENTS[meaning.element].label.in_language(reader_language())
    if meaning.role in {"share", "rank"}:
        return _("Tỷ lệ in sẵn, để đối chiếu")
    return str(_PLAIN_ROLES.get(meaning.role, meaning.role))


def _count_field(unit: Unit, column: FormColumn, told: Mapping[Place, int]) -> CountField:
    label = f"{unit.name}: {column.head.in_language(reader_language())}"
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    initial = told.get((unit.id, column.element))
    return CountField(label=label, required=False, max_length=20, widget=widget, initial=initial)


def _name(unit: Unit, column: FormColumn) -> str:
    return f"so_{unit.id.replace(':', '_')}_{column.element}"


def _said(meaning: Meaning) -> str:
    if meaning.role == "count":
        return f"{_COUNTED}{meaning.element}"
    return meaning.role if meaning.role in {*_PLAIN_ROLES, "share"} else "other"


def _meaning(said: str, guess: HeadGuess) -> Meaning:
    if said.startswith(_COUNTED):
        return Meaning("count", said.removeprefix(_COUNTED))
    return guess.meaning if said == guess.meaning.role else Meaning(cast(Role, said))
