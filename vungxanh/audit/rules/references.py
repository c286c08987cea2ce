"""What a reference of the log points at, in words; the reference itself stays what is searched."""

from vungxanh.audit.rules.opaque import short
from vungxanh.refusals import Words

# Sorts of things by what stands before the colon of their reference.
SORTS = {
    "basis": Words(vi="căn cứ xử lý", en="legal basis"),
    "boundaries": Words(vi="ranh giới", en="boundaries"),
    "campaign": Words(vi="chiến dịch", en="campaign"),
    "candidate": Words(vi="mẫu đã giữ", en="kept sample"),
    "citizen": Words(vi="người dân", en="citizen"),
    "criteria": Words(vi="tiêu chí", en="criteria"),
    "day": Words(vi="ngày", en="day"),
    "day_table": Words(vi="bảng trong ngày", en="day table"),
    "device": Words(vi="thiết bị", en="device"),
    "duty": Words(vi="nghĩa vụ", en="duty"),
    "erasure": Words(vi="lần xóa", en="erasure"),
    "export": Words(vi="lần xuất", en="export"),
    "figure": Words(vi="số liệu", en="figure"),
    "figures": Words(vi="số liệu", en="figures"),
    "finding": Words(vi="sai lệch", en="finding"),
    "glass": Words(vi="lần mở khẩn cấp", en="broken glass"),
    "invitation": Words(vi="lời mời", en="invitation"),
    "key": Words(vi="khóa", en="key"),
    "letter": Words(vi="văn bản", en="letter"),
    "level": Words(vi="cấp độ", en="level"),
    "list": Words(vi="danh sách", en="list"),
    "mail": Words(vi="thư đến", en="mail"),
    "message": Words(vi="tin gửi đi", en="message"),
    "occurrence": Words(vi="việc", en="occurrence"),
    "organisation": Words(vi="tổ chức", en="organisation"),
    "paper": Words(vi="bản đã chốt", en="paper"),
    "person": Words(vi="người", en="person"),
    "point": Words(vi="điểm kiểm soát", en="control point"),
    "photo": Words(vi="ảnh kiểm tra", en="photo"),
    "population": Words(vi="dân số", en="population"),
    "posters": Words(vi="lần in bảng mã", en="printing of posters"),
    "premises": Words(vi="cơ sở phải có điểm", en="premises"),
    "proof": Words(vi="lần xác nhận số", en="proof of a number"),
    "proposal": Words(vi="đề nghị", en="proposal"),
    "recovery": Words(vi="lần nhờ xác nhận", en="request for help"),
    "report": Words(vi="báo cáo số liệu", en="report"),
    "report_form": Words(vi="biểu mẫu", en="report form"),
    "reporter": Words(vi="đầu mối báo cáo", en="reporter"),
    "request": Words(vi="yêu cầu về dữ liệu", en="request"),
    "sms": Words(vi="tin nhắn đến", en="message that came in"),
    "staff": Words(vi="cán bộ", en="staff"),
    "statement": Words(vi="khai báo của cơ quan", en="statement"),
    "submission": Words(vi="bảng số liệu", en="submission"),
    "tamper_report": Words(vi="lần báo bảng mã", en="report of a poster"),
    "target": Words(vi="chỉ tiêu", en="target"),
    "template": Words(vi="mẫu tin", en="template"),
    "tree": Words(vi="cây đơn vị", en="tree of units"),
}


def reference_words(reference: str, *, language: str) -> str:
    """A reference as a column shows it: its sort in words, of a UUID the end.

    >>> reference_words("staff:01a2007a-3d9f-79e2-b25e-fffc4c8806cb", language="vi")
    'cán bộ …8806cb'
    >>> reference_words("vn-2021:540", language="vi")
    'vn-2021:540'
    """
    shown = short(reference)
    sort, colon, rest = shown.partition(":")
    if not colon or sort not in SORTS:
        return shown
    return f"{SORTS[sort].in_language(language)} {rest}"
