"""A report form as somebody makes it without code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from vungxanh.core.preferences import reader_language
from vungxanh.locations.values import Level
from vungxanh.refusals import Words
from vungxanh.uptake.forms.typed import day_field, hour_field, line_field
from vungxanh.uptake.rules.columns import MOST_COLUMNS, ColumnRole, FormColumn
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.values.reporting import NewForm

LEVELS = {
    Level.PROVINCE: _("Tỉnh, thành phố"),
    Level.DISTRICT: _("Huyện, quận, thị xã, thành phố thuộc tỉnh"),
    Level.COMMUNE: _("Xã, phường, thị trấn"),
}
PLAIN = {
    ColumnRole.ORDER: _("Số thứ tự"),
    ColumnRole.NAME: _("Tên địa bàn"),
    ColumnRole.AS_OF: _("Thời điểm của số liệu"),
    ColumnRole.NOTE: _("Ghi chú"),
}
Rows = list[dict[str, str]]


class HeadForm(forms.Form):
    """What stands above the table, and by when it is due."""

    number = line_field(_("Số biểu mẫu"), _("Ví dụ “Biểu mẫu số 1”."), most=60, required=False)
    title = line_field(
        _("Tên biểu mẫu"), _("Dấu “…” trong tên là chỗ in tên địa bàn nhận báo cáo.")
    )
    heading = line_field(
        _("Đầu biểu mẫu"),
        _("In ở góc trái, trước tên nơi báo cáo: “TÊN DOANH NGHIỆP”, “ỦY BAN NHÂN DÂN”."),
        most=120,
        required=False,
    )
    attached_to = line_field(
        _("Kèm theo văn bản"),
        _("Ví dụ “Công văn số 12/STTTT-BC ngày 28/8/2020 của Sở Thông tin và Truyền thông”."),
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Mỗi dòng là một"),
        choices=[(str(level), words) for level, words in LEVELS.items()],
        error_messages={"required": _("Chọn một cấp."), "invalid_choice": _("Chọn một cấp.")},
    )
    due_time = hour_field(_("Hạn nộp trong ngày"), _("Giờ Việt Nam."))
    table_time = hour_field(_("Giờ lập bảng tổng hợp"), _("Bảng trong ngày được lập lúc này."))

    def clean(self) -> dict[str, Any]:
        """The day's table is made after reports are due."""
        said: dict[str, Any] = self.cleaned_data
        due, table = said.get("due_time"), said.get("table_time")
        if due and table and table < due:
            self.add_error("table_time", _("Giờ lập bảng phải từ hạn nộp trở đi."))
        return said


class VersionForm(forms.Form):
    """From which day a new version stands for the former one."""

    starts_on = day_field(
        _("Bản mới dùng từ ngày"),
        _("Đến hết ngày trước đó, các đầu mối vẫn nộp theo bản cũ. Muộn nhất 7 ngày nữa."),
    )


class ColumnForm(forms.Form):
    """One column: what it holds, its head, and of a share its base."""

    holds = forms.ChoiceField(
        label=_("Cột này ghi"), error_messages={"invalid_choice": _("Chọn trong danh sách.")}
    )
    base = forms.ChoiceField(label=_("Mẫu số, nếu là tỷ lệ"), required=False)
    vi = line_field(_("Tên cột trên biểu mẫu"), most=200)
    en = line_field(_("Tên tiếng Anh"), most=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {"holds": contents(), "base": [("", "–"), *bases()]}
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A share has a base."""
        said: dict[str, Any] = self.cleaned_data
        if said.get("holds", "").startswith(ColumnRole.SHARE) and not said.get("base"):
            self.add_error("base", _("Chọn mẫu số của tỷ lệ."))
        return said


def contents() -> list[Any]:
    """What a column may hold: plain things, counts, shares."""
    counted = [(name, _said(one.label)) for name, one in ELEMENTS.items()]
    return [
        (_("Thông tin của dòng"), [(str(role), words) for role, words in PLAIN.items()]),
        (
            _("Số đếm"),
            [
                (f"{ColumnRole.COUNT}:{name}", _("Số đếm: %(of)s") % {"of": words})
                for name, words in counted
            ],
        ),
        (
            _("Tỷ lệ (%) của"),
            [
                (f"{ColumnRole.SHARE}:{name}", _("Tỷ lệ: %(of)s") % {"of": words})
                for name, words in counted
                if not ELEMENTS[name].is_base or name == "points_registered"
            ],
        ),
    ]


def bases() -> list[tuple[str, str]]:
    """What a share may be divided by."""
    return [(name, _said(one.label)) for name, one in ELEMENTS.items() if one.is_base]


def column_of(said: Mapping[str, str]) -> FormColumn:
    """A column as typed; a head without English keeps its Vietnamese."""
    role, _colon, element = said["holds"].partition(":")
    vi = " ".join(said["vi"].split())
    head = Words(vi, " ".join(said["en"].split()) or vi)
    if role == ColumnRole.COUNT:
        return FormColumn(ColumnRole.COUNT, head, element=element)
    if role == ColumnRole.SHARE:
        return FormColumn(ColumnRole.SHARE, head, numerator=element, base=said["base"])
    return FormColumn(ColumnRole(role), head)


def row_of(column: FormColumn) -> dict[str, str]:
    """A column as it is typed."""
    of = {ColumnRole.COUNT: column.element, ColumnRole.SHARE: column.numerator}.get(column.role)
    holds = f"{column.role}:{of}" if of else str(column.role)
    en = "" if column.head.en == column.head.vi else column.head.en
    return {"holds": holds, "base": column.base, "vi": column.head.vi, "en": en}


@dataclass(frozen=True, slots=True)
class Editor:
    """A form that is being made: its head, its columns, one after the other."""

    head: HeadForm
    columns: tuple[ColumnForm, ...]

    @classmethod
    def of(cls, form: NewForm) -> "Editor":
        """A form that stands, to be changed."""
        names = ("number", "title", "heading", "attached_to", "level", "due_time", "table_time")
        head = HeadForm(initial={name: getattr(form, name) for name in names})
        return cls(head, _columns([row_of(one) for one in form.columns]))

    @classmethod
    def typed(cls, post: QueryDict) -> "Editor":
        """What was sent to be kept: checked."""
        n_columns = len(_typed_rows(post))
        columns = (ColumnForm(post, prefix=f"cot-{place}") for place in range(n_columns))
        return cls(HeadForm(post), tuple(columns))

    @classmethod
    def changed(cls, post: QueryDict, act: str) -> "Editor":
        """What was sent with a column added, moved or taken away: not checked yet."""
        rows = _acted(_typed_rows(post), act)
        return cls(HeadForm(initial=post.dict()), _columns(rows))

    @property
    def is_valid(self) -> bool:
        """Whether everything was typed as it should be; every part is asked."""
        return all([self.head.is_valid(), *(one.is_valid() for one in self.columns)])

    @property
    def has_errors(self) -> bool:
        """Whether something is to be mended."""
        return bool(self.head.errors) or any(one.errors for one in self.columns)

    def form(self) -> NewForm:
        """The form; only of an editor that is valid."""
        said = self.head.cleaned_data
        return NewForm(**said, columns=tuple(column_of(one.cleaned_data) for one in self.columns))

    def sketch(self) -> NewForm:
        """The form as far as it is typed, for a look at the paper."""
        said = {name: str(self.head[name].value() or "") for name in self.head.fields}
        columns = (
            column_of({name: str(one[name].value() or "") for name in one.fields})
            for one in self.columns
            if _is_known(str(one["holds"].value() or ""))
        )
        return NewForm(
            number=said["number"],
            title=said["title"],
            heading=said["heading"],
            attached_to=said["attached_to"],
            level=said["level"],
            columns=tuple(columns),
        )


def _is_known(holds: str) -> bool:
    role, _colon, element = holds.partition(":")
    return role in set(ColumnRole) and (not element or element in ELEMENTS)


def _columns(rows: Sequence[Mapping[str, str]]) -> tuple[ColumnForm, ...]:
    return tuple(ColumnForm(initial=row, prefix=f"cot-{place}") for place, row in enumerate(rows))


def _typed_rows(post: QueryDict) -> Rows:
    rows: Rows = []
    while f"cot-{len(rows)}-holds" in post and len(rows) <= MOST_COLUMNS:
        names = ("holds", "base", "vi", "en")
        rows.append({name: post.get(f"cot-{len(rows)}-{name}", "") for name in names})
    return rows


def _acted(rows: Rows, act: str) -> Rows:
    """The rows after "them" (add), "len-2" (up), "xuong-2" (down), "bo-2" (take away)."""
    verb, _dash, number = act.partition("-")
    at = int(number) if number.isascii() and number.isdigit() else -1
    if verb == "them" and len(rows) < MOST_COLUMNS:
        return [*rows, {"holds": str(ColumnRole.NOTE), "base": "", "vi": "", "en": ""}]
    if not 0 <= at < len(rows):
        return rows
    rest = [*rows[:at], *rows[at + 1 :]]
    if verb == "bo":
        return rest
    to = {"len": at - 1, "xuong": at + 1}.get(verb, at)
    rest.insert(max(to, 0), rows[at])
    return rest


def _said(words: Words) -> str:
    return words.in_language(reader_language())
