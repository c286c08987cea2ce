"""What people type about accounts."""

from vungxanh.accounts.forms.factors import AppForm, CodeForm, ConfirmForm, NameForm, PasskeyForm
from vungxanh.accounts.forms.invitations import AcceptForm, InviteForm
from vungxanh.accounts.forms.signing_in import PasswordForm, SignInForm
from vungxanh.accounts.forms.staff import RightsForm, filled_with

__all__ = [
    "AcceptForm",
    "AppForm",
    "CodeForm",
    "ConfirmForm",
    "InviteForm",
    "NameForm",
    "PasskeyForm",
    "PasswordForm",
    "RightsForm",
    "SignInForm",
    "filled_with",
]
