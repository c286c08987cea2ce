"""Reading the second factors of an account."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator

from vungxanh.accounts.models import Staff
from vungxanh.accounts.models.factors import opened
from vungxanh.accounts.values import FactorRow, Factors

KINDS = {Authenticator.Type.TOTP.value: "totp", Authenticator.Type.WEBAUTHN.value: "passkey"}


def factors_of(staff: Staff) -> Factors:
    """How many second factors of each kind an account has; one query."""
    rows = list(Authenticator.objects.filter(user_id=staff.pk).values_list("type", "data"))
    kinds = [kind for kind, _ in rows]
    codes = [data for kind, data in rows if kind == Authenticator.Type.RECOVERY_CODES]
    return Factors(
        totp=Authenticator.Type.TOTP in kinds,
        n_passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        n_recovery_left=sum(_left(data) for data in codes),
    )


def factor_rows(staff: Staff) -> list[FactorRow]:
    """The account's app and passkeys, oldest first; recovery codes are only counted."""
    rows = Authenticator.objects.filter(user_id=staff.pk, type__in=KINDS).order_by("id")
    return [
        FactorRow(
            id=row.pk,
            kind=KINDS[row.type],
            name=opened(row.data["name"]) if "name" in row.data else "",
            created_at=row.created_at,
            last_used_at=row.last_used_at,
        )
        for row in rows
    ]


def _left(data: dict[str, Any]) -> int:
    return int(app_settings.RECOVERY_CODE_COUNT - int(data["used_mask"]).bit_count())
