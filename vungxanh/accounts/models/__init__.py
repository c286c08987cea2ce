"""The tables of the room."""

from vungxanh.accounts.models.devices import EnrolledDevice
from vungxanh.accounts.models.exports import PersonExport
from vungxanh.accounts.models.failures import FailedSignIns
from vungxanh.accounts.models.glass import BrokenGlass
from vungxanh.accounts.models.invitations import TOKENS, Invitation
from vungxanh.accounts.models.purposes import Purpose, PurposeProposal
from vungxanh.accounts.models.recovery import Recovery
from vungxanh.accounts.models.sessions import ADDRESSES, SESSIONS, StaffSession
from vungxanh.accounts.models.staff import EMAIL_INDEX, Staff, StaffManager

__all__ = [
    "ADDRESSES",
    "EMAIL_INDEX",
    "SESSIONS",
    "TOKENS",
    "BrokenGlass",
    "EnrolledDevice",
    "FailedSignIns",
    "Invitation",
    "PersonExport",
    "Purpose",
    "PurposeProposal",
    "Recovery",
    "Staff",
    "StaffManager",
    "StaffSession",
]
