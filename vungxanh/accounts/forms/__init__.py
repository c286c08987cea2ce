"""What people type about accounts."""

from vungxanh.accounts.forms.signing_in import PasswordForm, SignInForm

__all__ = ["PasswordForm", "SignInForm"]
