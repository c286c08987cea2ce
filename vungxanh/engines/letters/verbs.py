"""The verbs that command, by what they command, and the words that only say how.

A clause is an order when it begins with one of these verbs, after words of manner. Clauses after
a semicolon that command the same kind of thing go on with the same order.
"""

import re
from typing import Final

from vungxanh.engines.letters.passages import Passage, fold, letters_of, words

VERBS: Final = {
    "inform": (
        "tuyên truyền|truyền thông|thông tin|phổ biến|quán triệt|đăng tải|đăng|phát thanh|phát"
        "|phát sóng"
        "|phát tờ rơi|phát loa|tiếp sóng|đưa tin|nhắn tin|gửi tin nhắn|hướng dẫn|chiếu|dán|treo"
        "|niêm yết"
        "|hiển thị|giới thiệu|công khai|công bố|xây dựng tin|viết tin|nhắc nhở|khuyến cáo|tập huấn"
        "|phản ánh|phản bác|mở chuyên mục|mở chuyên trang|thông điệp|thông tin kịp thời|nhắc lại"
        "|giải thích"
    ),
    "mobilise": (
        "vận động|kêu gọi|phát động|huy động|khuyến khích|khuyến nghị|động viên|hưởng ứng|đề nghị"
    ),
    "direct": (
        "chỉ đạo|yêu cầu|giao nhiệm vụ|giao|phân công|đôn đốc|chấn chỉnh|ban hành|lãnh đạo|quy định"
        "|nhắc|điều hành|quyết định"
    ),
    "report": (
        "báo cáo|gửi báo cáo|gửi|tổng hợp|cung cấp|cập nhật|thông báo|lập danh sách|thống kê|nộp"
        "|đề xuất|kiến nghị|phản hồi|có báo cáo|có văn bản|chuyển|báo ngay|báo cho|báo với|báo về"
    ),
    "monitor": (
        "theo dõi|kiểm tra|giám sát|rà soát|đánh giá|kiểm soát|kiểm điểm|xử lý|xử phạt|xác minh"
        "|truy vết|khoanh vùng|quản lý|cách ly|thanh tra|nắm|phát hiện|điều tra|sàng lọc|ngăn chặn"
        "|phê bình|đối chiếu"
    ),
    "use": (
        "cài đặt|cài|sử dụng|khai báo|quét|đăng ký|đăng kí|in|bố trí|trang bị|tải về"
        "|tải ứng dụng|bật|kích hoạt|đo"
        "|chấp hành|tuân thủ|thiết lập|áp dụng|khai thác|lắp đặt|tự cài|kê khai"
    ),
    "refrain": r"không|tuyệt đối không|nghiêm cấm|cấm",
    "organise": (
        "tổ chức|triển khai|thực hiện|thành lập|lập|chuẩn bị|xây dựng|tham mưu|phối hợp|chủ trì"
        "|hỗ trợ|bảo đảm|đảm bảo|duy trì|cử|tạo điều kiện|phân bổ|lấy mẫu|xét nghiệm|tiêm"
        "|hoàn thành"
        "|đẩy nhanh|chịu trách nhiệm|tiếp nhận|nghiên cứu|vận hành|củng cố|kiện toàn|nâng cao"
        "|bổ sung"
        "|tăng cường|đẩy mạnh|tập trung|có hình thức|có biện pháp|có phương án|có kế hoạch"
        "|có giải pháp"
        "|kích hoạt phương án|phát huy|hướng ứng|dừng|tạm dừng|hạn chế|đóng cửa|quan tâm|chú trọng"
        "|ưu tiên|cân đối|mua sắm|liên hệ|đến từng|đi từng|thay đổi|giữ|mở|liên lạc|trình"
        "|góp phần|tiến hành|làm"
        "|trích xuất|biểu dương|khen thưởng|nhập|định hướng|tạo sự đồng thuận|kết nối|chia sẻ"
        "|lồng ghép"
        "|tham gia|chăm sóc|cấp phát|cấp mã|cấp tài khoản|tạo điểm|tạo mã|tạo tài khoản|tạo nhóm"
        "|sắp xếp|khai thác|bàn giao|đưa|khắc phục|tiếp tục|ứng dụng"
        "|vệ sinh|khử khuẩn|chốt|lưu|dự trù|tháo gỡ"
    ),
}
_KIND: Final = {fold(verb): kind for kind, verbs in VERBS.items() for verb in verbs.split("|")}
_SPELT: Final = {
    (fold(verb), letters_of(verb)) for verbs in VERBS.values() for verb in verbs.split("|")
}
_ANY: Final = "|".join(sorted(_KIND, key=len, reverse=True))
# How something is to be done; these stand before the verb, several at times.
_MANNER: Final = (
    r"(?:tiếp tục|tích cực|chủ động|khẩn trương|thường xuyên|kịp thời|tăng cường|đẩy mạnh|tập trung"
    r"|nghiêm túc|đồng thời|đồng loạt|quyết liệt|kiên quyết|nhanh chóng|trực tiếp|định kỳ|sẵn sàng"
    r"|hằng ngày|hàng ngày|hằng tuần|hàng tuần|mỗi ngày|ngoài ra|bên cạnh đó|trong đó"
    r"|có trách nhiệm"
    r"|cần|phải|làm tốt|ưu tiên|chú trọng|nghiêm|ngay|trước mắt|đặc biệt|liên tục|tích cực"
    r"|trước hết"
    r"|triển khai|thực hiện|tổ chức|sớm|chỉ|cùng|và|lập tức|nhằm|được|hãy|tự giác|đúng|tốt"
    r"|gương mẫu"
    r"|tiên phong|xem xét|sau đó|quan tâm|rộng rãi|mạnh|đầy đủ|thống nhất|chặt chẽ|tối đa|song song"
    r"|cụ thể|theo đó)"
)
# "không có", "không phải" say what is; "tổ chức" names a body where it stands in a list of them.
_NOT_BODY: Final = (
    r"(?!không (?:có|phải|chỉ|quá|những)\b|tổ chức\s*[,;.:]|tổ chức (?:đoàn thể|chính trị|xã hội"
    r"|hội|đảng|công đoàn|doanh nghiệp|cá nhân"
    r"|kinh tế))"
)
_GAP: Final = re.compile(r"(?:\s*,|\s*/|\s+va)?\s*")
_PHRASES: Final = words(rf"(?:{_MANNER}[,:]?\s+)*{_NOT_BODY}(?P<verb>{_ANY})\b(?!-)")
_WITHIN: Final = words(rf"\s(?P<manner>(?:{_MANNER}\s+)*){_NOT_BODY}(?P<verb>{_ANY})\b")
# After these a verb is the name of a thing: "các tổ chức", "ban chỉ đạo", "điểm khai báo".
_NOUN_AFTER: Final = re.compile(
    r"(?:\b(?:các|những|ban|điểm|trung tâm|tổ|đội|đoàn|công tác|việc|người|bộ phận|khu|mã|ca|số"
    r"|được"
    r"|đang|nơi|nhà|hệ thống|thiết bị|quy trình|cổng|trang|phòng|sở|cục|vụ|văn hóa|hoạt động"
    r"|kết quả|của|kế hoạch|tỷ lệ|nội dung|phần mềm|ứng dụng|dịch vụ|đã|đài|cơ sở)|[-–/])$"
)


def order_kind(passage: Passage) -> str | None:
    """What kind of thing a clause commands, or None where it is no order.

    >>> order_kind(Passage.of("Tiếp tục chỉ đạo các trường")), order_kind(Passage.of("Việc này"))
    ('direct', None)
    """
    found = _phrase(passage, 0)
    return _KIND[found["verb"]] if found else None


def kinds_in(passage: Passage) -> frozenset[str]:
    """The kinds of the verbs that a clause begins with: "chỉ đạo, hướng dẫn các trường"."""
    kinds: set[str] = set()
    at = 0
    while found := _phrase(passage, at):
        kinds.add(_KIND[found["verb"]])
        gap = _GAP.match(passage.folded, found.end())
        at = gap.end() if gap else found.end()
    return frozenset(kinds)


def _phrase(passage: Passage, at: int) -> re.Match[str] | None:
    """Words of manner and a verb that begin at `at`, spelt as the verb is."""
    found = _PHRASES.match(passage.folded, at)
    return found if found and _is_spelt(passage, found) else None


def _is_spelt(passage: Passage, found: re.Match[str]) -> bool:
    """Whether the accents are those of the verb ("dán" and not "dân"), or lost altogether."""
    start, end = found.span("verb")
    written = passage.text[start:end]
    if " " in written:  # words of several syllables bear a slip of the pen: "tuyên truyên"
        return True
    return written.isascii() or (found["verb"], letters_of(written)) in _SPELT


def first_verb(passage: Passage, start: int = 0) -> int | None:
    """Where the first commanding verb after a name begins, words of manner included.

    Verbs are in lower case there; after words such as "các" they are names of things.
    """
    for found in _WITHIN.finditer(passage.folded, start):
        at = found.start("manner")
        is_low = passage.text[at].islower() and passage.text[found.start("verb")].islower()
        is_verb = is_low and _is_spelt(passage, found)
        if is_verb and not _NOUN_AFTER.search(passage.text[:at].rstrip().lower()):
            return at
    return None
