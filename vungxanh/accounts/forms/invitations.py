"""What is typed to invite somebody and to take an invitation up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.forms.passwords import HOW, NewPasswordForm, new_password
from vungxanh.accounts.forms.staff import RightsForm


class InviteForm(RightsForm):
    """Whom to invite, and what the account will hold."""

    email = forms.EmailField(
        label=_("Email công vụ"),
        max_length=254,
        error_messages={
            "required": _("Nhập email công vụ của người được mời."),
            "invalid": _("Email chưa đúng dạng, ví dụ ten@donvi.gov.vn."),
        },
    )
    field_order = (
        "email",
        "roles",
        "units",
        "organisation",
        "organisation_picked",
        "scopes",
        "ends_on",
    )


class AcceptForm(NewPasswordForm):
    """A name, and a password twice."""

    name = forms.CharField(
        label=_("Họ tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
        error_messages={"required": _("Nhập họ tên của bạn.")},
    )
    new = new_password(_("Mật khẩu"), _("Nhập mật khẩu."), HOW)
    again = new_password(_("Nhập lại mật khẩu"), _("Nhập lại mật khẩu."))
    field_order = ("name", "new", "again")
