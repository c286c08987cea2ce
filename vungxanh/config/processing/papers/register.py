"""The register of processing activities."""

from collections.abc import Iterator

from vungxanh.config.processing import tables
from vungxanh.config.processing.papers import annexes
from vungxanh.config.processing.papers.parts import (
    Cover,
    Named,
    abroad_line,
    bases,
    controller_lines,
    english_annex,
    hosts_line,
    letter,
    sections,
    summed_up,
    version_line,
)
from vungxanh.config.processing.values import Configured
from vungxanh.documents.content import Letter, Paragraph
from vungxanh.documents.vietnamese import count

NAMED = Named("Sổ đăng ký", "Hoạt động xử lý dữ liệu cá nhân", "SĐK")


def register_paper(cover: Cover, found: Configured) -> Letter:
    """The register of what is configured; every figure is computed from `found`."""
    return letter(
        cover,
        NAMED,
        body=_body(cover, found),
        annexes=(
            annexes.holdings_annex(found, "Phụ lục I"),
            annexes.purposes_annex(found, cover.stated, "Phụ lục II"),
            annexes.roles_annex(found, "Phụ lục III"),
            annexes.recipients_annex(found, "Phụ lục IV"),
            annexes.measures_annex(found, "Phụ lục V"),
            english_annex(cover, "Register of processing activities", summed_up(cover, found)),
        ),
    )


def _body(cover: Cover, found: Configured) -> Iterator[Paragraph]:
    yield from bases()
    yield Paragraph(
        f"{cover.agency} lập sổ đăng ký các hoạt động xử lý dữ liệu cá nhân trên hệ thống "
        "Vùng Xanh như sau:"
    )
    yield from sections(
        (
            ("Bên kiểm soát dữ liệu", controller_lines(cover)),
            ("Dữ liệu và người có dữ liệu", data_lines(found)),
            ("Mục đích và căn cứ", purpose_lines(found)),
            ("Ai được xem", access_lines(found)),
            ("Nơi lưu, bên nhận", (*_store_lines(found), hosts_line(found), abroad_line(cover))),
            ("Thời hạn lưu", keep_lines(found)),
            ("Biện pháp bảo vệ", measure_lines(found)),
            ("Bản này", (version_line(cover, found),)),
        )
    )


def data_lines(found: Configured) -> Iterator[str]:
    """How many tables and fields, and of whom."""
    who = dict.fromkeys(one for holding in found.holdings for one in holding.who)
    n = {
        "n": len(found.holdings),
        "rooms": len({one.room for one in found.holdings}),
        "personal": sum(one.n_personal for one in found.holdings),
        "sensitive": sum(one.n_sensitive for one in found.holdings),
        "pseudonymous": sum(one.n_pseudonymous for one in found.holdings),
    }
    yield (
        "{n} bảng của {rooms} phần việc có dữ liệu chỉ ra người: {personal} trường cá nhân, "
        "{sensitive} trường nhạy cảm và {pseudonymous} mã thay tên (Phụ lục I)."
    ).format(**n)
    named = "; ".join(tables.person_words(one).vi.lower() for one in who)
    yield f"Người có dữ liệu: {named}."


def purpose_lines(found: Configured) -> Iterator[str]:
    """How many purposes hold, and on which laws."""
    if not found.purposes:
        yield "Hôm nay không mục đích nào có hiệu lực: không ai xem được thông tin người."
        return
    yield (
        f"{len(found.purposes)} mục đích xem thông tin người đang có hiệu lực, mỗi mục đích có "
        "căn cứ, ngày bắt đầu và ngày hết (Phụ lục II)."
    )
    if found.bases:
        yield f"{len(found.bases)} căn cứ theo chiến dịch đang có hiệu lực (Phụ lục II)."


def access_lines(found: Configured) -> Iterator[str]:
    """Which roles see persons."""
    seeing = [one.words.vi for one in found.roles if "persons.view" in one.sees]
    named = "; ".join(seeing) or "không vai trò nào"
    yield (
        f"{len(seeing)}/{len(found.roles)} vai trò được xem thông tin người trong phạm vi được "
        f"giao: {named} (Phụ lục III). Mỗi lần xem phải nêu mục đích và được ghi vào nhật ký."
    )


def keep_lines(found: Configured) -> Iterator[str]:
    """The shortest and the longest retention, and what has none."""
    ended = [days for one in found.holdings for days, _ in one.keeps if days is not None]
    endless = [one for one in found.holdings if any(days is None for days, _ in one.keeps)]
    if ended:
        ends = f"từ {min(ended)} ngày đến {count(max(ended))} ngày"
        yield f"Từng bảng có thời hạn riêng (Phụ lục I), {ends}."
    yield (
        f"{len(endless)} bảng có trường không đặt hạn; trong các trường đó có "
        f"{sum(one.n_endless for one in endless)} trường cá nhân hoặc nhạy cảm, còn lại là mã thay "
        "tên. Dữ liệu quá hạn được xóa mỗi đêm."
    )


def measure_lines(found: Configured) -> Iterator[str]:
    """How many measures are on, and which are not."""
    on = [one for one in found.measures if one.is_on]
    yield f"{len(on)}/{len(found.measures)} biện pháp đang có (Phụ lục V)."
    off = "; ".join(f"{one.name.vi} – {one.found.vi}" for one in found.measures if not one.is_on)
    if off:
        yield f"Còn phải làm: {off}."


def _store_lines(found: Configured) -> Iterator[str]:
    for one in found.stores:
        yield f"{one.words.vi}: {one.place.vi}."
    ways = "; ".join(
        f"{one.way.vi} ({', '.join(one.hosts) or 'ra tệp'})" for one in found.recipients
    )
    yield f"Kênh gửi nhận đã cấu hình: {ways or 'không có kênh nào'} (Phụ lục IV)."
