"""Annexes of the register and of the dossier."""

from collections.abc import Iterator

from vungxanh.config.processing import tables
from vungxanh.config.processing.papers.parts import basis_words, period, words_table
from vungxanh.config.processing.values import Configured, Holding, RoleLine, Stated
from vungxanh.config.processing.words import or_blank, retentions
from vungxanh.core.viewer import CAPABILITIES
from vungxanh.documents.content import Annex, Table

ON, OFF = "Có", "KHÔNG"
NOBODY = "không màn hình nào"
MARKS = (
    "(*) Số trường cá nhân / nhạy cảm / mã thay tên. “Mã thay tên” là mã tham chiếu hoặc mã băm, "
    "chỉ ra một người khi có thêm bảng khác hoặc khóa. Đủ mọi bảng có các trường đó đang được cài."
)
_HEADS = (
    ("Phần việc", 26),
    ("Bảng dữ liệu", 31),
    ("Loại dữ liệu", 49),
    ("Của ai", 27),
    ("Số trường (*)", 24),
    ("Thời hạn lưu", 41),
    ("Ai được xem", 0),
)


def holdings_annex(found: Configured, label: str) -> Annex:
    """Every table that points at persons, room by room."""
    return Annex(
        label=label,
        title=("Dữ liệu, người có dữ liệu, thời hạn lưu và người được xem",),
        tables=(words_table(_HEADS, [_row(one) for one in found.holdings]),),
        notes=(MARKS,),
        landscape=True,
    )


def purposes_annex(found: Configured, stated: Stated, label: str) -> Annex:
    """Purposes in force, the laws of campaigns, consents, and the basis for staff."""
    return Annex(
        label=label,
        title=("Mục đích và căn cứ pháp lý đang có hiệu lực",),
        tables=tuple(_purpose_tables(found)),
        notes=(
            f"Căn cứ xử lý dữ liệu của cán bộ dùng hệ thống: {or_blank(stated.staff_basis)}.",
            f"Lời xin đồng ý đang dùng: {_asked(found)}. Im lặng không phải là đồng ý.",
        ),
    )


def roles_annex(found: Configured, label: str) -> Annex:
    """Which role opens which data."""
    rows = [
        (one.words.vi, _opened(found, one), "Bắt buộc" if one.needs_factor else "Không bắt buộc")
        for one in found.roles
    ]
    heads = (("Vai trò", 45), ("Được xem dữ liệu", 0), ("Bước xác thực thứ hai", 30))
    return Annex(
        label=label,
        title=("Vai trò và quyền xem dữ liệu cá nhân",),
        tables=(words_table(heads, rows),),
        notes=("Mỗi vai trò chỉ xem trong địa bàn, danh sách hoặc tổ chức được giao.",),
    )


def recipients_annex(found: Configured, label: str) -> Annex:
    """Where it lies, and who gets it."""
    stores = [(one.words.vi, one.place.vi) for one in found.stores]
    ways = [
        (one.way.vi, ", ".join(one.hosts) or "–", one.what.vi, one.line.vi)
        for one in found.recipients
    ]
    heads = (("Kênh", 38), ("Máy chủ nhận", 42), ("Dữ liệu", 0), ("Đường truyền", 32))
    return Annex(
        label=label,
        title=("Nơi lưu, bên nhận và bên xử lý dữ liệu",),
        tables=(
            words_table((("Thành phần", 60), ("Nơi lưu", 0)), stores, "Nơi lưu"),
            words_table(heads, ways, "Bên nhận, bên xử lý theo cấu hình gửi nhận"),
        ),
        notes=("Bảng trống: kênh đó chưa được cấu hình, hệ thống không gửi gì ra ngoài.",)
        if not ways
        else (),
    )


def measures_annex(found: Configured, label: str) -> Annex:
    """Every measure, and whether it is on."""
    rows = [(one.name.vi, ON if one.is_on else OFF, one.found.vi) for one in found.measures]
    heads = (("Biện pháp", 62), ("Đang có", 20), ("Hiện trạng", 0))
    return Annex(
        label=label,
        title=("Biện pháp bảo vệ đang thực sự có",),
        tables=(words_table(heads, rows),),
        notes=("“KHÔNG” là việc còn phải làm, nêu ra để người ký biết.",),
    )


def _asked(found: Configured) -> str:
    return "; ".join(one.vi for one in found.consents) or "không có"


def _row(one: Holding) -> tuple[str, ...]:
    fields = f"{one.n_personal} / {one.n_sensitive} / {one.n_pseudonymous}"
    if one.n_open:
        fields += f" (chưa niêm phong: {one.n_open})"
    return (
        tables.room_words(one.room).vi,
        one.name or one.label,
        or_blank(one.what),
        "; ".join(tables.person_words(who).vi for who in one.who) or or_blank(""),
        fields,
        retentions(one.keeps),
        "; ".join(one.roles) or (NOBODY if not one.sees else "chưa vai trò nào"),
    )


def _purpose_tables(found: Configured) -> Iterator[Table]:
    heads = (("Mục đích", 0), ("Căn cứ", 65), ("Hiệu lực", 30))
    rows = [(one.words.vi, basis_words(one), period(one)) for one in found.purposes]
    yield words_table(heads, rows, "Mục đích xem, xử lý thông tin người")
    if found.bases:
        named = (("Chiến dịch", 40), ("Việc xử lý", 0), ("Căn cứ", 55), ("Hiệu lực", 30))
        lines = [(one.campaign, one.words.vi, basis_words(one), period(one)) for one in found.bases]
        yield words_table(named, lines, "Căn cứ theo chiến dịch, không hỏi sự đồng ý")


def _opened(found: Configured, role: RoleLine) -> str:
    """The rooms behind a role's capabilities, and the words of those."""
    said = [CAPABILITIES[one].vi if one in CAPABILITIES else one for one in role.sees]
    return "; ".join(said) or "không xem bảng nào có dữ liệu cá nhân"
