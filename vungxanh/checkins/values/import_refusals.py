"""What is refused of spreadsheets of points and of premises, and in which words."""

from dataclasses import dataclass

from vungxanh.checkins.values.refusals import PointError
from vungxanh.documents.vietnamese import count
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row: the field of its column, and the sentence."""

    field: str
    words: Words


def no_heading(first: str) -> PointError:
    """No row that names a name and something more."""
    return PointError(
        "checkins.import_no_heading",
        Words(
            f"Không thấy dòng tiêu đề có cột tên và một cột khác. Dòng đầu đọc được: {first}. "
            "Đặt tiêu đề như “Tên”, “Loại”, “Xã”, hoặc dùng bảng mẫu.",
            f"There is no heading with a column of names and one more. The first row reads: "
            f"{first}. Use headings like “Name”, “Kind”, “Commune”, or the template.",
        ),
        field="file",
    )


def no_rows() -> PointError:
    """A heading and nothing below."""
    return PointError(
        "checkins.import_empty",
        Words(
            "Dưới dòng tiêu đề không có dòng nào. Kiểm lại trang tính đầu tiên của tệp.",
            "There is no row below the heading. Check the first sheet of the file.",
        ),
        field="file",
    )


def too_many_rows(n_rows: int, most: int) -> PointError:
    """More rows than are taken at once."""
    return PointError(
        "checkins.import_too_long",
        Words(
            f"Bảng có {count(n_rows)} dòng, mỗi lần nhận đến {count(most)}. Chia tệp ra.",
            f"The table has {count(n_rows, 'en')} rows; {count(most, 'en')} fit at once. "
            "Part the file.",
        ),
        field="file",
    )


def has_faults(n_faulty: int) -> PointError:
    """A table with faulty rows that nobody chose to leave out."""
    return PointError(
        "checkins.import_has_errors",
        Words(
            f"Chưa nhận: {count(n_faulty)} dòng có lỗi. Sửa tệp rồi nộp lại, hoặc chọn chỉ nhận "
            "các dòng không lỗi.",
            f"Not taken in: {count(n_faulty, 'en')} rows have errors. Mend the file and bring it "
            "again, or choose to take only the rows without errors.",
        ),
    )


def nothing_to_take() -> PointError:
    """A table of which no row can be taken in."""
    return PointError(
        "checkins.import_nothing",
        Words(
            "Không có dòng nào nhận được. Sửa tệp theo các lỗi đã ghi rồi nộp lại.",
            "No row can be taken in. Mend the file as told and bring it again.",
        ),
    )


def rights_gone() -> PointError:
    """The work was asked for by an account that may no longer do it."""
    return PointError(
        "checkins.import_rights_gone",
        Words(
            "Chưa làm: tài khoản đã yêu cầu nay bị khóa, hết hạn hoặc không còn quyền với điểm "
            "kiểm soát. Người còn quyền nộp lại bảng.",
            "Not done: the account that asked is locked, has ended or may no longer deal with "
            "control points. Somebody who may brings the table again.",
        ),
    )


class MeanwhileError(PointError):
    """Rows of a table that may have been registered since it was looked at."""

    status = 409

    def __init__(self, n: int) -> None:
        words = Words(
            f"Chưa ghi gì: từ khi bạn xem bảng, {count(n)} dòng đã có người khác đăng ký. "
            "Xem các dòng nghi trùng dưới đây rồi nhận lại.",
            f"Nothing was written: since you looked at the table, {count(n, 'en')} rows were "
            "registered by others. Look at the suspected rows below, then take it in again.",
        )
        super().__init__("checkins.import_meanwhile", words)


def wrong_state() -> PointError:
    """A table that was dealt with before."""
    return PointError(
        "checkins.import_wrong_state",
        Words(
            "Bảng này đã được xử lý trước đó, có thể ở một cửa sổ khác. Tải lại trang.",
            "This table was dealt with before, perhaps in another window. Reload the page.",
        ),
    )


class NoSuchTableError(PointError):
    """A table that is not there, or is not the asker's; both answer alike."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            "Không tìm thấy bảng này. Bảng điểm chỉ giữ 7 ngày từ khi nộp; quá hạn thì không hoàn "
            "tác cả bảng được, hãy sửa hoặc đóng từng điểm.",
            "This table was not found. Tables of points are kept for 7 days after they were "
            "brought; then they are not undone as one: mend or close points one by one.",
        )
        super().__init__("checkins.no_such_table", words)


def in_use(n: int) -> PointError:
    """A table that cannot be undone, as something was built on it."""
    return PointError(
        "checkins.import_in_use",
        Words(
            f"Không hoàn tác được: {count(n)} dòng đã có kiểm tra, nhắc hoặc thay đổi sau đó. "
            "Sửa từng dòng.",
            f"This cannot be undone: {count(n, 'en')} rows have inspections, reminders or later "
            "changes. Mend them one by one.",
        ),
    )


class NoSuchPremisesError(PointError):
    """Premises that are not there, or are of another area; both answer alike."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            "Không tìm thấy cơ sở này. Tải lại trang để xem danh sách mới.",
            "These premises were not found. Reload to see the list as it stands.",
        )
        super().__init__("checkins.no_such_premises", words)


def already_linked() -> PointError:
    """A pair of which one side was joined to another meanwhile."""
    return PointError(
        "checkins.already_linked",
        Words(
            "Điểm này đã nối với cơ sở khác, hoặc đã đóng. Tải lại trang để xem.",
            "This point belongs to other premises already, or was closed. Reload to see it.",
        ),
    )


def not_exempt() -> PointError:
    """An exemption taken back that is not there."""
    return PointError(
        "checkins.not_exempt",
        Words(
            "Cơ sở này không còn được miễn. Tải lại trang để xem.",
            "These premises are not exempt any more. Reload to see it.",
        ),
    )
