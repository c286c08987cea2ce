"""Who is looking: the one value that every query and action receives."""

from dataclasses import dataclass, field

from vungxanh.refusals import RefusalError, Words

CITIZEN = "citizen:"


class ForbiddenError(RefusalError):
    """The viewer is known but lacks the capability that was asked for."""

    status = 403

    def __init__(self, capability: str) -> None:
        super().__init__(
            "core.forbidden",
            Words(
                vi="Bạn xem được địa bàn của mình, nhưng việc này cần thêm quyền. "
                "Liên hệ người quản trị đơn vị nếu công việc của bạn cần đến.",
                en="You can see your own area, but this needs a further right. "
                "Ask your unit's administrator if your work needs it.",
            ),
        )
        self.capability = capability


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks or acts: who, in which roles, for which units and for what purpose.

    `id` is "staff:<uuid>", "device:<uuid>", "citizen:<uuid>", "public" or "system:<name>"; `units`
    holds ids such as "vn-2021:52". `scopes` are single things that a role is limited to
    ("list:<id>"). `opened` are units that the breaking of the glass `glass` has opened for a
    limited time, to read only; `through_glass` gathers what was read thanks to them alone, each
    reference with its unit.
    """

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    purpose: str = "duty"
    capabilities: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    glass: str = ""
    through_glass: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_signed_in(self) -> bool:
        """Whether this is somebody in particular who works here, not the public."""
        return self.id != "public" and not self.is_citizen

    @property
    def is_citizen(self) -> bool:
        """Whether this is a citizen's own phone, which opens its holder's own pages alone."""
        return self.id.startswith(CITIZEN)

    def may(self, capability: str) -> bool:
        """Whether the viewer holds the capability."""
        return capability in self.capabilities

    def require(self, capability: str) -> None:
        """Refuse unless the viewer holds the capability."""
        if not self.may(capability):
            raise ForbiddenError(capability)


CAPABILITIES = {
    "accounts.manage": Words(vi="Quản lý tài khoản cán bộ", en="Manage staff accounts"),
    "audit.view": Words(vi="Xem nhật ký hệ thống", en="Read the audit log"),
    "declarations.correct": Words(
        vi="Xem lại, sửa kết quả khai báo y tế", en="Review and correct outcomes of declarations"
    ),
    "declarations.enter": Words(
        vi="Nhập tờ khai giấy, khai hộ người dân", en="Enter paper declarations, declare for others"
    ),
    "declarations.figures": Words(
        vi="Xem số liệu khai báo y tế", en="See figures of health declarations"
    ),
    "declarations.forms": Words(
        vi="Quản lý biểu mẫu khai báo y tế", en="Manage forms of health declarations"
    ),
    "declarations.handle": Words(
        vi="Gọi, ghi kết quả chăm sóc người khai có dấu hiệu bệnh",
        en="Call people who declared signs and note what came of it",
    ),
    "declarations.rules": Words(
        vi="Soạn, chạy thử, duyệt quy tắc phân loại", en="Write, try and approve triage rules"
    ),
    "declarations.see_ill": Words(
        vi="Xem tờ khai có dấu hiệu bệnh của địa bàn",
        en="See declarations with signs of the area",
    ),
    "devices.manage": Words(vi="Ghi danh và thu hồi thiết bị", en="Enrol and revoke devices"),
    "directives.receive": Words(
        vi="Nộp và sửa văn bản đến", en="Bring and correct received letters"
    ),
    "directives.view": Words(vi="Xem văn bản đến", en="See received letters"),
    "duties.manage": Words(
        vi="Giao nghĩa vụ, miễn, hủy, báo cấp trên", en="Order duties, waive, cancel, raise"
    ),
    "duties.view": Words(vi="Xem việc và nghĩa vụ", en="See work and duties"),
    "glass.break": Words(
        vi="Mở khẩn cấp dữ liệu ngoài địa bàn", en="Break the glass outside the own area"
    ),
    "glass.review": Words(
        vi="Xem lại các lần mở khẩn cấp của địa bàn", en="Review broken glass in the area"
    ),
    "locations.manage": Words(
        vi="Sửa tổ chức, cơ sở y tế và ranh giới", en="Keep organisations, facilities, boundaries"
    ),
    "locations.view": Words(vi="Xem danh mục đơn vị hành chính", en="See administrative units"),
    "messaging.manage": Words(vi="Xem hộp thư đi", en="Look after the outbox"),
    "persons.approve_export": Words(
        vi="Duyệt xuất danh sách người", en="Approve exports of persons"
    ),
    "persons.export": Words(
        vi="Xuất danh sách người được giao", en="Export the own list of persons"
    ),
    "persons.requests": Words(
        vi="Trả lời yêu cầu của người dân về dữ liệu",
        en="Answer what persons ask about their data",
    ),
    "persons.view": Words(
        vi="Xem thông tin người trong phạm vi được giao", en="See persons within the own scope"
    ),
    "points.inspect": Words(
        vi="Kiểm tra điểm kiểm soát, nhắc, xử lý báo mã", en="Inspect control points and remind"
    ),
    "points.manage": Words(
        vi="Duyệt, sửa, tạm dừng, đóng điểm kiểm soát",
        en="Approve, correct, suspend and close control points",
    ),
    "points.own": Words(
        vi="Xem điểm của mình, điểm được giao trực", en="See own points and points to keep"
    ),
    "points.view": Words(
        vi="Xem điểm kiểm soát của địa bàn", en="See the control points of the area"
    ),
    "purposes.manage": Words(
        vi="Đề nghị và duyệt mục đích xem thông tin người",
        en="Propose and approve purposes of looking at persons",
    ),
    "reports.issue": Words(vi="Phát hành báo cáo", en="Issue reports"),
    "reports.view": Words(vi="Xem báo cáo", en="See reports"),
    "uptake.approve": Words(vi="Duyệt bảng số liệu hằng ngày", en="Approve the tables of each day"),
    "uptake.forms": Words(
        vi="Lập biểu mẫu, giao đầu mối báo cáo", en="Make report forms and name reporters"
    ),
    "uptake.import": Words(vi="Nộp số liệu", en="Submit figures"),
    "uptake.publish": Words(vi="Chốt và công bố số liệu", en="Freeze and publish figures"),
    "uptake.report": Words(vi="Nộp báo cáo số liệu theo biểu mẫu", en="Report figures on a form"),
    "uptake.targets": Words(vi="Đặt chỉ tiêu", en="Set targets"),
    "uptake.view": Words(vi="Xem số liệu địa bàn", en="See figures of the area"),
}

PUBLIC = Viewer(id="public", name="", purpose="public")
SYSTEM = Viewer(
    id="system:worker",
    name="Hệ thống",
    roles=frozenset({"system"}),
    purpose="upkeep",
    capabilities=frozenset(CAPABILITIES),
)
