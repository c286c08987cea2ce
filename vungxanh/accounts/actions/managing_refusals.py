"""What is refused to those who manage accounts, invite and vouch for others."""

from vungxanh.accounts.actions.refusals import AccountRefusalError
from vungxanh.refusals import Words


class OwnAccountError(AccountRefusalError):
    """Somebody wanted to change their own rights or lock their own account."""

    def __init__(self) -> None:
        words = Words(
            vi="Không ai tự đổi quyền hay khóa tài khoản của mình. Nhờ một quản trị khác làm.",
            en="Nobody changes their own rights or locks their own account. "
            "Ask another administrator.",
        )
        super().__init__("accounts.own_account", words)


class LastAdministratorError(AccountRefusalError):
    """Without this account nobody could look after the installation."""

    def __init__(self) -> None:
        words = Words(
            vi="Đây là quản trị cuối cùng còn hoạt động. Lập thêm một quản trị khác rồi làm lại.",
            en="This is the last administrator in use. Add another one first.",
        )
        super().__init__("accounts.last_administrator", words)


class UnknownRoleError(AccountRefusalError):
    """A role that is not on the list, or none at all."""

    def __init__(self) -> None:
        words = Words(
            vi="Chọn ít nhất một vai trò có trong danh sách.",
            en="Choose at least one role of the list.",
        )
        super().__init__("accounts.unknown_role", words, field="roles")


class UnitOutsideError(AccountRefusalError):
    """A unit outside the giver's own area, one that is unknown, or none at all."""

    def __init__(self, unit: str = "") -> None:
        words = Words(
            vi="Chọn ít nhất một đơn vị, tất cả trong địa bàn của bạn. Kiểm tra lại đơn vị này.",
            en="Choose at least one unit; all must lie in your own area. Check this unit.",
        )
        super().__init__("accounts.unit_outside", words, field="units", where=unit[:40])


class RoleLevelError(AccountRefusalError):
    """A role of one level for a unit of another."""

    def __init__(self, role: Words, level: Words) -> None:
        words = Words(
            vi=f"Vai trò “{role.vi}” chỉ dùng cho đơn vị {level.vi}. Đổi đơn vị hoặc vai trò.",
            en=f"The role “{role.en}” is for units of the {level.en} level. "
            "Change the unit or the role.",
        )
        super().__init__("accounts.role_level", words, field="roles")


class EndNeededError(AccountRefusalError):
    """A role that is given for a time only, without its end; or an end that is past."""

    def __init__(self) -> None:
        words = Words(
            vi="Ghi ngày kết thúc sau hôm nay. Vai trò giao tạm thời bắt buộc có ngày này.",
            en="Enter an end after today. A role given for a time must have one.",
        )
        super().__init__("accounts.end_needed", words, field="ends_on")


class OrganisationNeededError(AccountRefusalError):
    """A role that acts for an organisation, and none of the fitting kind is named."""

    def __init__(self, role: Words) -> None:
        words = Words(
            vi=f"Vai trò “{role.vi}” làm việc cho một tổ chức. Ghi tên doanh nghiệp trong "
            "danh mục tổ chức của địa bàn.",
            en=f"The role “{role.en}” acts for an organisation. Name an enterprise that is listed "
            "among the organisations of the area.",
        )
        super().__init__("accounts.organisation_needed", words, field="organisation")


class OrganisationOutsideError(AccountRefusalError):
    """An organisation outside the giver's own area, one that is closed or unknown."""

    def __init__(self) -> None:
        words = Words(
            vi="Không có tổ chức này trong địa bàn của bạn. Chọn một tổ chức đang có trong "
            "danh mục.",
            en="There is no such organisation in your area. Choose one of the list that exists.",
        )
        super().__init__("accounts.organisation_outside", words, field="organisation")


class BadScopeError(AccountRefusalError):
    """A scope that names no single thing."""

    def __init__(self, scope: str) -> None:
        words = Words(
            vi="Phạm vi riêng viết như list:12, team:3, point:7 hoặc organisation:5.",
            en="Write a scope like list:12, team:3, point:7 or organisation:5.",
        )
        super().__init__("accounts.bad_scope", words, field="scopes", where=scope[:40])


class AlreadyInvitedError(AccountRefusalError):
    """An invitation to this address is open."""

    def __init__(self) -> None:
        words = Words(
            vi="Email này đã có lời mời chưa dùng. Gửi lại hoặc thu hồi lời mời đó.",
            en="This address has an invitation already. Send it again or withdraw it.",
        )
        super().__init__("accounts.already_invited", words, field="email")


class VoidInvitationError(AccountRefusalError):
    """The link does not work: wrong, used, withdrawn or too old; which of these is not said."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            vi="Đường dẫn mời này không còn dùng được. Nhờ người quản trị đơn vị gửi lời mời mới.",
            en="This link does not work any more. Ask your unit's administrator for a new one.",
        )
        super().__init__("accounts.void_invitation", words)


class NothingLostError(AccountRefusalError):
    """Help with a lost second factor for an account that has none."""

    def __init__(self) -> None:
        words = Words(
            vi="Tài khoản này không có bước hai. Đăng nhập bằng email và mật khẩu.",
            en="This account has no second step. Sign in with e-mail and password.",
        )
        super().__init__("accounts.nothing_lost", words)


class VouchedAlreadyError(AccountRefusalError):
    """One person confirmed twice; two different ones are needed."""

    def __init__(self) -> None:
        words = Words(
            vi="Bạn đã xác nhận rồi. Cần thêm một đồng nghiệp khác xác nhận.",
            en="You have confirmed already. Another colleague must confirm too.",
        )
        super().__init__("accounts.vouched_already", words)
