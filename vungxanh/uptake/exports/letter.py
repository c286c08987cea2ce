"""A short letter that reports the figures upward and carries the annex."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from vungxanh.documents import vietnamese
from vungxanh.documents.content import (
    Letter,
    Letterhead,
    Paragraph,
    Recipient,
    Serial,
    Signature,
    SigningLine,
)
from vungxanh.engines import coverage
from vungxanh.engines.coverage import Progress, Ranked
from vungxanh.uptake import rules
from vungxanh.uptake.exports import remarks
from vungxanh.uptake.exports.agencies import in_a_sentence, whole
from vungxanh.uptake.exports.annex import figures_annex
from vungxanh.uptake.exports.figures import (
    NOUNS,
    Layout,
    base_year,
    layout_of,
    other_era,
    share_of,
    total_pair,
)
from vungxanh.uptake.models import Claim, Target
from vungxanh.uptake.overview import goal
from vungxanh.uptake.overview.change import are_compared
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.ranking import Standing
from vungxanh.uptake.values import ELEMENTS, Indicator, ReportOptions

N_NAMED = 3
_SEVERAL = 2 * N_NAMED


@dataclass(frozen=True, slots=True)
class Told:
    """What the letter tells of beside the table."""

    scene: Scene
    found: Standing
    layout: Layout
    claims: tuple[Claim, ...]
    target: Target | None


def narrative_letter(
    scene: Scene,
    found: Standing,
    options: ReportOptions,
    *,
    claims: Iterable[Claim] = (),
    target: Target | None = None,
) -> Letter:
    """The letter with its annex; number, day and name stay blank unless the options give them."""
    told = Told(scene, found, layout_of(scene), tuple(claims), target)
    annex = figures_annex(scene, found, options, claims=told.claims)
    year = told.layout.on.year if options.dated is None else options.dated.year
    return Letter(
        letterhead=Letterhead(agency=options.agency, parent=options.parent),
        serial=Serial(options.symbol, number=options.number, dated=options.dated, year=year),
        place=options.place,
        subject=options.subject,
        addressees=options.addressees,
        body=tuple(_body(told, options.agency)),
        signature=Signature((SigningLine(options.post, options.authority),), options.signer),
        recipients=tuple(Recipient(who) for who in options.recipients),
        annexes=(replace(annex, letterhead=None),),
    )


def _body(told: Told, agency: str) -> Iterator[Paragraph]:
    unit, noun = told.scene.unit, NOUNS[told.layout.main.numerator]
    where = "cả nước" if unit.parent_id is None else f"trên địa bàn {in_a_sentence(unit)}"
    yield Paragraph(
        f"{agency} báo cáo số {noun} {where}, số liệu đến ngày {told.layout.day_words} "
        "(từng đơn vị tại phụ lục kèm theo), như sau:"
    )
    sections = (
        ("Kết quả chung", _result(told)),
        ("Xếp hạng các đơn vị", _ranking(told)),
        ("Số liệu cần xác minh", _doubts(told)),
        ("Thực hiện chỉ tiêu", _goal(told)),
    )
    filled = [(head, texts) for head, texts in sections if texts]
    for place, (head, texts) in enumerate(filled, 1):
        yield Paragraph(f"{place}. {head}", strong=True)
        for text in texts:
            yield Paragraph(text)
    yield Paragraph(f"{agency} kính báo cáo.")


def _result(told: Told) -> list[str]:
    layout = told.layout
    main = total_pair(layout, layout.main)
    if main.numerator.value is None:
        return [f"Đến ngày {layout.day_words} chưa đơn vị nào có đủ số liệu để tính tỷ lệ."]
    text = (
        f"Đến ngày {layout.day_words}, {_who(layout, main)} có "
        f"{vietnamese.count(main.numerator.value)} {NOUNS[layout.main.numerator]}"
    )
    shares = [
        f"{vietnamese.share_percent(share)} {_based(told, indicator, pair)}"
        for indicator in layout.indicators
        if (share := share_of(pair := total_pair(layout, indicator))) is not None
    ]
    if shares:
        text += f", bằng {' và '.join(shares)}"
    said = remarks.rebased_notes(told.scene, layout)
    return [f"{text}.", *said, *_since(told, main.numerator.value)]


def _who(layout: Layout, main: rules.Pair) -> str:
    """The whole unit, or how many of its units have figures."""
    name, n_units = whole(layout.summed.unit).lower(), main.n_parts
    if not main.missing:
        return name
    n_known = n_units - len(main.missing)
    if layout.is_of_origins:
        return f"{name} (quy đổi từ {n_known}/{n_units} {other_era(layout)})"
    return f"{n_known}/{n_units} đơn vị có đủ số liệu"


def _based(told: Told, indicator: Indicator, pair: rules.Pair) -> str:
    year = base_year(told.scene, indicator)
    dated = f" năm {year}" if year else ""
    base = vietnamese.count(pair.denominator.value)
    if pair.missing != total_pair(told.layout, told.layout.main).missing:
        base += f", tính trên {pair.n_parts - len(pair.missing)} đơn vị"
    return f"{NOUNS[indicator.denominator]}{dated} ({base})"


def _since(told: Told, count: int) -> Iterator[str]:
    """The change since the date compared with, where both dates have the same units."""
    scene, indicator = told.scene, told.layout.main
    if scene.before is None or scene.before_on is None:
        return
    before = scene.before
    then = before if told.layout.is_of_origins else rules.node_of(scene.unit, {}, before.parts)
    earlier = rules.pair(then, indicator.numerator, indicator.denominator)
    now = total_pair(told.layout, indicator)
    is_same_day = earlier.numerator.as_of == now.numerator.as_of
    if is_same_day or not are_compared(earlier, now):
        return
    gained = count - (earlier.numerator.value or 0)
    after, share = share_of(now), share_of(earlier)
    points = "" if after is None or share is None else f" ({vietnamese.points(after - share)})"
    word = "giảm" if gained < 0 else "tăng"
    day = vietnamese.date(scene.before_on)
    yield f"So với ngày {day} {word} {vietnamese.count(abs(gained))}{points}."


def _ranking(told: Told) -> list[str]:
    ranked = [row for row in told.found.main if row.rank is not None]
    if len(ranked) < 2:
        return []
    base = NOUNS[told.layout.main.denominator]
    if len(ranked) <= _SEVERAL:
        return [f"Xếp theo tỷ lệ trên {base}: {_named(told, ranked)}.", *_claimed_ranks(told)]
    first, last = ranked[:N_NAMED], ranked[-N_NAMED:]
    ends = f"cao nhất là {_named(told, first)}; thấp nhất là {_named(told, last)}"
    return [f"Xếp theo tỷ lệ trên {base}, {ends}.", *_claimed_ranks(told)]


def _named(told: Told, rows: Sequence[Ranked]) -> str:
    names: dict[str, str] = {
        part.unit.id: in_a_sentence(part.unit) for part in told.scene.node.parts
    }
    return ", ".join(
        f"{names[row.key]} ({vietnamese.share_percent(row.share_percent)})" for row in rows
    )


def _claimed_ranks(told: Told) -> Iterator[str]:
    for claim in told.claims:
        if claim.rank is not None and claim.unit_id == told.scene.unit.id:
            yield (
                f"Thứ hạng {claim.rank}/{claim.rank_of} nêu tại {claim.place} "
                f"({claim.submission.source.title}) chưa kiểm được: thiếu bảng của các đơn vị "
                "cùng cấp."
            )


def _doubts(told: Told) -> list[str]:
    stated = [note.text for note in remarks.doubts(told.scene, told.found, told.layout)]
    disputed = remarks.disputes(told.scene, told.layout, told.claims)
    return [*stated, *disputed, *remarks.at_origins(told.scene)]


def _goal(told: Told) -> list[str]:
    if told.target is None:
        return []
    target, now = told.target, goal.progress_of(told.scene, told.target)
    asked = (
        f"Chỉ tiêu {_asked(target)} "
        f"đến hết ngày {vietnamese.date(target.due_on)} (theo {target.origin})"
    )
    if now.n_goal is None or now.n_needed is None:
        return [f"{asked}: {coverage.FEASIBILITY_WORDS[now.feasibility].vi.lower()}."]
    return [f"{asked}: cần {vietnamese.count(now.n_goal)}, {_progress(now)}"]


def _progress(now: Progress) -> str:
    words = coverage.FEASIBILITY_WORDS[now.feasibility].vi
    if not now.n_needed:
        return f"đã có {vietnamese.count(now.count)}. {words}."
    text = f"đã có {vietnamese.count(now.count)}, còn thiếu {vietnamese.count(now.n_needed)}"
    if now.n_needed_per_day is not None:
        text += (
            f"; trong {now.n_days_left} ngày còn lại cần thêm "
            f"{vietnamese.count(now.n_needed_per_day)} mỗi ngày"
        )
    return f"{text}. {words}."


def _asked(target: Target) -> str:
    """A share of a base, or a number of what is counted."""
    if target.share_percent is None:
        counted = ELEMENTS[target.numerator].label.vi
        return f"{vietnamese.count(target.n_asked)} {counted[:1].lower()}{counted[1:]}"
    return f"{_plain_percent(target.share_percent)} {NOUNS[target.denominator]}"


def _plain_percent(share: Decimal) -> str:
    """A target as letters write it: 60 %, 62,5 %."""
    return f"{share.normalize():f}".replace(".", ",") + vietnamese.NBSP + "%"
