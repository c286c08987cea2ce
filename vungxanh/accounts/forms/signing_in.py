"""What people type to sign in and to change their password."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.forms.passwords import NewPasswordForm, present_password


class SignInForm(forms.Form):
    """Address and password; the password is taken as typed."""

    email = forms.CharField(
        label=_("Email công vụ"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={"required": _("Nhập email công vụ của bạn.")},
    )
    password = present_password(_("Mật khẩu"), _("Nhập mật khẩu."))


class PasswordForm(NewPasswordForm):
    """The present password, and the new one twice."""

    old = present_password(_("Mật khẩu đang dùng"), _("Nhập mật khẩu đang dùng."))
    field_order = ("old", "new", "again")
