"""What others may know of a staff account."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from vungxanh.accounts.rules import Role
from vungxanh.refusals import Words

StaffRef = NewType("StaffRef", str)
STAFF = "staff:"


@dataclass(frozen=True, slots=True)
class StaffCard:
    """One account as its owner, an administrator or an auditor sees it.

    `organisations` are the names of those that it acts for; it may lack the one it has to name.
    """

    ref: StaffRef
    name: str
    email: str
    roles: tuple[Words, ...]
    units: tuple[str, ...]
    is_demo: bool
    is_active: bool
    created_at: datetime
    ends_at: datetime | None
    capabilities: tuple[Words, ...]
    organisations: tuple[str, ...] = ()
    lacks_organisation: bool = False


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is made from, beside its password.

    `also` are further units that it holds, as of the other era; `organisation` is the name of the
    one for which an account of the demo acts.
    """

    email: str
    name: str
    role: Role
    unit: str
    scopes: tuple[str, ...] = ()
    ends_at: datetime | None = None
    organisation: str = ""
    also: tuple[str, ...] = ()


_BINH_DINH = "vn-2021:52"
_GIA_LAI = "vn-2025:52"  # the province that Bình Định became a part of in July 2025
_QUY_NHON = "vn-2021:540"
_TRAN_PHU = "vn-2021:21586"
_QUY_NHON_TODAY = "vn-2025:21583"  # the ward that Trần Phú became a part of

DEMO_ACCOUNTS = (
    NewAccount("admin@demo.example", "Quản trị (mẫu)", Role("admin"), _BINH_DINH),
    NewAccount("province@demo.example", "Cán bộ tỉnh (mẫu)", Role("province_officer"), _BINH_DINH),
    NewAccount(
        "gialai@demo.example", "Cán bộ tỉnh Gia Lai (mẫu)", Role("province_officer"), _GIA_LAI
    ),
    NewAccount("district@demo.example", "Cán bộ huyện (mẫu)", Role("district_officer"), _QUY_NHON),
    NewAccount(
        "commune@demo.example",
        "Cán bộ xã (mẫu)",
        Role("commune_officer"),
        _TRAN_PHU,
        also=(_QUY_NHON_TODAY,),
    ),
    NewAccount("tracer@demo.example", "Cán bộ truy vết (mẫu)", Role("tracer"), _QUY_NHON),
    NewAccount(
        "operator@demo.example",
        "Đầu mối nhà mạng (mẫu)",
        Role("operator"),
        _BINH_DINH,
        organisation="Nhà mạng A (ví dụ)",
    ),
    NewAccount("owner@demo.example", "Chủ điểm (mẫu)", Role("point_owner"), _QUY_NHON_TODAY),
    NewAccount(
        "keeper@demo.example", "Người trực điểm (mẫu)", Role("point_keeper"), _QUY_NHON_TODAY
    ),
    NewAccount(
        "manager@demo.example",
        "Quản lý nơi làm việc (mẫu)",
        Role("workplace_manager"),
        _QUY_NHON_TODAY,
        organisation="Trường học Mẫu (ví dụ)",
    ),
)
