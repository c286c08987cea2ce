"""Refusals of writing, trying and approving rules."""

from vungxanh.refusals import RefusalError, Words


class RulingError(RefusalError):
    """What somebody wanted with a version of rules cannot be done now."""

    status = 409


class RulingInputError(RefusalError):
    """What somebody typed or brought is no rules."""

    status = 422


def own_rules() -> RulingError:
    """Who wrote a version does not approve it."""
    words = Words(
        vi="Người soạn không tự duyệt quy tắc của mình. Nhờ một cán bộ khác có quyền duyệt.",
        en="Who wrote rules does not approve them. Ask a colleague who may.",
    )
    return RulingError("declarations.rules_own", words)


def decided() -> RulingError:
    """The version is not a draft any more, or not in force."""
    words = Words(
        vi="Bản quy tắc này đã được duyệt, đã bỏ hoặc đã ngừng. Tải lại trang để xem.",
        en="These rules were approved, discarded or ended meanwhile. Reload the page.",
    )
    return RulingError("declarations.rules_decided", words)


def not_tried() -> RulingError:
    """Nobody knows yet whom the version would change."""
    words = Words(
        vi="Chưa chạy thử xong bản quy tắc này. Chạy thử để biết sẽ đổi màu của ai rồi mới duyệt.",
        en="These rules were not tried yet. Try them first, to know whom they would change.",
    )
    return RulingError("declarations.rules_not_tried", words)


def bad_day() -> RulingInputError:
    """The day from which rules are to be in force is over."""
    words = Words(
        vi="Ngày bắt đầu đã qua. Chọn hôm nay hoặc một ngày sau.",
        en="The first day is over. Choose today or a later day.",
    )
    return RulingInputError("declarations.rules_day", words, field="starts_on")


def bad_file(where: str = "") -> RulingInputError:
    """What was brought is no JSON, too large, or of another place."""
    words = Words(
        vi="Tệp không đọc được: cần tệp JSON không quá 1 MB, quy tắc của đúng địa bàn đang soạn.",
        en="The file cannot be read: a JSON file of at most 1 MB is needed, with rules of this "
        "very place.",
    )
    return RulingInputError("declarations.rules_file", words, field="file", where=where or None)


def no_rule() -> RulingInputError:
    """The rule that is to be changed is not in force."""
    words = Words(
        vi="Không có quy tắc này trong bản đang dùng. Chọn một quy tắc trong danh sách.",
        en="This rule is not among those in force. Choose one of the list.",
    )
    return RulingInputError("declarations.rules_unknown", words, field="rule")
