"""Corrections of everything but orders, and what is added by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.directives.forms.tasks import TaskForm, _number, _shown
from vungxanh.directives.forms.typed import (
    Typed,
    Words,
    typed_day,
    typed_month,
    typed_number,
)
from vungxanh.directives.rules import ItemKind, Wire

LETTER_TYPES = (
    "công văn", "chỉ thị", "kế hoạch", "thông báo", "công điện", "quyết định", "hướng dẫn",
    "báo cáo", "nghị quyết", "tờ trình",
)  # fmt: skip
URGENT = ("khẩn", "thượng khẩn", "hỏa tốc")
URGENCIES = (("", _("không")), *((word, word) for word in URGENT))


class ItemForm(forms.Form):
    """The fields of one kind of item; each is a field of the wire form of the same name."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    DAYS: Sequence[str] = ()
    NUMBERS: Sequence[str] = ()

    @classmethod
    def initial_of(cls, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show."""
        shown = {name: value.get(name) for name in cls.base_fields if name != "version"}
        shown |= {name: _shown(value.get(name)) for name in cls.DAYS}
        return shown | {name: _number(value.get(name)) for name in cls.NUMBERS}

    def value(self, old: Wire) -> Wire:
        """The item as typed; fields that the letter left out stay out while they are empty."""
        new = {name: _wire(said) for name, said in self.cleaned_data.items() if name != "version"}
        return {**old, **{name: said for name, said in new.items() if said or name in old}}

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """All fields that are seen."""
        return [field for field in self if not field.is_hidden]


def _wire(said: Any) -> Any:
    return said.isoformat() if hasattr(said, "isoformat") else (said or None)


class NameForm(ItemForm):
    """Somebody the letter is sent to."""

    name = Words(_("Tên"), required=True)


class RecipientForm(NameForm):
    """A line of Nơi nhận."""

    purpose = Words(_("Để làm gì"), most=120, hint=_("Ví dụ để b/c, t/h, lưu."))


class ContactForm(ItemForm):
    """A telephone number, an address or a page."""

    KINDS = (("phone", _("điện thoại")), ("email", _("thư điện tử")), ("url", _("trang mạng")))
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    # `value` is also the method's name, so the field is asked under another one.
    said = Words(_("Số, địa chỉ"), most=200, required=True)
    note = Words(_("Để làm gì"), most=200)

    @classmethod
    def initial_of(cls, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show."""
        return {"kind": value.get("kind"), "said": value.get("value"), "note": value.get("note")}

    def value(self, old: Wire) -> Wire:
        """The contact as typed."""
        said = self.cleaned_data
        return {**old, "kind": said["kind"], "value": said["said"], "note": said["note"]}


class CitationForm(ItemForm):
    """A document that the letter cites."""

    DAYS = ("date",)
    type = Words(_("Loại"), most=80, required=True)
    number = Words(_("Số, ký hiệu"), most=80)
    date = Typed(typed_day, label=_("Ngày"))
    issuer = Words(_("Nơi ban hành"), most=200)
    subject = Words(_("Trích yếu"), rows=2)


class FigureForm(ItemForm):
    """A figure or a goal of the letter: how much of what, over which base."""

    amount = Typed(typed_number, label=_("Giá trị"))
    unit = Words(_("Đơn vị tính"), most=60)
    denominator = Words(
        _("Mẫu số, như văn bản viết"), most=200, hint=_("Để trống nếu văn bản không ghi.")
    )

    @classmethod
    def initial_of(cls, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show."""
        return {**super().initial_of(value), "amount": _number(value.get("value"))}

    def clean_amount(self) -> Any:
        """A figure without its number is none."""
        if self.cleaned_data["amount"] is None:
            raise forms.ValidationError(_("Ghi con số, ví dụ 60 hoặc 13,66."))
        return self.cleaned_data["amount"]

    def value(self, old: Wire) -> Wire:
        """The figure as typed."""
        whole = super().value(old)
        whole.pop("amount", None)
        return {**whole, "value": self.cleaned_data["amount"]}


class FactForm(FigureForm):
    """A figure that the letter states."""

    DAYS = ("as_of",)
    locality = Words(_("Địa bàn"), most=120)
    as_of = Typed(typed_day, label=_("Số liệu đến ngày"))


class GoalForm(FigureForm):
    """A goal for the whole locality."""

    DAYS = ("due",)
    scope = Words(_("Địa bàn"), most=120)
    due = Typed(typed_day, label=_("Hết ngày"))


class SignerForm(ItemForm):
    """Who signed by what authority."""

    authority = Words(_("Thẩm quyền ký"), most=80, hint=_("Ví dụ KT. GIÁM ĐỐC."))
    role = Words(_("Chức vụ"), most=80)
    name = Words(_("Họ tên"), most=120)


class HeadForm(ItemForm):
    """The letter's head."""

    type = forms.ChoiceField(label=_("Loại"))
    number = Words(_("Số và ký hiệu"), most=80, hint=_("Ví dụ 1503/STTTT-CNTT."))
    symbol = Words(_("Ký hiệu"), most=80, hint=_("Phần sau dấu gạch, khi chưa có số."))
    date = forms.CharField(
        label=_("Ngày ban hành"),
        required=False,
        max_length=40,
        help_text=_("Ví dụ 27/5/2021; chỉ biết tháng thì 5/2021."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vx-num"}),
    )
    issuing_agency = Words(_("Nơi gửi"), most=200)
    parent_agency = Words(_("Cơ quan chủ quản"), most=200)
    place = Words(_("Nơi ban hành"), most=80)
    subject = Words(_("Trích yếu"), rows=2)
    urgency = forms.ChoiceField(label=_("Độ khẩn"), choices=URGENCIES, required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        said = str(self.initial.get("type") or "công văn")
        names = dict.fromkeys([*LETTER_TYPES, said])
        self.fields["type"] = forms.ChoiceField(
            label=_("Loại"), choices=[(name, name) for name in names]
        )

    @classmethod
    def initial_of(cls, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show."""
        day = _shown(value.get("date"))
        partial = str(value.get("date_partial") or "")
        month = f"{int(partial[5:])}/{partial[:4]}" if len(partial) == 7 else partial
        subject = value.get("subject") or value.get("subject_inferred")
        return {**super().initial_of(value), "date": day or month, "subject": subject}

    def clean_date(self) -> tuple[str | None, str | None]:
        """The whole date, or what is known of it."""
        text = self.cleaned_data["date"].strip()
        if not text:
            return None, None
        partial = typed_month(text)
        return (None, partial) if partial else (typed_day(text).isoformat(), None)

    def value(self, old: Wire) -> Wire:
        """The head as typed; what a person wrote needs no evidence any more."""
        said = self.cleaned_data
        day, partial = said["date"]
        plain = ("type", "issuing_agency", "parent_agency", "place", "urgency")
        new: Wire = {name: said[name] or None for name in plain}
        new |= _numbered(said["number"], said["symbol"])
        shown = HeadForm.initial_of(old)
        if said["subject"] != shown["subject"]:
            new["subject"] = said["subject"]
        if (day, partial) != (old.get("date"), old.get("date_partial")):
            new |= {"date": day, "date_partial": partial, "date_evidence": None}
        if said["issuing_agency"] != old.get("issuing_agency"):
            new["agency_evidence"] = None
        return {**old, **new}


def _numbered(number: str | None, symbol: str | None) -> Wire:
    seq, slash, rest = (number or "").partition("/")
    if not number or not slash:
        return {"number": None, "number_seq": number or None, "symbol": symbol}
    return {"number": number, "number_seq": seq.strip(), "symbol": rest.strip()}


FORMS: dict[ItemKind, type[Any]] = {
    ItemKind.TASK: TaskForm,
    ItemKind.HEAD: HeadForm,
    ItemKind.ADDRESSEE: NameForm,
    ItemKind.RECIPIENT: RecipientForm,
    ItemKind.CONTACT: ContactForm,
    ItemKind.CITATION: CitationForm,
    ItemKind.FACT: FactForm,
    ItemKind.TARGET: GoalForm,
    ItemKind.SIGNER: SignerForm,
}
DEADLINE = "deadline"
ADDED = (
    ("task", _("việc")),
    (DEADLINE, _("hạn của một việc")),
    ("fact", _("số liệu")),
    ("target", _("chỉ tiêu chung")),
    ("citation", _("văn bản viện dẫn")),
    ("addressee", _("nơi gửi tới")),
    ("recipient", _("nơi nhận")),
)


class AddForm(forms.Form):
    """Words of the letter, and what they are. `near` is where the officer selected them."""

    kind = forms.ChoiceField(label=_("Đoạn này là"), choices=ADDED)
    quote = Words(
        _("Chép nguyên văn từ văn bản"),
        most=4000,
        rows=2,
        required=True,
        hint=_("Chọn chữ trong văn bản rồi bấm T hoặc H thì ô này tự điền."),
    )
    near = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    task = forms.ChoiceField(label=_("Của việc"), required=False)

    def __init__(
        self, *arguments: Any, tasks: Sequence[tuple[str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        choices = [("", _("– chọn việc –")), *tasks]
        self.fields["task"] = forms.ChoiceField(
            label=_("Của việc"), choices=choices, required=False, help_text=_("Chỉ khi gắn hạn.")
        )

    def clean(self) -> dict[str, Any]:
        """A deadline belongs to an order."""
        said = super().clean() or {}
        if said.get("kind") == DEADLINE and not said.get("task"):
            self.add_error("task", _("Chọn việc mà hạn này thuộc về."))
        return said
