"""Unit pages for pictures and templates: Bình Định on 26 May 2021, whole, bare and empty.

The counts are those of the annex to the province's letter of that day (populations of the 2019
census); a deed of the state, free of copyright. What is not in the letter is marked as invented.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from vungxanh.core.drawings.cells import Area, AreaLabel, Band, Inset, Sheet, band_of, bands_between
from vungxanh.core.drawings.compare import Bar
from vungxanh.core.shown import Choice, Link, Mark
from vungxanh.engines.coverage import share_percent
from vungxanh.uptake import pages

AS_OF = date(2021, 5, 26)
KNOWN_AT = datetime(2021, 5, 27, 1, 0, tzinfo=UTC)
EDGES = (Decimal(9), Decimal(10), Decimal(12), Decimal(20))
# code, short name, with phone number, population, smartphones, rank by smartphones, needed a day
DISTRICTS = (
    ("540", "TP. Quy Nhơn", 75878, 290229, 284098, 1, 976),
    ("543", "TX. Hoài Nhơn", 25809, 208121, 130804, 3, 544),
    ("549", "TX. An Nhơn", 20638, 175816, 106992, 4, 450),
    ("546", "H. Vĩnh Thạnh", 3302, 30606, 15930, 2, 65),
    ("550", "H. Tuy Phước", 19215, 180300, 101833, 5, 432),
    ("547", "H. Tây Sơn", 11723, 116038, 64348, 6, 278),
    ("551", "H. Vân Canh", 2760, 27889, 15426, 8, 67),
    ("548", "H. Phù Cát", 17654, 183551, 98166, 7, 426),
    ("545", "H. Phù Mỹ", 15374, 161662, 89612, 9, 396),
    ("542", "H. An Lão", 2590, 27853, 15610, 11, 70),
    ("544", "H. Hoài Ân", 7436, 85752, 44593, 10, 200),
)
LATE = {"551", "542", "544"}
RISE = (0, 6, 9, 20, 21, 23, 31, 36, 41, 45, 49, 63, 68, 80)


def shares() -> tuple[Decimal | None, ...]:
    """Shares of the population, recomputed from the counts, in the order of `DISTRICTS`."""
    return tuple(share_percent(users, people) for _, _, users, people, *_ in DISTRICTS)


def bands() -> tuple[Band, ...]:
    """The five bands of the campaign."""
    return bands_between(EDGES, shares())


def row(index: int, *, invented: bool) -> pages.RankRow:
    """The district that stands at `index`; the trend only in the invented version."""
    code, name, users, people, phones, other_rank, needed = DISTRICTS[index]
    rank = index + 1
    return pages.RankRow(
        unit=Link(name, f"/dia-ban/vn-2021:{code}/"),
        unit_id=f"vn-2021:{code}",
        rank=rank,
        numerator=users,
        base=people,
        share=share_percent(users, people),
        other_base=phones,
        other_share=share_percent(users, phones),
        other_rank=other_rank,
        shift=rank - other_rank,
        doubt="smartphone bằng 97,89 % dân số" if code == "540" else "",
        doubt_url="#phat-hien-6",
        points=tuple(users - 80 + rise for rise in RISE) if invented else (),
        needed_per_day=needed,
    )


def ranking(*, invented: bool) -> pages.RankTable:
    """The ranked table with both ratios."""
    return pages.RankTable(
        title="Xếp hạng 11 đơn vị",
        note="xếp theo tỷ lệ trên dân số, từ cao xuống; vạch dọc = toàn tỉnh 13,60 %",
        caption="Bluezoner có số điện thoại theo đơn vị, Bình Định, 26/5/2021",
        numerator_label="Có số điện thoại",
        base_label="Dân số 2019",
        share_label="% dân số",
        other_base_label="Số smartphone",
        other_share_label="% trên smartphone",
        other_rank_label="Hạng theo smartphone",
        trend_label="14 ngày qua" if invented else "",
        trend_invented=True,
        needed_label="Cần thêm / ngày",
        rows=tuple(row(index, invented=invented) for index in range(len(DISTRICTS))),
        total=pages.RankTotal(
            "Toàn tỉnh",
            202379,
            1487817,
            Decimal("13.60"),
            967412,
            Decimal("20.92"),
            needed_per_day=3898,
            n_reported=8 if invented else None,
        ),
        scale=Decimal(30),
        sorts={
            "unit": pages.SortLink("?sort=unit"),
            "share": pages.SortLink("?sort=share", "descending"),
            "other_share": pages.SortLink("?sort=other_share"),
        },
        exports=(pages.Action("XLSX", "/tai/bang.xlsx"),),
        foot=(
            "Tỷ lệ tính lại từ số đếm, 2 số lẻ; cả 22 tỷ lệ in trong phụ lục đều khớp.",
            "“Cần thêm / ngày”: để đạt 60 % smartphone sau 97 ngày, làm tròn lên từng đơn vị.",
        ),
    )


def sheet(*, invented: bool) -> Sheet:
    """A plain grid of squares in place of the province's map: one per district, with its label."""
    areas = tuple(_square(index, invented=invented) for index in range(len(DISTRICTS)))
    sentence = "Sơ đồ 11 đơn vị của Bình Định theo tỷ lệ trên dân số; cao nhất Quy Nhơn 26,14 %"
    note = "Sơ đồ dựng từ tâm xã, không phải ranh giới chính thức."
    return Sheet(392, 346, areas, sentence, note=note)


def inset() -> Inset:
    """Islands in a frame of their own, as on the map of the country."""
    d = "M330 280L338 280L338 288L330 288Z"
    return Inset("Hoàng Sa", "Đà Nẵng", 310, 262, 72, 60, d, band=2)


def _square(index: int, *, invented: bool) -> Area:
    code, name, users, people, *_ = DISTRICTS[index]
    is_left = index % 2 == 0
    x, y = (110 if is_left else 200), 10 + 56 * (index // 2)
    share = share_percent(users, people)
    label = AreaLabel(
        x=98 if is_left else 294,
        y=y + 20,
        anchor="end" if is_left else "start",
        lead=((x + 40, y + 25), ((102, y + 16) if is_left else (290, y + 16))),
    )
    return Area(
        unit_id=f"vn-2021:{code}",
        name=name.split(" ", 1)[1],
        d=f"M{x} {y}H{x + 82}V{y + 50}H{x}Z",
        x=x + 40,
        y=y + 25,
        share=share,
        band=band_of(share, bands()),
        label=label,
        url=f"/dia-ban/vn-2021:{code}/",
        is_missing=invented and code in LATE,
    )


def map_card(*, invented: bool) -> pages.MapCard:
    """The map and its legend."""
    return pages.MapCard(
        title="Sơ đồ theo tỷ lệ trên dân số",
        sheet=sheet(invented=invented),
        bands=bands(),
        n_missing=3 if invented else 0,
        missing_word="chưa nộp",
        measures=(
            Choice("Dân số", "?measure=population", current=True),
            Choice("Smartphone", "?measure=smartphones"),
        ),
    )


def findings() -> pages.Findings:
    """The letter's faults, its headline first."""
    return pages.Findings(
        n_errors=4,
        n_warnings=2,
        head=pages.FindingLine(
            "error", "Số nêu trong thân công văn gấp 4,81 lần phụ lục của chính nó."
        ),
        bars=(
            Bar("Thân công văn nêu", 973075, "claim"),
            Bar("Smartphone, cộng phụ lục", 967412, "base"),
            Bar("Bluezoner, cộng phụ lục", 202379),
        ),
        bars_sentence="973.075 so với 967.412 và 202.379",
        lines=(
            pages.FindingLine(
                "error",
                "13,66 % ghi trên “dân số có điện thoại thông minh”; tính lại: 13,60 % dân số, "
                "20,92 % smartphone.",
                anchor="phat-hien-4",
            ),
            pages.FindingLine(
                "warning",
                "Quy Nhơn: smartphone bằng 97,89 % dân số; 10 nơi khác 52,00–62,85 %.",
                anchor="phat-hien-6",
            ),
        ),
        decision=("Đang dùng 202.379;", "973.075 ghi là “tranh chấp”."),
        actions=(pages.Action("Xem đoạn văn", "#doan-van", "eye"),),
        all_url="?findings=all",
    )


def target(*, invented: bool) -> pages.TargetCard:
    """Sixty per cent of smartphones by the end of August, an invented target."""
    pace = pages.Pace(602, 260773, Decimal("26.96"), "nhịp 7 ngày qua", invented=True)
    return pages.TargetCard(
        title="Mục tiêu 60 % smartphone đến hết 31/8/2021",
        history=((AS_OF, 202379),),
        due_on=date(2021, 8, 31),
        wanted=580448,
        wanted_share=Decimal(60),
        gap=378069,
        days_left=97,
        needed_per_day=3898,
        pace=pace if invented else None,
        change_base=Link("Đổi mẫu số", "?target=1"),
        invented=True,
    )


def figures(*, invented: bool) -> tuple[pages.KeyFigure, ...]:
    """The key figures of the province."""
    week_ago = date(2021, 5, 19)
    letter = Link("phụ lục công văn Sở TTTT", "#nguon")
    return (
        pages.KeyFigure(
            "Bluezoner có số điện thoại",
            "count",
            202379,
            change=pages.Change(4216, week_ago, invented=True) if invented else None,
            lines=("Đến 26/5/2021 · cộng 11 đơn vị",),
            source=letter,
        ),
        pages.KeyFigure(
            "Tỷ lệ trên dân số",
            "share",
            Decimal("13.60"),
            202379,
            1487817,
            "người",
            change=pages.Change(Decimal("0.28"), week_ago, invented=True) if invented else None,
            lines=("Mẫu số: dân số năm 2019",),
        ),
        pages.KeyFigure(
            "Tỷ lệ trên smartphone",
            "share",
            Decimal("20.92"),
            202379,
            967412,
            "máy",
            mark=Mark("warn", "mẫu số cần kiểm: Quy Nhơn", url="#phat-hien-6"),
        ),
        pages.KeyFigure(
            "Xếp hạng cả nước",
            "rank",
            43,
            out_of=63,
            lines=("Công văn dẫn Cục Tin học hóa",),
            mark=Mark("none", "chưa kiểm được: thiếu bảng 63 tỉnh"),
        ),
    )


def provenance() -> tuple[pages.Provenance, ...]:
    """Where the two bases and the counts come from."""
    letter = Link("phụ lục công văn Sở TTTT", "#nguon")
    census = Link("Tổng điều tra dân số 2019")
    return (
        pages.Provenance("Bluezoner có số điện thoại", AS_OF, KNOWN_AT, letter, "11 đơn vị"),
        pages.Provenance("Dân số", date(2019, 4, 1), KNOWN_AT, census),
        pages.Provenance("Smartphone", AS_OF, KNOWN_AT, letter),
    )


def binh_dinh(*, invented: bool) -> pages.UnitPage:
    """The whole page; without `invented` only what the letter says."""
    return pages.UnitPage(
        name="Tỉnh Bình Định",
        unit_id="vn-2021:52",
        crumbs=(
            Link("Việt Nam", "/dia-ban/vn-2021:vn/"),
            Link("Bình Định"),
            Link("Chọn 1 trong 11 huyện, thị xã, thành phố", "#vx-ranking-title"),
        ),
        dates=pages.Dates(
            AS_OF,
            "frozen",
            choices=(
                Choice("26/5/2021", "?as_of=2021-05-26", current=True),
                Choice("19/5/2021", "?as_of=2021-05-19"),
            )
            if invented
            else (Choice("26/5/2021", "?", current=True),),
        ),
        exports=(
            pages.Action("Bảng tính XLSX", "/tai/bang.xlsx"),
            pages.Action("Công văn PDF", "/tai/cong-van.pdf"),
        ),
        action=pages.Action("Soạn văn bản đôn đốc", "/bao-cao/moi/", "file-text"),
        figures=figures(invented=invented),
        map=map_card(invented=invented),
        ranking=ranking(invented=invented),
        findings=findings(),
        target=target(invented=invented) if invented else None,
        target_empty=pages.EmptyState(
            "Chưa có chỉ tiêu",
            "Nhập chỉ tiêu với mẫu số và hạn để biết còn cần bao nhiêu mỗi ngày.",
            pages.Action("Thêm chỉ tiêu", "/chi-tieu/moi/", "plus"),
            "target-arrow",
        ),
        provenance=() if invented else provenance(),
        notes=("Số liệu: phụ lục công văn của Sở Thông tin và Truyền thông Bình Định, 26/5/2021.",),
        has_invented=invented,
    )


def nothing_yet() -> pages.UnitPage:
    """A unit without any published figure."""
    return replace(
        pages.UnitPage(
            name="Tỉnh Phú Yên",
            unit_id="vn-2021:54",
            crumbs=(Link("Việt Nam", "/dia-ban/vn-2021:vn/"), Link("Phú Yên")),
        ),
        empty=pages.EmptyState(
            "Chưa có số liệu nào được công bố",
            "Số liệu do Sở Thông tin và Truyền thông nhập, kiểm rồi công bố.",
            pages.Action("Nhập số liệu", "/nhap/", "plus"),
            "chart-bar",
        ),
    )
