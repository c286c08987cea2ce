"""What the register keeps of somebody and why, in words, by the name of the sort."""

from vungxanh.refusals import Words

_WHILE_USED = Words(
    vi="180 ngày sau lần cuối có liên lạc với bạn hoặc máy của bạn.",
    en="180 days after you or your device were last heard of.",
)
_BRIEF = Words(
    vi="30 ngày sau khi hết hiệu lực, để truy vết và trả lời khiếu nại.",
    en="30 days after its end, for tracing and complaints.",
)
_LAW = Words(
    vi="2 năm sau khi kết thúc, để chứng minh đã làm đúng luật.",
    en="2 years after its end, to show that the law was kept.",
)

LINES: dict[str, tuple[Words, Words]] = {
    "person": (Words(vi="Tên, năm sinh, nơi ở", en="Name, birth, residence"), _WHILE_USED),
    "phones": (Words(vi="Số điện thoại", en="Telephone numbers"), _WHILE_USED),
    "papers": (Words(vi="Giấy tờ", en="Identity papers"), _WHILE_USED),
    "search": (
        Words(vi="Dấu tìm kiếm đã mã hóa", en="Keyed search marks"),
        Words(vi="Cùng hạn với tên của bạn.", en="As long as your name."),
    ),
    "national_codes": (
        Words(vi="Mã QR cá nhân quốc gia đã đọc tại điểm", en="National codes read at a door"),
        _WHILE_USED,
    ),
    "family": (Words(vi="Người thân bạn khai", en="Dependants you added"), _WHILE_USED),
    "companions": (
        Words(vi="Người đi cùng bạn, không ghi tên", en="People who came along with you, nameless"),
        Words(
            vi="31 ngày sau lần cuối có người đi cùng.",
            en="31 days after somebody last came along.",
        ),
    ),
    "devices": (Words(vi="Điện thoại, trình duyệt", en="Phones and browsers"), _WHILE_USED),
    "proofs": (
        Words(vi="Lần xin mã xác thực", en="Codes asked for"),
        Words(vi="Một ngày sau khi xin mã.", en="A day after the code was asked for."),
    ),
    "consents": (Words(vi="Điều bạn đã đồng ý", en="What you agreed to"), _LAW),
    "standings": (
        Words(vi="Diện theo dõi dịch bệnh", en="Standing in the epidemic"),
        _BRIEF,
    ),
    "card": (Words(vi="Thẻ màu", en="Card"), _BRIEF),
    "printed_cards": (
        Words(vi="Thẻ giấy đã in", en="Printed cards"),
        Words(vi="365 ngày sau khi in.", en="365 days after printing."),
    ),
    "requests": (Words(vi="Yêu cầu của bạn", en="Your requests"), _LAW),
}
