"""Finished documents for tests: the annex of Bình Định of 26 May 2021, and invented ones.

Counts by district are those of the annex of the letter of the Department of Information and
Communications of Bình Định; populations are of the census of 2019.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from vungxanh.documents.content import (
    Align,
    Annex,
    AsOf,
    AttachedTo,
    Authority,
    Cell,
    Column,
    Count,
    Document,
    Footnote,
    Letter,
    Letterhead,
    Paragraph,
    Recipient,
    Serial,
    Share,
    Signature,
    SigningLine,
    Stamp,
    Table,
    Text,
    stamped,
)
from vungxanh.documents.vietnamese import VIETNAM

DISTRICTS = (
    ("Thành phố Quy Nhơn", 75878, 290229, 284098),
    ("Thị xã Hoài Nhơn", 25809, 208121, 130804),
    ("Thị xã An Nhơn", 20638, 175816, 106992),
    ("Huyện Vĩnh Thạnh", 3302, 30606, 15930),
    ("Huyện Tuy Phước", 19215, 180300, 101833),
    ("Huyện Tây Sơn", 11723, 116038, 64348),
    ("Huyện Vân Canh", 2760, 27889, 15426),
    ("Huyện Phù Cát", 17654, 183551, 98166),
    ("Huyện Phù Mỹ", 15374, 161662, 89612),
    ("Huyện An Lão", 2590, 27853, 15610),
    ("Huyện Hoài Ân", 7436, 85752, 44593),
)

HEAD = Letterhead(parent="UBND tỉnh Bình Định", agency="Sở Thông tin và Truyền thông")
LETTER = AttachedTo(
    kind="Công văn",
    serial=Serial(symbol="STTTT-TTBCXB", year=2021),
    issuer="Sở Thông tin và Truyền thông",
)
STAMP = Stamp(
    version=1,
    made_at=dt.datetime(2021, 5, 27, 9, 30, tzinfo=VIETNAM),
    software="Vùng Xanh 0.1.0",
)
COLUMNS = (
    Column("TT", Align.CENTER),
    Column("Đơn vị", Align.LEFT),
    Column("Có số điện thoại"),
    Column("Dân số (2019)"),
    Column("Trên dân số (%)", formula="(3)/(4)"),
    Column("Số máy thông minh"),
    Column("Trên số máy (%)", formula="(3)/(6)"),
)
SIGNATURE = Signature(
    lines=(
        SigningLine("Giám đốc", Authority.FOR_HEAD),
        SigningLine("Phó Giám đốc"),
    ),
)
RECIPIENTS = (
    Recipient("Như trên"),
    Recipient("UBND tỉnh", "để b/c"),
    Recipient("Cục Tin học hóa - Bộ TTTT"),
    Recipient("Lưu: VT, TTBCXB"),
)


def share(numerator: int, denominator: int) -> Share:
    """A share of test figures, half up."""
    exact = Decimal(100 * numerator) / denominator
    return Share(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def figures(name: Cell, *counts: int) -> tuple[Cell, ...]:
    """Unit, numerator, both bases and both shares."""
    bluezoners, population, phones = counts
    return (
        name,
        Count(bluezoners),
        Count(population),
        share(bluezoners, population),
        Count(phones),
        share(bluezoners, phones),
    )


def district_table(times: int = 1) -> Table:
    """The districts, ranked; `times` repeats them to make a long table."""
    named = [
        (Text(name, "a" if place == 0 else ""), counts)
        for place, (name, *counts) in enumerate(DISTRICTS * times)
    ]
    totals = [sum(column) * times for column in zip(*(row[1:] for row in DISTRICTS), strict=True)]
    return Table(
        columns=COLUMNS,
        rows=tuple(
            (Count(place), *figures(name, *counts)) for place, (name, counts) in enumerate(named, 1)
        ),
        total=(Text(""), *figures(Text("Toàn tỉnh"), *totals)),
    )


def binh_dinh(*, times: int = 1, head: Letterhead | None = HEAD, landscape: bool = False) -> Annex:
    """The annex of 26 May 2021, as it stands under its own letterhead."""
    return Annex(
        letterhead=head,
        title=("BLUEZONER CÓ SỐ ĐIỆN THOẠI", "THEO HUYỆN, THỊ XÃ, THÀNH PHỐ"),
        attached_to=LETTER,
        as_of=AsOf(dt.date(2021, 5, 26)),
        units="người, máy; tỷ lệ %",
        sorted_by="tỷ lệ trên dân số",
        tables=(district_table(times),),
        notes=(
            (
                "Tỷ lệ tính từ số đếm, làm tròn nửa lên đến 2 số lẻ; tỷ lệ toàn tỉnh là tổng chia "
                "tổng, không phải trung bình của các đơn vị."
            ),
        ),
        footnotes=(
            Footnote(
                "a",
                "Quy Nhơn: số máy thông minh bằng 97,89\u00a0% dân số, trong khi 10 đơn vị khác từ "
                "52,00\u00a0% đến 62,85\u00a0%; đang xác minh.",
            ),
        ),
        source="số Bluezoner và số máy thông minh: Cục Tin học hóa; dân số: năm 2019.",
        draft="Mẫu trình bày, chưa ban hành",
        landscape=landscape,
    )


def frozen_binh_dinh() -> Document:
    """The annex with its stamp."""
    return stamped(binh_dinh(), STAMP)


def letter_without_annex() -> Letter:
    """A letter without any table."""
    return letter(annexes=())


def letter(
    *,
    number: int | None = None,
    dated: dt.date | None = None,
    kind: str = "",
    annexes: tuple[Annex, ...] | None = None,
) -> Letter:
    """A letter (invented wording) that carries the annex."""
    return Letter(
        letterhead=HEAD,
        serial=Serial(symbol="STTTT-TTBCXB", number=number, dated=dated, year=2021),
        place="Bình Định",
        subject="tăng cường cài đặt, sử dụng ứng dụng Bluezone trên địa bàn tỉnh",
        addressees=(
            "Các sở, ban, ngành",
            "Các cơ quan báo chí của tỉnh",
            "UBND các huyện, thị xã, thành phố",
        ),
        body=(
            Paragraph(
                "Đến ngày 26/5/2021, toàn tỉnh có 202.379 người dùng Bluezone có số điện thoại, "
                "bằng 13,60\u00a0% dân số và 20,92\u00a0% số máy thông minh (số liệu từng đơn vị "
                "tại phụ lục kèm theo). Sở Thông tin và Truyền thông đề nghị:"
            ),
            Paragraph("1. UBND các huyện, thị xã, thành phố", strong=True),
            Paragraph(
                "Rà soát số máy thông minh trên địa bàn, gửi số liệu đã xác minh về Sở trước "
                "16:00 ngày 01/6/2021."
            ),
            Paragraph("Trân trọng"),
        ),
        signature=SIGNATURE,
        recipients=RECIPIENTS,
        annexes=(binh_dinh(head=None),) if annexes is None else annexes,
        kind=kind,
    )
