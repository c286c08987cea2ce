"""The tables of the room."""

from vungxanh.accounts.models.exports import PersonExport
from vungxanh.accounts.models.failures import FailedSignIns
from vungxanh.accounts.models.glass import BrokenGlass
from vungxanh.accounts.models.purposes import Purpose, PurposeDay, PurposeProposal
from vungxanh.accounts.models.staff import EMAIL_INDEX, Staff, StaffManager

__all__ = [
    "EMAIL_INDEX",
    "BrokenGlass",
    "FailedSignIns",
    "PersonExport",
    "Purpose",
    "PurposeDay",
    "PurposeProposal",
    "Staff",
    "StaffManager",
]
