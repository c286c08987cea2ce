"""The tables of the room."""

from vungxanh.accounts.models.failures import FailedSignIns
from vungxanh.accounts.models.staff import EMAIL_INDEX, Staff, StaffManager

__all__ = ["EMAIL_INDEX", "FailedSignIns", "Staff", "StaffManager"]
