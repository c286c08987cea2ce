"""What a row of the log holds, as its page says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vungxanh.audit.rules import reference_words
from vungxanh.documents import vietnamese
from vungxanh.refusals import Words

# Keys of details by their words; one without words goes by itself.
KEYS = {
    "accounts": Words(vi="số tài khoản", en="accounts"),
    "audit": Words(vi="phần nhật ký", en="of the log"),
    "before": Words(vi="bản trước", en="version before"),
    "bytes": Words(vi="số byte", en="bytes"),
    "came": Words(vi="số đã nộp", en="reported"),
    "cancelled": Words(vi="số lần đã hủy", en="occurrences cancelled"),
    "card": Words(vi="thẻ in", en="printed card"),
    "cards": Words(vi="số thẻ", en="cards"),
    "change": Words(vi="thay đổi", en="change"),
    "channel": Words(vi="nộp bằng", en="came by"),
    "class": Words(vi="diện", en="class"),
    "code": Words(vi="mã", en="code"),
    "codes": Words(vi="số mã", en="codes"),
    "consent": Words(vi="đồng ý", en="consent"),
    "copies": Words(vi="số bản", en="copies"),
    "covers": Words(vi="phạm vi áp dụng", en="covers"),
    "data": Words(vi="phần dữ liệu", en="of the data"),
    "days": Words(vi="số ngày", en="days"),
    "device": Words(vi="máy", en="device"),
    "due": Words(vi="hạn", en="due"),
    "edition": Words(vi="bản", en="edition"),
    "ends": Words(vi="dùng đến", en="ends"),
    "entrance": Words(vi="lối vào", en="entrance"),
    "errors": Words(vi="số lỗi", en="errors"),
    "expected": Words(vi="số phải nộp", en="expected"),
    "factor": Words(vi="vào bằng", en="with"),
    "factors": Words(vi="số cách đã gỡ", en="factors removed"),
    "facts": Words(vi="số dòng số liệu", en="figures"),
    "fields": Words(vi="mục đã sửa", en="fields"),
    "files": Words(vi="số tệp", en="files"),
    "first": Words(vi="người xác nhận thứ nhất", en="first to confirm"),
    "form": Words(vi="dạng tệp", en="form"),
    "format": Words(vi="dạng tệp", en="form"),
    "forms": Words(vi="số mẫu", en="forms"),
    "from": Words(vi="dấu địa chỉ", en="digest of the address"),
    "glass": Words(vi="lần mở khẩn cấp", en="broken glass"),
    "holder": Words(vi="bên phải làm", en="holder"),
    "into": Words(vi="gộp vào", en="merged into"),
    "invitation": Words(vi="lời mời", en="invitation"),
    "issue": Words(vi="số mã", en="number of the code"),
    "items": Words(vi="số mục", en="items"),
    "kind": Words(vi="loại", en="kind"),
    "known": Words(vi="số lần ký đã biết", en="signatures known"),
    "left": Words(vi="còn lại", en="left"),
    "level": Words(vi="cấp độ", en="level"),
    "links": Words(vi="số liên kết", en="links"),
    "n": Words(vi="số lượng", en="how many"),
    "n_added": Words(vi="thêm", en="added"),
    "n_changed": Words(vi="sửa", en="changed"),
    "n_kept": Words(vi="giữ nguyên", en="kept"),
    "n_merged": Words(vi="sáp nhập", en="merged"),
    "n_shapes": Words(vi="số hình", en="shapes"),
    "n_successions": Words(vi="số lần kế tục", en="successions"),
    "n_undone": Words(vi="hoàn tác", en="undone"),
    "n_units": Words(vi="số đơn vị", en="units"),
    "number": Words(vi="lần thứ", en="number"),
    "one_time": Words(vi="mã dùng một lần", en="code used once"),
    "organisation": Words(vi="tổ chức", en="organisation"),
    "origin": Words(vi="nguồn", en="origin"),
    "other": Words(vi="điểm kia", en="the other point"),
    "owed_to": Words(vi="nơi nhận", en="owed to"),
    "parts": Words(vi="số phần tin", en="parts"),
    "people": Words(vi="số người", en="people"),
    "percent": Words(vi="phần trăm", en="percent"),
    "photos": Words(vi="số ảnh", en="photos"),
    "platform": Words(vi="loại máy", en="platform"),
    "point": Words(vi="điểm", en="point"),
    "posters": Words(vi="số bảng mã", en="posters"),
    "province": Words(vi="tỉnh", en="province"),
    "purpose": Words(vi="mục đích", en="purpose"),
    "purposes": Words(vi="số mục đích", en="purposes"),
    "recovery": Words(vi="lần nhờ xác nhận", en="request for help"),
    "refused": Words(vi="lý do từ chối", en="refused for"),
    "reminders": Words(vi="số lần nhắc", en="reminders"),
    "request": Words(vi="yêu cầu", en="request"),
    "resource": Words(vi="danh sách", en="list"),
    "result": Words(vi="kết quả", en="result"),
    "results": Words(vi="số kết quả", en="results"),
    "revision": Words(vi="lần nộp thứ", en="revision"),
    "revoked": Words(vi="số mã thu hồi", en="revoked codes"),
    "roles": Words(vi="vai trò", en="roles"),
    "rows": Words(vi="số dòng", en="rows"),
    "scope": Words(vi="phạm vi", en="scope"),
    "scopes": Words(vi="phạm vi riêng", en="single things"),
    "screen": Words(vi="mã trên màn hình", en="code on the screen"),
    "seal": Words(vi="phần niêm phong", en="of the seal"),
    "sessions": Words(vi="số phiên", en="sessions"),
    "shown": Words(vi="số lần ký khóa đưa ra", en="signatures shown"),
    "state": Words(vi="trạng thái", en="state"),
    "step": Words(vi="bước nhắc", en="step of reminding"),
    "template": Words(vi="mẫu tin", en="template"),
    "things": Words(vi="số mục đã xem", en="things read"),
    "times": Words(vi="số lần đến", en="times it came"),
    "told": Words(vi="số người được báo", en="people told"),
    "unit": Words(vi="đơn vị", en="unit"),
    "units": Words(vi="đơn vị", en="units"),
    "unreachable": Words(vi="số hộp thư không tới", en="mailboxes out of reach"),
    "until": Words(vi="đến", en="until"),
    "use": Words(vi="dùng cho", en="used for"),
    "valid": Words(vi="số mã còn dùng", en="valid codes"),
    "verb": Words(vi="lệnh", en="command"),
    "verdict": Words(vi="kết luận", en="verdict"),
    "verified": Words(vi="đã đối chiếu", en="verified"),
    "version": Words(vi="phiên bản", en="version"),
    "via": Words(vi="đăng ký bởi", en="registered by"),
    "way": Words(vi="cách", en="way"),
    "what": Words(vi="việc", en="what"),
    "why": Words(vi="vì", en="because"),
    "with": Words(vi="bằng", en="with"),
    "year": Words(vi="năm", en="year"),
}
# Values that are words of the product and not codes of something else.
SAID = {
    "add": Words(vi="thêm", en="add"),
    "end": Words(vi="đổi ngày cuối", en="last day"),
    "justified": Words(vi="hợp lý", en="justified"),
    "passkey": Words(vi="khóa", en="passkey"),
    "password": Words(vi="mật khẩu", en="password"),
    "recovery": Words(vi="mã dự phòng", en="recovery code"),
    "totp": Words(vi="ứng dụng mã", en="authenticator app"),
    "unjustified": Words(vi="không hợp lý", en="not justified"),
}
YEAR, PURPOSE = "year", "purpose"
YES, NO = Words(vi="có", en="yes"), Words(vi="chưa", en="not yet")


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of a page, and what rooms call their codes: purposes, and values by key."""

    language: str
    purposes: Mapping[str, Words]
    details: Mapping[str, Mapping[str, Words]]

    def purpose(self, code: str) -> str:
        """A purpose in words."""
        return _words(self.purposes, code, self.language)

    def value(self, key: str, code: str) -> str:
        """What stands under a key, in words; a code that nobody explained goes by itself."""
        own = self.purposes if key == PURPOSE else self.details.get(key, {})
        known = own if code in own else SAID
        if code in known:
            return known[code].in_language(self.language)
        return reference_words(code, language=self.language)


def told(detail: Mapping[str, str | int | None], speech: Speech) -> list[tuple[str, str, str]]:
    """(key, its words, value) of what a row holds; empty values are left out."""
    return [
        (key, _words(KEYS, key, speech.language), _value(key, value, speech))
        for key, value in sorted(detail.items())
        if value is not None and value != ""
    ]


def _value(key: str, value: str | int, speech: Speech) -> str:
    if isinstance(value, bool):
        return (YES if value else NO).in_language(speech.language)
    if isinstance(value, int):
        return str(value) if key == YEAR else vietnamese.count(value, speech.language)
    if moment := _moment(value):
        return vietnamese.moment(moment, speech.language)
    return ", ".join(speech.value(key, one) for one in value.split(","))


def _moment(text: str) -> datetime | None:
    """The instant that a text gives with its offset; None for any other text."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _words(known: Mapping[str, Words], code: str, language: str) -> str:
    return known[code].in_language(language) if code in known else code
