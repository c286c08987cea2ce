"""What reporting refuses."""

from datetime import date

from vungxanh.refusals import Words
from vungxanh.uptake.actions.refusals import UptakeError


def not_owed(day: date) -> UptakeError:
    """A report for a day on which none is owed."""
    told = f"{day:%d/%m/%Y}"
    words = Words(
        f"Ngày {told} không có kỳ báo cáo nào phải nộp. Chọn ngày có trong lịch báo cáo.",
        f"No report is owed for {told}. Choose a day of the reporting calendar.",
    )
    return UptakeError("uptake.report_not_owed", words, field="day")


def day_to_come(day: date) -> UptakeError:
    """A report for tomorrow."""
    told = f"{day:%d/%m/%Y}"
    words = Words(
        f"Ngày {told} chưa tới, nên chưa nhận báo cáo cho ngày đó. Chọn hôm nay hoặc ngày đã qua.",
        f"{told} is still to come, so no report for it is taken. Choose today or a day before.",
    )
    return UptakeError("uptake.report_for_tomorrow", words, field="day")


def report_has_errors(n_errors: int) -> UptakeError:
    """A report with errors is refused whole."""
    words = Words(
        f"Báo cáo còn {n_errors} lỗi nên chưa được nhận, không số nào được ghi. Sửa rồi nộp lại.",
        f"The report has {n_errors} errors and is not taken: no figure counts. Mend it and send "
        "it again.",
    )
    return UptakeError("uptake.report_has_errors", words)


def no_figures() -> UptakeError:
    """A report that tells nothing."""
    words = Words(
        "Báo cáo không có số nào. Nếu số là không, ghi 0; ô trống được hiểu là chưa báo cáo.",
        "The report has no figure. Where there is none, write 0; an empty cell means not told.",
    )
    return UptakeError("uptake.report_empty", words)


def revision_needs_reason() -> UptakeError:
    """A report for the day stands already."""
    words = Words(
        "Ngày này đã có báo cáo được nhận. Để thay bằng bản sửa, ghi lý do sửa, một câu là đủ.",
        "A report for this day was accepted before. To replace it, say why; one sentence will do.",
    )
    return UptakeError("uptake.report_reason", words, field="reason")


def replaced_meanwhile() -> UptakeError:
    """Another report for the day was accepted while this one was looked at."""
    words = Words(
        "Trong lúc bạn xem, một báo cáo khác của ngày này đã được nhận. Xem khác biệt, ghi lý do "
        "rồi gửi lần nữa nếu vẫn muốn thay.",
        "While you looked, another report for this day was accepted. See the differences, say why, "
        "and send again if this one is still to replace it.",
    )
    return UptakeError("uptake.report_replaced", words, field="reason")


def changed_meanwhile() -> UptakeError:
    """Somebody dealt with the report before."""
    words = Words(
        "Báo cáo này đã được xử lý trước đó, có thể ở một cửa sổ khác. Tải lại trang để xem.",
        "This report was dealt with before, perhaps in another window. Reload the page.",
    )
    return UptakeError("uptake.report_changed", words)


def caller_needed() -> UptakeError:
    """A report by telephone without its call."""
    words = Words(
        "Báo cáo qua điện thoại cần tên người gọi và giờ gọi. Điền hai ô đó.",
        "A report by telephone needs the caller's name and the time of the call. Fill in both.",
    )
    return UptakeError("uptake.report_caller", words, field="caller")


def call_to_come() -> UptakeError:
    """A call that lies in the future, or long ago."""
    words = Words(
        "Giờ gọi phải trước lúc này và không quá hai ngày trước. Xem lại ngày và giờ.",
        "The call was before now and at most two days ago. Check its day and time.",
    )
    return UptakeError("uptake.report_call_time", words, field="called_at")


def ended_form() -> UptakeError:
    """A form or a reporter that is no longer in use."""
    words = Words(
        "Biểu mẫu hoặc đầu mối này đã ngừng dùng. Chọn biểu mẫu đang dùng.",
        "This form or reporter is no longer in use. Choose one that is.",
    )
    return UptakeError("uptake.form_closed", words)


def form_in_use() -> UptakeError:
    """A form that still has reporters is ended."""
    words = Words(
        "Còn đầu mối báo cáo theo biểu mẫu này. Cho các đầu mối ngừng trước rồi mới kết thúc.",
        "There are reporters on this form. End them first, then end the form.",
    )
    return UptakeError("uptake.form_in_use", words)


def reporter_twice() -> UptakeError:
    """The same reporter on the same form to the same area."""
    words = Words(
        "Đầu mối này đã báo cáo theo biểu mẫu này cho địa bàn này. Xem trong danh sách đầu mối.",
        "This holder reports on this form to this area already. See the list of reporters.",
    )
    return UptakeError("uptake.reporter_twice", words, field="holder")


def covers_elsewhere() -> UptakeError:
    """Units to be covered that are not of the area and level."""
    words = Words(
        "Có đơn vị không thuộc địa bàn hoặc không đúng cấp của biểu mẫu. Chọn lại các đơn vị.",
        "Some unit is not in the area or not of the form's level. Choose the units anew.",
    )
    return UptakeError("uptake.covers_elsewhere", words, field="covers")


def table_stands() -> UptakeError:
    """A table of the day stands; a correction is needed."""
    words = Words(
        "Bảng của ngày này đã lập. Để thay đổi, lập bản đính chính và ghi lý do.",
        "The table of this day is made. To change it, make a correction and say why.",
    )
    return UptakeError("uptake.table_stands", words)


def nothing_to_correct() -> UptakeError:
    """A correction that would change nothing."""
    words = Words(
        "Từ lúc lập bảng chưa có báo cáo nào thay đổi, nên không có gì để đính chính.",
        "No report has changed since the table was made, so there is nothing to correct.",
    )
    return UptakeError("uptake.nothing_to_correct", words)


def table_not_approved() -> UptakeError:
    """What nobody approved is not published."""
    words = Words(
        "Bảng chưa được duyệt. Duyệt bảng trước, rồi công bố.",
        "The table is not approved. Approve it first, then publish it.",
    )
    return UptakeError("uptake.table_not_approved", words)


def table_frozen() -> UptakeError:
    """Approval is taken back of what is published, or taken up by the unit above."""
    words = Words(
        "Bảng đã công bố hoặc đã được cấp trên duyệt theo, nên không bỏ duyệt được. Lập bản đính "
        "chính nếu số liệu cần sửa.",
        "The table is published, or the unit above has approved one made of it, so its approval "
        "stands. Make a correction where figures need mending.",
    )
    return UptakeError("uptake.table_frozen", words)
