"""Why a list of revoked codes is turned away."""

from vungxanh.protocol.refusals import ProtocolError
from vungxanh.refusals import Words


class RevocationListError(ProtocolError):
    """Bytes that are no list of revoked codes."""


def not_revocations() -> RevocationListError:
    """Another file, or a list that is cut, longer than it says, or says what cannot be."""
    code = "protocol.not_revocations"
    return RevocationListError(
        code,
        Words(
            "Đây không phải danh sách mã đã thu hồi, hoặc danh sách bị hỏng. Tải lại danh sách.",
            "This is no list of revoked codes, or it is damaged. Fetch the list again.",
        ),
    )


def newer_revocations() -> RevocationListError:
    """A list of a version that this program does not know."""
    code = "protocol.newer_revocations"
    return RevocationListError(
        code,
        Words(
            "Danh sách mã đã thu hồi thuộc phiên bản mới hơn. Cập nhật phần mềm rồi tải lại.",
            "The list of revoked codes is of a newer version. Update the program and fetch it "
            "again.",
        ),
    )
