"""What administrators type to name the law that a campaign rests on, or to end it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.values.purposes import CampaignBasis, LegalBasis
from vungxanh.people.values.consents import Consenting, texts
from vungxanh.people.values.rights import NewBasis
from vungxanh.refusals import Words

DAY = ["%d/%m/%Y", "%Y-%m-%d"]
_BAD_DAY = _("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 31/12/2027.")
_EMPTY = {"required": _("Điền ô này.")}


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=DAY,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _BAD_DAY, **_EMPTY},
    )


def _line(label: Any, help_text: Any = "", *, longest: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=longest, error_messages=_EMPTY
    )


class BasisForm(forms.Form):
    """A campaign with what it does, its law and its days."""

    campaign = _line(_("Chiến dịch"), _("Ví dụ: Xét nghiệm diện rộng đợt 2."))
    vi = _line(_("Việc xử lý (tiếng Việt)"), _("Lấy thông tin gì, để làm gì."))
    en = _line(_("Việc xử lý (tiếng Anh)"))
    covers = forms.ChoiceField(
        label=_("Trong thời gian này không hỏi sự đồng ý về"), required=False, choices=()
    )
    law = _line(_("Văn bản làm căn cứ"), _("Tên và số hiệu."))
    article = _line(_("Điều, khoản"), longest=100)
    law_on = _day(_("Ngày của văn bản"))
    starts_on = _day(_("Dùng từ ngày"))
    ends_on = _day(_("Đến hết ngày"), _("Chiến dịch nào cũng có ngày hết."))

    def __init__(self, *args: Any, language: str = "vi", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(str(one.purpose), one.name.in_language(language)) for one in texts().values()]
        field = self.fields["covers"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Không điều nào")), *asked]

    def basis(self) -> NewBasis:
        """What was typed."""
        said = self.cleaned_data
        return NewBasis(
            CampaignBasis(
                campaign=said["campaign"],
                words=Words(vi=said["vi"], en=said["en"]),
                basis=LegalBasis(said["law"], said["article"], said["law_on"]),
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
            ),
            covers=Consenting(said["covers"]) if said["covers"] else None,
        )


class EndForm(forms.Form):
    """An earlier last day of one basis."""

    last_on = _day(_("Đến hết ngày"))

    def day(self) -> date:
        """The day that was typed."""
        found: date = self.cleaned_data["last_on"]
        return found
