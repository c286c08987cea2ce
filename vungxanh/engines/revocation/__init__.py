"""Which codes of control points are revoked, small enough for every phone and exact."""

from vungxanh.engines.revocation.core import answers, revocations_of
from vungxanh.engines.revocation.types import Answers, RevocationError

__all__ = ["Answers", "RevocationError", "answers", "revocations_of"]
