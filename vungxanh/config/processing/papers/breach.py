"""The notice of a breach, and the words to those whom it touches."""

from collections.abc import Iterable, Iterator

from vungxanh.config.processing.papers.parts import (
    Cover,
    Named,
    bases,
    english_annex,
    letter,
    sections,
    words_table,
)
from vungxanh.config.processing.values import (
    LAW,
    NOTICE_WITHIN,
    Configured,
    Counted,
    SaidOfBreach,
    coded,
)
from vungxanh.config.processing.words import BLANK, or_blank
from vungxanh.documents.content import Annex, Letter, Paragraph
from vungxanh.documents.vietnamese import count, moment
from vungxanh.refusals import Words

NO_AUTHORITY = "(chưa khai cơ quan nhận; đối chiếu với văn bản)"
HOURS = int(NOTICE_WITHIN.total_seconds() // 3600)


def breach_paper(
    cover: Cover, said: SaidOfBreach, *, rows: tuple[Counted, ...], found: Configured, reason: str
) -> Letter:
    """The notice; `reason` tells why a correction was made, empty for the first."""
    addressee = or_blank(cover.stated.authority, NO_AUTHORITY)
    named = Named("Thông báo", "Vi phạm quy định về bảo vệ dữ liệu cá nhân", "TB", (addressee,))
    return letter(
        cover,
        named,
        body=_body(cover, said, found, reason=reason),
        annexes=(
            _rows_annex(rows),
            english_annex(cover, "Notice of a personal data breach", _english(cover, said)),
        ),
    )


def message_draft(cover: Cover, said: SaidOfBreach) -> Words:
    """Plain words to the persons concerned, to be read over before anything is sent."""
    name = or_blank(cover.stated.controller)
    contact = or_blank(said.contact)
    return Words(
        vi=f"{name} xin báo: lúc {moment(said.found_at)}, chúng tôi phát hiện dữ liệu của "
        f"bạn có thể đã bị lộ. Dữ liệu liên quan: {_plain(said.kinds)}. Việc đã làm: "
        f"{_plain(said.measures)}. Điều có thể xảy ra: {_plain(said.consequences)}. Nếu có ai gọi "
        "điện, nhắn tin nói biết thông tin của bạn, đừng đưa mã hay chuyển tiền. Cần hỏi, liên hệ: "
        f"{contact}. Chúng tôi xin lỗi bạn.",
        en=f"{or_blank(cover.stated.controller, BLANK.en)}: on {moment(said.found_at, 'en')} we "
        "found that data about you may have become known to others. We are sorry. If somebody "
        "calls or writes and claims to know about you, give no code and send no money. "
        f"Questions: {or_blank(said.contact, BLANK.en)}.",
    )


def _body(
    cover: Cover, said: SaidOfBreach, found: Configured, *, reason: str
) -> Iterator[Paragraph]:
    yield from bases()
    yield Paragraph(
        f"{cover.agency} thông báo một vi phạm về bảo vệ dữ liệu cá nhân, theo thời hạn "
        f"{HOURS} giờ (Điều 23 {LAW}), như sau:"
    )
    if reason:
        yield Paragraph(f"Bản này sửa bản số {cover.version - 1}. Lý do: {_plain(reason)}.")
    yield from sections(
        (
            ("Việc đã xảy ra", (_sentence(said.happened),)),
            ("Thời điểm", _time_lines(said)),
            ("Dữ liệu và người bị ảnh hưởng", _touched_lines(said)),
            ("Hậu quả có thể có", (_sentence(said.consequences),)),
            ("Biện pháp đã và sẽ làm", (_sentence(said.measures),)),
            ("Liên hệ", _contact_lines(cover, said)),
            (
                "Bản này",
                (
                    (
                        f"Bản số {cover.version}, lập bằng {found.software}; mã cấu hình lúc lập "
                        f"{coded(found.digest)}."
                    ),
                ),
            ),
        )
    )


def _time_lines(said: SaidOfBreach) -> Iterator[str]:
    yield f"Phát hiện lúc {moment(said.found_at)}."
    yield f"Hạn thông báo ({HOURS} giờ từ lúc phát hiện): {moment(said.due_at)}."


def _touched_lines(said: SaidOfBreach) -> Iterator[str]:
    yield f"Loại dữ liệu: {_plain(said.kinds)}."
    yield (
        f"Số người, ước tính: {_number(said.n_persons)}. Số dòng dữ liệu, ước tính: "
        f"{_number(said.n_rows)}. Từng bảng tại phụ lục kèm theo."
    )


def _contact_lines(cover: Cover, said: SaidOfBreach) -> Iterator[str]:
    yield f"Người trả lời về việc này: {or_blank(said.contact)}."
    stated = cover.stated
    yield (
        f"Người hoặc bộ phận bảo vệ dữ liệu cá nhân: {or_blank(stated.officer)}; "
        f"liên hệ: {or_blank(stated.officer_contact)}."
    )


def _rows_annex(rows: Iterable[Counted]) -> Annex:
    lines = [(one.name, count(one.n_rows), _number(one.n_persons)) for one in rows]
    heads = (("Bảng dữ liệu", 0), ("Số dòng khi lập", 35), ("Số người khi lập", 35))
    return Annex(
        label="Phụ lục",
        title=("Các bảng dữ liệu bị ảnh hưởng",),
        tables=(words_table(heads, lines),),
        notes=(
            (
                "Số dòng và số người do hệ thống đếm trong các bảng được chọn lúc lập bản này; một "
                "người có thể có mặt trong nhiều bảng, nên không cộng dồn."
            ),
        ),
    )


def _english(cover: Cover, said: SaidOfBreach) -> Iterator[str]:
    yield f"Controller: {or_blank(cover.stated.controller, BLANK.en)}."
    yield f"Found: {moment(said.found_at, 'en')}; notice due: {moment(said.due_at, 'en')}."
    persons, rows = _number(said.n_persons, "en"), _number(said.n_rows, "en")
    yield f"Persons, about: {persons}; rows, about: {rows}."
    yield f"Contact: {or_blank(said.contact, BLANK.en)}."
    yield "What happened, consequences and measures are in the Vietnamese text above."


def _number(n: int | None, lang: str = "vi") -> str:
    if n is None:
        return "not known" if lang == "en" else "chưa rõ"
    return count(n, lang)


def _plain(text: str) -> str:
    return or_blank(text).rstrip(" .")


def _sentence(text: str) -> str:
    return f"{_plain(text)}."
