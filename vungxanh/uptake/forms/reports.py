"""The head, title, notes and sign-off of a report, as an officer edits them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.documents.content import Authority
from vungxanh.reports.values import ReportKind
from vungxanh.uptake.values import ReportOptions

LONGEST_LINE = 300
_KINDS = (
    (ReportKind.ANNEX.value, _("Phụ lục")),
    (ReportKind.LETTER.value, _("Công văn kèm phụ lục")),
)
_AUTHORITIES = (
    (Authority.OWN.value, _("ký trực tiếp")),
    (Authority.FOR_BODY.value, _("TM. (thay mặt)")),
    (Authority.FOR_HEAD.value, _("KT. (ký thay)")),
    (Authority.BY_ORDER.value, _("TL. (thừa lệnh)")),
    (Authority.BY_DELEGATION.value, _("TUQ. (thừa ủy quyền)")),
    (Authority.ACTING.value, _("Q. (quyền)")),
)


class Lines(forms.CharField):
    """Several lines, one item each; empty ones are dropped."""

    def __init__(self, *, most: int, rows: int, **settings: Any) -> None:
        self.most = most
        area = forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})
        super().__init__(widget=area, max_length=most * LONGEST_LINE, **settings)

    def prepare_value(self, value: Any) -> Any:
        """Items as lines."""
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Lines as items."""
        text = super().clean(value) or ""
        lines = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
        if len(lines) > self.most:
            raise forms.ValidationError(
                _("Nhiều nhất %(n)s dòng. Gộp hoặc bỏ bớt dòng."), params={"n": self.most}
            )
        return lines


def _line(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_LINE,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Ô này cần có chữ.")},
    )


class ReportForm(forms.Form):
    """What may be changed before freezing; figures, doubts and disputes are not among it.

    `figures` is the digest of the figures that the officer saw; `corrects` the edition that the
    officer saw standing, empty when there was none.
    """

    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=_KINDS, widget=forms.RadioSelect)
    parent = _line(_("Cơ quan chủ quản"), required=False)
    agency = _line(_("Cơ quan ban hành"))
    symbol = _line(
        _("Ký hiệu công văn kèm theo"), hint=_("Phần sau số, ví dụ STTTT-CNTT."), required=False
    )
    number = forms.IntegerField(
        label=_("Số công văn"),
        required=False,
        min_value=1,
        max_value=99999,
        help_text=_("Để trống cho văn thư ghi."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    dated = forms.DateField(
        label=_("Ngày công văn"),
        required=False,
        help_text=_("Để trống cho văn thư ghi. Ví dụ 27/5/2021."),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Viết ngày như 27/5/2021.")},
    )
    label = _line(_("Nhãn"), hint=_("Ví dụ Phụ lục, Phụ lục I."))
    title = Lines(label=_("Tiêu đề, mỗi dòng một dòng in"), most=4, rows=2)
    notes = Lines(
        label=_("Ghi chú, mỗi dòng một ý"),
        required=False,
        most=8,
        rows=3,
        help_text=_("Đơn vị thiếu số, số cần xác minh và số tranh chấp được tự ghi thêm."),
    )
    source = _line(_("Nguồn"), required=False)
    subject = _line(_("Trích yếu"))
    addressees = Lines(label=_("Kính gửi, mỗi dòng một nơi"), required=False, most=10, rows=2)
    place = _line(_("Nơi ban hành"))
    authority = forms.ChoiceField(label=_("Quyền ký"), choices=_AUTHORITIES, required=False)
    post = _line(_("Chức vụ người ký"))
    signer = _line(_("Họ tên người ký"), required=False, hint=_("Để trống nếu chưa rõ."))
    recipients = Lines(label=_("Nơi nhận, mỗi dòng một nơi"), required=False, most=12, rows=2)
    reason = forms.CharField(
        label=_("Lý do đính chính"),
        required=False,
        max_length=300,
        help_text=_("Một câu, in trong hồ sơ của bản mới."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    figures = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)

    HEAD = ("parent", "agency", "symbol", "number", "dated")
    BODY = ("label", "title", "notes", "source")
    LETTER = ("subject", "addressees", "place", "authority", "post", "signer", "recipients")

    @staticmethod
    def initial_of(options: ReportOptions) -> dict[str, Any]:
        """The fields as proposed."""
        names = (*ReportForm.HEAD, *ReportForm.BODY, *ReportForm.LETTER)
        return {name: getattr(options, name) for name in names}

    def options(self) -> ReportOptions:
        """What was typed; the form must be valid."""
        said = self.cleaned_data
        names = (*self.HEAD, *self.BODY, *self.LETTER)
        values = {name: said[name] for name in names if name != "authority"}
        return ReportOptions(**values, authority=Authority(said["authority"]))

    @property
    def chosen_kind(self) -> ReportKind:
        """The kind as typed, the annex where nothing sensible was."""
        value = self["kind"].value()
        return ReportKind(value) if value in list(ReportKind) else ReportKind.ANNEX

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """Letterhead and the letter that the annex belongs to."""
        return [self[name] for name in self.HEAD]

    @property
    def body_fields(self) -> list[forms.BoundField]:
        """Label, title, notes and source."""
        return [self[name] for name in self.BODY]

    @property
    def letter_fields(self) -> list[forms.BoundField]:
        """What only a letter has."""
        return [self[name] for name in self.LETTER]
