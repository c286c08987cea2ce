"""What officers type: a search, a new person, a correction."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.core.clock import today
from vungxanh.core.preferences import reader_language
from vungxanh.engines.papers import Kind, read_paper
from vungxanh.engines.phones import read_phone
from vungxanh.people.actions.refusals import BadBirthError
from vungxanh.people.forms.moving import MovingField, offer
from vungxanh.people.rules.births import OLDEST_YEARS, read_birth
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.looking import Way
from vungxanh.refusals import RefusalError, Words

Choices = Sequence[tuple[str, str]]
LONGEST = 120
SEXES = [("", _("Chưa rõ")), ("female", _("Nữ")), ("male", _("Nam"))]
PAPER_KINDS = [
    ("", _("Tự nhận ra theo số")),
    ("cccd", _("Căn cước công dân")),
    ("cmnd", _("Chứng minh nhân dân")),
    ("passport", _("Hộ chiếu")),
    ("bhyt", _("Thẻ bảo hiểm y tế")),
]


def _text(label: Any, hint: Any = "", *, longest: int = LONGEST, **more: Any) -> forms.CharField:
    attributes = {"autocomplete": "off", "spellcheck": "false", **more.pop("attrs", {})}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": _("Điền ô này.")},
        **more,
    )


def _number(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    return _text(label, hint, longest=40, attrs={"inputmode": "tel"}, **more)


class PurposeForm(forms.Form):
    """What for: one of the closed list, chosen anew on every page, never chosen beforehand."""

    purpose = forms.ChoiceField(
        label=_("Mục đích"),
        help_text=_("Được ghi vào nhật ký; người được xem thấy được."),
        error_messages={
            "required": _("Chọn mục đích."),
            "invalid_choice": _("Mục đích này không còn hiệu lực. Chọn mục đích khác."),
        },
    )

    def __init__(self, *args: Any, purposes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", str(_("Chọn mục đích"))), *purposes]


class SearchForm(PurposeForm):
    """By number, by paper, or by name with what else is known."""

    way = forms.ChoiceField(
        label=_("Tìm theo"),
        widget=forms.RadioSelect,
        initial=Way.PHONE.value,
        choices=[
            (Way.PHONE.value, _("Số điện thoại")),
            (Way.PAPER.value, _("Số giấy tờ: CCCD, CMND, hộ chiếu, thẻ BHYT")),
            (Way.NAME.value, _("Họ tên")),
        ],
        error_messages={"required": _("Chọn một cách tìm.")},
    )
    text = _text(_("Số hoặc họ tên"), _("Viết cách nào cũng được: có dấu, không dấu, có +84."))
    birth_year = forms.IntegerField(
        label=_("Năm sinh"),
        required=False,
        help_text=_("Khi tìm theo họ tên."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": _("Ghi năm sinh bốn chữ số, ví dụ 1985.")},
    )
    commune = _text(
        _("Xã, phường"), _("Khi tìm theo họ tên. Ví dụ “P. Trần Phú, Quy Nhơn”."), required=False
    )

    def clean_birth_year(self) -> int | None:
        """A year that somebody alive can be born in."""
        year: int | None = self.cleaned_data["birth_year"]
        this_year = today().year
        if year is not None and not this_year - OLDEST_YEARS <= year <= this_year:
            raise forms.ValidationError(_("Ghi năm sinh bốn chữ số, ví dụ 1985."))
        return year

    def way_of(self) -> Way:
        """By what is looked up."""
        return Way(self.cleaned_data["way"])


class PersonForm(forms.Form):
    """Who somebody is and where they live."""

    name = _text(_("Họ và tên"))
    birth = _text(
        _("Ngày hoặc năm sinh"), _("Ví dụ 20/3/1985 hoặc 1985."), required=False, longest=10
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"), required=False, choices=SEXES, widget=forms.RadioSelect
    )
    commune = _text(_("Xã, phường đang ở"), _("Ví dụ “P. Trần Phú, Quy Nhơn”."))
    address = _text(_("Số nhà, đường, thôn, tổ"), required=False)
    paper_kind = forms.ChoiceField(label=_("Loại giấy tờ"), required=False, choices=PAPER_KINDS)
    paper = _number(_("Số giấy tờ"), required=False)

    def clean_birth(self) -> str:
        """A year or a day, in the form that is kept."""
        text: str = self.cleaned_data["birth"]
        found = read_birth(text, today()) if text else ""
        if found is None:
            raise forms.ValidationError(said(BadBirthError().words))
        return found

    def clean_paper(self) -> str:
        """A number that fits the kind of paper that is chosen."""
        text: str = self.cleaned_data["paper"]
        kind = self.cleaned_data.get("paper_kind") or None
        return _read(text, lambda number: read_paper(number, Kind(kind) if kind else None))

    def papers(self) -> tuple[tuple[str, str], ...]:
        """The paper that was typed, if any, with its kind."""
        typed = self.cleaned_data
        return ((typed["paper_kind"], typed["paper"]),) if typed["paper"] else ()


class NewPersonForm(PersonForm, PurposeForm):
    """Somebody without the app: met at a door, or named in an interview."""

    origin = forms.ChoiceField(
        label=_("Ghi từ đâu"),
        widget=forms.RadioSelect,
        choices=[
            (Origin.DOOR.value, _("Gặp tại nhà, tại chốt")),
            (Origin.INTERVIEW.value, _("Người khác kể trong phỏng vấn")),
        ],
        error_messages={"required": _("Chọn một cách.")},
    )
    phone = _number(
        _("Số điện thoại"), _("Của chính người này. Số chưa xác thực bằng mã."), required=False
    )

    def clean_phone(self) -> str:
        """A number that is one."""
        text: str = self.cleaned_data["phone"]
        return _read(text, read_phone)

    def person(self, unit: str) -> NewPerson:
        """What was typed; only of a form that is valid."""
        typed = self.cleaned_data
        return NewPerson(
            origin=Origin(typed["origin"]),
            name=typed["name"],
            birth=typed["birth"],
            sex=typed["sex"],
            phone=typed["phone"],
            papers=self.papers(),
            residence=Residence(unit, typed["address"]),
        )


class ChangeForm(PersonForm):
    """What is corrected; a new paper is added to those that are there."""

    forgotten = forms.TypedMultipleChoiceField(
        label=_("Giấy tờ ghi nhầm, bỏ khỏi sổ"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, papers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["forgotten"]
        if isinstance(field, forms.ChoiceField):
            field.choices = papers


class MovingForm(forms.Form):
    """Who of the family moves along with somebody whose residence is corrected."""

    moving = MovingField(label=_("Ai chuyển cùng người này?"))

    def __init__(self, *args: Any, left: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, [(int(number), words) for number, words in left])


def _read(text: str, reader: Callable[[str], object]) -> str:
    """The text, once its reader takes it; else its refusal beside the field."""
    if text:
        try:
            reader(text)
        except RefusalError as refusal:
            raise forms.ValidationError(said(refusal.words)) from refusal
    return text


def said(words: Words) -> str:
    """In the reader's language."""
    return words.in_language(reader_language())
