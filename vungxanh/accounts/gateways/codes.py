"""Codes of authenticator apps and recovery codes, as django-allauth keeps them."""

from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt

from vungxanh.accounts.gateways.adapters import FactorAdapter
from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import steps

RECOVERY_DIGITS = 8


def new_secret() -> str:
    """A secret of 160 bits in base32 (RFC 4226, 4, R6)."""
    return str(generate_totp_secret())


def address_of(staff: Staff, secret: str) -> str:
    """What the picture says to an authenticator app: whose codes these are, and the secret."""
    return str(FactorAdapter().build_totp_url(staff, secret))


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step of time whose code this is, among those taken at the instant."""
    for step in steps(at):
        expected = format_hotp_value(hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected):
            return step
    return None


def add_app(staff: Staff, secret: str, step: int) -> None:
    """Keep an authenticator app whose code of this step was shown."""
    kept = {"secret": encrypt(secret), "step": step}
    Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data=kept)


def take(staff: Staff, code: str, at: datetime) -> str | None:
    """Use up a code: "totp", "recovery", or None where it does not fit; inside a transaction.

    A code is taken once, and none older than the last one (RFC 6238, 5.2): the row is locked
    meanwhile, so two at the same moment cannot both pass.
    """
    is_recovery = len(normalize_user_code(code)) == RECOVERY_DIGITS
    kind = Authenticator.Type.RECOVERY_CODES if is_recovery else Authenticator.Type.TOTP
    held = Authenticator.objects.select_for_update().filter(user_id=staff.pk, type=kind).first()
    if held is None:
        return None
    is_right = RecoveryCodes(held).validate_code(code) if is_recovery else _step_on(held, code, at)
    if not is_right:
        return None
    Authenticator.objects.filter(pk=held.pk).update(last_used_at=at)
    return "recovery" if is_recovery else "totp"


def _step_on(app: Authenticator, code: str, at: datetime) -> bool:
    step = step_of(decrypt(app.data["secret"]), code, at)
    if step is None or step <= app.data["step"]:
        return False
    app.data["step"] = step
    app.save(update_fields=["data"])
    return True


def new_recovery_codes(staff: Staff) -> list[str]:
    """Fresh recovery codes instead of all older ones; inside a transaction."""
    Staff.objects.select_for_update().get(pk=staff.pk)
    codes = Authenticator.Type.RECOVERY_CODES
    Authenticator.objects.filter(user_id=staff.pk, type=codes).delete()
    return [str(code) for code in RecoveryCodes.activate(staff).generate_codes()]
